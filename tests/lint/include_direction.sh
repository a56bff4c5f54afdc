#!/usr/bin/env bash
# Layers see only what lies below them; a few headers and functions are for one place only (docs/architecture.md).
. "$(dirname "$0")/../support/script.sh"

# Folders whose headers a folder may include.
allowed_of() {
    case $1 in
    model/base) echo 'model/base/' ;;
    model/engine) echo 'model/(base|engine)/' ;;
    model/mechanism) echo 'model/(base|mechanism)/' ;;
    model/analytic) echo 'model/(base|analytic)/' ;;
    model/host) echo 'model/' ;;
    scenarios) echo '(model|scenarios)/' ;;
    calibrate) echo '(model|scenarios|calibrate)/' ;;
    reports) echo '(model/base/|model/host/result\.h|reports/|assets\.h$)' ;;
    cli) echo '(model|scenarios|calibrate|reports|cli)/|^version\.h$' ;;
    bench) echo '(model|scenarios|bench)/' ;;
    esac
}

check_includes() {
    local file=$1 allowed included
    allowed=$(allowed_of "$(dirname "$file")")
    [ -n "$allowed" ] || { fail "$file: a folder without a rule"; return; }
    while read -r included; do
        [[ $included =~ ^($allowed) ]] || fail "$file includes \"$included\""
    done < <(sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$file")
}

# only_in WHAT PATTERN WHERE: code that matches the pattern (extended) stands only in files that match WHERE.
only_in() {
    local what=$1 pattern=$2 where=$3
    check
    (cd "$work/bare" && grep -REn -- "$pattern" .) | sed 's|^\./||' | grep -vE "^($where):" | sed "s/^/$what: /" >>"$work/found"
}

# The sources without their comments.
while read -r file; do
    mkdir -p "$work/bare/$(dirname "$file")"
    without_comments "$file" >"$work/bare/$file"
done < <(sources)

while read -r file; do
    check
    check_includes "$file"
done < <(sources)

b='(^|[^A-Za-z0-9_])' # a word begins
: >"$work/found"
only_in 'yaml.h' 'include *<yaml\.h>' 'scenarios/yamltree\.c'
only_in 'GSL' 'include *<gsl/' '(scenarios|calibrate|bench)/.*|cli/main\.c'
only_in 'OpenMP' 'include *<omp\.h>|# *pragma +omp' 'model/engine/parallel\.c'
only_in 'stdout' "${b}(printf|vprintf|puts|putchar) *\(|${b}stdout[^A-Za-z0-9_]" '(reports|cli|bench)/.*'
only_in 'exit' "${b}(exit|_exit|_Exit|quick_exit) *\(" 'cli/main\.c|bench/.*'
only_in 'abort' "${b}(abort|assert) *\(" 'model/base/(check|arena)\.c'
only_in 'heap' "${b}(malloc|calloc|realloc|reallocarray|free|strdup|strndup|asprintf|alloca) *\(" 'model/base/arena\.c|bench/.*'
only_in 'time of day or environment' "${b}(time|clock|getenv|rand|srand|gettimeofday|clock_gettime) *\(" 'cli/.*|bench/.*'
only_in 'Hyper-V words in the engine' '[Hh]yper-?[Vv]|[Vv]cpu|[Rr]oot_vp|[Gg]uest' 'model/(base|mechanism|analytic|host)/.*|(scenarios|calibrate|reports|cli|bench)/.*'
while read -r line; do fail "$line"; done <"$work/found"
finish
