#!/usr/bin/env bash
# run-all.sh FOLDER [NAME...]: runs examples (all, or those named) in copies under FOLDER, so that nothing here changes.
#
# The program is $HVPLAN, else build/release/hvplan, else `hvplan` of the PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:?usage: run-all.sh FOLDER [NAME...]}
shift
[ $# -gt 0 ] || mapfile -t -O 1 names < <(cd "$here" && ls -d [0-9]*/ | tr -d /)
[ $# -eq 0 ] || names=("$@")

if [ -z "${HVPLAN-}" ]; then
    HVPLAN=$here/../build/release/hvplan
    [ -x "$HVPLAN" ] || HVPLAN=$(command -v hvplan)
fi
HVPLAN=$(realpath "$HVPLAN")
export HVPLAN
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

failed=0
for name in "${names[@]}"; do
    printf '\n=== %s\n' "$name"
    rm -rf "${folder:?}/$name"
    cp -R "$here/$name" "$folder/$name"
    (cd "$folder/$name" && ./run.sh) || {
        printf '=== %s: failed\n' "$name"
        failed=$((failed + 1))
    }
done

mapfile -t reports < <(cd "$folder" && for name in "${names[@]}"; do find "$name" -name '*.html'; done | sort)
if [ ${#reports[@]} -gt 0 ]; then
    printf '\nReports to open in a browser:\n'
    printf "  $folder/%s\n" "${reports[@]}"
fi
exit $((failed > 0))
