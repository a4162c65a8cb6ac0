"""Opens a store's file: what it is, whose it is, which version, and whether it was closed; makes and upgrades tables.

Nothing is written into a file before it is known to be a store, or empty, and of no newer version than this program.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from twosource.errors import Busy, Damaged, Full, StoreError, TooNew, TooSlow
from twosource.store import schema
from twosource.store.crashing import point
from twosource.store.database import WAIT, unshielded

APPLICATION = 0x32737263
"""``2src``, by which the file says whose it is (SQLite's application_id)."""

CACHE = 64_000
"""Kilobytes of pages that the writing connection keeps; full-text merges read them again and again."""

UNMERGED = 16 << 20
"""Bytes of new words that a full-text index keeps in memory before it writes them: a batch of 500 articles has some
4 MB and is then written in one piece, not in four, which saves 7 % of taking it in (30,000 articles, 2026-11-22)."""

PRAGMAS = (
    f"PRAGMA busy_timeout = {int(WAIT * 1000)}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
)

WRITING = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA cell_size_check = ON",
    f"PRAGMA cache_size = -{CACHE}",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA journal_size_limit = 67108864",
)
"""What only the connection that writes is told; some of it looks into the file, which may need more than reading.

The log is written back every 16 MB, not every 4: a batch of 500 articles has some 3, and hot pages are written once."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_BARRED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_NO_ROOM = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE, sqlite3.SQLITE_IOERR_SHMSIZE}


@contextmanager
def told(address: str) -> Iterator[None]:
    """Turn SQLite's errors into `StoreError`; what is a mistake of ours, such as wrong SQL, goes through."""
    try:
        yield
    except sqlite3.ProgrammingError as wrong:
        if "closed database" in str(wrong):
            raise StoreError(f"{address} is closed") from wrong
        raise
    except UnicodeDecodeError as wrong:  # SQLite quotes broken names in its messages
        raise _damaged(address, "a name in it is no text") from wrong
    except sqlite3.Error as wrong:
        if (said := _said(address, wrong)) is None:
            raise
        raise said from wrong


def _said(address: str, wrong: sqlite3.Error) -> StoreError | None:
    code = getattr(wrong, "sqlite_errorcode", 0)
    kind = code & 0xFF
    if kind in _BUSY:
        return Busy(f"{address}: another process has been writing for {WAIT:.0f} seconds")
    if kind == sqlite3.SQLITE_FULL or code in _NO_ROOM:
        return Full(f"{address}: the disk is full, or the file has reached the size it may have; nothing is lost")
    if kind in _DAMAGED:
        return _damaged(address, wrong)
    if kind == sqlite3.SQLITE_INTERRUPT:
        return TooSlow(f"{address}: the search took too long and was given up")
    if kind in _BARRED or kind == sqlite3.SQLITE_IOERR:
        return StoreError(f"{address} cannot be opened, read or written: {wrong}")
    return None


def _damaged(address: object, why: object) -> Damaged:
    return Damaged(f"{address}: the file is damaged ({why}); restore it from a backup")


def made_ready(path: Path) -> None:
    """Make an empty file that only its owner may read, if there is none; SQLite gives its other files the same rights.

    Raises:
        StoreError: it cannot be made, or is something else than a file.

    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        _looked_at(path)
    except OSError as wrong:
        raise StoreError(f"{path} cannot be made: {wrong.strerror or wrong}") from wrong


def _looked_at(path: Path) -> int:
    """Return the size of the file, 0 if there is none; StoreError if it is a folder or a device."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0
    except (OSError, ValueError) as wrong:
        raise StoreError(f"{path} cannot be opened: {getattr(wrong, 'strerror', None) or wrong}") from wrong
    if stat.S_ISDIR(found.st_mode):
        raise StoreError(f"{path} is a folder, not a store")
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(f"{path} is no regular file")
    return found.st_size


def connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """Open one connection to a file that is there. A read-only one writes nothing, not even when it is closed.

    Raises:
        StoreError: the file cannot be opened.

    """
    with told(str(path)):
        connection = _connect(path, "?mode=ro" if readonly else "?mode=rw")
        if readonly and not _readable(connection):
            # In a folder that we may not write, SQLite cannot share memory with a writer; without a log there is none.
            connection.close()
            connection = _connect(path, "?mode=ro" if _log_size(path) else "?mode=ro&immutable=1")
        return connection


def _connect(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}{how}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda found: unshielded(found.decode("utf-8", "replace"))
    for pragma in PRAGMAS:
        connection.execute(pragma)
    return connection


def _readable(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as wrong:
        if wrong.sqlite_errorcode & 0xFF in _BARRED:
            return False
        raise
    return True


def _log_size(path: Path) -> int:
    try:
        return Path(f"{path}-wal").stat().st_size
    except OSError:
        return 0


def recognized(path: Path, *, readonly: bool) -> None:
    """See without writing that the file is a store of ours, or empty or new, and not newer than this program.

    Raises:
        StoreError: it is none, or is not there or older and ``readonly``, so that it may not be made or upgraded.

    """
    size = _looked_at(path)
    if readonly and not size:
        raise StoreError(f"{path}: there is no store")
    if size:
        _recognize(path, readonly=readonly)


def prepared(path: Path, *, alone: bool) -> sqlite3.Connection:
    """Make or upgrade the tables in a file that was recognized, and return the connection that writes.

    ``alone`` says that no other process has the store open for writing: a log that is there then was left by one that
    died, and the pages are checked.
    """
    made_ready(path)
    connection = connect(path, readonly=False)
    try:
        if alone and _log_size(path):
            _sound(connection, path)
        _set_up(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _recognize(path: Path, *, readonly: bool) -> None:
    with path.open("rb") as file:
        if file.read(16) not in {b"SQLite format 3\0", b""}:
            raise Damaged(f"{path} is no store of twosource")
    with told(str(path)), closing(connect(path, readonly=True)) as connection:
        version = _version(connection, path)
    if readonly and version < schema.VERSION:
        raise StoreError(
            f"{path} has version {version} of the tables, this program reads {schema.VERSION}: open it once for writing"
        )


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the tables, 0 for an empty file."""
    (whose,), (version,) = (connection.execute(f"PRAGMA {p}").fetchone() for p in ("application_id", "user_version"))
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if whose != APPLICATION:
        if tables or version:
            raise Damaged(f"{path} is a database of another program")
        return 0
    if version > schema.VERSION:
        raise TooNew(
            f"{path} was written by a newer twosource: it has version {version} of the tables, "
            f"this program knows {schema.VERSION}; it was left untouched"
        )
    return int(version)


def _sound(connection: sqlite3.Connection, path: Path) -> None:
    """After an unclean stop: check all pages once."""
    with told(str(path)):
        wrong = [str(found) for (found,) in connection.execute("PRAGMA quick_check(3)") if found != "ok"]
    if wrong:
        raise _damaged(path, "; ".join(wrong))


def _set_up(connection: sqlite3.Connection, path: Path) -> None:
    """Switch the log on, and bring the tables to this version in one transaction."""
    with told(str(path)):
        _log_on(connection)
        for pragma in WRITING:
            connection.execute(pragma)
        version = _version(connection, path)
        if version == schema.VERSION:
            return
        if version:
            _kept(connection, path, version)
        connection.execute("PRAGMA foreign_keys = OFF")  # a table that others refer to may be made anew
        try:
            _upgrade(connection, path)
        finally:
            connection.execute("PRAGMA foreign_keys = ON")


def _log_on(connection: sqlite3.Connection) -> None:
    """Use a write-ahead log. SQLite does not wait for others that do the same in this moment, so we do."""
    end = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as wrong:
            if wrong.sqlite_errorcode & 0xFF not in _BUSY or time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def _kept(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the store as it is before it is upgraded."""
    copy = Path(f"{path}-version-{version}")
    made_ready(copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as target:
        connection.backup(target)


def _upgrade(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in schema.STEPS[_version(connection, path) :]:
            for statement in step.statements:
                connection.execute(schema.spelled(statement, schema.SQLITE))
            for table in step.words:
                connection.execute(
                    f"CREATE VIRTUAL TABLE {table} USING fts5 (title, text, content = '', tokenize = 'ascii')"
                )
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', {UNMERGED})")
            point("mid_migration")
        if lost := connection.execute("PRAGMA foreign_key_check").fetchall():
            raise Damaged(f"{path}: {len(lost)} rows point to rows that are not there; nothing was changed")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
