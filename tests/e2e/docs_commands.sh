#!/usr/bin/env bash
# Every command line that README and docs show is run, and prints what they show (tests/support/docs_commands.py).
. "$(dirname "$0")/../support/script.sh"
need python3
python3 tests/support/docs_commands.py "$@" --hvplan "$hvplan" --work "$work" README.md docs/*.md docs/*/*.md examples/README.md
