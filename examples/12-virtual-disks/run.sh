#!/bin/sh
# Pass-through, fixed, dynamic, a chain of snapshots: what does each cost with one operation at a time, and what under a deep queue?
set -eu
: "${HVPLAN:=hvplan}"
"$HVPLAN" check one-at-a-time.yaml deep-queue.yaml kinds.yaml
for model in one-at-a-time deep-queue; do
    "$HVPLAN" compare $model.yaml kinds.yaml --precision 1% -o $model.json
    "$HVPLAN" report $model.json -o $model.html
    "$HVPLAN" report $model.json
done
