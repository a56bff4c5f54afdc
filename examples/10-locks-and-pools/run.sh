#!/bin/sh
# Locks, a thread pool and preempted lock holders: where do more vCPUs stop helping, and what helps instead?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check today.yaml what-ifs.yaml crowd.yaml crowd-what-ifs.yaml
"$HVPLAN" compare today.yaml --vcpu-curve app01 --precision 3%
"$HVPLAN" compare what-ifs.yaml --precision 3% -o answer.json
"$HVPLAN" report answer.json -o answer.html
"$HVPLAN" report answer.json
"$HVPLAN" compare crowd-what-ifs.yaml
