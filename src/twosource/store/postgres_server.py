"""Reaches a PostgreSQL server: its address, its connections, what its errors mean, and the tables of a store there."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg.adapt import Loader

from twosource.errors import Busy, Damaged, Full, StoreError, TooNew, TooSlow
from twosource.store import schema
from twosource.store.crashing import point
from twosource.store.database import unshielded

SCHEMA = "twosource"
"""The schema of the tables where the address names none."""

OLDEST = 140_000
"""The oldest server: PostgreSQL 14."""

PATIENCE = 10
"""Seconds to wait for a connection."""

Connection = psycopg.Connection[Any]

_REFERENCE = re.compile(r"REFERENCES \w+ \(\w+\)(?: ON DELETE (?:CASCADE|SET NULL))?")

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,50}")


class ServerRow:
    """One row of an answer: columns by name or place; see `database.Row`."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: dict[str, int], values: tuple[Any, ...]) -> None:
        self._places = places
        self._values = values

    def __getitem__(self, column: str | int, /) -> Any:  # noqa: ANN401 - the column knows
        return self._values[self._places[column] if isinstance(column, str) else column]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> Sequence[str]:
        """The names of the columns in order."""
        return list(self._places)


def rows_of(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], ServerRow]:
    """Make rows of the answer that ``cursor`` has (psycopg's row factory)."""
    places = {column.name: i for i, column in enumerate(cursor.description or ())}
    return lambda values: ServerRow(places, tuple(unshielded(v) if type(v) is str else v for v in values))


class _Number(Loader):
    """Sums and means, which PostgreSQL gives as exact decimals, as the numbers that SQLite gives."""

    def load(self, data: psycopg.abc.Buffer) -> int | float:
        shown = bytes(data)
        return int(shown) if shown.lstrip(b"-").isdigit() else float(shown)


@dataclass(frozen=True, slots=True)
class Server:
    """Where the tables are: libpq's address, the schema in it, and the address as it may be shown."""

    target: str
    schema: str
    shown: str

    def connect(self, *, readonly: bool) -> Connection:
        """Open a connection that commits each statement by itself.

        Raises:
            StoreError: the server cannot be reached, refuses us, or is too old.

        """
        try:
            connection = psycopg.connect(self.target, autocommit=True, connect_timeout=PATIENCE, client_encoding="utf8")
        except psycopg.Error as wrong:
            raise StoreError(f"{self.shown} cannot be reached: {_first_line(wrong)}") from wrong
        if connection.info.server_version < OLDEST:
            connection.close()
            raise StoreError(f"{self.shown}: PostgreSQL {OLDEST // 10_000} or newer is needed")
        connection.adapters.register_loader("numeric", _Number)
        run(connection, f"SET search_path = {self.schema}")
        run(connection, "SET client_min_messages = warning")
        if readonly:
            run(connection, "SET default_transaction_read_only = on")
        return connection

    def key(self, name: str) -> int:
        """Return the number of the advisory lock of that name in this store."""
        made = hashlib.sha256(f"twosource {self.schema} {name}".encode()).digest()
        return int.from_bytes(made[:8], "big", signed=True)


def server_at(address: str) -> Server:
    """Read an address.

    Raises:
        StoreError: it is none, or its schema's name is not plain.

    """
    try:
        parts = urlsplit(address)
        asked = parse_qsl(parts.query, keep_blank_values=True)
        name = next((value for key, value in asked if key == "schema"), SCHEMA)
        target = urlunsplit(parts._replace(query=urlencode([(k, v) for k, v in asked if k != "schema"])))
        shown = urlunsplit(parts._replace(netloc=_without_password(parts.netloc)))
    except ValueError as wrong:
        raise StoreError(f"the store's address cannot be read: {wrong}") from wrong
    if not _NAME.fullmatch(name):
        raise StoreError(f"{shown}: the schema's name may hold small letters, digits and _ only")
    return Server(target, name, re.sub(r"(?<=[?&])password=[^&]*", "password=…", shown))


def _without_password(netloc: str) -> str:
    user, at, host = netloc.rpartition("@")
    return f"{user.partition(':')[0]}{at}{host}"


def run(connection: Connection, sql: str) -> None:
    """Run a statement of our own."""
    connection.execute(sql.encode())


@contextmanager
def told(address: str) -> Iterator[None]:
    """Turn the server's errors into `StoreError`; what is a mistake of ours, such as wrong SQL, goes through."""
    try:
        yield
    except psycopg.Error as wrong:
        if (error := _said(address, wrong)) is None:
            raise
        raise error from wrong


def _said(address: str, wrong: psycopg.Error) -> StoreError | None:
    """Return what an error of the server means, or None where it is a mistake of ours, such as wrong SQL."""
    state = wrong.sqlstate or ""
    if state == "53100":
        return Full(f"{address}: the server's disk is full; nothing is lost")
    if state in {"55P03", "40001", "40P01"}:
        return Busy(f"{address}: another process has been writing for too long")
    if state == "57014":
        return TooSlow(f"{address}: the search took too long and was given up")
    if state.startswith("XX"):
        return Damaged(f"{address}: the server finds its files damaged ({_first_line(wrong)})")
    if state.startswith(("08", "28", "53", "57", "58", "3D", "25", "42501")) or (
        not state and isinstance(wrong, psycopg.OperationalError | psycopg.InterfaceError)
    ):
        return StoreError(f"{address} cannot be used: {_first_line(wrong)}")
    return None


def _first_line(wrong: Exception) -> str:
    return next((line.strip() for line in str(wrong).splitlines() if line.strip()), type(wrong).__name__)


def set_up(server: Server, *, readonly: bool) -> None:
    """Make the tables of a new store, or bring older ones to this version, in one transaction.

    Raises:
        StoreError: there is no store and none may be made; `TooNew` where a newer program made it.

    """
    with told(server.shown), server.connect(readonly=readonly) as connection:
        version = _version(connection, server)
        if version > schema.VERSION:
            raise TooNew(
                f"{server.shown} was written by a newer twosource: it has version {version} of the tables, "
                f"this program knows {schema.VERSION}; it was left untouched"
            )
        if version == schema.VERSION:
            return
        if readonly:
            raise StoreError(
                f"{server.shown} has version {version} of the tables, this program reads {schema.VERSION}: "
                "open it once for writing"
                if version
                else f"{server.shown}: there is no store"
            )
        with connection.transaction():
            _upgrade(connection, server)


def _version(connection: Connection, server: Server) -> int:
    found = connection.execute("SELECT to_regclass(%s)", (f"{server.schema}.store_version",)).fetchone()
    if not found or found[0] is None:
        return 0
    row = connection.execute("SELECT version FROM store_version").fetchone()
    return int(row[0]) if row else 0


def _upgrade(connection: Connection, server: Server) -> None:
    run(connection, f"SELECT pg_advisory_xact_lock({server.key('write')})")
    run(connection, f"CREATE SCHEMA IF NOT EXISTS {server.schema}")
    run(connection, "CREATE TABLE IF NOT EXISTS store_version (version BIGINT NOT NULL)")
    for step in schema.STEPS[_version(connection, server) :]:
        for statement in step.statements:
            run(connection, _REFERENCE.sub(r"\g<0> DEFERRABLE", schema.spelled(statement, schema.POSTGRES)))
        for table in step.words:
            run(connection, f"CREATE TABLE {table} (number BIGINT PRIMARY KEY, folded TEXT NOT NULL, words TSVECTOR)")
            run(connection, f"CREATE INDEX {table}_words ON {table} USING gin (words)")
        point("mid_migration")
    run(connection, "DELETE FROM store_version")
    connection.execute("INSERT INTO store_version VALUES (%s)", (schema.VERSION,))
