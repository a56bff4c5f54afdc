#!/usr/bin/env bash
# Exit codes of simulate and compare: 0, 6, 99, 130.
. "$(dirname "$0")/../support/script.sh"
need jq
model=tests/data/good/web.yaml
slow=$work/slow.yaml
sed 's/shop p95: {workload: shop, p95: 1 s}/shop p95: {workload: shop, p95: 10 ms}/' "$model" >"$slow"

expect() {
    local code=$1 got=0
    shift
    check
    "$hvplan" "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
    [ $got -eq "$code" ] || fail "hvplan $*: exit $got, expected $code: $(head -c 300 "$work/err")"
}

expect 0 simulate "$model" --precision 10% --gate
expect 0 simulate "$slow" --precision 10%
expect 99 simulate "$slow" --precision 10% --gate
grep -q 'objective' "$work/err" || fail 'gate: no reason'
[ -s "$work/out" ] || fail 'gate: the result is missing'
expect 6 simulate "$model" --precision 0.1% --max-events 20000 --json
jq -e '[.scenarios[0].metrics["workload.shop.response_s"].precision_reached] == [false]' "$work/out" >/dev/null ||
    fail 'precision_reached'
expect 0 compare "$model" --set vms.web01.vcpus=4 --precision 10% --gate
expect 99 compare "$model" --set workloads.shop.arrivals.rate=x5 --precision 10% --max-events 2000000 --gate
expect 4 compare "$model" --set vms.web01.vcpu=4
grep -q "did you mean 'vcpus'" "$work/err" || fail 'compare: no nearest key'
expect 0 compare tests/data/good/web-what-ifs.yaml --precision 10% --json
jq -e '[.scenarios[].name] == ["baseline", "more load", "third vcpu", "slat"]' "$work/out" >/dev/null || fail 'scenarios'
jq -e '.comparison | length > 0' "$work/out" >/dev/null || fail 'comparison'
jq -e '[.provenance.inputs[].path] | length == 2' "$work/out" >/dev/null || fail 'two inputs'

# Ctrl-C: what is finished is written, marked incomplete.
check
"$hvplan" simulate "$model" --precision 0.05% --max-events 100000000000 -o "$work/cut.json" 2>"$work/err" &
child=$!
sleep 2
kill -INT $child
wait $child
[ $? -eq 130 ] || fail 'interrupted: exit code'
jq -e '.provenance.incomplete == true' "$work/cut.json" >/dev/null || fail 'interrupted: not marked incomplete'
finish
