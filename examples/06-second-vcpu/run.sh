#!/bin/sh
# Would more vCPUs help, who pays for them, and who makes whom wait?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check host.yaml
"$HVPLAN" compare host.yaml --vcpu-curve report01 --precision 5%
"$HVPLAN" compare host.yaml --vcpu-curve web01 --precision 5% -o web01.json
"$HVPLAN" report web01.json -o web01.html
"$HVPLAN" report web01.json
"$HVPLAN" compare host.yaml --blame --precision 5% -o blame.json
"$HVPLAN" report blame.json -o blame.html
"$HVPLAN" report blame.json
