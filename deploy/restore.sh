#!/usr/bin/env bash
# Brings a backup back, after checking it, into a place where nothing is.
#   restore.sh BACKUP.db FILE.db
#   restore.sh BACKUP.dump postgresql://USER@HOST/DATABASE
set -euo pipefail
umask 077

if [ $# -ne 2 ]; then
  echo "Usage: restore.sh BACKUP.db FILE.db | restore.sh BACKUP.dump postgresql://…" >&2
  exit 2
fi
backup=$1
target=$2
[ -f "$backup" ] || { echo "There is no file $backup." >&2; exit 1; }
[ -f "$backup.sha256" ] || { echo "$backup.sha256 is missing: the backup cannot be told from a damaged one." >&2; exit 1; }
(cd "$(dirname "$backup")" && sha256sum --check --quiet "$(basename "$backup").sha256") >&2

case $target in
  postgresql://* | postgres://*)
    tables=$(psql --no-psqlrc -X -A -t -v ON_ERROR_STOP=1 -c \
      "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r','p') and n.nspname not in ('pg_catalog','information_schema') and n.nspname not like 'pg_toast%'" "$target")
    [ "$tables" = 0 ] || { echo "The database holds $tables tables already. Restore into an empty one." >&2; exit 1; }
    pg_restore --exit-on-error --single-transaction --no-owner --dbname="$target" "$backup"
    ;;
  *)
    for file in "$target" "$target-wal" "$target-shm"; do
      [ ! -e "$file" ] || { echo "$file is already there. Move it away first." >&2; exit 1; }
    done
    unfinished=$(mktemp "$(dirname "$target")/.unfinished.XXXXXX")
    trap 'rm -f "$unfinished"' EXIT
    cp "$backup" "$unfinished"
    checked=$(sqlite3 -bail "$unfinished" "PRAGMA integrity_check; PRAGMA foreign_key_check;")
    [ "$checked" = ok ] || { echo "The backup is damaged: $checked" >&2; exit 1; }
    # Write-ahead logging is kept in the file; VACUUM INTO does not carry it over.
    sqlite3 -bail "$unfinished" "PRAGMA journal_mode=WAL;" >/dev/null
    rm -f "$unfinished-wal" "$unfinished-shm"
    sync "$unfinished"
    # A link fails where a move would overwrite.
    ln "$unfinished" "$target"
    sync "$(dirname "$target")"
    ;;
esac
echo "Restored $target"
