#!/usr/bin/env bash
# syslog-ng as a shipper: csv-parser on a file, http() with batches of 100 and 4 workers. Ends when the sink has counted all.
# Usage: syslog-ng.sh <feed> <address> <products>
set -euo pipefail
feed=$1 address=$2 products=$3
work=$(mktemp -d)
trap 'kill "$daemon" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
tail -n +2 "$feed" >"$work/rows.csv"
cat >"$work/syslog-ng.conf" <<CONF
@version: 3.38
options { stats-freq(0); };
source rows { file("$work/rows.csv" flags(no-parse, no-hostname) follow-freq(1) log-iw-size(100000) log-fetch-limit(10000)); };
parser cells { csv-parser(columns("sku", "name", "i1", "i2", "i3", "i4") delimiters(",") flags(escape-double-char, strip-whitespace)); };
destination sink {
  http(url("$address/assets?store_uuid=s&channel=SMP") method("POST") workers(4)
    headers("Content-Type: application/json", "Authorization: Bearer t")
    batch-lines(100) batch-timeout(500) delimiter(",") body-prefix("[") body-suffix("]")
    body('\$(format-json parent_code="\${sku}" asset_type="image" assets.Image1="\${i1}" assets.Image2="\${i2}" assets.Image3="\${i3}" assets.Image4="\${i4}")')
    disk-buffer(mem-buf-length(200000) disk-buf-size(2000000000) reliable(no) dir("$work")));
};
log { source(rows); parser(cells); destination(sink); flags(flow-control); };
CONF
syslog-ng --foreground --no-caps --cfgfile="$work/syslog-ng.conf" --persist-file="$work/persist" --control="$work/ctl" --pidfile="$work/pid" 2>"$work/err" &
daemon=$!
until [ "$(curl -s "$address/total")" -ge "$products" ]; do
  kill -0 "$daemon" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
  sleep 0.05
done
