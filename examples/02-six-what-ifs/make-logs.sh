#!/bin/sh
# Writes host.csv again: one hour of HV01 as PerfMon would have logged it every 30 s.
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" simulate known-host.yaml --emit-log host.csv --interval 30s --samples 121 --precision 10% -q > /dev/null
