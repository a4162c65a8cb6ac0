"""What was right a moment ago, for those who ask while somebody else makes what is right now.

In a crowd, every page of a story is asked for again as soon as its account changed: one reader makes the new page, and
all others would wait for it. They get the one that was right up to `LATE` seconds ago instead. Whoever changed
something through this server must see it at once: for `LATE` seconds after a change of people's, all wait.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LATE = 3.0
"""Seconds for which what was right may be shown while something newer is made. By judgement: a page of 50 reports is
made in 0.2 s on an idle machine and in 1.5 s on one with three times as much to do as it has cores (2026-11-22)."""

MOST_PLACES = 5_000
"""Addresses for which it is known what was right last."""

READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Lately:
    """The tag that was right last at each place, for `LATE` seconds. Safe for many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nothing yet."""
        self._clock = clock
        self._right: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._changed = -LATE
        self._lock = Lock()

    def now(self) -> float:
        """Return the time to give to `right`: that of the look by which a tag was found."""
        return self._clock()

    def right(self, place: str, tag: str, at: float) -> None:
        """Note that ``tag`` was right ``at`` that time."""
        with self._lock:
            self._right[place] = tag, at
            self._right.move_to_end(place)
            while len(self._right) > MOST_PLACES:
                self._right.popitem(last=False)

    def former(self, place: str) -> str | None:
        """Return the tag that was right a moment ago, None where it is too long ago or people changed something."""
        now = self._clock()
        with self._lock:
            tag, at = self._right.get(place, ("", -LATE))
            return tag if min(now - at, LATE) < LATE <= now - self._changed else None

    def changed(self) -> None:
        """Note that somebody changed something and is to see it."""
        with self._lock:
            self._changed = self._clock()


class Changes:
    """Tells, before the answer is sent, that a request may have changed something."""

    def __init__(self, app: ASGIApp, *, told: Callable[[], None]) -> None:
        """Stand before ``app``; ``told`` is called for each request that is no mere reading."""
        self._app = app
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does."""
        if scope["type"] != "http" or scope["method"] in READS:
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._told()
            await send(message)

        await self._app(scope, receive, sent)
