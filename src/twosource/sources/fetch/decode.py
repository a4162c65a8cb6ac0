"""Unpacks a body as it comes, in pieces of fixed size, so that a small one that unpacks to much costs little.

gzip and deflate are read because servers send them unasked; only gzip is asked for. Libraries take a gzip stream that
stops in the middle for a whole one where the connection's end ends the body; here its own end mark must have come.
"""

import zlib
from collections.abc import Iterator, Sequence

from twosource.sources.fetch.failure import Failure
from twosource.sources.fetch.limits import Limits

PIECE = 65_536
"""Bytes unpacked at a time."""

MAX_MEMBERS = 100
"""gzip members in one body; a web server sends one."""

_GZIP = 31
_ZLIB = 15
_RAW = -15
_PLAIN = frozenset(("identity", "none", "utf-8", "utf8", "8bit", "binary"))
"""What servers name where a body is not packed."""

_READ = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}


class Unpacked:
    """What a body unpacks to: ``feed`` it piece by piece, then take the ``whole``.

    ``cut``, if given, is the size at which the rest is left away instead of refused. Raises `Failure`:
    ``unknown_encoding``, ``bad_encoding``, ``bomb``, ``too_large`` and ``truncated``.
    """

    def __init__(self, encodings: Sequence[str], limits: Limits, cut: int | None = None) -> None:
        named = [one for one in encodings if one not in _PLAIN]
        if len(named) > limits.encodings:
            raise Failure("unknown_encoding", f"is packed more than {limits.encodings} times")
        if strange := [one for one in named if one not in _READ]:
            raise Failure("unknown_encoding", f"is packed in a way that was not asked for ({strange[0][:20]!a})")
        self._stages = [_Stage(_READ[one], limits) for one in reversed(named)]
        self._sums = _Sums(limits)
        self._cut = cut
        self._body = bytearray()

    def feed(self, packed: bytes) -> bool:
        """Take the next bytes; False once the rest is not wanted."""
        self._sums.packed += len(packed)
        pieces: Iterator[bytes] = iter((packed,))
        for stage in self._stages:
            pieces = stage.unpack(pieces)
        for piece in pieces:
            self._body += piece
            if self._cut is not None and len(self._body) >= self._cut:
                return False
            self._sums.add(len(piece))
        return True

    def whole(self) -> bytes:
        """Return all that was unpacked; raises `Failure` where a packed stream did not come to its end."""
        if self._cut is not None and len(self._body) >= self._cut:
            return bytes(self._body[: self._cut])
        if not all(stage.ended for stage in self._stages):
            raise Failure("truncated", "is packed, and what came breaks off in the middle")
        return bytes(self._body)


class _Sums:
    """What went in and what came out, against the limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.packed = 0
        self.unpacked = 0

    def add(self, size: int) -> None:
        self.unpacked += size
        limits = self._limits
        if self.unpacked > limits.ratio_from and self.unpacked > limits.ratio * self.packed:
            raise Failure("bomb", f"unpacks to more than {limits.ratio:g} times what was sent")
        if self.unpacked > limits.decoded:
            raise Failure("too_large", f"unpacks to more than {limits.decoded / 1_048_576:.3g} MiB")


class _Stage:
    """One encoding of a body. ``ended``: it came to its end mark, or nothing came at all."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._sums = _Sums(limits)
        self._running: zlib._Decompress | None = None
        self._members = 0
        self._held = b""
        self._over = False
        self.ended = True

    def unpack(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for packed in pieces:
            self._sums.packed += len(packed)
            rest, self._held = self._held + packed, b""
            while rest and not self._over:
                running = self._running or self._begin(rest)
                if running is None:
                    break
                yield from self._steps(running, rest)
                self.ended = running.eof
                self._running = None if running.eof else running
                rest = running.unused_data

    def _begin(self, packed: bytes) -> "zlib._Decompress | None":
        """Start on a stream; None for what comes after the last one, which every reader passes over."""
        if self._members and packed == b"\x1f":
            self._held = packed
            return None
        if self._members and (self._name != "gzip" or not packed.startswith(b"\x1f\x8b")):
            self._over = True
            return None
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise Failure("bomb", f"is packed in more than {MAX_MEMBERS} parts")
        return zlib.decompressobj(_GZIP if self._name == "gzip" else _window(packed))

    def _steps(self, running: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
        try:
            piece = running.decompress(packed, PIECE)
            while piece:
                self._sums.add(len(piece))
                yield piece
                piece = running.decompress(running.unconsumed_tail, PIECE)
        except zlib.error as wrong:
            raise Failure("bad_encoding", f"says it is packed as {self._name} and is not") from wrong


def _window(packed: bytes) -> int:
    """Tell the two things that servers send as deflate apart: with the header of zlib (RFC 1950), or without."""
    headed = packed[0] & 15 == 8 and (len(packed) == 1 or not (packed[0] * 256 + packed[1]) % 31)
    return _ZLIB if headed else _RAW
