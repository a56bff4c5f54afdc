#!/usr/bin/env bash
# Every example runs, in a copy.
. "$(dirname "$0")/../support/script.sh"
for script in examples/*/run.sh; do
    check
    name=$(basename "$(dirname "$script")")
    HVPLAN=$hvplan examples/run-all.sh "$work" "$name" >"$work/$name.log" 2>&1 </dev/null || fail "$name: $(tail -n 20 "$work/$name.log")"
    [ -f "examples/$name/README.md" ] || fail "$name has no README.md"
done
finish
