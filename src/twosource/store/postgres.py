"""The store on a PostgreSQL server (14 or newer), for newsrooms that outgrow one file or one machine.

The same tables in a schema of their own (``?schema=NAME`` in the address, else ``twosource``), one writer at a time by
an advisory lock, so that functions over the tables may count on it as with SQLite. Full text is a ``tsvector`` of our
own words, made here and not by the server's parser, and the folded text beside it: the index finds texts with the
words, the folded text tells whether they stand in a row. So both stores find the same articles. Driven by
psycopg 3, which is LGPL and comes with the extra ``[postgres]``.
"""

import os
import platform
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import count, islice
from pathlib import Path
from typing import Any, Literal, Self

import psycopg

from twosource.errors import Busy, StoreError
from twosource.store.crashing import point
from twosource.store.database import AT_ONCE, WAIT, Condition, Indexed, Row, Runs, Value, shielded_row
from twosource.store.postgres_server import Connection, Server, rows_of, run, server_at, set_up, told
from twosource.store.schema import TABLES, WORDS
from twosource.store.wording import Clauses, Phrase, folded

LEXEME = 500
"""Code points of a word in the index (PostgreSQL takes 2,046 bytes); longer ones are told apart in the folded text."""

LEXEMES = 700_000
"""Bytes of different words of one text that are indexed; a tsvector holds 1 MB with their places. Words that come first
after that are not found."""

LAST_PLACE = 16_383
"""The last place of a word that a tsvector can hold."""

COUNTED = 12
"""Places of one word that are kept; PostgreSQL takes 256, and ranks by the first few."""

FETCHED = 500
"""Rows that a long read takes from the server at once."""

_PARAMETER = re.compile(r"(?<![:\w]):([a-z]\w*)")


@lru_cache(maxsize=2048)
def _spelled(sql: str) -> bytes:
    """Return the statement with its parameters as psycopg writes them."""
    return _PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%")).encode()


class ServerReading:
    """Reads over one connection; see `database.Reading`."""

    def __init__(self, connection: Connection, address: str) -> None:
        self._connection = connection
        self._address = address
        self._cursors = count(1)

    def rows(self, sql: str, /, **values: Value) -> list[Row]:
        """Return the whole answer."""
        with told(self._address):
            return self._execute(sql, values).fetchall()

    def one(self, sql: str, /, **values: Value) -> Row | None:
        """Return the first row of the answer, or None."""
        with told(self._address):
            row: Row | None = self._execute(sql, values).fetchone()
            return row

    def each(self, sql: str, /, **values: Value) -> Iterator[Row]:
        """Yield the answer row by row, a few hundred at a time from the server."""
        name = f"each_{next(self._cursors)}"
        with told(self._address):
            self._execute(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}", values)
            while some := self._execute(f"FETCH {FETCHED} FROM {name}", {}).fetchall():
                yield from some
            self._execute(f"CLOSE {name}", {})

    def _execute(self, sql: str, values: Mapping[str, Value]) -> psycopg.Cursor[Any]:
        """Values are written into the statement by libpq's own quoting, so that NULL needs no type."""
        cursor = psycopg.ClientCursor(self._connection, row_factory=rows_of)
        return cursor.execute(_spelled(sql), shielded_row(values))


class ServerWriting(ServerReading):
    """A transaction; see `database.Writing`."""

    def run(self, sql: str, /, **values: Value) -> int:
        """Run one statement and return how many rows it touched."""
        with told(self._address):
            return self._execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Iterable[Mapping[str, Value]], /) -> None:
        """Run one statement once for each of ``rows``, prepared and without waiting for each answer."""
        ready = map(shielded_row, rows)
        with told(self._address), self._connection.cursor() as cursor:
            while some := list(islice(ready, AT_ONCE)):  # a list, as making the rows may read over this connection
                cursor.executemany(_spelled(sql), some)

    def insert(self, sql: str, /, **values: Value) -> int:
        """Run an INSERT that ends with ``RETURNING number`` and return that number."""
        with told(self._address):
            return int(self._execute(sql, values).fetchall()[0][0])

    def defer_keys(self) -> None:
        """Check foreign keys when the transaction ends."""
        self.run("SET CONSTRAINTS ALL DEFERRED")

    def numbers(self, table: str, how_many: int) -> range:
        """Take that many new numbers of a table."""
        if not how_many:
            return range(0)
        row = self.rows(f"SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM {table}_number_seq")[0]
        start = int(row[0])
        self.run(f"SELECT setval('{table}_number_seq', :last)", last=start + how_many)
        return range(start + 1, start + how_many + 1)

    def index_words(self, table: str, texts: Iterable[Indexed]) -> None:
        """Make texts findable."""
        sql = f"INSERT INTO {table} (number, folded, words) VALUES (:number, :folded, CAST(:words AS tsvector))"
        self.run_many(sql, map(_words_row, texts))

    def drop_words(self, table: str, texts: Iterable[Indexed]) -> None:
        """Take texts out again."""
        self.run_many(f"DELETE FROM {table} WHERE number = :number", ({"number": t.number} for t in texts))

    def clear_words(self, table: str) -> None:
        """Empty the index."""
        self.run(f"DELETE FROM {table}")


def _words_row(t: Indexed) -> dict[str, Value]:
    title, text = folded(t.title).split(), folded(t.text).split()
    return {"number": t.number, "folded": f" {' '.join(title)} | {' '.join(text)} ", "words": _vector(title, text)}


def _vector(title: Sequence[str], text: Sequence[str]) -> str:
    """Return the words as a tsvector in PostgreSQL's own writing, words of the title marked as such.

    Their places are for ranking alone, which counts them: a few of each word are enough.
    """
    places: dict[str, list[str]] = {}
    room = LEXEMES
    for at, word in enumerate((*title, *text), 1):
        lexeme = word[:LEXEME]
        if (known := places.get(lexeme)) is None:
            room -= len(lexeme.encode()) + 8
            if room < 0:
                break
            known = places[lexeme] = []
        if len(known) < COUNTED:
            known.append(f"{min(at, LAST_PLACE)}{'A' if at <= len(title) else ''}")
    return " ".join(f"'{lexeme}':{','.join(known)}" for lexeme, known in places.items())


class Postgres:
    """A store on a server; see `database.Database`."""

    def __init__(self, server: Server, *, readonly: bool) -> None:
        self.address = server.shown
        self.readonly = readonly
        self._server = server
        self._writing = threading.local()
        self._pool: list[Connection] = []
        self._closed = False

    @property
    def dialect(self) -> Literal["postgresql"]:
        """PostgreSQL's."""
        return "postgresql"

    def rows(self, sql: str, /, **values: Value) -> list[Row]:
        """Read once."""
        with self._lent() as connection:
            return ServerReading(connection, self.address).rows(sql, **values)

    def one(self, sql: str, /, **values: Value) -> Row | None:
        """Read once and return the first row."""
        with self._lent() as connection:
            return ServerReading(connection, self.address).one(sql, **values)

    @contextmanager
    def reading(self, *, deadline: float | None = None) -> Iterator[ServerReading]:
        """Begin several reads of one snapshot."""
        with self._lent() as connection:
            db = ServerReading(connection, self.address)
            with self._transaction(connection, "START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"):
                if deadline is not None:
                    run(connection, f"SET LOCAL statement_timeout = {max(1, int(deadline * 1000))}")
                yield db

    @contextmanager
    def writing(self) -> Iterator[ServerWriting]:
        """Begin to write, alone."""
        if self.readonly:
            raise StoreError(f"{self.address} is open for reading only")
        if getattr(self._writing, "open", False):
            raise RuntimeError("a transaction is open already in this thread")
        self._writing.open = True
        try:
            with self._lent() as connection, self._transaction(connection, "START TRANSACTION"):
                run(connection, f"SET LOCAL lock_timeout = {int(WAIT * 1000)}")
                run(connection, f"SELECT pg_advisory_xact_lock({self._server.key('write')})")
                yield ServerWriting(connection, self.address)
                point("mid_transaction")
            point("after_commit")
        finally:
            self._writing.open = False

    @contextmanager
    def _transaction(self, connection: Connection, begin: str) -> Iterator[None]:
        with told(self.address):
            run(connection, begin)
        try:
            yield
            with told(self.address):
                run(connection, "COMMIT")
        except BaseException:
            with suppress(psycopg.Error):
                run(connection, "ROLLBACK")
            raise

    @contextmanager
    def _lent(self) -> Iterator[Connection]:
        """Lend a connection, and keep it for the next unless it broke; then the others are given up too."""
        if self._closed:
            raise StoreError(f"{self.address} is closed")
        try:
            connection = self._pool.pop()
        except IndexError:
            connection = self._server.connect(readonly=self.readonly)
        try:
            with told(self.address):
                yield connection
        finally:
            if connection.closed or self._closed:
                connection.close()
                self._empty_pool()
            else:
                self._pool.append(connection)

    def _empty_pool(self) -> None:
        while self._pool:
            self._pool.pop().close()

    def words(
        self, table: str, number: str, clauses: Clauses, *, name: str = "words", within: Runs | None = None
    ) -> Condition:
        """Return the condition that a row's text holds what is sought."""
        found = _sought(name, clauses)
        if within is None:
            return Condition(f"{number} IN (SELECT w.number FROM {table} w WHERE {found.sql})", found.values)
        # Rows of a part are few: each one's own words are looked at. IS TRUE keeps the planner from the whole index.
        found = _sought(name, clauses, "({}) IS TRUE")
        return Condition(f"EXISTS (SELECT 1 FROM {table} w WHERE w.number = {number} AND {found.sql})", found.values)

    def some(self, table: str, clauses: Clauses, *, most: int, name: str = "some") -> Condition:
        """Return the SELECT of some of those rows."""
        found = _sought(name, clauses)
        sql = f"SELECT w.number FROM {table} w WHERE {found.sql} LIMIT :{name}_most"
        return Condition(sql, {**found.values, f"{name}_most": most})

    def ranked(self, table: str, clauses: Clauses, *, newest: int, name: str = "ranked") -> Condition:
        """Return the SELECT of those rows with ts_rank, which does not know how rare a word is."""
        found = _sought(name, clauses)
        sql = (
            f"SELECT w.number, -ts_rank(w.words, CAST(:{name} AS tsquery), 1) AS rank FROM {table} w WHERE {found.sql} "
            f"ORDER BY w.number DESC LIMIT :{name}_newest"
        )
        return Condition(sql, {**found.values, f"{name}_newest": newest})

    @contextmanager
    def holding(self, name: str) -> Iterator[None]:
        """Hold the lock of that name by a connection of its own, which the server closes when its holder ends."""
        connection = self._server.connect(readonly=self.readonly)
        key = self._server.key(f"hold {name}")
        try:
            me = f"twosource {name}: process {os.getpid()} on {platform.node()}"
            connection.execute("SELECT set_config('application_name', %s, false)", (me[:60],))
            taken = connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
            if not taken or not taken[0]:
                raise Busy(f"{self.address}: {name} is already running ({_holder(connection, key)})")
            yield
        finally:
            connection.close()

    def check(self, *, thorough: bool) -> tuple[str, ...]:
        """Return which rows the full-text indexes miss; pages and keys are the server's own care."""
        with self.reading() as db:
            wrong = [why for table in WORDS for why in _unindexed(db, table)]
            if thorough:
                for table in TABLES:
                    db.rows(f"SELECT count(*) FROM {table}")  # a page that cannot be read is an error here
        return tuple(wrong)

    def scrub(self) -> None:
        """Free the space of deleted rows, and let the server count what is left."""
        with self._lent() as connection:
            run(connection, f"VACUUM (ANALYZE) {', '.join((*TABLES, *WORDS))}")

    def copy_to(self, to: Path) -> None:
        """A server has no file: refused."""
        raise StoreError(f"{self.address} is on a server and cannot be copied into {to}")

    def close(self) -> None:
        """Give up all connections."""
        self._closed = True
        self._empty_pool()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_server(address: str, *, readonly: bool = False) -> Postgres:
    """Open the store on a server, see `twosource.store.open_store`."""
    server = server_at(address)
    set_up(server, readonly=readonly)
    return Postgres(server, readonly=readonly)


def _sought(name: str, clauses: Clauses, form: str = "{}") -> Condition:
    """Return the condition on a full-text table ``w``: by the index, and in a row where that has to be looked at.

    ``form`` is how the question to the index is put.
    """
    values: dict[str, Value] = {name: " & ".join("(" + " | ".join(map(_query, c)) + ")" for c in clauses)}
    loose = [clause for clause in clauses if any(map(_is_loose, clause))]
    checks = "".join(" AND (" + " OR ".join(_exact(p, values, name) for p in c) + ")" for c in loose)
    asked = form.format(f"w.words @@ CAST(:{name} AS tsquery)")
    return Condition(f"{asked}{checks}", values)


def _is_loose(phrase: Phrase) -> bool:
    """Tell whether the index cannot say by itself that the phrase is there."""
    return len(phrase.keys) > 1 or len(phrase.keys[0]) > LEXEME


def _query(phrase: Phrase) -> str:
    """Return the phrase as tsquery: all its words, wherever; folded words hold nothing that means something there."""
    quoted = [f"'{key[:LEXEME]}'" for key in phrase.keys]
    return "(" + " & ".join((*quoted[:-1], quoted[-1] + (":*" if phrase.prefix else ""))) + ")"


def _exact(phrase: Phrase, values: dict[str, Value], name: str) -> str:
    """Return the condition that the phrase is there in a row, and note the values it needs."""
    parameter = f"{name}_{len(values)}"
    if not _is_loose(phrase):
        values[parameter] = _query(phrase)
        return f"w.words @@ CAST(:{parameter} AS tsquery)"
    values[parameter] = f" {' '.join(phrase.keys)}{'' if phrase.prefix else ' '}"
    return f"strpos(w.folded, :{parameter}) > 0"


def _holder(connection: Connection, key: int) -> str:
    """Who holds an advisory lock: its parts are the two halves of the key."""
    sql = (
        "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
        "WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %s AND l.objid = %s"
    )
    halves = divmod(key % 2**64, 2**32)
    row = connection.execute(sql, halves).fetchone()
    return str(row[0]).partition(": ")[2] if row and ": " in str(row[0]) else "by another process"


def _unindexed(db: ServerReading, table: str) -> Iterator[str]:
    """Compare which rows an index knows with which there are; the index of a table T is T_words."""
    content = table.removesuffix("_words")
    for here, there, why in (
        (content, table, "rows are missing from the index"),
        (table, content, "indexed rows do not exist"),
    ):
        lone = f"NOT EXISTS (SELECT 1 FROM {there} t WHERE t.number = h.number)"
        if found := db.rows(f"SELECT count(*) FROM {here} h WHERE {lone}")[0][0]:
            yield f"{table}: {found} {why}"
