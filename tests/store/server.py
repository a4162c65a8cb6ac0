"""A PostgreSQL server of our own: in a temporary folder, on a socket in it, started once and stopped at the end."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL is not installed here (initdb and postgres are looked for; tests/install_postgres.sh installs it)"

SETTINGS = {"listen_addresses": "", "fsync": "off", "max_connections": "60", "shared_buffers": "32MB", "jit": "off"}


def programs():
    """The folder of initdb and postgres, or None."""
    named = shutil.which("initdb")
    folders = [Path(named).resolve().parent] if named else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


def _servant():
    """Whom the server runs as: it refuses root."""
    if os.geteuid():
        return None
    names = {p.pw_name: p for p in pwd.getpwall()}
    return names.get("postgres") or names.get("nobody")


@contextmanager
def running():
    """Start a server and give the address of its database."""
    folder = Path(tempfile.mkdtemp(prefix="ts-pg-"))
    who = _servant()
    how = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}
    if who:
        os.chown(folder, who.pw_uid, who.pw_gid)
    made = ["--username=twosource", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    data = str(folder / "data")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    subprocess.run([programs() / "initdb", "-D", data, *made], check=True, cwd=folder, **quiet, **how)
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    with (folder / "log").open("wb") as log:
        command = [programs() / "postgres", "-D", data, "-k", str(folder), *settings]
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **how)
    try:
        address = f"postgresql://twosource@/postgres?host={folder}"
        _await(address, server, folder / "log")
        yield address
    finally:
        server.send_signal(signal.SIGQUIT)  # at once, whoever is connected, and without tidying up
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _await(address, server, log):
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())


def database(address, name):
    """The address of another database on the same server."""
    return address.replace("/postgres?", f"/{name}?")


def command(address, sql, newer=""):
    """Run one statement outside a transaction; ``newer`` is added where the server is PostgreSQL 15 or newer."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"{sql} {newer}" if connection.info.server_version >= 150_000 else sql)
