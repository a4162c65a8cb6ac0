"""Walks through a WARC file, whatever it went through, and accounts for every byte of it.

FastWARC reads what is sound, twice as fast as anything else, and knows nothing of the rest: it stops without a word at
a file cut in half, and one false length makes it take all that follows for one record (2.0.1, 2026-11-22). So each
record is held until the next one begins where it should; where that fails, the file is looked at byte by byte, the
stretch until the next sound record is given up with its place, and reading goes on there.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

MAX_BLOCK = 20 * 1024 * 1024
"""Bytes of the largest record that is read, unpacked."""

MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes to which one packed stretch is unpacked to find its end; beyond, the next beginning is looked for."""

MAX_CANDIDATES = 20_000
"""Places that look like a beginning and are none, after which a damaged file is given up."""

HEAD = 65_536
"""Bytes within which the header of a record ends."""

BLANK = 64
"""Bytes of white space between two records up to which it is no damage."""

_ONCE = ("warc-type", "content-length", "warc-target-uri")
_PIECE = 65_536
_GZIP = 31
_MAGIC = b"\x1f\x8b\x08"
_BEGIN = b"WARC/1."


class WholeGzip(ValueError):
    """The file is one packed stream over many records, in which no place can be found again."""


@dataclass(frozen=True, slots=True)
class Whole:
    """One sound record: where it begins and how long it is in the file, its type, its header, and its block.

    ``block`` is empty but for responses. Header names are lower case; of several the first counts.
    """

    offset: int
    length: int
    kind: str
    header: dict[str, str]
    block: bytes = b""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch of an archive that gave no article: its place, and why, as a clause for people.

    ``code`` is the reason in one word for counting, ``url`` the address of the record where it is known.
    """

    offset: int
    length: int
    code: str
    reason: str
    url: str | None = None


class _Damaged(ValueError):
    """What is wrong at ``offset``, or with what follows the last record where that is None."""

    def __init__(self, offset: int | None, code: str, reason: str) -> None:
        super().__init__(reason)
        self.offset, self.code, self.reason = offset, code, reason


def records(stream: BinaryIO, size: int) -> Iterator[Whole | Skipped]:
    """Yield the records of a seekable stream of ``size`` bytes, and the stretches that are none, in order.

    Their lengths add up to ``size``. Never reads more than `MAX_BLOCK` of a record.

    Raises:
        WholeGzip: the file is packed as a whole.

    """
    at = 0
    while at < size:
        held: Whole | None = None
        wrong = _Damaged(None, "damaged", "is no sound WARC record")
        try:
            for one in _sound(stream, at):
                if held is not None:
                    _packed_alone(stream, held, one.offset)
                    yield replace(held, length=one.offset - held.offset)
                elif one.offset > at:
                    yield Skipped(at, one.offset - at, "blank", "is blank")
                held, at = one, one.offset
            wrong = _Damaged(None, "trailing", "is followed by nothing of an archive")
        except _Damaged as found:
            wrong = found
        if held is not None and wrong.offset is not None and wrong.offset > held.offset:
            yield replace(held, length=wrong.offset - held.offset)
            at = wrong.offset
        elif held is not None:
            ended = _checked(stream, held, size)
            yield ended
            at = ended.offset + ended.length
        if at < size and (held is None or wrong.offset is not None or not _begins(stream, at)):
            given_up = _given_up(stream, at, size, wrong)
            yield given_up
            at += given_up.length


def _given_up(stream: BinaryIO, at: int, size: int, wrong: _Damaged) -> Skipped:
    """The stretch from ``at`` to the next beginning; a few blanks are no damage."""
    after = _next_beginning(stream, at, size)
    stream.seek(at)
    if after - at <= BLANK and not stream.read(after - at).strip():
        return Skipped(at, after - at, "blank", "is blank")
    return Skipped(at, after - at, wrong.code, wrong.reason)


def _packed_alone(stream: BinaryIO, held: Whole, offset: int) -> None:
    """See that of two packed records each is packed by itself: the second begins like one."""
    here = stream.tell()
    stream.seek(held.offset)
    packed = stream.read(3) == _MAGIC
    stream.seek(offset)
    if offset <= held.offset or (packed and not stream.read(7).startswith((_MAGIC, _BEGIN))):
        raise WholeGzip
    stream.seek(here)


def _sound(stream: BinaryIO, at: int) -> Iterator[Whole]:
    """The records from ``at`` on, as long as each is as long as it says."""
    from fastwarc.warc import ArchiveIterator

    stream.seek(at)
    try:
        for found in ArchiveIterator(stream, parse_http=False):
            yield _whole(found)
    except _Damaged:
        raise
    except Exception as wrong:  # noqa: BLE001 - a parser in another language: whatever it raises is damage
        raise _Damaged(None, "damaged", f"is damaged ({_told(wrong)})") from None


def _told(wrong: Exception) -> str:
    return " ".join(str(wrong).split())[:80] or type(wrong).__name__


def _whole(found: "WarcRecord") -> Whole:
    """A record with its block, where that is as long as its header says."""
    fields = [(name.lower(), value) for name, value in found.headers.to_tuples()]
    header = dict(reversed(fields))
    at, kind = found.stream_pos, header.get("warc-type", "").lower()
    said = header.get("content-length", "").strip()
    names = [name for name, _ in fields]
    if any("WARC/1." in value for value in header.values()) or max(map(names.count, _ONCE)) > 1:
        raise _Damaged(at, "damaged", "has a header that runs into another")
    if not (said.isascii() and said.isdecimal() and len(said) <= 18):
        raise _Damaged(at, "length", "has no length that is a number")
    if int(said) > MAX_BLOCK:
        raise _Damaged(at, "too_large", f"says it is over {MAX_BLOCK // 1_048_576} MiB long")
    block = found.reader.read(MAX_BLOCK + 1) if int(said) else b""
    if len(block) != int(said):
        raise _Damaged(at, "truncated", "ends before the length it states")
    return Whole(at, 0, kind, header, block if kind == "response" else b"")


def _checked(stream: BinaryIO, held: Whole, size: int) -> Whole | Skipped:
    """The last record before an end or damage, if it is as long as it says, and how long it is in the file."""
    stream.seek(held.offset)
    if stream.read(3) == _MAGIC:
        raw, end, whole = _unpacked(stream, held.offset, MAX_BLOCK + 2 * HEAD)
        after = _after_block(raw, held)
        if whole and after is not None and not raw[after:].strip(b"\r\n"):
            return replace(held, length=end - held.offset)
        if whole and after is not None:
            return Skipped(held.offset, end - held.offset, "length", "is longer than the length it states", _url(held))
        end = end if whole else _next_beginning(stream, held.offset + 1, size)
        return Skipped(held.offset, end - held.offset, "truncated", "breaks off", _url(held))
    return _checked_plain(stream, held, size)


def _checked_plain(stream: BinaryIO, held: Whole, size: int) -> Whole | Skipped:
    stream.seek(held.offset)
    start = stream.read(HEAD).find(b"\r\n\r\n")
    end = held.offset + start + 4 + int(held.header["content-length"].strip())
    stream.seek(held.offset + len(_BEGIN))
    inside = _BEGIN in stream.read(max(0, min(end, size) - held.offset - len(_BEGIN)))
    stream.seek(end)
    closed = stream.read(4)
    if inside or (closed and not closed.startswith((b"\r\n", b"\n"))):
        after = _next_beginning(stream, held.offset, size)
        return Skipped(held.offset, after - held.offset, "length", "is longer than the length it states", _url(held))
    return replace(held, length=min(size, end + len(closed) - len(closed.lstrip(b"\r\n"))) - held.offset)


def _after_block(raw: bytes, held: Whole) -> int | None:
    """Where the block of an unpacked record ends, or None where it has no such place."""
    start = raw.find(b"\r\n\r\n")
    after = start + 4 + int(held.header["content-length"].strip())
    return after if start >= 0 and after <= len(raw) else None


def _unpacked(stream: BinaryIO, at: int, most: int) -> tuple[bytes, int, bool]:
    """What the packed stretch at ``at`` unpacks to, where it ends, and whether it came to its end within ``most``."""
    stream.seek(at)
    running = zlib.decompressobj(_GZIP)
    pieces: list[bytes] = []
    total = taken = 0
    rest = b""
    try:
        while not running.eof and total <= most:
            if not rest:
                rest = stream.read(_PIECE)
                taken += len(rest)
                if not rest:
                    break
            piece = running.decompress(rest, _PIECE)
            rest = running.unconsumed_tail
            total += len(piece)
            pieces.append(piece)
    except zlib.error:
        return b"".join(pieces), at, False
    return b"".join(pieces), at + taken - len(running.unused_data), running.eof


def _next_beginning(stream: BinaryIO, at: int, size: int) -> int:
    """Where the next record begins after damage at ``at``, or the end of the file.

    A packed stretch that is sound in itself is passed over as one; else every place that looks like a beginning is
    tried, at most `MAX_CANDIDATES`.
    """
    stream.seek(at)
    if stream.read(3) == _MAGIC:
        _, end, whole = _unpacked(stream, at, MAX_UNPACKED)
        if whole and (end >= size or _begins(stream, end)):
            return end
    tried = islice(_candidates(stream, at + 1), MAX_CANDIDATES)
    return next((place for place in tried if _begins(stream, place)), size)


def _candidates(stream: BinaryIO, at: int) -> Iterator[int]:
    """Places from ``at`` on where a packed stretch or a record may begin."""
    kept = b""
    while True:
        stream.seek(at + len(kept))
        piece = stream.read(_PIECE)
        if not piece:
            return
        window = kept + piece
        found = 0
        while (found := min(_found(window, _MAGIC, found), _found(window, _BEGIN, found))) < len(window):
            yield at + found
            found += 1
        kept = window[-len(_BEGIN) + 1 :]
        at += len(window) - len(kept)


def _found(window: bytes, mark: bytes, start: int) -> int:
    place = window.find(mark, start)
    return place if place >= 0 else len(window)


def _begins(stream: BinaryIO, at: int) -> bool:
    """Tell whether a record begins at ``at``, packed or not."""
    stream.seek(at)
    raw = stream.read(512)
    if raw.startswith(_BEGIN):
        return True
    if not raw.startswith(_MAGIC):
        return False
    try:
        return zlib.decompressobj(_GZIP).decompress(raw, 16).startswith(_BEGIN)
    except zlib.error:
        return False


def _url(held: Whole) -> str | None:
    return held.header.get("warc-target-uri")
