#!/bin/sh
# Which host may a VM move to without a shutdown, and what does compatibility mode cost it?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check today.yaml moves.yaml
"$HVPLAN" explain opteron2400
"$HVPLAN" compare moves.yaml -o answer.json
"$HVPLAN" report answer.json -o - | tee answer.txt
# The move to the other vendor, and the one without the mode, are named with their codes.
grep -q W102 answer.txt
grep -q W103 answer.txt
