"""Which pages a site's robots.txt leaves to programs (RFC 9309).

The group of our own name counts, else the one of all; the longest rule that fits decides, and at a tie the one that
allows. Patterns are matched by searching their parts one after the other: nothing in them can make that slow.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import quote

_TRIPLET = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_NAME = re.compile(r"[A-Za-z_-]{1,100}")
_SECONDS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")


@dataclass
class _Group:
    """Rules for some names: whether each allows, and its pattern."""

    rules: list[tuple[bool, str]] = field(default_factory=list)
    delay: float | None = None


class Rules:
    """What one robots.txt asks of the program called ``name`` (its product token, "twosource")."""

    def __init__(self, text: str, name: str) -> None:
        groups = _groups(text)
        self._group = groups.get(name.lower()) or groups.get("*") or _Group()

    @property
    def delay(self) -> float | None:
        """Seconds that are to lie between two visits, or None."""
        return self._group.delay

    def allows(self, target: str) -> bool:
        """Tell whether ``target`` (path and query) may be asked for."""
        if target == "/robots.txt":
            return True
        plain = _plain(target)
        fitting = [(len(pattern), allow) for allow, pattern in self._group.rules if _fits(pattern, plain)]
        return max(fitting, default=(0, True))[1]


def _groups(text: str) -> dict[str, _Group]:
    """The groups by name. Lines of one name in several places make one group."""
    groups: dict[str, _Group] = {}
    current: list[_Group] = []
    naming = False
    for line in re.split(r"[\r\n]", text.removeprefix("\ufeff")):
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        if key.lower() == "user-agent":
            current = [*(current if naming else ()), groups.setdefault(_agent(value), _Group())]
            naming = True
        elif key.lower() in ("allow", "disallow", "crawl-delay"):
            naming = False
            for group in current:
                _add(group, key.lower(), value)
    return groups


def _agent(value: str) -> str:
    found = _NAME.match(value)
    return found.group().lower() if found else "*"


def _add(group: _Group, key: str, value: str) -> None:
    if key == "crawl-delay":
        group.delay = float(value) if _SECONDS.fullmatch(value) else group.delay
    elif value:
        group.rules.append((key == "allow", _plain(value)))


def _plain(shown: str) -> str:
    """A path in the one spelling in which paths are compared: letters plain, all else as octets."""
    octets = quote(shown, safe="%/:@!$&'()*+,;=~-._?", errors="replace")
    return _TRIPLET.sub(lambda t: _letter(t[1]), octets)


def _letter(octet: str) -> str:
    shown = chr(int(octet, 16))
    return shown if _UNRESERVED.fullmatch(shown) else f"%{octet.upper()}"


def _fits(pattern: str, target: str) -> bool:
    """Tell whether a pattern with ``*`` for anything and a last ``$`` for the end fits the beginning of a target."""
    to_the_end = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    last = parts.pop() if parts and to_the_end else None
    for part in parts:
        found = target.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is None:
        return not to_the_end or at == len(target)
    return len(target) - at >= len(last) and target.endswith(last)
