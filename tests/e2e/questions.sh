#!/usr/bin/env bash
# compare --vcpu-curve and --blame: answers in every format, the same bytes for any number of threads, and every error.
. "$(dirname "$0")/../support/script.sh"
need jq python3
model=tests/data/good/four-vms.yaml

# expect CODE PATTERN WORDS...: exit code, and a pattern on stderr; nothing on stdout.
expect() {
    local code=$1 pattern=$2 got=0
    shift 2
    check
    "$hvplan" compare "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
    [ $got -eq "$code" ] || fail "compare $*: exit $got, expected $code"
    grep -qE -- "$pattern" "$work/err" || fail "compare $*: stderr lacks '$pattern': $(cat "$work/err")"
    [ ! -s "$work/out" ] || fail "compare $*: something on stdout"
}
ask() {
    "$hvplan" compare "$model" --precision 20% --replications 4 -q "$@"
}

expect 4 "there is no VM 'wbe01' \(did you mean 'web01'\?\)" $model --vcpu-curve wbe01
expect 2 '--vcpu-curve needs a value' $model --vcpu-curve
expect 2 'ask one of them' $model --vcpu-curve web01 --blame
expect 2 'in place of SCENARIOS.yaml' $model examples/02-six-what-ifs/what-ifs.yaml --vcpu-curve web01
expect 2 'in place of SCENARIOS.yaml' examples/07-web-farm/growth.yaml --blame
expect 2 '--gate judges what-ifs' $model --blame --gate
expect 2 '--gate judges what-ifs' $model --vcpu-curve web01 --gate
expect 4 'unknown key' $model --blame --set vms.web01.vcpu=2
sed 's/hypervisor: 2008r2/hypervisor: none/; /^  [swf][a-z]*01:/d; /^  shop:/,$d' $model | sed 's/slat: no/slat: yes/; s/, vcpus: 1}/}/' >"$work/metal.yaml"
expect 4 "'report01' is on HV01, a physical machine" "$work/metal.yaml" --vcpu-curve report01
sed 's/{on: report01, cpu/{on: sql01, cpu/' $model >"$work/idle.yaml"
expect 4 "no workload has a step on 'report01'" "$work/idle.yaml" --vcpu-curve report01
{
    sed '/^workloads/q' $model
    for i in $(seq 65); do printf '  w%d: {arrivals: {rate: 0.01 /s}, steps: [{on: web01, cpu: 1 ms}]}\n' "$i"; done
} >"$work/many.yaml"
expect 4 '65 workloads and background loads: each is left out once, and 64 is the most' "$work/many.yaml" --blame

# One thread gains nothing; the answer says so in its first lines.
check
ask --vcpu-curve report01 >"$work/one" || fail 'curve of one thread'
head -4 "$work/one" | grep -q 'knee is at 1 vCPU, what it has today' || fail "one thread: $(head -5 "$work/one")"

# The file: every point, ascending, baseline first among the scenarios, a neighbour that pays.
check
ask --vcpu-curve web01 --threads 1 -o "$work/curve.json" || fail 'curve'
jq -e '.vcpu_curve | .vm == "web01" and .now == 1 and .knee == 2 and .most == 4 and ([.points[].vcpus] == [1, 2, 3, 4])' \
    "$work/curve.json" >/dev/null || fail "curve: $(jq -c '.vcpu_curve | del(.points)' "$work/curve.json")"
jq -e '[.scenarios[].name] == ["baseline", "2 vCPUs", "3 vCPUs", "4 vCPUs"]' "$work/curve.json" >/dev/null || fail 'scenarios of the curve'
jq -e '.vcpu_curve.points[1].workloads[] | select(.workload == "report") | .visits == false and .verdict == "worse"
    and .response_delta_s > .response_delta_half_width' "$work/curve.json" >/dev/null || fail 'the neighbour does not pay'

# --set is the new base of all points.
check
ask --vcpu-curve web01 --set vms.web01.vcpus=3 --set workloads.shop.arrivals.rate=x0.5 -o "$work/set.json" || fail 'curve with --set'
jq -e '.vcpu_curve.now == 3 and .scenarios[0].name == "baseline" and (.scenarios[0].changes | length == 2)
    and (.scenarios[1].changes | map(.path) | index("workloads.shop.arrivals.rate") != null)' "$work/set.json" >/dev/null ||
    fail "--set: $(jq -c '[.vcpu_curve.now, .scenarios[0].changes]' "$work/set.json")"

# A model that cannot keep up says so in place of numbers.
check
ask --vcpu-curve web01 --set vms.web01.limit=60% -o "$work/full.json" || fail 'saturated curve'
jq -e '.vcpu_curve.points[0] | .saturated and (.workloads[] | select(.workload == "shop") | .saturated and .response_s == null and .p95_s == null)' \
    "$work/full.json" >/dev/null || fail 'a saturated point has numbers'
"$hvplan" report "$work/full.json" | grep -q 'cannot keep up' || fail 'saturation is not told'

check
ask --blame --threads 1 -o "$work/blame.json" || fail 'blame'
jq -e '.blame.rows[] | select(.victim == "shop" and .culprit == "report" and .resource == "vm.web01.vcpu") | .seconds > .half_width' \
    "$work/blame.json" >/dev/null || fail "blame: $(jq -c '.blame.rows' "$work/blame.json")"
jq -e '[.blame.culprits[].scenario] == ["without report", "without shop", "without copy"]' "$work/blame.json" >/dev/null || fail 'culprits'

# The same bytes for any number of threads; another seed gives others.
check
ask --vcpu-curve web01 --threads 7 --json | jq -S 'del(.provenance.arguments)' |
    cmp -s - <(jq -S 'del(.provenance.arguments)' "$work/curve.json") || fail 'curve: seven threads give other bytes than one'
ask --blame --threads 2 --json | jq -S 'del(.provenance.arguments)' |
    cmp -s - <(jq -S 'del(.provenance.arguments)' "$work/blame.json") || fail 'blame: two threads give other bytes than one'
check
ask --blame --seed 2 --json | jq -c .blame.rows | cmp -s - <(jq -c .blame.rows "$work/blame.json") && fail 'the seed has no effect'

# Read back: the schema accepts them, every format says the same as the command.
for which in curve blame; do
    check
    "$hvplan" check "$work/$which.json" >"$work/err" 2>&1 || fail "check $which.json: $(cat "$work/err")"
    ! "$hvplan" report "$work/$which.json" -o - 2>&1 | grep -q W508 || fail "$which: a field is lost"
    for suffix in html md csv txt; do
        "$hvplan" report "$work/$which.json" -o "$work/$which.$suffix" -q || fail "$which.$suffix"
    done
    awk -F'","|,' 'NR == 1 { n = gsub(/,/, ",") } END { exit n < 10 }' "$work/$which.csv" || fail "$which.csv"
done
grep -q '^2 vCPUs,curve.web01.knee,,2,' "$work/curve.csv" || fail 'no knee in the CSV'
grep -q '^without report,blame.shop.vm.web01.vcpu,s,' "$work/blame.csv" || fail 'no blame in the CSV'
grep -q '^| shop |.*| report |' "$work/blame.md" || fail 'no blame in the Markdown'
"$hvplan" schema result >"$work/result.json" || fail 'schema'
if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    check
    python3 tests/support/json_schema.py "$work" valid "$work/curve.json" "$work/full.json" "$work/blame.json" >"$work/out"
    [ ! -s "$work/out" ] || fail "$(head -c 600 "$work/out")"
fi
finish
