#!/usr/bin/env bash
# Every header compiles alone, and twice.
. "$(dirname "$0")/../support/script.sh"
need gcc
while read -r header; do
    check
    posix=-D_POSIX_C_SOURCE=200809L
    [[ $header == model/* ]] && posix= # model/ knows libc only
    printf '#include "%s"\n#include "%s"\n' "$header" "$header" >"$work/alone.c"
    # shellcheck disable=SC2086
    gcc -std=c11 $posix -Wall -Wextra -Wpedantic -Wstrict-prototypes -Werror -fsyntax-only -I. -I"$build/generated" \
        "$work/alone.c" || fail "$header does not compile alone"
done < <(find model scenarios calibrate reports cli bench tests -name '*.h' | sort)
finish
