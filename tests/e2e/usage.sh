#!/usr/bin/env bash
# What a user sees who types something wrong, or nothing.
. "$(dirname "$0")/../support/script.sh"

# expect CODE PATTERN WORDS...: exit code, and a pattern on stderr; nothing on stdout.
expect() {
    local code=$1 pattern=$2 got=0
    shift 2
    check
    "$hvplan" "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
    [ $got -eq "$code" ] || fail "hvplan $*: exit $got, expected $code"
    grep -qE -- "$pattern" "$work/err" || fail "hvplan $*: stderr lacks '$pattern': $(cat "$work/err")"
    [ ! -s "$work/out" ] || fail "hvplan $*: something on stdout"
}

expect 2 'Example:'
expect 2 "unknown command 'simulat' \(did you mean 'simulate'\?\)" simulat host.yaml
expect 2 "unknown command 'frobnicate'$" frobnicate
expect 2 "hvplan simulate: unknown option '--sed' \(did you mean '--seed'\?\)" simulate host.yaml --sed 3
expect 2 "unknown option '--seeed'" --seeed 3 simulate host.yaml
expect 2 "unknown option '-x'" check -x host.yaml
expect 2 'needs MODEL.yaml' simulate
expect 2 "does not know what to do with 'b.yaml'" simulate a.yaml b.yaml
expect 2 "'tomorrow' is not a whole number" simulate host.yaml --seed tomorrow
expect 2 "'-1' is not a whole number" simulate host.yaml --seed=-1
expect 2 'is not between 0 and 1024' simulate host.yaml --threads 5000
expect 2 "--precision: '2' is not a" simulate host.yaml --precision 2
expect 2 'is not between' simulate host.yaml --precision 90%
expect 2 '--seed is given twice' simulate host.yaml --seed 1 --seed 2
expect 2 '--seed needs a value' simulate host.yaml --seed
expect 2 '--json takes no value' simulate host.yaml --json=yes
expect 2 'cannot tell the format of result.pdf' simulate host.yaml -o result.pdf
expect 2 'do not agree' simulate host.yaml --json -o result.html
expect 2 'are those of --emit-log' simulate host.yaml --samples 5
expect 2 'a log is written as .csv, not as out.d/host.blg' simulate host.yaml --emit-log out.d/host.blg
expect 2 'nothing to compare with' compare host.yaml
expect 2 'a model is written as .yaml' calibrate log.csv -o model.html
expect 2 'use one of them' calibrate log.csv --inventory i.yaml --against m.yaml
expect 2 "no file kind 'modle' \(did you mean 'model'\?\)" schema modle
expect 2 "nothing is called 'qqqqqqqqqqqq'" explain qqqqqqqqqqqq
expect 2 "did you mean 'slat'" explain slatt
expect 2 "nothing is called 'vhd' \(did you mean 'VHDX'\?\); these mention it: .*vms\.V\.disks\.D\.kind" explain vhd
expect 2 "nothing is called 'nehalem'; these mention it: .*xeon5500" explain nehalem
expect 2 "nothing is called 'vms.web01.lockshares.x'" explain vms.web01.lockshares.x
expect 2 'an inspection is written as' inspect log.csv -o log.html
expect 3 'absent.yaml' simulate absent.yaml
expect 3 'absent.yaml' check absent.yaml
expect 3 'absent.csv' inspect absent.csv
expect 3 'absent.csv' calibrate absent.csv
expect 3 'absent.json' report absent.json
expect 2 "unknown option '--sed'" simulate --sed 3 -- host.yaml
expect 3 '--version' check -- --version
finish
