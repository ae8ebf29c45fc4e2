# shellcheck shell=sh
# Sourced by run.sh and test.sh: makes the virtual environment and installs the project from a lock file.
#
#   setup_environment requirements.lock       -> sets $venv; does nothing when everything is already in place
#
# Wants: $root (the checkout). DECREE43_VENV names another place for the environment.

say() { printf '%s\n' "$*" >&2; }
die() { say "decree43: $*"; exit 2; }

# A home that is not there or not ours must not stop anything: pip, and later the audits, get one beside the environment.
ensure_home() {
    if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
        HOME="$venv.home"
        mkdir -p "$HOME" || die "cannot write in $root; make the folder writable, or set DECREE43_VENV to one that is."
        export HOME
        say "decree43: no writable home folder, using $HOME"
    fi
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2])' >/dev/null 2>&1
}

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
            # The real interpreter, so that a version manager's shim cannot change under the environment.
            "$candidate" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    return 1
}

as_root_on_debian() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# An environment that was moved or copied has commands that still point to the old place.
environment_works() {
    [ -x "$venv/bin/python" ] && is_new_enough "$venv/bin/python" &&
        "$venv/bin/python" -m pip --version >/dev/null 2>&1 && grep -qF "$venv/bin/python" "$venv/bin/pip"
}

# Debian keeps ensurepip in a package of its own, so plain `python3 -m venv` fails on a fresh machine.
make_environment() {
    if ! python=$(find_python); then
        as_root_on_debian || die "Python 3.11 or newer is needed; on Debian or Ubuntu: apt-get install python3 python3-venv"
        say "decree43: installing python3 and python3-venv"
        apt-get update >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y python3 python3-venv >&2 || true
        python=$(find_python) || die "Python 3.11 or newer is needed, and this system's packages do not have it."
    fi
    say "decree43: making a virtual environment with $python"
    rm -f "$venv"/decree43-*.stamp
    if "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        "$python" -m venv --clear "$venv" >&2 && environment_works && return
    fi
    if as_root_on_debian; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        say "decree43: installing $package"
        apt-get update >&2 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y "$package" >&2 ||
            DEBIAN_FRONTEND=noninteractive apt-get install -y python3-venv >&2 || true
        "$python" -m venv --clear "$venv" >&2 && environment_works && return
    fi
    # Without root: the system's own pip can fill an environment that was made without one.
    if "$python" -m venv --clear --without-pip "$venv" >/dev/null 2>&1 &&
        "$python" -m pip --python "$venv/bin/python" install --quiet pip >&2 && environment_works; then
        return
    fi
    if { "$python" -m virtualenv --version >/dev/null 2>&1 || "$python" -m pip install --user --quiet virtualenv >&2; } &&
        "$python" -m virtualenv --clear --quiet "$venv" >&2 && environment_works; then
        return
    fi
    rm -rf "$venv"
    die "cannot make a virtual environment; ask an administrator to run: apt-get install python3-venv"
}

# What the environment was made from. The path counts too, because the commands inside it carry it.
fingerprint() {
    { printf '%s\n%s\n' "$root" "$venv"
      "$venv/bin/python" -c 'import sys; print(sys.version)'
      cat "$root/pyproject.toml" "$root/$1"; } | sha256sum | cut -d' ' -f1
}

# The test environment holds everything the plain one does.
up_to_date() {
    for lock in "$1" requirements-dev.lock; do
        stamp="$venv/decree43-$lock.stamp"
        [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$lock")" ] && return 0
    done
    return 1
}

install_project() {
    say "decree43: installing from $1 (a minute or two, only when something has changed)"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$root/$1" >&2 ||
        die "the packages could not be installed; the message above says why. Run the same command again to go on."
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e "$root" >&2 ||
        die "the project itself could not be installed; the message above says why."
    # Other stamps are older than this installation.
    rm -f "$venv"/decree43-*.stamp
    fingerprint "$1" >"$venv/decree43-$1.stamp"
}

# A browser for what plain HTML cannot tell. Tried once; without one an audit says what it could not judge.
offer_browser() {
    stamp="$venv/decree43-browser.tried"
    [ -e "$stamp" ] && return 0
    say "decree43: looking for a browser (installed where this machine allows)"
    "$venv/bin/decree43" browser install >&2 ||
        say "decree43: going on without a browser; later: $venv/bin/decree43 browser install"
    : >"$stamp"
}

setup_environment() {
    venv="${DECREE43_VENV:-$root/.venv}"
    case $venv in /*) ;; *) venv="$PWD/$venv" ;; esac
    if [ -e "$venv" ] && [ ! -f "$venv/pyvenv.cfg" ] && [ -n "$(ls -A "$venv" 2>/dev/null || echo unreadable)" ]; then
        die "$venv is there and is not a virtual environment; move it away, or set DECREE43_VENV to another place."
    fi
    ensure_home
    unset PYTHONHOME PYTHONPATH PIP_TARGET PIP_USER PIP_PREFIX PIP_REQUIRE_VIRTUALENV
    # Two starts at the same moment: the second waits, then finds everything in place.
    (
        if command -v flock >/dev/null 2>&1; then
            flock 9 || true
        fi
        environment_works || make_environment
        up_to_date "$1" || install_project "$1"
        offer_browser
    ) 9>"$venv.lock" || exit $?
}
