#!/usr/bin/env bash
# cppcheck: no finding (reasons for the suppressed kinds in cppcheck.suppress).
. "$(dirname "$0")/../support/script.sh"
need cppcheck
checks=$(sources | grep -c '\.c$')
while read -r line; do fail "$line"; done < <(cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
    --suppressions-list=tests/lint/cppcheck.suppress -j "$(nproc)" -D__GNUC__=12 -D_POSIX_C_SOURCE=200809L -I. \
    --template='{file}:{line}: {severity}: {id}: {message}' model scenarios calibrate reports cli bench 2>&1 | sort -u)
finish
