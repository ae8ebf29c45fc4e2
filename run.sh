#!/bin/sh
# Sets everything up and runs the main job. Safe to run again.
#
#   ./run.sh                     serves a demo portal on this machine and audits it
#   ./run.sh URL [OPTIONS]       audits the portal at URL (the options of `decree43 audit`)
set -eu
root=$(cd "$(dirname "$0")" && pwd -P)
. "$root/scripts/setup.sh"
setup_environment requirements.lock
if [ $# -eq 0 ]; then
    exec "$venv/bin/decree43" demo
fi
exec "$venv/bin/decree43" audit "$@"
