#!/bin/sh
# Two hosts to buy: which keeps p95 under 250 ms after 90 % more load?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check today.yaml offers.yaml
"$HVPLAN" compare offers.yaml --precision 3% -o offers.json
"$HVPLAN" report offers.json -o offers.html
"$HVPLAN" report offers.json -o -
