#!/usr/bin/env bash
# Where results go: stdout and stderr, files by suffix, whole or not at all, plain where nobody looks.
. "$(dirname "$0")/../support/script.sh"
need jq
model=tests/data/good/web.yaml

run() {
    "$hvplan" simulate "$model" --precision 10% "$@"
}

same() {
    check
    cmp -s "$1" "$2" || fail "$3"
}

# Formats.
run -q >"$work/text" 2>"$work/err" || fail "simulate: exit $?"
check
[ -s "$work/text" ] || fail 'no text on stdout'
[ ! -s "$work/err" ] || fail "-q: stderr has $(head -c 200 "$work/err")"
for suffix in json html md csv txt; do
    check
    run -o "$work/result.$suffix" >"$work/out" 2>"$work/err" || fail "-o result.$suffix"
    [ -s "$work/result.$suffix" ] || fail "-o result.$suffix writes nothing"
    [ ! -s "$work/out" ] || fail "-o result.$suffix: something on stdout"
    grep -q "written: .*result.$suffix" "$work/err" || fail "-o result.$suffix: no note"
done
jq -e '.schema == "hvplan.result/1" and .provenance.seed == 1 and (.provenance.inputs[0].sha256 | length) == 64' \
    "$work/result.json" >/dev/null || fail 'result.json'
check
[ "$(jq -r '.provenance.inputs[0].sha256' "$work/result.json")" = "$(sha256sum "$model" | cut -d' ' -f1)" ] || fail 'SHA-256'
jq -c '.provenance.arguments' "$work/result.json" | grep -qF '["simulate","tests/data/good/web.yaml"' || fail 'arguments'

# --json, -o - and -o FILE.json say the same; options may stand anywhere.
jq 'del(.provenance.arguments)' "$work/result.json" >"$work/a"
run --json -q | jq 'del(.provenance.arguments)' >"$work/b"
same "$work/a" "$work/b" '--json differs from -o result.json'
"$hvplan" --json -o - --precision=10% -q simulate "$model" | jq 'del(.provenance.arguments)' >"$work/b"
same "$work/a" "$work/b" 'options before the command'
findings() {
    sed '/^Provenance/,$d' "$1"
}
run -o - -q >"$work/b"
same <(findings "$work/text") <(findings "$work/b") '-o - differs from stdout'

# A result read back renders as the first time.
"$hvplan" report "$work/result.json" >"$work/b" || fail 'report'
same <(findings "$work/text") <(findings "$work/b") 'report differs from simulate'

# Plain in pipes; colours never with NO_COLOR.
check
grep -q $'\033' "$work/text" && fail 'escape sequences in a pipe'
if command -v script >/dev/null; then
    NO_COLOR=1 TERM=xterm script -qec "$hvplan simulate $model --precision 10% --no-progress" /dev/null >"$work/tty" </dev/null
    check
    grep -q $'\033\[[0-9;]*m' "$work/tty" && fail 'colours with NO_COLOR'
fi
LC_ALL=C run -q | LC_ALL=C grep -q '[^ -~]' && fail 'more than ASCII in the C locale'

# Whole or not at all.
check
echo old >"$work/kept.json"
run -q -o "$work/kept.json" && jq -e .schema "$work/kept.json" >/dev/null || fail 'an old file is not replaced'
run -q -o "$work/absent/result.json" 2>"$work/err"
[ $? -eq 1 ] || fail 'a folder that does not exist'
grep -q 'cannot write' "$work/err" || fail 'no word on the folder that does not exist'
run -q >/dev/full 2>"$work/err"
[ $? -eq 1 ] || fail '/dev/full'
[ -z "$(find "$work" -name '*.part*')" ] || fail 'temporary files are left'
finish
