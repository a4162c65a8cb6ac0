"""What one visit to the network may cost. The figures are those of feed readers and crawlers that publish theirs
(Miniflux: 20 s and 15 MiB; news-crawl: 5 MiB and 30 s; Media Cloud: addresses of 2,048 characters), not tuned.
"""

from collections.abc import Sequence
from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB

PORTS = (range(80, 81), range(443, 444), range(8000, 65_536))
"""Ports that are asked: those of the web, and those from 8000 on, where no system service of old listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one request and everything it leads to; seconds, bytes and counts.

    ``total`` runs from the first look-up of a name to the last byte, over all redirects. ``slow_after`` seconds after
    the first byte of an answer it must have come at ``min_rate`` bytes a second. ``wire`` counts what came through the
    socket, headers included; ``decoded`` what it unpacks to, which past ``ratio_from`` bytes may be ``ratio`` times
    that. ``crawl_delay`` is the longest pause that a robots.txt may ask for.
    """

    connect: float = 5.0
    total: float = 20.0
    post: float = 5.0
    slow_after: float = 5.0
    min_rate: float = 1 * KIB
    headers: int = 64 * KIB
    wire: int = 10 * MIB
    decoded: int = 20 * MIB
    ratio: float = 100.0
    ratio_from: int = 1 * MIB
    encodings: int = 2
    redirects: int = 5
    informational: int = 8
    url: int = 2_048
    robots: int = 500 * KIB
    crawl_delay: float = 30.0
    ports: Sequence[range] = PORTS
