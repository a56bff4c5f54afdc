#!/bin/sh
# A web farm grows until the database limits: how many web servers are worth having?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check farm.yaml growth.yaml
"$HVPLAN" compare growth.yaml --precision 3% -o growth.json
"$HVPLAN" report growth.json -o growth.html
"$HVPLAN" report growth.json
