#!/usr/bin/env bash
# Every file of tests/data/bad and tests/data/bad-logs is refused with a clear error and the exit code that begins its name.
. "$(dirname "$0")/../support/script.sh"

# refuse FILE COMMAND...: the exit code and an error that names the file.
refuse() {
    local file=$1 expected got=0
    shift
    expected=$(basename "$file" | sed 's/-.*//')
    check
    timeout 60 "$hvplan" "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
    [ "$got" = "$expected" ] || fail "hvplan $*: exit $got: $(head -c 300 "$work/err")"
    [ ! -s "$work/out" ] || fail "hvplan $*: something on stdout"
    grep -qF "$(basename "$file")" "$work/err" || fail "hvplan $*: the file is not named: $(head -c 300 "$work/err")"
    grep -qE '^hvplan: [0-9]+ errors?$' "$work/err" || fail "hvplan $*: no count of errors"
}

for file in tests/data/bad/*; do
    refuse "$file" check "$file"
done
for file in tests/data/bad-logs/*; do
    refuse "$file" calibrate "$file"
done
[ $checks -ge 30 ] || fail "only $checks bad inputs"

# Several files: all of their errors, one count.
mapfile -t two < <(ls tests/data/bad/4-* | head -n 2)
check
"$hvplan" check "${two[@]}" 2>"$work/err"
[ $? -eq 4 ] || fail 'two bad files: exit code'
[ "$(grep -c '^hvplan: ' "$work/err")" -eq 1 ] || fail 'two bad files: one count'
for file in "${two[@]}"; do
    grep -qF "$file" "$work/err" || fail "two bad files: $file is missing"
done
"$hvplan" check --json "${two[@]}" 2>/dev/null >"$work/errors.json"
jq -e '.valid == false and (.errors | length) >= 2 and (.errors[0] | has("line") and has("column") and has("text"))' \
    "$work/errors.json" >/dev/null || fail 'check --json'
finish
