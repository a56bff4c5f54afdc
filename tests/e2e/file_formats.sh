#!/usr/bin/env bash
# The tables of docs/file-formats.md say what the program checks; `file_formats.sh update` writes them again.
. "$(dirname "$0")/../support/script.sh"
need python3
check
"$hvplan" explain --json >"$work/topics.json" || fail 'hvplan explain --json'
python3 tests/support/file_formats.py "$work/topics.json" docs/file-formats.md "${1-check}" >"$work/out" || fail 'file_formats.py'
while read -r line; do
    fail "$line"
done <"$work/out"

# Every whole file that the page shows is valid.
python3 - docs/file-formats.md "$work" <<'PY' || fail 'no files in the page'
import re, sys
blocks = re.findall(r"```yaml\n(schema: hvplan\.([a-z]+)/1\n.*?)```", open(sys.argv[1], encoding="utf-8").read(), re.S)
for text, kind in blocks:
    with open(f"{sys.argv[2]}/{'host' if kind == 'model' else kind}.yaml", "w", encoding="utf-8") as out:
        out.write(text)
sys.exit(len(blocks) < 5)
PY
for file in "$work"/*.yaml; do
    check
    "$hvplan" check "$file" >"$work/out" 2>&1 || fail "$(cat "$work/out")"
done
finish
