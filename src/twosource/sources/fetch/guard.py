"""Which numbers may be dialled: those of the public network, and what was allowed by name or by number.

`ipaddress.is_global` alone does not tell: as of Python 3.11.7 it passes multicast, the numbers of IETF protocols,
6to4 relays, and numbers of the new kind that hold private ones of the old (measured 2026-11-22). Of the new kind only
global unicast (2000::/3) is public, less what in it is set aside (IANA special-purpose registries).
"""

import ipaddress
from collections.abc import Sequence

from twosource.sources.fetch.address import Literal

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_CLOSED_FOUR = """0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"""
_CLOSED_SIX = "2001::/23 2001:db8::/32 2002::/16 3ffe::/16 3fff::/20"
CLOSED = tuple(map(ipaddress.ip_network, (_CLOSED_FOUR + " " + _CLOSED_SIX).split()))
"""Networks that are not public, beside what `is_global` says."""

UNICAST = ipaddress.IPv6Network("2000::/3")


def is_public(number: Literal) -> bool:
    """Tell whether a number is one of the public network; a mapped one counts as the one it holds."""
    plain = _plain(number)
    if isinstance(plain, ipaddress.IPv6Address) and plain not in UNICAST:
        return False
    return plain.is_global and not any(plain in network for network in CLOSED if network.version == plain.version)


class Guard:
    """What may be dialled: public numbers, and ``allowed`` ones: networks ("10.1.0.0/16"), numbers or host names.

    A host name allows whatever it resolves to. ValueError for a network that is written wrong.
    """

    def __init__(self, allowed: Sequence[str] = ()) -> None:
        self._names = {one.lower().rstrip(".") for one in allowed if not _looks_numeric(one)}
        self._networks: tuple[_Network, ...] = tuple(
            ipaddress.ip_network(one, strict=False) for one in allowed if _looks_numeric(one)
        )

    def is_allowed(self, host: str, number: Literal) -> bool:
        """Tell whether the user allowed this host or number, be it private or not."""
        plain = _plain(number)
        return host in self._names or any(plain in net for net in self._networks if net.version == plain.version)

    def passes(self, host: str, number: Literal) -> bool:
        """Tell whether a connection to ``number``, to which ``host`` resolved, may be opened."""
        return is_public(number) or self.is_allowed(host, number)


def _plain(number: Literal) -> Literal:
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    return mapped or number


def _looks_numeric(shown: str) -> bool:
    return ":" in shown or "/" in shown or shown.replace(".", "").isdigit()
