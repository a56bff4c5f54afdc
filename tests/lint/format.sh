#!/usr/bin/env bash
# Every C file is as clang-format 14 writes it.
. "$(dirname "$0")/../support/script.sh"
need clang-format-14
mapfile -t files < <(find model scenarios calibrate reports cli bench tests -name '*.[ch]' | sort)
checks=${#files[@]}
clang-format-14 --dry-run -Werror --ferror-limit=1 "${files[@]}" 2>&1 | grep -E ': (error|warning): ' | sed 's/^/FAIL: /' | tee "$work/found"
failures=$(wc -l <"$work/found")
finish
