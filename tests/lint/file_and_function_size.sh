#!/usr/bin/env bash
# Files have at most 500 lines, functions at most 60.
. "$(dirname "$0")/../support/script.sh"
need ctags
mapfile -t files < <(find model scenarios calibrate reports cli bench tests cmake examples .ci bootstrap -type f \
    \( -name '*.[ch]' -o -name '*.sh' -o -name '*.js' -o -name '*.css' -o -name '*.cmake' -o -name run -o -name bootstrap \) | sort)
for file in "${files[@]}"; do
    check
    lines=$(wc -l <"$file")
    [ "$lines" -le 500 ] || fail "$file has $lines lines"
done
mapfile -t c_files < <(printf '%s\n' "${files[@]}" | grep '\.[ch]$')
ctags --languages=C --langmap=C:.c.h --kinds-C=f --fields=+ne -f - "${c_files[@]}" >"$work/tags"
while read -r line; do fail "$line"; done < <(awk -F'\t' '!/^!/ {
    from = to = 0
    for (i = 4; i <= NF; i++) { if ($i ~ /^line:/) from = substr($i, 6); if ($i ~ /^end:/) to = substr($i, 5) }
    if (to - from + 1 > 60) print $2 ":" from ": " $1 " has " to - from + 1 " lines"
}' "$work/tags")
[ "$(grep -vc '^!' "$work/tags")" -gt 0 ] || fail 'ctags found no function'
finish
