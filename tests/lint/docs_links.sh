#!/usr/bin/env bash
# Relative links in Markdown files lead to files that exist.
. "$(dirname "$0")/../support/script.sh"
while IFS=: read -r file link; do
    check
    target=${link%%#*}
    [ -z "$target" ] || [ -e "$(dirname "$file")/$target" ] || fail "$file links to $link"
done < <(find . \( -path ./.git -o -path ./build \) -prune -o -name '*.md' -print | sort | while read -r file; do
    sed '/^```/,/^```/d; s/`[^`]*`//g' "$file" | grep -oE '\]\([^) ]+\)' | sed 's/^](//; s/)$//' | grep -vE '^(https?|mailto):' | sed "s|^|$file:|"
done)
finish
