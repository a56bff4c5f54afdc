#!/usr/bin/env bash
# The tables of docs/validation.md are what the model predicts today; `validation_page.sh update` writes them again.
. "$(dirname "$0")/../support/script.sh"
need python3
check
tables=() # all; with the sanitizers, which take ten times as long, those that are quick
if grep -qs '^HVPLAN_SANITIZE:BOOL=ON' "$build/CMakeCache.txt"; then
    tables=(B1 K1 A3 guests)
fi
"$build/validation_report" ${tables[@]+"${tables[@]}"} >"$work/tables.md" || fail 'validation_report'
if [ ${#tables[@]} -eq 0 ]; then # nothing where the recordings are not at hand
    "$build/validation_test_realsched" markdown >>"$work/tables.md" || fail 'validation_test_realsched'
fi
python3 tests/support/validation_page.py "$work/tables.md" docs/validation.md "${1-check}" >"$work/out" || fail 'validation_page.py'
while read -r line; do
    fail "$line"
done <"$work/out"
finish
