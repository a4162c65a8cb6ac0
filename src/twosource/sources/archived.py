"""The page in an archived HTTP answer: status, header, body unpacked within bounds, and its digest checked.

Archives keep answers as they came through the wire, in chunks and packed, or already unpacked with the header left as
it was; so what does not fit its header is taken as it is, with a remark. (WARC 1.1; RFC 9112, 7.1.)
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_HEADER = 65_536
"""Bytes within which the header of an answer ends."""

Remark = tuple[str, str]

_STATUS = re.compile(rb"HTTP/[0-9.]{1,5}\s{1,3}(\d{3})")
_SIZE = re.compile(rb"\s{0,9}([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
_CHARSET = re.compile(r"""charset\s{0,4}=\s{0,4}["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)


class NoAnswer(ValueError):
    """The block of a response holds no HTTP answer that can be read; the message is a clause."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An archived answer: its status, media type (lower case) and charset, its body unpacked, and remarks."""

    status: int
    media_type: str
    charset: str | None
    body: bytes
    remarks: tuple[Remark, ...] = ()


def head_of(block: bytes) -> tuple[int, dict[str, str], int]:
    """Return status, header (names lower case, of several the first) and where the body begins.

    Raises:
        NoAnswer: there is none.

    """
    found = _STATUS.match(block)
    if not found:
        raise NoAnswer("holds no HTTP answer")
    end = block.find(b"\r\n\r\n", 0, MAX_HEADER)
    gap = 4
    if end < 0:
        end, gap = block.find(b"\n\n", 0, MAX_HEADER), 2
    if end < 0:
        raise NoAnswer("holds an HTTP answer whose header does not end")
    header: dict[str, str] = {}
    for line in block[:end].split(b"\n")[1:]:
        name, _, value = line.partition(b":")
        header.setdefault(name.strip().lower().decode("latin-1"), value.strip().decode("latin-1"))
    return int(found[1]), header, end + gap


def answer(block: bytes, digests: Mapping[str, str]) -> Answer:
    """Return the answer in a response's block; ``digests`` is the record's header, lower case.

    Raises:
        NoAnswer: the block holds none, or one that cannot be unpacked within bounds.

    """
    status, header, start = head_of(block)
    wire = block[start:]
    remarks = _checked(wire, block, digests)
    body, told = _whole(wire, header)
    kind = header.get("content-type", "")
    charset = _CHARSET.search(kind)
    media_type = kind.partition(";")[0].strip().lower()
    return Answer(status, media_type, charset[1] if charset else None, body, (*remarks, *told))


def _whole(wire: bytes, header: Mapping[str, str]) -> tuple[bytes, tuple[Remark, ...]]:
    """The body out of its chunks and unpacked."""
    remarks: tuple[Remark, ...] = ()
    body = wire
    if "chunked" in header.get("transfer-encoding", "").lower():
        body, broken = _joined(wire)
        if broken:
            remarks = (("chunks_broken", broken),)
    return _unpacked(body, header.get("content-encoding", "")), remarks


def _joined(wire: bytes) -> tuple[bytes, str]:
    """The chunks joined, and what is wrong with them; a body that has none at all is taken as it is."""
    parts: list[bytes] = []
    at = 0
    while found := _SIZE.match(wire, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts), ""
        part = wire[found.end() : found.end() + size]
        parts.append(part)
        if len(part) < size:
            return b"".join(parts), "its body breaks off inside a chunk"
        at = found.end() + size
        at += 2 if wire.startswith(b"\r\n", at) else wire.startswith(b"\n", at)
    if not parts:
        return wire, "" if wire.lstrip()[:1] == b"<" else "its header says it comes in chunks, and it does not"
    return b"".join(parts), "its body breaks off between two chunks"


def _unpacked(body: bytes, encoding: str) -> bytes:
    """The body unpacked where it is packed as its header says; many archives keep it unpacked."""
    from twosource.sources.fetch.decode import Unpacked
    from twosource.sources.fetch.failure import Failure
    from twosource.sources.fetch.limits import Limits

    named = [one.strip().lower() for one in encoding.split(",") if one.strip()]
    if not named or not _is_packed(body, named[-1]):
        return body
    try:
        unpacked = Unpacked(named, Limits())
        unpacked.feed(body)
        return unpacked.whole()
    except Failure as wrong:
        raise NoAnswer(wrong.reason) from None


def _is_packed(body: bytes, encoding: str) -> bool:
    """Tell a packed body from one that was unpacked before it was archived."""
    if encoding in ("gzip", "x-gzip"):
        return body.startswith(b"\x1f\x8b")
    return encoding != "identity" and not body.lstrip().startswith(b"<")


def _checked(wire: bytes, block: bytes, said: Mapping[str, str]) -> tuple[Remark, ...]:
    """A remark on each digest of the record that its bytes do not have; unknown kinds are passed over."""
    wrong = [
        name
        for name, raw in (("payload", wire), ("block", block))
        if _agrees(said.get(f"warc-{name}-digest", ""), raw) is False
    ]
    return tuple(("digest_wrong", f"the archive's {name} digest is not that of its bytes") for name in wrong)


def _agrees(digest: str, raw: bytes) -> bool | None:
    kind, _, value = digest.strip().partition(":")
    if kind.lower() not in ("sha1", "sha-1", "sha256", "sha-256") or not value:
        return None
    made = hashlib.new(kind.lower().replace("-", ""), raw, usedforsecurity=False).digest()
    return value.lower() == made.hex() or value.upper().rstrip("=") == base64.b32encode(made).decode().rstrip("=")
