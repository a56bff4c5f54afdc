#!/usr/bin/env bash
# clang-tidy with the checks of .clang-tidy: no finding. The analyzer looks at 20000 states a function: beyond that it is slow.
. "$(dirname "$0")/../support/script.sh"
need clang-tidy-14
mapfile -t files < <(sources | grep '\.c$')
checks=${#files[@]}
printf '%s\n' "${files[@]}" | BUILD=$build xargs -P "$(nproc)" -n 4 sh -c '
    clang-tidy-14 --quiet "$@" -- -std=c11 -D_POSIX_C_SOURCE=200809L -I. "-I$BUILD/generated" -Xclang -analyzer-config \
        -Xclang max-nodes=20000 2>/dev/null' tidy \
    >"$work/found"
while read -r line; do fail "$line"; done < <(grep -E '(warning|error):' "$work/found" | sort -u)
finish
