"""How a server is set up: whom it answers, who may write, how much it reads."""

import ipaddress
from dataclasses import dataclass

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names under which a browser on this machine may ask for pages. Any other name may be a page of somebody else's whose
name was pointed at this machine (DNS rebinding)."""

MOST_BODY = 10 * 1024 * 1024
"""Bytes of one request's body that are read."""

MOST_TOGETHER = 8 * MOST_BODY
"""Bytes of all bodies that are held at the same time; who sends more is told to come again."""

BODY_SECONDS = 30.0
"""Seconds in which a body must have come whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``hosts`` are names (without port, in lower case) that requests may be sent to, ``secure`` those of them for
    which a proxy in front speaks https.

    With a ``token`` whoever writes must show it; with ``private`` also whoever reads. Without one whoever asks from
    this machine may do all, and who asks from elsewhere may only read unless the server is ``open_to_all``.
    """

    hosts: frozenset[str] = LOOPBACK
    secure: frozenset[str] = frozenset()
    token: str | None = None
    private: bool = False
    open_to_all: bool = False
    most_body: int = MOST_BODY
    most_together: int = MOST_TOGETHER
    body_seconds: float = BODY_SECONDS


def on_loopback(host: str) -> bool:
    """Tell whether only this machine reaches ``host``."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
