#!/bin/sh
# Sets everything up and runs every check and test. Safe to run again. Arguments go to pytest.
set -eu
root=$(cd "$(dirname "$0")" && pwd -P)
. "$root/scripts/setup.sh"
setup_environment requirements-dev.lock
cd "$root"

# An independent reader of the spreadsheets and documents; without it those tests are skipped and say so.
if [ -n "${CI:-}" ] && ! command -v soffice >/dev/null 2>&1 && as_root_on_debian; then
    say "decree43: installing LibreOffice, which the tests of spreadsheets and documents read with"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        libreoffice-calc libreoffice-writer; } >&2 || say "decree43: going on without LibreOffice"
fi

failed=
step() {
    name=$1
    shift
    printf '== %s\n' "$name"
    "$venv/bin/$@" || failed="$failed '$name'"
}

step "ruff check" ruff check .
step "ruff format" ruff format --check .
step "mypy" mypy
step "lint-imports" lint-imports
step "rules validate" decree43 rules validate
step "rules test" decree43 rules test
step "rules test nd42-2022" decree43 rules test nd42-2022
step "rules test nd224-2026" decree43 rules test nd224-2026
step "rules test laocai-4526" decree43 rules test laocai-4526
# pytest comes last, so that its closing line is the last one; what failed before it is said here.
if [ -n "$failed" ]; then
    printf '== FAILED before pytest:%s\n' "$failed"
fi
printf '== pytest\n'
status=0
"$venv/bin/python" -m pytest -n 2 "$@" || status=$?
[ -z "$failed" ] || [ "$status" -ne 0 ] || status=1
exit "$status"
