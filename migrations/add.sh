#!/usr/bin/env bash
# Adds one migration, under one name, to the project of every provider: migrations/add.sh CapitalAccounts
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ $# -ne 1 ] || ! [[ $1 =~ ^[A-Z][A-Za-z0-9]*$ ]]; then
  echo "Usage: migrations/add.sh Name   (a word such as CapitalAccounts)" >&2
  exit 2
fi

dotnet tool restore
for project in migrations/Evergreen.Migrations.{Sqlite,PostgreSql,SqlServer}; do
  dotnet ef migrations add "$1" --project "$project" --startup-project "$project"
done
