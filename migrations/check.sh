#!/bin/sh
# Fails when the model has changed since the last migration, for any of the three databases.
set -eu
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
for provider in Sqlite PostgreSql SqlServer; do
    project="migrations/Evergreen.Migrations.$provider"
    dotnet build "$project" -v quiet -nologo
    dotnet ef migrations has-pending-model-changes --project "$project" --startup-project "$project" --no-build
done
