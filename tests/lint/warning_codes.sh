#!/usr/bin/env bash
# Every warning code in the sources stands in the table of model/base/codes.c, and every row of the table is used.
. "$(dirname "$0")/../support/script.sh"
grep -ohE '^ *\{"W[0-9]{3}"' model/base/codes.c | grep -oE 'W[0-9]{3}' | sort >"$work/table"
sources | grep '\.c$' | grep -v '^model/base/codes.c$' | while read -r file; do
    without_comments "$file" | grep -oE '"W[0-9]{3}"' | grep -oE 'W[0-9]{3}'
done | sort -u >"$work/used"
checks=$(wc -l <"$work/table")
while read -r code; do fail "$code is not in model/base/codes.c"; done < <(comm -13 "$work/table" "$work/used")
while read -r code; do fail "$code is in model/base/codes.c and nowhere else"; done < <(comm -23 "$work/table" "$work/used")
[ -z "$(uniq -d "$work/table")" ] || fail "twice: $(uniq -d "$work/table")"
finish
