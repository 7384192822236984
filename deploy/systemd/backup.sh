#!/bin/sh
# backup.sh DATA_DIR TO: copies the log, the keys and who read what of an embedded installation, also while it runs, into a new folder
# of TO. The log first: then the keys have every key that its events need. Needs sqlite3.
set -eu
umask 077

data=$1
folder=$2/$(date -u +%Y-%m-%dT%H%M%SZ)

mkdir "$folder.part"
for name in log keys reads; do
  # Nobody may have read anything yet.
  [ "$name" != reads ] || [ -e "$data/reads.db" ] || continue
  sqlite3 "file:$data/$name.db?mode=ro" ".timeout 10000" ".backup '$folder.part/$name.db'"
  [ "$(sqlite3 "$folder.part/$name.db" 'PRAGMA integrity_check')" = ok ]
done
# A backup has its final name only when it is whole.
sync "$folder.part"/*.db "$folder.part"
mv "$folder.part" "$folder"
echo "$folder"
