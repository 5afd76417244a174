#!/usr/bin/env bash
# Fails when the model has moved on and a provider has no migration for it. Needs no server.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet tool restore
pending=0
for project in migrations/Evergreen.Migrations.{Sqlite,PostgreSql,SqlServer}; do
  echo "$project"
  dotnet ef migrations has-pending-model-changes --project "$project" --startup-project "$project" || pending=1
done
exit "$pending"
