"""How a server is set up: whom it answers, who may write, how much it reads."""

from dataclasses import dataclass

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names under which a browser on this machine may ask for pages. Any other name may be a page of somebody else's whose
name was pointed at this machine (DNS rebinding)."""

MOST_BODY = 10 * 1024 * 1024
"""Bytes of one request's body that are read."""

BODY_SECONDS = 30.0
"""Seconds in which a body must have come whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``hosts`` are names (without port, in lower case) that requests may be sent to.

    With a ``token`` whoever writes must show it; with ``private`` also whoever reads. Without one nobody is asked,
    which is meant for a server that only this machine reaches.
    """

    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    private: bool = False
    most_body: int = MOST_BODY
    body_seconds: float = BODY_SECONDS
