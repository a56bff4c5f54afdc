#!/bin/sh
# The smallest useful model: what does a second vCPU bring?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check model.yaml
"$HVPLAN" compare model.yaml --set vms.web01.vcpus=2
