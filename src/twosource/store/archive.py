"""A store as one zip that both databases can be filled from: every table as JSON Lines, with a manifest.

A row is a JSON array in the manifest's order of columns; bytes are ``{"b": base64}``. Full-text indexes are left out,
they are made anew. The zip's comment is the SHA-256 of all bytes before it, so that any change to the file is noticed.
Nothing is ever extracted to a path: members are read as streams, by the names of our own tables.
"""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from twosource.errors import Damaged, Full, StoreError
from twosource.store.database import Reading, Row, Value, Writing
from twosource.store.schema import SAME_COLUMNS, TABLES, VERSION

FORMAT = "twosource.backup/1"

MANIFEST = "manifest.json"

LONGEST_LINE = 512_000_000
"""Bytes of one row's line; a longer one is none of ours."""

_DIGEST = 64
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Table:
    """What a manifest says of one table: columns in order, how many rows, and their highest own number."""

    columns: tuple[str, ...]
    rows: int
    highest: int


Manifest = dict[str, Table]


@contextmanager
def new_file(to: Path) -> Iterator[Path]:
    """Give a name to write to, which becomes ``to`` when all went well; only its owner may read it.

    Raises:
        StoreError: ``to`` is there already, or cannot be written (`Full` where there is no room).

    """
    if to.exists() or to.is_symlink():
        raise StoreError(f"{to} is there already and is not written over")
    part = to.with_name(f".{to.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield part
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.rename(to)
        finally:
            part.unlink(missing_ok=True)
    except OSError as wrong:
        if wrong.errno in _NO_ROOM:
            raise Full(f"{to}: the disk is full; nothing was written") from wrong
        raise StoreError(f"{to} cannot be written: {wrong.strerror or wrong}") from wrong


_NO_ROOM = {28, 27, 122}
"""ENOSPC, EFBIG, EDQUOT."""


def write(db: Reading, file: Path) -> Manifest:
    """Write all tables of one snapshot into ``file``."""
    manifest: Manifest = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for table in TABLES:
            with archive.open(f"{table}.jsonl", "w", force_zip64=True) as out:
                manifest[table] = _write_table(db, table, out)
        told = {name: {"columns": t.columns, "rows": t.rows, "highest": t.highest} for name, t in manifest.items()}
        archive.writestr(MANIFEST, json.dumps({"format": FORMAT, "version": VERSION, "tables": told}, indent=1))
        archive.comment = b"0" * _DIGEST
    _sign(file)
    return manifest


def _write_table(db: Reading, table: str, out: IO[bytes]) -> Table:
    columns: tuple[str, ...] = ()
    rows = highest = 0
    for row in db.each(f"SELECT * FROM {table} ORDER BY 1, 2"):
        columns = columns or tuple(row.keys())
        out.write(_line(row))
        rows += 1
        highest = max(highest, row["number"]) if columns[0] == "number" else 0
    return Table(columns, rows, highest)


def _line(row: Row) -> bytes:
    values = [{"b": base64.b64encode(v).decode()} if isinstance(v, bytes) else v for v in row]
    return json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _sign(file: Path) -> None:
    with file.open("rb+") as opened:
        opened.seek(-_DIGEST, os.SEEK_END)
        end = opened.tell()
        digest = _digest(opened, end)
        opened.seek(end)
        opened.write(digest.encode())


def _digest(opened: IO[bytes], end: int) -> str:
    """The SHA-256 of the first ``end`` bytes."""
    opened.seek(0)
    made = hashlib.sha256()
    while end > 0 and (block := opened.read(min(_BLOCK, end))):
        made.update(block)
        end -= len(block)
    return made.hexdigest()


def is_archive(file: Path) -> bool:
    """Tell from its first bytes whether the file is a zip."""
    with file.open("rb") as opened:
        return opened.read(2) == b"PK"


def read_manifest(file: Path) -> Manifest:
    """Check that not one byte of the file was changed, and return what it holds.

    Raises:
        Damaged: it is no backup, is cut off or changed.
        StoreError: it was made with other tables than this program has.

    """
    with file.open("rb") as opened:
        end = max(0, opened.seek(0, os.SEEK_END) - _DIGEST)
        digest = _digest(opened, end)
        if opened.read(_DIGEST) != digest.encode():
            raise Damaged(f"{file} is no backup of twosource, or it was cut off or changed")
    try:
        with zipfile.ZipFile(file) as archive:
            said = json.loads(archive.read(MANIFEST))
        if said["format"] == FORMAT and said["version"] not in SAME_COLUMNS:
            raise StoreError(f"{file} has version {said['version']} of the tables, this program knows {VERSION}")
        return {name: _table(said["tables"][name]) for name in TABLES}
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as wrong:
        raise Damaged(f"{file} is no backup of twosource: {wrong}") from wrong


def _table(said: dict[str, Any]) -> Table:
    columns = tuple(map(str, said["columns"]))
    if not all(column.isidentifier() and column.isascii() for column in columns):
        raise ValueError("a column's name is none")
    return Table(columns, int(said["rows"]), int(said["highest"]))


def pour(w: Writing, file: Path, manifest: Manifest) -> None:
    """Insert all rows.

    Raises:
        Damaged: a row is not what the manifest says.

    """
    with zipfile.ZipFile(file) as archive:
        for name, table in manifest.items():
            with archive.open(f"{name}.jsonl") as lines:
                try:
                    insert_all(w, name, table, _rows(lines, table))
                except (ValueError, KeyError, TypeError, AttributeError) as wrong:
                    raise Damaged(f"{file}: the rows of {name} cannot be read: {wrong}") from wrong


def _rows(lines: IO[bytes], table: Table) -> Iterator[dict[str, Value]]:
    many = 0
    while line := lines.readline(LONGEST_LINE):
        values = json.loads(line)
        yield {c: _value(v) for c, v in zip(table.columns, values, strict=True)}
        many += 1
    if many != table.rows:
        raise ValueError(f"{many} instead of {table.rows}")


def _value(said: Any) -> Value:  # noqa: ANN401 - parsed JSON
    if isinstance(said, dict):
        return base64.b64decode(said["b"], validate=True)
    if isinstance(said, list):
        raise TypeError("a list where a value should be")
    value: Value = said
    return value


def insert_all(w: Writing, name: str, table: Table, rows: Iterator[dict[str, Value]]) -> None:
    """Insert the rows of one table, and see to it that their numbers are not given again."""
    if table.highest:
        w.numbers(name, table.highest)
    if table.columns:
        named = ", ".join(f":{c}" for c in table.columns)
        w.run_many(f"INSERT INTO {name} ({', '.join(table.columns)}) VALUES ({named})", rows)
