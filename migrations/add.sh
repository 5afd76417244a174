#!/bin/sh
# Adds a migration of one name to all three projects: migrations/add.sh <Name>
set -eu
[ $# -eq 1 ] || { echo "usage: migrations/add.sh <Name>" >&2; exit 2; }
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
for provider in Sqlite PostgreSql SqlServer; do
    project="migrations/Evergreen.Migrations.$provider"
    dotnet build "$project" -v quiet -nologo
    dotnet ef migrations add "$1" --project "$project" --startup-project "$project" --no-build
done
