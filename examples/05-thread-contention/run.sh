#!/bin/sh
# A second look at vCPUs, weights and reserves: who finishes when?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check model.yaml priority.yaml
"$HVPLAN" compare priority.yaml --precision 3% -o priority.json
"$HVPLAN" report priority.json -o priority.html
"$HVPLAN" report priority.json -o priority.csv
# Each VM has 13 680 tasks; at this throughput they take so many minutes. VMs that go second speed up once the first two have ended,
# to the pace of pair1 and pair2.
awk -F, '
    $2 ~ /^workload\..*\.throughput_per_s$/ { split($2, part, "."); printf "%-22s  %-8s  %4.0f min\n", $1, part[2], 13680 / $4 / 60 }
' priority.csv
