"""Reads one HTTP/1.1 answer from a connection, byte by byte its own (RFC 9112), and tells a whole one from a part.

Own because each existing reader leaves a door open: timeouts that each new byte renews, answers without headers,
lengths that contradict, and header rules whose time grows with the square of the header (h11 0.16.0: 0.8 s for a
line of 16,000 spaces, 2026-11-22). Every step here is a search for one byte string in what is held, which is capped.
"""

import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass

from twosource.sources.fetch.deadline import Deadline
from twosource.sources.fetch.failure import Failure
from twosource.sources.fetch.limits import Limits

RECEIVED = 65_536
"""Bytes asked of the socket at a time."""

WATCH = 0.25
"""Seconds after which a silent connection is looked at again: whether it is too slow by now."""

AFTER = 0.05
"""Seconds in which bytes beyond the length that a server named are waited for; a server that hangs up ends it."""

MAX_LINE = 1_024
"""Bytes of the line before a chunk."""

_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9][0-9])(?: [^\x00]*)?")
_SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}")
_LENGTH = re.compile(rb"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers of an answer, names in lower case, values as they came."""

    status: int
    fields: dict[str, list[bytes]]

    def one(self, name: str) -> bytes | None:
        """The first value of a header, or None."""
        return next(iter(self.fields.get(name, ())), None)

    def listed(self, name: str) -> list[str]:
        """The values of a header that is a list, in lower case."""
        whole = b",".join(self.fields.get(name, []))
        return [one.strip().lower().decode("latin-1") for one in whole.split(b",") if one.strip()]


class Answer:
    """An answer that is being read. ``received`` counts the bytes that came through the connection."""

    def __init__(self, opened: socket.socket, limits: Limits, deadline: Deadline) -> None:
        self._opened = opened
        self._limits = limits
        self._deadline = deadline
        self._held = bytearray()
        self._first = 0.0
        self.received = 0

    def head(self) -> Head:
        """Read up to the body, past a few interim answers (1xx); raises `Failure`."""
        left = self._limits.headers
        for _ in range(self._limits.informational + 1):
            block = self._until_blank(left)
            left -= len(block)
            found = _head(block)
            if found.status >= 200:
                return found
            if found.status == 101:
                break
        raise Failure("not_http", "sends interim answers without end, or another protocol")

    def body(self, head: Head) -> Iterator[bytes]:
        """Yield the body's bytes as they come, and raise `Failure` where it does not come whole."""
        coding = [one for one in head.listed("transfer-encoding") if one != "identity"]
        lengths = head.fields.get("content-length", [])
        if coding not in ([], ["chunked"]):
            raise Failure("not_http", "sends its answer in a transfer coding that is not read")
        if len(lengths) > 1 or not all(map(_LENGTH.fullmatch, lengths)):
            raise Failure("wrong_length", "names a length that is none, or two", head.status)
        if head.status in (204, 304):
            return iter(())
        if coding:
            return self._chunks()
        return self._counted(int(lengths[0])) if lengths else self._to_the_end()

    def _until_blank(self, most: int) -> bytes:
        """The lines up to the blank one, at least one of them."""
        looked = 0
        while True:
            ends = [(at, len(mark)) for mark in (b"\n\r\n", b"\n\n") if (at := self._held.find(mark, looked)) >= 0]
            if ends and min(ends)[0] <= most:
                at, size = min(ends)
                return self._taken(at + size)[:at].rstrip()
            if ends or len(self._held) > most:
                raise Failure("headers_too_large", f"sends more than {self._limits.headers // 1024} KiB of headers")
            if not b"HTTP/1.".startswith(self._held[:7]):
                raise Failure("not_http", "does not speak HTTP")
            looked = max(0, len(self._held) - 2)
            if not self._more():
                raise Failure("truncated" if self.received else "reset", "hung up before it answered")

    def _chunks(self) -> Iterator[bytes]:
        while size := self._chunk_size():
            yield from self._exactly(size)
            if self._line():
                raise Failure("truncated", "sends chunks that do not end where they say")
        trailing = 0
        while (line := self._line(at_end=True)) and trailing <= self._limits.headers:
            trailing += len(line)

    def _chunk_size(self) -> int:
        size = self._line().partition(b";")[0].strip()
        if not _SIZE.fullmatch(size):
            raise Failure("truncated", "sends chunks without their size")
        return int(size, 16)

    def _line(self, *, at_end: bool = False) -> bytes:
        """The next line without its end; with ``at_end`` the end of the connection ends it too."""
        looked = 0
        while (at := self._held.find(b"\n", looked, MAX_LINE)) < 0:
            looked = len(self._held)
            if looked >= MAX_LINE:
                raise Failure("truncated", "sends a line where a chunk should be")
            if not self._more():
                if at_end:
                    return b""
                raise _cut_off()
        return self._taken(at + 1).rstrip(b"\r\n")

    def _exactly(self, size: int) -> Iterator[bytes]:
        while size:
            if not self._held and not self._more():
                raise _cut_off()
            piece = self._taken(min(size, len(self._held)))
            size -= len(piece)
            yield piece

    def _counted(self, size: int) -> Iterator[bytes]:
        if size > self._limits.wire:
            raise _too_large(self._limits)
        yield from self._exactly(size)
        if bytes(self._held).strip() or self._goes_on():
            raise Failure("wrong_length", "sends more than the length it names")

    def _to_the_end(self) -> Iterator[bytes]:
        while self._held or self._more():
            yield self._taken(len(self._held))

    def _taken(self, size: int) -> bytes:
        piece = bytes(self._held[:size])
        del self._held[:size]
        return piece

    def _goes_on(self) -> bool:
        """Tell whether more than white space comes after the end."""
        self._opened.settimeout(AFTER)
        try:
            return bool(self._opened.recv(RECEIVED).strip())
        except OSError:
            return False

    def _more(self) -> bool:
        """Hold what comes next; False at the connection's end."""
        while True:
            self._opened.settimeout(min(WATCH, self._deadline.left()))
            try:
                came = self._opened.recv(RECEIVED)
            except TimeoutError:
                self._check_rate()
                continue
            except OSError as wrong:
                raise Failure("reset", "broke the connection off") from wrong
            self._first = self._first or time.monotonic()
            self.received += len(came)
            self._held += came
            if self.received > self._limits.wire + self._limits.headers:
                raise _too_large(self._limits)
            if came:
                self._check_rate()
            return bool(came)

    def _check_rate(self) -> None:
        since = time.monotonic() - self._first if self._first else 0.0
        if since > self._limits.slow_after and self.received < self._limits.min_rate * since:
            raise Failure("too_slow", f"sends less than {self._limits.min_rate:g} bytes a second")


def _head(block: bytes) -> Head:
    """Status and headers of a block of lines. A line without a colon is passed over, as browsers do."""
    first, *lines = block.replace(b"\r\n", b"\n").split(b"\n")
    status = _STATUS.fullmatch(first)
    if not status or b"\x00" in block:
        raise Failure("not_http", "does not speak HTTP")
    fields: dict[str, list[bytes]] = {}
    last: list[bytes] = []
    for line in lines:
        if line[:1] in b" \t" and last:
            last[-1] += b" " + line.strip()
            continue
        name, colon, value = line.partition(b":")
        if colon:
            last = fields.setdefault(name.strip().lower().decode("latin-1"), [])
            last.append(value.strip())
    return Head(int(status[1]), fields)


def _cut_off() -> Failure:
    return Failure("truncated", "hung up in the middle of its answer")


def _too_large(limits: Limits) -> Failure:
    return Failure("too_large", f"sends more than {limits.wire / 1_048_576:.3g} MiB")
