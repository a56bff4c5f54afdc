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
# Names with the user's own hosts and VMs in them, ends of names, counters with and without machine and instance.
explains() { # topic's line, term...
    local -r line=$1
    shift
    check
    "$hvplan" explain "$@" | grep -qxF "$line" || fail "explain $*: no line '$line'"
}
explains 'vms.V.lock_share (key)' vms.web01.lock_share
explains 'host.H.hypervisor.dispatch (metric)' host.HV01.hypervisor.dispatch
explains 'host.H.hypervisor.dispatch (metric)' dispatch
explains 'vm.V.ready (metric)' ready
explains 'overheads.virtualization.timer (parameter)' virtualization.timer
explains 'CPU Wait Time Per Dispatch (counter)' CPU Wait Time Per Dispatch
explains '\Hyper-V Hypervisor Virtual Processor(NAME:Hv VP N)\% Guest Run Time (counter)' \
    '\\HV01\Hyper-V Hypervisor Virtual Processor(web01:Hv VP 0)\% Guest Run Time'
explains '\Hyper-V Hypervisor\Partitions (counter)' '\hyper-v hypervisor\partitions'
explains '\Hyper-V Virtual IDE Controller (Emulated)(NAME:IDE Controller)\Read Bytes/sec (counter)' \
    '\\HV01\Hyper-V Virtual IDE Controller (Emulated)(old:IDE Controller)\Read Bytes/sec'
explains 'vdisk.V.D.latency_s (metric)' vdisk.sql.data.latency_s
explains 'LogicalDisk (object)' LogicalDisk
explains 'large_send (key)' large send
explains 'pass-through (kind)' pass through
explains 'knee (word)' knee
explains 'blame (word)' blame
check
[ "$("$hvplan" explain vms.web01.lock_share --json | jq length)" -eq 1 ] || fail 'explain: more than the one key'
# A key is listed by its path only; a counter says which metric shows the same.
check
grep -qx '  vms.V.vcpus' "$work/terms" && ! grep -qx '  vcpus' "$work/terms" || fail 'explain lists a key twice'
check
"$hvplan" explain Output Queue Length | grep -q 'nic.H.N.output_queue_packets' || fail 'explain names no metric of a counter'
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
