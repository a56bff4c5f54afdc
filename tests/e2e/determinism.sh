#!/usr/bin/env bash
# One seed gives the same bytes for any number of threads; another seed does not.
. "$(dirname "$0")/../support/script.sh"
need jq

result() {
    "$hvplan" compare tests/data/good/web-what-ifs.yaml --precision 5% -q --json "$@" | jq -S 'del(.provenance.arguments)'
}

result --threads 1 >"$work/1"
[ -s "$work/1" ] || fail 'no result'
for threads in 2 8; do
    check
    result --threads $threads | cmp -s - "$work/1" || fail "$threads threads give other bytes than one"
done
check
result --seed 1 | cmp -s - "$work/1" || fail 'the default seed is not 1'
result --seed 2 | jq 'del(.provenance.seed)' | cmp -s - <(jq 'del(.provenance.seed)' "$work/1") && fail 'the seed has no effect'

for seed in 1 1 2; do
    "$hvplan" simulate tests/data/good/web.yaml --precision 20% -q --seed $seed --samples 8 --emit-log "$work/log$checks-$seed.csv" >/dev/null ||
        fail 'emit-log'
    check
done
cmp -s "$work"/log4-1.csv "$work"/log3-1.csv || fail 'one seed, two logs'
cmp -s "$work"/log4-1.csv "$work"/log5-2.csv && fail 'two seeds, one log'
check
head -c 30 "$work/log3-1.csv" | grep -q '^"(PDH-CSV 4.0)' || fail 'not a PerfMon log'
[ "$(wc -l <"$work/log3-1.csv")" -eq 9 ] || fail 'not 8 samples'
"$hvplan" inspect "$work/log3-1.csv" -q >"$work/inspection" || fail 'the log cannot be inspected'
grep -q 'HV01' "$work/inspection" || fail 'the host is missing'
finish
