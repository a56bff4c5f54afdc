#!/usr/bin/env bash
# No unfinished notes, no paths of somebody's machine, no addresses of package hosts.
. "$(dirname "$0")/../support/script.sh"
mapfile -t files < <(find . \( -path ./.git -o -path ./build \) -prune -o -type f -print | grep -vE '/tests/(data|fuzz/corpus)/|/words\.sh$' | sort)
checks=${#files[@]}

ban() {
    local what=$1 pattern=$2
    while read -r line; do fail "$what: $line"; done < <(grep -InE "$pattern" "${files[@]}" | cut -c1-200)
}

ban 'unfinished' '(^|[^A-Za-z])(TODO|FIXME|XXX|HACK)([^A-Za-z]|$)'
ban 'path of a machine' '(^|[^A-Za-z0-9_.])/(work|home|root|Users)/'
ban 'package host' 'https?://[A-Za-z0-9.-]*(debian|ubuntu|npm|pypi|golang|snapshot|mirror)[A-Za-z0-9.-]*'
ban 'trailing blanks' '[^ ] +$'
finish
