"""The store as one file: SQLite with a write-ahead log, so that any number of processes read while one writes.

``synchronous=FULL`` makes every commit wait until the disk has it, so that what was acknowledged survives a power cut,
not only the end of the process. With 500 articles a commit it costs nothing that could be measured (2026-11-22), and
notes and corrections that people wrote cannot be fetched again. Besides the file and SQLite's own two (``-wal``,
``-shm``) there is ``-open``, by which an unclean stop is noticed, and one small file for each lock that is held.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Literal, Self

from twosource.errors import Busy, StoreError
from twosource.store.crashing import point
from twosource.store.database import WAIT, Condition, Indexed, Row, Runs, Value, ranges, shielded_row
from twosource.store.locked import held, opened_alone
from twosource.store.schema import WORDS
from twosource.store.sqlite_file import connect, made_ready, prepared, recognized, told
from twosource.store.wording import Clauses, Phrase, folded

STEPS_BETWEEN = 10_000
"""Instructions of SQLite's machine between two looks at the clock (about half a millisecond)."""

TITLE = 4.0
"""How often a word of a title counts; by judgement, as headlines name what an article is about."""


class FileReading:
    """Reads over one connection; see `database.Reading`."""

    def __init__(self, connection: sqlite3.Connection, address: str) -> None:
        self._connection = connection
        self._address = address

    def rows(self, sql: str, /, **values: Value) -> list[Row]:
        """Return the whole answer."""
        with told(self._address):
            return self._execute(sql, values).fetchall()

    def one(self, sql: str, /, **values: Value) -> Row | None:
        """Return the first row of the answer, or None."""
        with told(self._address):
            cursor = self._execute(sql, values)
            row: Row | None = cursor.fetchone()
            cursor.close()
            return row

    def each(self, sql: str, /, **values: Value) -> Iterator[Row]:
        """Yield the answer row by row."""
        with told(self._address):
            yield from self._execute(sql, values)

    def _execute(self, sql: str, values: Mapping[str, Value]) -> sqlite3.Cursor:
        return self._connection.execute(sql, shielded_row(values))


class FileWriting(FileReading):
    """A transaction; see `database.Writing`."""

    def run(self, sql: str, /, **values: Value) -> int:
        """Run one statement and return how many rows it touched."""
        with told(self._address):
            return self._execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Iterable[Mapping[str, Value]], /) -> None:
        """Run one statement once for each of ``rows``."""
        with told(self._address):
            self._connection.executemany(sql, map(shielded_row, rows))

    def insert(self, sql: str, /, **values: Value) -> int:
        """Run an INSERT that ends with ``RETURNING number`` and return that number."""
        with told(self._address):
            return int(self._execute(sql, values).fetchall()[0][0])

    def defer_keys(self) -> None:
        """Check foreign keys when the transaction ends."""
        self.run("PRAGMA defer_foreign_keys = ON")

    def numbers(self, table: str, how_many: int) -> range:
        """Take that many new numbers of a table."""
        last = self.one("SELECT seq FROM sqlite_sequence WHERE name = :name", name=table)
        start = last["seq"] if last else 0
        sql = "UPDATE sqlite_sequence SET seq = :seq WHERE name = :name"
        if last is None:
            sql = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"
        self.run(sql, name=table, seq=start + how_many)
        return range(start + 1, start + how_many + 1)

    def index_words(self, table: str, texts: Iterable[Indexed]) -> None:
        """Make texts findable."""
        self.run_many(f"INSERT INTO {table} (rowid, title, text) VALUES (:number, :title, :text)", _folded(texts))

    def drop_words(self, table: str, texts: Iterable[Indexed]) -> None:
        """Take texts out again; the index holds no copy of them, so that SQLite needs the same words once more."""
        sql = f"INSERT INTO {table} ({table}, rowid, title, text) VALUES ('delete', :number, :title, :text)"
        self.run_many(sql, _folded(texts))

    def clear_words(self, table: str) -> None:
        """Empty the index."""
        self.run(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")


def _folded(texts: Iterable[Indexed]) -> Iterator[dict[str, Value]]:
    return ({"number": t.number, "title": folded(t.title), "text": folded(t.text)} for t in texts)


class SQLite:
    """A store in one file; see `database.Database`."""

    def __init__(self, path: Path, writer: sqlite3.Connection | None, stack: ExitStack) -> None:
        self.address = str(path)
        self.readonly = writer is None
        self._path = path
        self._writer = writer
        self._stack = stack
        self._writes = threading.Lock()
        self._writing: int | None = None
        self._pool: list[sqlite3.Connection] = []
        self._closed = False

    @property
    def dialect(self) -> Literal["sqlite"]:
        """SQLite's."""
        return "sqlite"

    def rows(self, sql: str, /, **values: Value) -> list[Row]:
        """Read once."""
        with self._reader() as connection:
            return FileReading(connection, self.address).rows(sql, **values)

    def one(self, sql: str, /, **values: Value) -> Row | None:
        """Read once and return the first row."""
        with self._reader() as connection:
            return FileReading(connection, self.address).one(sql, **values)

    @contextmanager
    def reading(self, *, deadline: float | None = None) -> Iterator[FileReading]:
        """Begin several reads of one snapshot."""
        with self._reader() as connection:
            if deadline is not None:
                connection.set_progress_handler(_late(deadline), STEPS_BETWEEN)
            try:
                connection.execute("BEGIN")
                yield FileReading(connection, self.address)
            finally:
                connection.set_progress_handler(None, 0)
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[FileWriting]:
        """Begin to write, alone."""
        with self._alone() as connection:
            with told(self.address):
                connection.execute("BEGIN IMMEDIATE")
            try:
                yield FileWriting(connection, self.address)
                point("mid_transaction")
                with told(self.address):
                    connection.execute("COMMIT")
            except BaseException:
                _undo(connection)
                raise
            point("after_commit")

    @contextmanager
    def _alone(self) -> Iterator[sqlite3.Connection]:
        """Take the one connection that writes, after the other threads that want it."""
        if self._writer is None or self._closed:
            raise StoreError(f"{self.address} is {'closed' if self._closed else 'open for reading only'}")
        if self._writing == threading.get_ident():
            raise RuntimeError("a transaction is open already in this thread")
        if not self._writes.acquire(timeout=WAIT):
            raise Busy(f"{self.address}: another thread has been writing for {WAIT:.0f} seconds")
        self._writing = threading.get_ident()
        try:
            yield self._writer
        finally:
            self._writing = None
            self._writes.release()

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for one read or one snapshot, and keep it for the next."""
        if self._closed:
            raise StoreError(f"{self.address} is closed")
        try:
            connection = self._pool.pop()
        except IndexError:
            connection = connect(self._path, readonly=True)
        try:
            yield connection
        finally:
            if self._closed:
                connection.close()
            else:
                self._pool.append(connection)

    def words(
        self, table: str, number: str, clauses: Clauses, *, name: str = "words", within: Runs | None = None
    ) -> Condition:
        """Return the condition that a row's text holds what is sought; runs are found by steps in the index."""
        sought = _sought(name, clauses)
        if within is None:
            return Condition(f"{number} IN (SELECT rowid FROM {table} WHERE {table} MATCH :{name})", sought)
        runs = ranges(within, name)
        sql = (
            f"{number} IN (WITH {runs.sql} SELECT w.rowid FROM run CROSS JOIN {table} w "
            f"WHERE {table} MATCH :{name} AND w.rowid BETWEEN run.first AND run.last)"
        )
        return Condition(sql, {**sought, **runs.values})

    def some(self, table: str, clauses: Clauses, *, most: int, name: str = "some") -> Condition:
        """Return the SELECT of the first of those rows."""
        sql = f"SELECT rowid AS number FROM {table} WHERE {table} MATCH :{name} LIMIT :{name}_most"
        return Condition(sql, {**_sought(name, clauses), f"{name}_most": most})

    def ranked(self, table: str, clauses: Clauses, *, newest: int, name: str = "ranked") -> Condition:
        """Return the SELECT of those rows with their BM25, in which words of a title count `TITLE` times."""
        sql = (
            f"SELECT rowid AS number, bm25({table}, {TITLE}, 1.0) AS rank FROM {table} WHERE {table} MATCH :{name} "
            f"ORDER BY rowid DESC LIMIT :{name}_newest"
        )
        return Condition(sql, {**_sought(name, clauses), f"{name}_newest": newest})

    @contextmanager
    def holding(self, name: str) -> Iterator[None]:
        """Hold the lock of that name, a file beside the store's that the system frees when its holder ends."""
        with held(Path(f"{self._path}-{name}"), f"{self.address}: {name}"):
            yield

    def check(self, *, thorough: bool) -> tuple[str, ...]:
        """Return what is wrong with pages, foreign keys and full-text indexes."""
        pragma = "integrity_check" if thorough else "quick_check"
        with self.reading() as db:
            wrong = [str(row[0]) for row in db.rows(f"PRAGMA {pragma}") if row[0] != "ok"]
            for table, rowid, parent, _ in db.rows("PRAGMA foreign_key_check"):
                wrong.append(f"{table} {rowid} points to a {parent} that is not there")
            for table in WORDS:
                wrong += _unindexed(db, table)
        if not self.readonly:
            wrong += [why for table in WORDS for why in self._index_faults(table)]
        return tuple(wrong)

    def _index_faults(self, table: str) -> Iterator[str]:
        try:
            with self.writing() as db:
                db.run(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        except StoreError as fault:
            yield f"{table}: {fault}"

    def scrub(self) -> None:
        """Merge the full-text indexes, which until then keep deleted words, and write the log back into the file."""
        with self.writing() as db:
            for table in WORDS:
                db.run(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        with self._alone() as connection, told(self.address):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def copy_to(self, to: Path) -> None:
        """Write a consistent copy by SQLite's online backup, one snapshot in one step."""
        with self._reader() as connection, told(str(to)):
            made_ready(to)
            target = sqlite3.connect(to, isolation_level=None)
            try:
                connection.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")
            finally:
                target.close()

    def close(self) -> None:
        """Give up all connections."""
        with self._writes:
            self._closed = True
            while self._pool:
                self._pool.pop().close()
            if self._writer is not None:
                with suppress(sqlite3.Error):
                    self._writer.execute("PRAGMA optimize")
                self._writer.close()
                self._writer = None
            self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_file(path: Path, *, readonly: bool = False) -> SQLite:
    """Open the store in ``path``, see `twosource.store.open_store`."""
    with ExitStack() as stack:
        recognized(path, readonly=readonly)
        if readonly:
            return SQLite(path, None, stack.pop_all())
        alone = stack.enter_context(opened_alone(path))
        writer = prepared(path, alone=alone)
        return SQLite(path, writer, stack.pop_all())


def _late(deadline: float) -> Callable[[], int]:
    """Return what SQLite asks now and then: whether to give up."""
    end = time.monotonic() + deadline
    return lambda: int(time.monotonic() > end)


def _undo(connection: sqlite3.Connection) -> None:
    """Roll back, unless SQLite did so itself, as it does when the disk is full."""
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _sought(name: str, clauses: Clauses) -> dict[str, Value]:
    return {name: " AND ".join("(" + " OR ".join(map(_match, clause)) + ")" for clause in clauses)}


def _match(phrase: Phrase) -> str:
    """Return the phrase as FTS5 reads it; folded words hold nothing that means something there."""
    return '"' + " ".join(phrase.keys) + '"' + (" *" if phrase.prefix else "")


def _unindexed(db: FileReading, table: str) -> Iterator[str]:
    """Compare which rows an index knows with which there are; the index of a table T is T_words."""
    content = table.removesuffix("_words")
    for here, there, column, other, why in (
        (content, f"{table}_docsize", "number", "id", "rows are missing from the index"),
        (f"{table}_docsize", content, "id", "number", "indexed rows do not exist"),
    ):
        sql = f"SELECT count(*) FROM {here} WHERE {column} NOT IN (SELECT {other} FROM {there})"
        if (row := db.one(sql)) and row[0]:
            yield f"{table}: {row[0]} {why}"
