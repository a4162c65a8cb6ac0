"""Which addresses are asked at all, and how they are written.

A name is dialled as it was parsed here, by one parser, so that no second one can read another host into it. Whatever
two readers of addresses are known to read differently is refused: backslashes, control characters, user names, hosts in
numbers that are not four plain ones, and hosts that only a mapping makes a number or a plain name.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from twosource.sources.fetch.failure import Failure
from twosource.sources.fetch.limits import Limits

Literal = ipaddress.IPv4Address | ipaddress.IPv6Address

_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[^:\[\]]{1,253})(?::([0-9]{1,5}))?")
_FOUR = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DOTS = frozenset("\u3002\uff0e\uff61")
_KEPT = "%/:@!$&'()*+,;=~-._"
"""Characters of a path that stay as they are; a query keeps its question marks too (RFC 3986, 3.3 and 3.4)."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address in its parts. ``host`` is a name in ASCII and lower case, or a number without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host, and the port where it is not the scheme's own, as a Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"

    @property
    def site(self) -> str:
        """Scheme and authority: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def text(self) -> str:
        """The address as a string, without a fragment."""
        return f"{self.site}{self.target}"

    @property
    def literal(self) -> Literal | None:
        """The host as a number, or None where it is a name."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None


def address(url: str, limits: Limits) -> Address:
    """Read ``url``; raises `Failure` for what is not asked.

    Its codes are ``bad_url``, ``bad_scheme``, ``bad_port`` and ``url_too_long``.
    """
    if len(url) > limits.url:
        raise Failure("url_too_long", f"is longer than {limits.url:,} characters", permanent=True)
    if _CONTROL.search(url) or "\\" in url:
        raise _bad("holds a control character or a backslash")
    parts = _PARTS.fullmatch(url.strip(" "))
    if not parts:
        raise Failure("bad_scheme", "is no address that starts with http:// or https://", permanent=True)
    scheme, authority, path, query = parts[1].lower(), parts[2], parts[3], parts[4] or ""
    if "@" in authority:
        raise _bad("holds a user name")
    found = _AUTHORITY.fullmatch(authority)
    if not found:
        raise _bad("holds no host, or one that is not read")
    port = int(found[2]) if found[2] else (443 if scheme == "https" else 80)
    _check_port(port, limits.ports)
    return Address(scheme, _host(found[1]), port, _quoted(path or "/", _KEPT) + _quoted(query, _KEPT + "?"))


def joined(base: Address, location: str, limits: Limits) -> Address:
    """Read the target of a redirect, which may be relative to ``base``."""
    try:
        return address(urljoin(base.text, location.strip(" \t")), limits)
    except ValueError as wrong:
        raise _bad("cannot be read") from wrong


def _bad(why: str) -> Failure:
    return Failure("bad_url", f"is not asked: the address {why}", permanent=True)


def _check_port(port: int, ports: Sequence[range]) -> None:
    if not any(port in span for span in ports):
        raise Failure("bad_port", f"is not asked: port {port} is not one of the web", permanent=True)


def _host(shown: str) -> str:
    """The host in ASCII; a number only in its one plain spelling."""
    if shown.startswith("["):
        return _six(shown[1:-1])
    host = shown.lower() if shown.isascii() else _in_ascii(shown)
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        if not _FOUR.fullmatch(host) or max(map(int, labels)) > 255:
            raise _bad("has a host in numbers that is not written as four of them")
    elif len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise _bad("has a host that no name is written like")
    return host


def _six(shown: str) -> str:
    try:
        number = ipaddress.IPv6Address(shown)
    except ValueError as wrong:
        raise _bad("has a host in brackets that is no number") from wrong
    if number.ipv4_mapped:
        raise _bad("hides a number of the old kind in one of the new")
    return str(number)


def _in_ascii(shown: str) -> str:
    """The name as it is looked up (UTS 46), where it needs letters beyond ASCII; other spellings of plain names are no
    names.
    """
    import idna

    try:
        host = idna.encode(shown, uts46=True, std3_rules=False).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as wrong:
        raise _bad("has a host that no name is written like") from wrong
    if _DOTS & set(shown) or "xn--" not in host:
        raise _bad("has a plain host in an odd spelling")
    return host


def _quoted(part: str, kept: str) -> str:
    try:
        return quote(part, safe=kept)
    except UnicodeEncodeError as wrong:
        raise _bad("holds half a character") from wrong
