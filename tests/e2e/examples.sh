#!/usr/bin/env bash
# Every example runs, in a copy, and the list of examples has it.
. "$(dirname "$0")/../support/script.sh"
for script in examples/*/run.sh; do
    check
    name=$(basename "$(dirname "$script")")
    HVPLAN=$hvplan examples/run-all.sh "$work" "$name" >"$work/$name.log" 2>&1 </dev/null || fail "$name: $(tail -n 20 "$work/$name.log")"
    grep -qF "$name" examples/README.md || fail "examples/README.md does not mention $name"
done
finish
