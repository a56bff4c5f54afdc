#!/bin/sh
# Traffic between VMs: over two links, or inside one host, where it leaves the links idle and costs processor time.
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check today.yaml what-ifs.yaml
"$HVPLAN" compare what-ifs.yaml --precision 3% -o answer.json
"$HVPLAN" report answer.json -o answer.html
"$HVPLAN" report answer.json
"$HVPLAN" check san.yaml san-what-ifs.yaml
"$HVPLAN" compare san-what-ifs.yaml --precision 3%
