"""How often somebody may be wrong about the token: soon after each other ten times, then once every two seconds.

Who guesses is told apart by address, an IPv6 address by its network, which one person has all of. Behind a proxy all
are one; a token that nobody can guess is therefore taken at any time.
"""

import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict
from enum import Enum
from hashlib import sha256
from threading import Lock
from typing import NamedTuple

MOST = 10
"""Wrong tokens that are compared at once."""

SECONDS = 2.0
"""Seconds after which one more is."""

PEERS = 4_096
"""Addresses that are remembered, the latest ones."""

LONG = 20
"""Characters of a token that is not found by guessing: a million guesses a second take 10^20 years."""


class Verdict(Enum):
    """What became of a token that was shown."""

    RIGHT = "right"
    WRONG = "wrong"
    TOO_MANY = "not compared"


class _Tries(NamedTuple):
    """How many more are compared, as of when, and what was shown last, not to be read back."""

    left: float
    at: float
    last: bytes


class Guesses:
    """What each address showed lately."""

    def __init__(self) -> None:
        """Begin with nothing known of anybody."""
        self._tries: OrderedDict[str, _Tries] = OrderedDict()
        self._lock = Lock()
        self._salt = secrets.token_bytes(16)

    def judged(self, peer: str, shown: bytes, right: bytes, *, hard: bool) -> Verdict:
        """Compare what ``peer`` shows with what is right, unless it was wrong too often; ``hard``: no guess finds it.

        The same wrong token again, as in the cookie of an earlier day, counts once.
        """
        is_right, now, place = hmac.compare_digest(shown, right), time.monotonic(), _network(peer)
        if is_right and hard:
            return Verdict.RIGHT
        sign = hmac.new(self._salt, shown, sha256).digest()
        with self._lock:
            known = self._tries.get(place) or _Tries(MOST, now, b"")
            left = min(MOST, known.left + (now - known.at) / SECONDS)
            if sign == known.last and not is_right:
                return Verdict.WRONG
            if left < 1:
                return Verdict.TOO_MANY
            if is_right:
                return Verdict.RIGHT
            self._tries[place] = _Tries(left - 1, now, sign)
            self._tries.move_to_end(place)
            while len(self._tries) > PEERS:
                self._tries.popitem(last=False)
        return Verdict.WRONG


def _network(peer: str) -> str:
    try:
        known = ipaddress.ip_address(peer)
    except ValueError:
        return peer[:100]
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else peer
