# script.sh - what every test script sources: its folder, failures, skips.
#
# A script runs with the root of the project as working directory; HVPLAN and HVPLAN_BUILD come from ctest, and default to
# build/release when it is run by hand.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
root=$PWD
build=${HVPLAN_BUILD:-$root/build/release}
hvplan=${HVPLAN:-$build/hvplan}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
checks=0

fail() {
    printf 'FAIL: %s\n' "$*"
    failures=$((failures + 1))
}

# skip REASON: only where a tool is missing; never on the machine that checks changes.
skip() {
    printf 'skipped: %s\n' "$*"
    [ -z "${HVPLAN_NO_SKIP-}" ] || exit 1
    exit 77
}

need() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || skip "$tool is not installed"
    done
}

# A test that looked at nothing has failed.
finish() {
    [ "$checks" -gt 0 ] || fail 'nothing was checked'
    printf '%d checks, %d failures\n' "$checks" "$failures"
    [ "$failures" -eq 0 ]
    exit
}

check() {
    checks=$((checks + 1))
}

# Sources of the product, without tests; add tests/ where they count as well.
sources() {
    find model scenarios calibrate reports cli bench -name '*.[ch]' | sort
}

# A source file without its comments, one line a line.
without_comments() {
    gcc -fpreprocessed -dD -E -P -x c "$1" 2>/dev/null
}
