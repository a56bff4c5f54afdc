#!/usr/bin/env bash
# The JSON Schemas of `hvplan schema` accept every good file of examples/ and tests/data, and refuse what a schema can refuse.
. "$(dirname "$0")/../support/script.sh"
need python3
python3 -c 'import jsonschema, yaml' 2>/dev/null || skip 'python3-jsonschema or python3-yaml is not installed'

for kind in model scenarios study fleet inventory result; do
    check
    "$hvplan" schema "$kind" >"$work/$kind.json" || fail "hvplan schema $kind"
done

# valid FILE... / refused FILE...: one line a file that does not behave.
validate() {
    python3 tests/support/json_schema.py "$work" "$@" | while read -r line; do
        printf 'FAIL: %s\n' "$line"
    done
}

mapfile -t good < <(find examples tests/data/models tests/data/good -name '*.yaml' | sort)
mapfile -t results < <(find tests/golden tests/data -name '*.json' | sort)
mapfile -t bad < <(sed 's|^|tests/data/bad/|; s|$|.yaml|' tests/support/json_schema.refused)
[ ${#good[@]} -ge 5 ] || fail 'too few good files'
[ ${#bad[@]} -ge 30 ] || fail 'too few bad files'
checks=$((checks + ${#good[@]} + ${#results[@]} + ${#bad[@]}))

validate valid "${good[@]}" "${results[@]}" >"$work/out"
validate refused "${bad[@]}" >>"$work/out"
while read -r line; do
    fail "${line#FAIL: }"
done <"$work/out"

# What the program itself writes.
check
if "$hvplan" simulate tests/data/good/web.yaml --json -q >"$work/run.json" 2>"$work/err"; then
    validate valid "$work/run.json" >"$work/out"
    [ ! -s "$work/out" ] || fail "$(cat "$work/out")"
else
    fail "hvplan simulate: $(head -c 300 "$work/err")"
fi
finish
