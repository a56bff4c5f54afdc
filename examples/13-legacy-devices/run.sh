#!/bin/sh
# Emulated devices against synthetic ones: root CPU, time of an operation, and what PerfMon would show of them.
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check today.yaml what-ifs.yaml
"$HVPLAN" compare what-ifs.yaml --precision 2% -o answer.json
"$HVPLAN" report answer.json -o answer.html
"$HVPLAN" report answer.json
"$HVPLAN" simulate today.yaml --precision 10% --emit-log today.csv --interval 15s --samples 20 -q > /dev/null
grep -o 'Virtual IDE Controller (Emulated)([^"]*' today.csv
grep -o 'Legacy Network Adapter([^"]*' today.csv
