#!/bin/sh
# Four streaming VMs share one adapter: how long is its output queue, and what clears it?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check today.yaml what-ifs.yaml
"$HVPLAN" compare what-ifs.yaml --precision 3% -o answer.json
"$HVPLAN" report answer.json -o answer.html
"$HVPLAN" report answer.json
"$HVPLAN" simulate today.yaml --precision 10% --emit-log today.csv --interval 15s --samples 40 -q > /dev/null
"$HVPLAN" inspect today.csv
