#!/usr/bin/env bash
# All of model/ compiles to WebAssembly: it knows libc only, and a 32-bit size_t.
. "$(dirname "$0")/../support/script.sh"
need clang
[ -d /usr/include/wasm32-wasi ] || skip 'wasi-libc is not installed'
while read -r file; do
    check
    clang --target=wasm32-wasi --sysroot=/usr -std=c11 -O1 -Wall -Wextra -Wpedantic -Wconversion -Werror -ffp-contract=off \
        -I. -c "$file" -o "$work/out.o" || fail "$file does not compile for wasm32-wasi"
done < <(find model -name '*.c' | sort)
finish
