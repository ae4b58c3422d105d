#!/bin/sh
# Copies a data directory, also while its host runs and devices report: backup.sh DATA COPY. The copy is a data directory itself: it
# is restored by starting a host on it. It holds all that was acknowledged before this began. Needs sqlite3.
set -eu
umask 077
[ $# = 2 ] || { echo "usage: $0 DATA COPY" >&2; exit 2; }
data=$1 copy=$2
[ ! -e "$copy" ] || { echo "$copy is there already" >&2; exit 2; }
mkdir -p "$copy/telemetry"

# One read transaction around the whole copy: else it would begin again with every commit of the host.
copy_database() {
  sqlite3 -bail -readonly "$1" 'BEGIN' 'SELECT count(*) FROM sqlite_schema' ".backup '$2'" 'COMMIT' > /dev/null
}

# In this order. Readings move from the store to the telemetry, so whoever copies the store last misses those that moved meanwhile;
# and what the catalog says was written must be in the months.
copy_database "$data/omniiot.db" "$copy/omniiot.db"
if [ -e "$data/telemetry/catalog.db" ]; then copy_database "$data/telemetry/catalog.db" "$copy/telemetry/catalog.db"; fi
for month in "$data"/telemetry/telemetry-*.db; do
  if [ -e "$month" ]; then copy_database "$month" "$copy/telemetry/${month##*/}"; fi
done
if [ -e "$data/secrets.key" ]; then cp "$data/secrets.key" "$copy/secrets.key"; fi

# The telemetry is ahead of the store. New readings must not get positions that it takes for known.
for file in "$copy"/telemetry/*.db; do
  [ -e "$file" ] || continue
  position=$(sqlite3 "$file" 'SELECT coalesce(max(position), 0) FROM applied')
  sqlite3 -bail "$copy/omniiot.db" "
    INSERT INTO sqlite_sequence (name, seq) SELECT 'telemetry_staged', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'telemetry_staged');
    UPDATE sqlite_sequence SET seq = max(seq, $position) WHERE name = 'telemetry_staged';"
done
