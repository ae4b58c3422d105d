# Either program's end is the container's.
set -euo pipefail
influxd run -config /etc/influxdb/influxdb.conf &
python3 /usr/local/bin/gate.py &
trap 'kill $(jobs -p)' TERM INT
wait -n
