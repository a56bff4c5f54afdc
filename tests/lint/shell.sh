#!/usr/bin/env bash
# No finding of shellcheck. Variables of tests/support/script.sh are not seen by it (SC2034, SC2154).
. "$(dirname "$0")/../support/script.sh"
need shellcheck
mapfile -t files < <(find tests examples bench -name '*.sh' | sort)
files+=(bootstrap .ci/run)
checks=${#files[@]}
shellcheck --severity=warning --shell=bash --exclude=SC2034,SC2154 "${files[@]}" || fail 'shellcheck'
finish
