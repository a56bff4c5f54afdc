#!/bin/sh
# Three physical servers, one log: what becomes of their response times on one host?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" calibrate servers.csv --inventory inventory.yaml -o servers.yaml
"$HVPLAN" compare consolidate.yaml --precision 3% -o consolidate.json
"$HVPLAN" report consolidate.json -o consolidate.html
"$HVPLAN" report consolidate.json -o -
