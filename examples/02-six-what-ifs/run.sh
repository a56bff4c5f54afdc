#!/bin/sh
# From a counter log to six what-ifs: calibrate, then compare.
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" inspect host.csv
"$HVPLAN" calibrate host.csv --inventory inventory.yaml -o model.yaml
"$HVPLAN" compare what-ifs.yaml --precision 3% -o what-ifs.json
"$HVPLAN" report what-ifs.json -o what-ifs.html
"$HVPLAN" report what-ifs.json -o -
