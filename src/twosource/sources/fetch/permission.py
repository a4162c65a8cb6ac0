"""Asks sites once a day what they leave to programs, and refuses what they do not.

A robots.txt that is not there allows all; one that cannot be had for the site's own fault forbids all for a while,
unless an older one is known (RFC 9309, 2.3.1).
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from twosource.sources.fetch.address import Address
from twosource.sources.fetch.deadline import Clock
from twosource.sources.fetch.failure import Failure
from twosource.sources.fetch.hosts import Hosts
from twosource.sources.fetch.robots import Rules
from twosource.sources.fetch.visit import Told

KEPT_FOR = 86_400.0
"""Seconds for which a robots.txt is believed."""

CLOSED_FOR = 900.0
"""Seconds for which a site whose robots.txt cannot be had is not asked."""

KEPT = 5_000
"""Sites whose rules are kept, the oldest forgotten first."""

_UNREACHED = frozenset(
    ("dns", "connect", "timeout", "reset", "tls", "too_slow", "private_address", "resting", "busy", "closed")
)
"""Failures that say that the site cannot be reached: its page could not be had either."""

_NOWHERE = frozenset(("redirect_loop", "too_many_redirects", "redirect_nowhere"))

_Ask = Callable[[Address], Told]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a site allows; None is nothing, until ``until``."""

    rules: Rules | None
    until: float


class Permission:
    """What sites leave to the program called ``name``; may be used from any thread."""

    def __init__(self, name: str, clock: Clock) -> None:
        self._name = name
        self._clock = clock
        self._sites: dict[str, _Known] = {}
        self._lock = threading.Lock()

    def check(self, page: Address, ask: _Ask, hosts: Hosts, most_delay: float) -> None:
        """Raise `Failure` ("robots") where ``page`` may not be asked for: permanent where the rules say
        so. ``ask`` fetches a robots.txt.

        The site's pause between visits, up to ``most_delay`` seconds, is made known to ``hosts``. A site that cannot be
        reached at all fails with what went wrong.
        """
        site = page.site
        now = self._clock.monotonic()
        known = self._sites.get(site)
        if known is None or not now < known.until <= now + KEPT_FOR:
            known = self._asked(page, ask, known)
            self._keep(site, known)
            if known.rules and known.rules.delay is not None:
                hosts.slow_down(site, min(known.rules.delay, most_delay))
        if known.rules is None:
            wait = max(known.until - now, 0.0)
            raise Failure("robots", "may not be asked: its robots.txt cannot be had just now", retry_after=wait)
        if not known.rules.allows(page.target):
            raise Failure("robots", "is not for programs, says the site's robots.txt", permanent=True)

    def _asked(self, page: Address, ask: _Ask, known: _Known | None) -> _Known:
        try:
            told = ask(Address(page.scheme, page.host, page.port, "/robots.txt"))
        except Failure as wrong:
            if wrong.code in _UNREACHED:
                raise
            if wrong.code in _NOWHERE:
                return _Known(Rules("", self._name), self._clock.monotonic() + KEPT_FOR)
            return _Known(known.rules if known else None, self._clock.monotonic() + CLOSED_FOR)
        status, now = told.head.status, self._clock.monotonic()
        if status >= 500 or status == 429:
            return _Known(known.rules if known else None, now + CLOSED_FOR)
        text = told.body.decode("utf-8", "replace") if 200 <= status < 300 else ""
        return _Known(Rules(text, self._name), now + KEPT_FOR)

    def _keep(self, site: str, known: _Known) -> None:
        with self._lock:
            self._sites.pop(site, None)
            self._sites[site] = known
            while len(self._sites) > KEPT:
                self._sites.pop(next(iter(self._sites)))
