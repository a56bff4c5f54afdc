#!/usr/bin/env bash
# schema, explain, counters: complete, and readable by programs.
. "$(dirname "$0")/../support/script.sh"
need jq
for kind in model scenarios study fleet inventory result; do
    check
    "$hvplan" schema $kind | jq -e '."$schema" | contains("2020-12")' >/dev/null || fail "schema $kind"
done
"$hvplan" schema model -o "$work/model.schema.json" && jq -e . "$work/model.schema.json" >/dev/null || fail 'schema -o'

"$hvplan" explain >"$work/terms" || fail 'explain'
for kind in key mechanism parameter metric counter warning; do
    check
    grep -q "^$kind:" "$work/terms" || fail "explain lists no $kind"
done
"$hvplan" explain --json | jq -e 'length > 100 and all(.[]; .name != "" and .text != null)' >/dev/null || fail 'explain --json'
"$hvplan" explain --json | jq -r '.[].name' | sort -u >"$work/names"
for term in slat vcpus 'workload.W.response_s'; do
    check
    "$hvplan" explain "$term" | grep -q "^$term " || fail "explain $term"
done
# What explain lists it also explains; in samples, for it is a long list.
while read -r term; do
    check
    "$hvplan" explain -- "$term" >"$work/topic" 2>&1 && [ "$(wc -l <"$work/topic")" -ge 2 ] || fail "explain $term"
done < <(awk 'NR % 9 == 1' "$work/names")

"$hvplan" counters -q >"$work/counters" || fail 'counters'
check
grep -vqE '^\\[^\\]+(\(\*\))?\\[^\\]+$' "$work/counters" && fail 'a counter path that typeperf would not read'
grep -qF '\Hyper-V Hypervisor Logical Processor(*)\% Total Run Time' "$work/counters" || fail 'counters lack the host CPU'
[ "$("$hvplan" counters --json -q | jq length)" -eq "$(wc -l <"$work/counters")" ] || fail 'counters --json'
finish
