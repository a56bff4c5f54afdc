#!/bin/sh
# A slower disk becomes a shortage of memory: longer queues, more memory held, less file cache, more reads and faults, more CPU a report.
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check today.yaml what-ifs.yaml
"$HVPLAN" compare what-ifs.yaml --precision 3% -o answer.json
"$HVPLAN" report answer.json -o answer.html
"$HVPLAN" report answer.json
