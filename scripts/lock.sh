#!/bin/sh
# Writes requirements.lock and requirements-dev.lock anew: names, versions and hashes, no addresses.
# Needs uv in .venv or on the PATH. `scripts/lock.sh --upgrade` takes newer versions.
set -eu
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
[ -x "$uv" ] || uv=uv
options="--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-config --quiet"
# shellcheck disable=SC2086
"$uv" pip compile $options "$@" --group build -o requirements.lock pyproject.toml
# shellcheck disable=SC2086
"$uv" pip compile $options "$@" --group build --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml
