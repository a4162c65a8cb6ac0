"""WACZ files: web archives in a ZIP file, read where they lie and never extracted.

Only members under ``archive/`` are opened (WACZ 1.1.1, 5.2.1). A name is never a path here: one that climbs out of its
folder shows that the file was not made by an archiver, and is passed over.
"""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, cast

from twosource.article import Article
from twosource.errors import InputError
from twosource.sources.given import Known
from twosource.sources.warc import Tally, warc_articles
from twosource.sources.warc_records import Skipped

MAX_MEMBERS = 100_000
"""Members of a ZIP file up to which it is looked at."""

MAX_RATIO = 200
"""Times as much as it is packed to that a member may unpack to; archives are packed already, and are stored."""

_ENDINGS = (".warc", ".warc.gz")


def is_wacz(stream: BinaryIO) -> bool:
    """Tell whether a seekable ZIP file holds web archives; leaves it at its beginning."""
    try:
        with zipfile.ZipFile(stream) as file:
            return any(_is_archive(info.filename) for info in file.infolist()[:MAX_MEMBERS])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return False
    finally:
        stream.seek(0)


def wacz_articles(
    stream: BinaryIO, name: str, tally: Tally, *, stated: Known | None = None, now: datetime | None = None
) -> Iterator[Article | Skipped]:
    """Yield the articles of the archives inside, as `warc.warc_articles` does; ``tally`` counts those archives' bytes.

    Raises:
        InputError: it is no ZIP file that can be read.

    """
    try:
        with zipfile.ZipFile(stream) as file:
            members = file.infolist()
            if len(members) > MAX_MEMBERS:
                raise InputError(name, f"holds over {MAX_MEMBERS:,} files")
            for info in members:
                yield from _inside(file, info, name, tally, stated, now)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as wrong:
        raise InputError(name, f"is no ZIP file that can be read ({' '.join(str(wrong).split())[:80]})") from None


def _inside(
    file: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    tally: Tally,
    stated: Known | None,
    now: datetime | None,
) -> Iterator[Article | Skipped]:
    """The articles of one member; what is no archive is passed over, what is broken is counted."""
    if _climbs(info.filename):
        yield tally.passed(Skipped(info.header_offset, 0, "name", "has a name that leads out of its folder"))
    elif _is_archive(info.filename) and _is_bomb(info):
        yield tally.passed(Skipped(info.header_offset, info.compress_size, "too_large", "unpacks to too much"))
    elif _is_archive(info.filename):
        before = tally.bytes
        try:
            with file.open(info) as member:
                yield from warc_articles(
                    cast("BinaryIO", member), f"{name}!{info.filename}", tally, stated=stated, now=now
                )
        except (
            zipfile.BadZipFile,
            zipfile.LargeZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
        ) as wrong:
            done = tally.bytes - before
            why = f"cannot be read further ({' '.join(str(wrong).split())[:80]})"
            yield tally.passed(Skipped(done, max(0, info.file_size - done), "damaged", why))


def _is_archive(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith(_ENDINGS) and not _climbs(name)


def _climbs(name: str) -> bool:
    """Tell whether a member's name would leave the folder it were extracted to, on any system."""
    return name.startswith(("/", "\\")) or ":" in name[:3] or ".." in name.replace("\\", "/").split("/")


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > MAX_RATIO * max(1, info.compress_size)
