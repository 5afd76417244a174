#!/usr/bin/env bash
# Copies a database while it is in use, reads the copy through, and names it after the moment it was taken.
#   backup.sh FILE.db DIRECTORY
#   backup.sh postgresql://USER@HOST/DATABASE DIRECTORY
set -euo pipefail
umask 077

if [ $# -ne 2 ]; then
  echo "Usage: backup.sh FILE.db|postgresql://… DIRECTORY" >&2
  exit 2
fi
source=$1
directory=$2
mkdir -p "$directory"
directory=$(cd "$directory" && pwd)
unfinished=$(mktemp -d "$directory/.unfinished.XXXXXX")
trap 'rm -rf "$unfinished"' EXIT
moment=$(date -u +%Y%m%dT%H%M%SZ)

case $source in
  postgresql://* | postgres://*)
    name=$(basename "${source%%\?*}")-$moment.dump
    pg_dump --format=custom --no-owner --file="$unfinished/$name" "$source"
    # Reads every byte of every table, not only the table of contents.
    pg_restore --file=/dev/null "$unfinished/$name"
    ;;
  *)
    [ -f "$source" ] || { echo "There is no file $source." >&2; exit 1; }
    name=$(basename "${source%.*}")-$moment.db
    # The path goes in as a parameter would: a quote in it must not end the statement.
    sqlite3 -bail -cmd ".timeout 60000" "$source" "VACUUM INTO '$(printf '%s' "$unfinished/$name" | sed "s/'/''/g")'"
    checked=$(sqlite3 -bail "$unfinished/$name" "PRAGMA integrity_check; PRAGMA foreign_key_check;")
    [ "$checked" = ok ] || { echo "The copy is damaged: $checked" >&2; exit 1; }
    ;;
esac

[ ! -e "$directory/$name" ] || { echo "$directory/$name is already there." >&2; exit 1; }
(cd "$unfinished" && sha256sum "$name" >"$name.sha256")
sync "$unfinished/$name" "$unfinished/$name.sha256"
mv "$unfinished/$name.sha256" "$unfinished/$name" "$directory/"
sync "$directory"
echo "$directory/$name"
