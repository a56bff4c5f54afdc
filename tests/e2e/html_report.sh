#!/usr/bin/env bash
# The HTML report in headless Chromium: no console error, no request, charts drawn, tables equal to the JSON; light and dark, wide
# and narrow, with and without scripts. tests/e2e/html_probe.js does the looking inside the page.
. "$(dirname "$0")/../support/script.sh"

browser=
for name in chromium chromium-browser google-chrome; do
    browser=$(command -v $name) && break
done
[ -n "$browser" ] || skip 'no Chromium is installed'
fixture=$build/fixture_report
[ -x "$fixture" ] || fail "no $fixture"

# with_probe PAGE: the page with the probe at its end and a catcher of errors at its beginning.
with_probe() {
    awk '/<\/head>/ { print "<script>window.probeErrors = [];"
                      print "addEventListener(\"error\", (e) => probeErrors.push(`script: ${e.message}`));"
                      print "addEventListener(\"securitypolicyviolation\", (e) => probeErrors.push(`fetch: ${e.blockedURI}`));"
                      print "console.error = console.warn = (...what) => probeErrors.push(`console: ${what.join(\" \")}`);</script>" }
         /<\/body>/ { print "<script>"; while ((getline line < "tests/e2e/html_probe.js") > 0) print line; print "</script>" }
         { print }' "$1"
}

# browse PAGE SIZE [FLAG...]: the DOM after the scripts ran.
browse() {
    local page=$1 size=$2 sandbox=()
    shift 2
    [ "$(id -u)" -ne 0 ] || sandbox=(--no-sandbox)
    timeout 120 "$browser" --headless "${sandbox[@]}" --disable-gpu --disable-quic --disable-dev-shm-usage --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync --user-data-dir="$work/profile" \
        --window-size="$size" --enable-logging=stderr "$@" --dump-dom "file://$page" 2>"$work/browser.log"
}

# probe NAME PAGE SIZE COLOURS [FLAG...]
probe() {
    local name=$1 page=$2 size=$3 colours=$4 verdict
    shift 4
    check
    with_probe "$page" >"$work/probe.html"
    browse "$work/probe.html" "$size" "$@" >"$work/dom"
    verdict=$(sed -n '/<pre id="probe">/,$p' "$work/dom" | sed 's/.*<pre id="probe">//; s/<\/pre>.*//')
    printf '%s: %s\n' "$name" "$(grep '^probe: ' <<<"$verdict")"
    grep '^FAIL ' <<<"$verdict" | head -20
    grep -qE "^probe: [0-9]{3,} checks, 0 failures, [0-9]+ charts, $colours\$" <<<"$verdict" || fail "$name"
    ! grep -E 'CONSOLE.*(rror|iolat|efused)' "$work/browser.log" || fail "$name: console"
}

for which in all one curve blame; do
    "$fixture" html $which >"$work/$which.html" || fail "fixture_report html $which"
    probe "$which, light" "$work/$which.html" 1400,1000 light
    probe "$which, dark" "$work/$which.html" 1400,1000 dark --blink-settings=preferredColorScheme=0
    probe "$which, narrow" "$work/$which.html" 500,900 light
done

# Without the scripts of the report: all tables are seen, the frames of charts take no room.
check
sed '/^<script>$/,/^<\/script>$/d' "$work/all.html" | sed 's/<\/body>/<script>\
    const seen = (s) => [...document.querySelectorAll(s)].filter((n) => n.checkVisibility()).length;\
    document.title = `${seen("table")} tables, ${seen("[data-chart], canvas")} frames`;\
    <\/script><\/body>/' >"$work/plain.html"
browse "$work/plain.html" 1400,1000 >"$work/dom"
tables=$(($(grep -c '<table' "$work/all.html") - $(sed -n '/<details>/,/<\/details>/p' "$work/all.html" | grep -c '<table')))
grep -q "<title>$tables tables, 0 frames</title>" "$work/dom" || fail "without scripts: $(grep '<title>' "$work/dom"), not $tables"

# The probe notices: a figure that differs from the JSON, a script that runs from a text, a picture from outside.
check
awk '!done && sub(/<data value="0.4137">/, "<data value=\"0.4138\">") { done = 1 }
     { sub(/<footer>/, "<footer><img alt=\"\" src=\"http://192.0.2.1/x.png\">"); print }' "$work/all.html" >"$work/twin.html"
with_probe "$work/twin.html" >"$work/probe.html"
browse "$work/probe.html" 1400,1000 >"$work/dom"
grep -q 'FAIL .*0.4138 in the table, 0.4137 in the JSON' "$work/dom" || fail 'a wrong figure goes unnoticed'
grep -q 'FAIL fetch: http://192.0.2.1' "$work/dom" || fail 'a request goes unnoticed'

# The command gives the same file as the library.
if [ -x "$hvplan" ]; then
    check
    "$fixture" json all >"$work/all.json"
    "$hvplan" report "$work/all.json" -o "$work/command.html" -q || fail 'hvplan report'
    cmp -s "$work/command.html" "$work/all.html" || fail 'hvplan report gives another file'
fi
finish
