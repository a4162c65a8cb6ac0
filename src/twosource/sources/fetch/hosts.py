"""Manners towards one host: how many visits at a time, how long between them, and when to leave it alone.

A host that asks for a pause gets it. One that fails gets one too: doubled each time it fails again, with a random
share, so that desks that failed together do not come back together, and never over a day, so that no clock and no
server can freeze it.
"""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from twosource.sources.fetch.deadline import Clock
from twosource.sources.fetch.failure import Failure
from twosource.sources.fetch.headers import DAY

FIRST_PAUSE = 60.0
"""Seconds of the first pause after a failure."""

FAILURES = 3
"""Failures in a row (no answer, no connection) before a host is left alone; one may be chance."""

KEPT = 10_000
"""Hosts that are remembered; beyond, those with nothing to wait for are forgotten."""


def backoff(failures: int, *, first: float = FIRST_PAUSE, most: float = DAY, share: float = 0.5) -> float:
    """Return the seconds to wait after so many ``failures`` in a row, 1 and more: doubled with each, up to ``most``.

    ``share``, 0 to 1, is the random part: the pause is between half of its full length and all of it.
    """
    full = min(first * 2.0 ** min(max(failures - 1, 0), 40), most)
    return full * (0.5 + 0.5 * share)


@dataclass
class _Host:
    """One host: who waits for it or visits it, visits now, failures in a row, and when it may be visited again."""

    callers: int = 0
    visits: int = 0
    failures: int = 0
    next_at: float = 0.0
    rests_until: float = 0.0
    delay: float = 0.0


class Hosts:
    """The manners of one `Fetcher`; every method may be called from any thread.

    ``delay`` seconds lie between the beginnings of two visits to a host, of which ``connections`` run at a time.
    """

    def __init__(
        self,
        clock: Clock,
        sleep: Callable[[float], None],
        *,
        delay: float,
        connections: int,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._delay = delay
        self._connections = connections
        self._chance = chance
        self._known: dict[str, _Host] = {}
        self._changed = threading.Condition()

    def wait(self, host: str) -> float:
        """Return the seconds until a visit could begin; 0 for a host that is left alone: that is told at once."""
        with self._changed:
            known = self._known.get(host)
            now = self._clock.monotonic()
            return 0.0 if known is None or known.rests_until > now else max(known.next_at - now, 0.0)

    @contextmanager
    def visit(self, host: str, *, patience: float | None = None, counts: bool = True) -> Iterator[None]:
        """Wait for one's turn, and hold it.

        A visit that does not count (for a robots.txt) neither waits for the pause between visits nor begins one. Raises
        `Failure`: "resting" at once where the host is left alone, with the time after which it is not, and "busy" where
        the turn does not come within ``patience`` seconds.
        """
        known, pause = self._begin(host, patience, counts=counts)
        try:
            if pause > 0:
                self._sleep(pause)
            yield
        finally:
            with self._changed:
                known.visits -= 1
                known.callers -= 1
                self._changed.notify_all()

    def _begin(self, host: str, patience: float | None, *, counts: bool) -> tuple[_Host, float]:
        """Wait until a visit fits in, and return the seconds after which it is to begin."""
        with self._changed:
            known = self._host(host)
            known.callers += 1
            try:
                free = self._changed.wait_for(lambda: known.visits < self._connections or self._rests(known), patience)
                now = self._clock.monotonic()
                pause = max(known.next_at - now, 0.0) if counts else 0.0
                if rests := self._rests(known):
                    why = f"is not asked for another {rests:,.0f} seconds: {host} failed or asked for a pause"
                    raise Failure("resting", why, retry_after=rests)
                if not free or (patience is not None and pause > patience):
                    raise Failure("busy", f"is not asked just now: others wait for {host}", retry_after=FIRST_PAUSE)
            except Failure:
                known.callers -= 1
                raise
            known.next_at = now + pause + max(self._delay, known.delay) if counts else known.next_at
            known.visits += 1
            return known, pause

    def slow_down(self, host: str, delay: float) -> None:
        """Keep ``delay`` seconds between visits, as the host's robots.txt asks."""
        with self._changed:
            self._host(host).delay = delay

    def answered(self, host: str) -> None:
        """Note that a host is well."""
        with self._changed:
            if host in self._known:
                self._known[host].failures = 0

    def failed(self, host: str) -> None:
        """Note that a host did not answer; after a few times in a row it is left alone."""
        with self._changed:
            known = self._host(host)
            known.failures += 1
            if known.failures >= FAILURES:
                self._rest(known, backoff(known.failures - FAILURES + 1, share=self._chance()))

    def paused(self, host: str, seconds: float | None) -> float:
        """Leave a host alone for the ``seconds`` it asked for, or for as long as its failures say; returns them."""
        with self._changed:
            known = self._host(host)
            known.failures += 1
            pause = backoff(known.failures, share=self._chance()) if seconds is None else min(max(seconds, 0.0), DAY)
            self._rest(known, pause)
            return pause

    def _rest(self, known: _Host, seconds: float) -> None:
        known.rests_until = max(known.rests_until, self._clock.monotonic() + seconds)
        self._changed.notify_all()

    def _rests(self, known: _Host) -> float:
        """Seconds for which a host is still left alone; a clock that jumped back cannot make them more than a day."""
        return min(max(known.rests_until - self._clock.monotonic(), 0.0), DAY)

    def _host(self, host: str) -> _Host:
        if host not in self._known and len(self._known) >= KEPT:
            now = self._clock.monotonic()
            busy = {name: h for name, h in self._known.items() if h.callers or max(h.next_at, h.rests_until) > now}
            self._known = busy
        return self._known.setdefault(host, _Host())
