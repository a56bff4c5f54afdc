#!/bin/sh
# Writes servers.csv again: an hour of the three servers as PerfMon would have logged it every 30 s.
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" simulate known-servers.yaml --emit-log servers.csv --interval 30s --samples 121 --precision 10% -q > /dev/null
