#!/bin/sh
# A slower disk becomes memory and CPU trouble: longer queues, more memory held, less file cache, more reads, faults, CPU.
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check today.yaml what-ifs.yaml
"$HVPLAN" compare what-ifs.yaml --precision 3% -o answer.json
"$HVPLAN" report answer.json -o answer.html
"$HVPLAN" report answer.json
