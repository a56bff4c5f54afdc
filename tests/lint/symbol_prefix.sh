#!/usr/bin/env bash
# station.c exports station_* only (exceptions in symbol_prefix.allow), and no object has a variable that can change.
. "$(dirname "$0")/../support/script.sh"
need gcc nm readelf
allow=tests/lint/symbol_prefix.allow

object_of() {
    local object=$work/${1//\//-}.o
    gcc -std=c11 -O0 -fno-pie -D_POSIX_C_SOURCE=200809L -I. -I"$build/generated" -c "$1" -o "$object" && echo "$object"
}

check_exports() {
    local file=$1 object=$2 stem symbol
    stem=$(basename "$file" .c)
    while read -r symbol; do
        [[ $symbol == "$stem" || $symbol == "$stem"_* || $symbol == main ]] && continue
        grep -v '^#' "$allow" | while read -r path pattern _; do
            [[ $file == "$path" && $symbol =~ ^($pattern)$ ]] && echo yes
        done | grep -q yes || fail "$file exports $symbol"
    done < <(nm --defined-only --extern-only --format=posix "$object" | cut -d' ' -f1)
}

# Constant tables land in .rodata; what lands in .data, .bss or thread-local storage can change.
check_variables() {
    local file=$1 object=$2 symbol
    while read -r symbol; do
        grep -qE "^$file +variable:$symbol( |$)" "$allow" || fail "$file has the variable $symbol"
    done < <(readelf -SW "$object" | sed -n 's/^ *\[ *\([0-9]*\)\] \(\.[a-z.]*\) .*/\1 \2/p' |
        awk '$2 == ".data" || $2 == ".bss" || $2 == ".tdata" || $2 == ".tbss" || $2 == ".data.rel" || $2 == ".data.rel.local" { print $1 }' |
        while read -r section; do
            readelf -sW "$object" | awk -v s="$section" '$7 == s && ($4 == "OBJECT" || $4 == "TLS") { print $8 }'
        done)
}

while read -r file; do
    check
    object=$(object_of "$file") || { fail "$file does not compile"; continue; }
    check_exports "$file" "$object"
    nm --defined-only --extern-only --format=posix "$object" | cut -d' ' -f1 | sed "s|$| $file|" >>"$work/exports"
    check_variables "$file" "$object"
    rm -f "$object"
done < <(sources | grep '\.c$' | grep -v '^bench/')

# Two files of one name in two layers could export one name twice: the linker would take the first it finds.
while read -r symbol; do
    fail "$symbol is exported by $(grep "^$symbol " "$work/exports" | cut -d' ' -f2 | tr '\n' ' ')"
done < <(cut -d' ' -f1 "$work/exports" | sort | uniq -d)
finish
