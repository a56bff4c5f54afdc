#!/bin/sh
# A process or a thread for each request, with SLAT and without: what does each change bring, and to whom?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check today.yaml what-ifs.yaml
"$HVPLAN" explain xeon5400
"$HVPLAN" compare what-ifs.yaml -o answer.json
"$HVPLAN" report answer.json -o answer.html
"$HVPLAN" report answer.json -o -
