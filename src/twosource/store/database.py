"""The seam between what knows tables and what knows a database: a small Protocol that each store fulfils.

SQL is written once, for SQLite and PostgreSQL, with named ``:parameters``; a colon before a letter always begins one.
What the two do differently stands here as a method: full-text search, numbering, locks, checks, copies. Any text may be
stored, also NUL and lone surrogates, which neither database takes: `shielded` turns them into something both do, and
every store does that on its own.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol, Self

from twosource.store.wording import Clauses

Value = str | bytes | float | int | None
"""What a column may hold. True and False are stored as 1 and 0."""

WAIT = 30.0
"""Seconds to wait for another writer before `Busy` is raised."""

FIELD_BYTES = 1_000
"""UTF-8 bytes of a text that stands in an index of its own; longer ones are indexed by their digest (PostgreSQL takes
2,704 bytes in a B-tree)."""

AT_ONCE = 500
"""Values in one list (SQLite takes 32,766 parameters; longer lists are no faster)."""

_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
_EMPTY: dict[type, str] = {list: "[]", tuple: "[]", dict: "{}"}
_ESCAPE = "\x1a"
_FIT = {int, float, bytes, type(None)}
_UNFIT = re.compile("[\x00\x1a\ud800-\udfff]")
_SHIELDED = re.compile("\x1a([0-9a-f]{4})")


class Row(Protocol):
    """One row of an answer: columns by name or place, also unpacked in order."""

    def __getitem__(self, column: str | int, /) -> Any:  # noqa: ANN401 - the column knows
        """The column's value."""

    def __iter__(self) -> Iterator[Any]:
        """All values in order."""

    def __len__(self) -> int:
        """How many columns there are."""

    def keys(self) -> Sequence[str]:
        """The names of the columns in order."""


class Condition(NamedTuple):
    """A clause for WHERE and the values of its parameters."""

    sql: str
    values: Mapping[str, Value]


class Indexed(NamedTuple):
    """A text for a full-text index: the row it belongs to, its title and its body, both as received."""

    number: int
    title: str
    text: str


Runs = Sequence[tuple[int, int]]
"""Runs of numbers of rows, each from the first to the last."""


class Reading(Protocol):
    """Reads of one snapshot."""

    def rows(self, sql: str, /, **values: Value) -> list[Row]:
        """Return the whole answer."""

    def one(self, sql: str, /, **values: Value) -> Row | None:
        """Return the first row of the answer, or None."""

    def each(self, sql: str, /, **values: Value) -> Iterator[Row]:
        """Yield the answer row by row, without holding all of it."""


class Writing(Reading, Protocol):
    """A transaction that writes: all of it is stored, or nothing."""

    def run(self, sql: str, /, **values: Value) -> int:
        """Run one statement and return how many rows it touched."""

    def run_many(self, sql: str, rows: Iterable[Mapping[str, Value]], /) -> None:
        """Run one statement once for each of ``rows``, fast."""

    def insert(self, sql: str, /, **values: Value) -> int:
        """Run an INSERT that ends with ``RETURNING number`` and return that number."""

    def defer_keys(self) -> None:
        """Check foreign keys when the transaction ends, not row by row."""

    def numbers(self, table: str, how_many: int) -> range:
        """Take that many new numbers of a table whose key is a {number_key}: none of them was ever used."""

    def index_words(self, table: str, texts: Iterable[Indexed]) -> None:
        """Make texts findable in the full-text ``table``."""

    def drop_words(self, table: str, texts: Iterable[Indexed]) -> None:
        """Take texts out of it again: title and text have to be those that were indexed."""

    def clear_words(self, table: str) -> None:
        """Empty the full-text table, to fill it anew."""


class Database(Protocol):
    """One store, open. Any number of threads may use it at once: each read has a connection for as long as it lasts,
    writes come one after the other. Errors are `StoreError` and its kinds.
    """

    address: str
    """The file's path, or the server's address without its password."""

    readonly: bool

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Whose SQL it speaks."""

    def rows(self, sql: str, /, **values: Value) -> list[Row]:
        """Read once, what is committed now."""

    def one(self, sql: str, /, **values: Value) -> Row | None:
        """Read once and return the first row, or None."""

    def reading(self, *, deadline: float | None = None) -> AbstractContextManager[Reading]:
        """Begin several reads of one snapshot; after ``deadline`` seconds they are given up with `TooSlow`."""

    def writing(self) -> AbstractContextManager[Writing]:
        """Begin to write, alone; commit on leaving, undo on any exception. A second one inside is a RuntimeError."""

    def words(
        self, table: str, number: str, clauses: Clauses, *, name: str = "words", within: Runs | None = None
    ) -> Condition:
        """Return the condition that the row whose number stands in the column ``number`` holds, of each of ``clauses``
        (at least one), one of its phrases. ``name`` begins the names of its parameters, so that several fit together.
        With ``within`` only rows in those runs are looked for, which is quicker where they are few.
        """

    def some(self, table: str, clauses: Clauses, *, most: int, name: str = "some") -> Condition:
        """Return a SELECT of the ``number`` of at most ``most`` of those rows, whichever are found first."""

    def ranked(self, table: str, clauses: Clauses, *, newest: int, name: str = "ranked") -> Condition:
        """Return a SELECT of ``number`` and ``rank`` (the less, the better) of the ``newest`` rows that hold, of each
        of ``clauses``, one of its phrases. Ranks of two kinds of store are not the same.
        """

    def holding(self, name: str) -> AbstractContextManager[None]:
        """Hold the lock of that name against all processes; `Busy` tells who holds it. It ends with its process."""

    def check(self, *, thorough: bool) -> tuple[str, ...]:
        """Return what is wrong with the database itself (pages, foreign keys, full-text index); empty if nothing."""

    def scrub(self) -> None:
        """Take what was deleted out of the indexes and files too, as far as the database can."""

    def copy_to(self, to: Path) -> None:
        """Write a consistent copy into a new file, while others read and write; SQLite only."""

    def close(self) -> None:
        """Give up all connections; using the store afterwards is a StoreError."""

    def __enter__(self) -> Self:
        """Return the store itself, to be closed at the end of the block."""

    def __exit__(self, *_: object) -> None:
        """Close it."""


def shielded(value: Value) -> Value:
    """Return the value as both databases can store it: NUL, lone surrogates and the escape itself spelled out."""
    if type(value) is str and _UNFIT.search(value):
        return _UNFIT.sub(lambda m: f"{_ESCAPE}{ord(m[0]):04x}", value)
    return int(value) if value is True or value is False else value


def shielded_row(row: Mapping[str, Value]) -> dict[str, Value]:
    """Return the row with each value `shielded`."""
    return {name: value if type(value) in _FIT else shielded(value) for name, value in row.items()}


def unshielded(text: str) -> str:
    """Return the text that `shielded` was given."""
    return _SHIELDED.sub(lambda m: chr(int(m[1], 16)), text) if _ESCAPE in text else text


def listing(values: Iterable[Value], name: str = "v") -> Condition:
    """Return ``(:v0, :v1, …)`` for an IN clause, with the values; of none at all it is a list that nothing is in."""
    named = {f"{name}{i}": value for i, value in enumerate(values)}
    return Condition("(" + (", ".join(f":{n}" for n in named) or "NULL") + ")", named)


def runs_of(numbers: Iterable[int], *, gap: int, most: int) -> Runs:
    """Return runs that hold the numbers, in order, joined over gaps of at most ``gap``; a single one where they are
    more than ``most``.
    """
    ordered = sorted(numbers)
    ends = [i for i, (a, b) in enumerate(pairwise(ordered)) if b - a > gap]
    if not ordered or len(ends) >= most:
        return [(ordered[0], ordered[-1])] if ordered else []
    firsts, lasts = [0, *(i + 1 for i in ends)], [*ends, len(ordered) - 1]
    return [(ordered[a], ordered[b]) for a, b in zip(firsts, lasts, strict=True)]


def ranges(within: Runs, name: str) -> Condition:
    """Return the table ``run (first, last)`` of runs for a WITH clause; of none at all it is one that holds nothing."""
    values: dict[str, Value] = {}
    for i, (first, last) in enumerate(within or [(1, 0)]):
        values |= {f"{name}_f{i}": first, f"{name}_l{i}": last}
    spelled = ", ".join(
        f"(CAST(:{name}_f{i} AS BIGINT), CAST(:{name}_l{i} AS BIGINT))" for i in range(len(values) // 2)
    )
    return Condition(f"run (first, last) AS (VALUES {spelled})", values)


def parts(values: Iterable[Value]) -> Iterator[tuple[Value, ...]]:
    """Yield the values in runs short enough for one statement's list."""
    rest = iter(values)
    while some := tuple(islice(rest, AT_ONCE)):
        yield some


def json_text(value: object) -> str:
    """Return compact ASCII JSON for a column. The standard library writes it: lone surrogates stop msgspec."""
    return _JSON.encode(value) if value else _EMPTY.get(type(value)) or _JSON.encode(value)
