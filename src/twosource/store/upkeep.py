"""Backups, restoring them, and indexes made anew.

A backup is either a zip that fills a store of either kind (`archive`), or, of a store in one file, that file as
SQLite's online backup copies it, with its SHA-256 beside it. Both are of one moment, made while others write, and are
read back before they count.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from twosource.errors import Damaged, StoreError
from twosource.store import archive, open_store, reports
from twosource.store.archive import Table
from twosource.store.articles import all_indexed_words
from twosource.store.database import Database, Indexed, Reading, Writing
from twosource.store.health import Check, doctor
from twosource.store.schema import TABLES, WORDS

__all__ = ["Backup", "Check", "backup", "doctor", "reindex", "restore"]

AT_ONCE = 500
"""Texts indexed together."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and checked: its file, and how many rows it has of each table."""

    file: Path
    rows: dict[str, int]


def backup(db: Database, to: Path) -> Backup:
    """Back the store up into a new file: a zip for either kind of store if its name ends with .zip, else a copy of
    the store's file, with ``TO.sha256`` beside it.

    Raises:
        StoreError: the file is there already, cannot be written, or does not hold what it should; it is then removed.

    """
    if to.suffix == ".zip":
        with archive.new_file(to) as part:
            with db.reading() as r:
                manifest = archive.write(r, part)
            if archive.read_manifest(part) != manifest:
                raise Damaged(f"{to}: what was written is not what is read back")
        return Backup(to, {name: table.rows for name, table in manifest.items()})
    with archive.new_file(to) as part:
        db.copy_to(part)
        rows = _counted(part)
        digest = _sha256(part)
    _beside(to).write_text(f"{digest}  {to.name}\n")
    return Backup(to, rows)


def _beside(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}.sha256")


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _counted(copy: Path) -> dict[str, int]:
    """Open the copy, check its pages, and count its rows."""
    with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as opened:
        wrong = [found for (found,) in opened.execute("PRAGMA integrity_check(3)") if found != "ok"]
        if wrong:
            raise Damaged(f"{copy}: the copy is damaged: {'; '.join(wrong)}")
        return {name: opened.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}


def restore(file: Path, address: str | Path) -> Backup:
    """Fill a new or empty store from a backup of either kind, in one transaction.

    Raises:
        StoreError: the place holds rows already, or the backup cannot be read; `Damaged` where it was changed. The
            place is then as it was before.

    """
    if not file.is_file():
        raise StoreError(f"{file}: there is no backup")
    fresh = isinstance(address, Path) or "://" not in address
    fresh = fresh and not Path(address).exists()
    try:
        return _restored(file, address)
    except BaseException:
        if fresh:
            _remove(Path(address))
        raise


def _restored(file: Path, address: str | Path) -> Backup:
    if archive.is_archive(file):
        manifest = archive.read_manifest(file)
        with open_store(address) as db, _filling(db) as w:
            archive.pour(w, file, manifest)
            _refill(w)
        return Backup(file, {name: table.rows for name, table in manifest.items()})
    _same(file)
    with open_store(file, readonly=True) as source, source.reading() as r:
        manifest = {name: _table(r, name) for name in TABLES}
        with open_store(address) as db, _filling(db) as w:
            for name, table in manifest.items():
                rows = r.each(f"SELECT * FROM {name} ORDER BY 1, 2")
                archive.insert_all(w, name, table, (dict(zip(table.columns, row, strict=True)) for row in rows))
            _refill(w)
    return Backup(file, {name: table.rows for name, table in manifest.items()})


def _same(copy: Path) -> None:
    """Compare a copy with its digest, where that lies beside it."""
    try:
        said = _beside(copy).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        said = []
    if said and said[0] != _sha256(copy):
        raise Damaged(f"{copy} was cut off or changed: its SHA-256 is not the one in {_beside(copy)}")


def _table(r: Reading, name: str) -> Table:
    row = r.one(f"SELECT * FROM {name} LIMIT 1")
    columns = tuple(row.keys()) if row else ()
    counted = f"SELECT count(*) AS many, {'max(number)' if 'number' in columns[:1] else '0'} AS highest FROM {name}"
    found = r.rows(counted)[0]
    return Table(columns, found["many"], found["highest"] or 0)


@contextmanager
def _filling(db: Database) -> Iterator[Writing]:
    """A transaction over an empty store, in which keys are checked at the end."""
    with db.writing() as w:
        if full := [name for name in TABLES if w.one(f"SELECT 1 FROM {name} LIMIT 1")]:
            raise StoreError(f"{db.address} is not empty (there are rows in {', '.join(full[:3])})")
        w.defer_keys()
        yield w


def _remove(path: Path) -> None:
    """Take away a file that a failed restore made, with what lies beside it."""
    for end in ("", "-wal", "-shm", "-open"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def reindex(db: Database) -> None:
    """Make the full-text indexes anew from what is stored, in one transaction."""
    with db.writing() as w:
        for table in WORDS:
            w.clear_words(table)
        _refill(w)


def _refill(w: Writing) -> None:
    for table, texts in groupby(_indexed(w), key=itemgetter(0)):
        while some := [text for _, text in islice(texts, AT_ONCE)]:
            w.index_words(table, some)


def _indexed(r: Reading) -> Iterator[tuple[str, Indexed]]:
    """Everything that belongs into full-text tables, table by table."""
    yield from (("article_words", text) for text in all_indexed_words(r))
    yield from reports.all_indexed_words(r)
