#!/usr/bin/env bash
# The install target puts a program in place that runs from anywhere.
. "$(dirname "$0")/../support/script.sh"
need cmake
check
cmake --install "$build" --prefix "$work/usr" >"$work/log" 2>&1 || fail "$(tail -n 5 "$work/log")"
(cd / && "$work/usr/bin/hvplan" --version) | grep -q '^hvplan ' || fail 'the installed program does not run'
[ -f "$work/usr/share/doc/hvplan/LICENSE" ] || fail 'the licence is not installed'
finish
