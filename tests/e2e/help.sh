#!/usr/bin/env bash
# Every command has a help text with an example, no line over 100 characters, the same with --help, -h and `help`.
. "$(dirname "$0")/../support/script.sh"

lines_fit() {
    check
    awk -v what="$1" 'length($0) > 100 { print what ": line over 100 characters: " $0; bad = 1 } END { exit bad }' || fail "$1"
}

"$hvplan" --help >"$work/overview" || fail 'hvplan --help'
lines_fit '--help' <"$work/overview"
grep -q 'Example' "$work/overview" || fail 'the overview lacks an example'
mapfile -t commands < <(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' "$work/overview")
[ ${#commands[@]} -ge 9 ] || fail "only ${#commands[@]} commands"
for command in "${commands[@]}"; do
    check
    "$hvplan" "$command" --help >"$work/help" 2>"$work/err" || fail "hvplan $command --help"
    [ ! -s "$work/err" ] || fail "hvplan $command --help writes to stderr"
    lines_fit "$command --help" <"$work/help"
    grep -A9 '^Example:' "$work/help" | grep -q "^  hvplan $command" || fail "$command: no example"
    for option in output json quiet verbose no-progress threads help version; do
        grep -q -- "--$option" "$work/help" || fail "$command: help lacks --$option"
    done
    "$hvplan" help "$command" | cmp -s - "$work/help" || fail "hvplan help $command differs"
    "$hvplan" -h "$command" | cmp -s - "$work/help" || fail "hvplan -h $command differs"
done

check
"$hvplan" --version | grep -qE '^hvplan [0-9]+\.[0-9]+\.[0-9]+ \(commit [0-9a-f]+|unknown\)$' || fail 'version'
"$hvplan" simulate --version | grep -q '^hvplan ' || fail 'simulate --version'
finish
