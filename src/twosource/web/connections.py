"""What one connection may take of the server: so many bytes of a head, so many seconds to send it or to read an answer.

uvicorn bounds only how long a connection is kept between two requests. A client that never ends its head, never reads
its answer or goes on sending after it was refused would hold a place for ever; where places run short, who has waited
longest gives way.
"""

import asyncio
import re
from http import HTTPStatus

import h11
import h11._readers
from uvicorn.protocols.http.h11_impl import H11Protocol

from twosource.web.safety import HEADERS

MOST_HEAD = 32 * 1024
"""Bytes of a request's first line and headers; browsers send a tenth of it, cookies included."""

PIECE = 8 * 1024
"""Bytes that are parsed at a time, so that a head that is too long is seen before all of it is there."""

HEAD_SECONDS = 10.0
"""Seconds from the beginning of a connection, or the end of the last answer, until a request's head must be whole."""

READ_SECONDS = 30.0
"""Seconds in which `READ_BYTES` of an answer must be taken, or all that is left of it."""

READ_BYTES = 30 * 1024

LOOK_SECONDS = 1.0
"""Seconds between two looks at a connection."""

AT_ONCE = 512
"""Connections served at the same time; further ones are told to come again."""

CROWDED = AT_ONCE - 64
"""Connections from which those that wait give way to new ones."""

h11._readers.header_field_re = re.compile(  # noqa: SLF001 - h11 has no setting for it
    rb"(?P<field_name>[-!#$%&'*+.^_`|~0-9a-zA-Z]+):[ \t]*+"
    rb"(?P<field_value>(?:[^\x00\s]++(?:[ \t]++[^\x00\s]++)*+)?)[ \t]*+"
)
# As h11 0.16 has it, but without ways back: there 64,000 blanks before a NUL in a header, or in a trailer, take 12 s in
# which nobody else is answered, and twice as many four times as long (2026-11-22). No name is read beyond its colon.


class Connection(H11Protocol):
    """A connection that is closed when it takes too long."""

    _since = 0.0
    """When it began to wait for a request, or its reader last took enough."""
    _left = 0
    """Bytes that the reader had not taken then."""
    _look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where many wait, who waits longest goes."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._look = self.loop.call_later(LOOK_SECONDS, self._looked)
        if len(self.connections) > CROWDED:
            others = (one for one in self.connections if isinstance(one, Connection) and one is not self)
            if waiting := [one for one in others if one.waits]:
                min(waiting, key=lambda one: one._since).transport.abort()  # noqa: SLF001 - of this class

    def connection_lost(self, exc: Exception | None) -> None:
        """End the looks with the connection."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    @property
    def waits(self) -> bool:
        """Whether nothing is worked out for this connection: it sends, or is silent, and is not being closed."""
        idle = self.cycle is None or self.cycle.response_complete or self.cycle.more_body
        return idle and not self.transport.is_closing()

    def data_received(self, data: bytes) -> None:
        """Parse what came, a piece at a time."""
        for at in range(0, len(data), PIECE):
            if self.transport.is_closing():
                return
            super().data_received(data[at : at + PIECE])

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._since = self.loop.time()
        super().on_response_complete()

    def _looked(self) -> None:
        """Close the connection where its time is over; else look again later."""
        now, left = self.loop.time(), self.transport.get_write_buffer_size()
        took = now - self._since
        if left > self._left or (took > READ_SECONDS and self._left - left >= READ_BYTES):
            self._since, self._left = now, left
        elif left and took > READ_SECONDS:
            self.transport.abort()
        elif not left and took > HEAD_SECONDS and (self.cycle is None or self.cycle.response_complete):
            self.transport.close()
        self._left = self._left if left else 0
        self._look = self.loop.call_later(LOOK_SECONDS, self._looked)

    def _should_upgrade(self) -> bool:
        """Tell that no other protocol is spoken; uvicorn would write two lines to the log each time."""
        return False

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words
        """Refuse what is no request, and close; where an answer is under way already, only close."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            long = len(self.conn.trailing_data[0]) > MOST_HEAD
            status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE if long else HTTPStatus.BAD_REQUEST
            body = f"{status.phrase}\n".encode()
            told = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
            headers = [*told, (b"cache-control", b"no-store"), (b"connection", b"close"), *HEADERS]
            for event in (
                h11.Response(status_code=status, headers=headers, reason=status.phrase.encode()),
                h11.Data(data=body),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
