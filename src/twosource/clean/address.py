"""Addresses of articles: which are believed, whose they are (the registrable domain), and which are of one page."""

import re
from urllib.parse import SplitResult, urlsplit

MAX_ADDRESS = 2_048
"""Longest address kept, in code points; browsers and crawlers cut there too."""

_FRONTS = ("www.", "m.", "mobile.", "amp.")
_CACHES = (".cdn.ampproject.org", ".google.com")
"""Hosts that keep others' pages: /c/s/HOST/PATH, /v/s/HOST/PATH and /amp/s/HOST/PATH (AMP cache URL format)."""

_KEPT = re.compile(r"/(?:[civ]|amp)/(?:s/)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}/.*)", re.IGNORECASE)
_LIGHT = re.compile(r"\.amp(?=$|\.html?$)", re.IGNORECASE)
_COUNTED_NAMES = "utm_ fbclid gclid dclid msclkid mc_cid mc_eid cmpid icid ocid ns_ at_ ref= ref_ referrer= smid amp"
_COUNTED = tuple(_COUNTED_NAMES.split())
"""Beginnings of parameters that tell where a reader came from, and nothing of the page."""


def web_address(shown: object) -> str | None:
    """Return ``shown`` where it is a plain http or https address with a host, else None."""
    if not isinstance(shown, str) or len(shown) > MAX_ADDRESS:
        return None
    address = shown.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    fits = parts.scheme.lower() in ("http", "https") and host and address.isprintable() and " " not in address
    return address if fits else None


def domain_of(shown: str | None) -> str | None:
    """Return the registrable domain of an address or a bare host ("news.example.co.uk" -> "example.co.uk"), or None.

    The public suffix list is the one bundled with ``tld``; nothing is fetched. Hosts outside it keep their last two
    labels where the address says http or https (``.example``, ``.test``).
    """
    if not shown:
        return None
    bare = "://" not in shown
    if bare and "." not in shown:
        return None
    address = web_address(f"https://{shown}" if bare else shown)
    if address is None:
        return None
    from tld import get_fld

    found = get_fld(address, fail_silently=True)
    if found:
        return str(found).lower()
    host = (urlsplit(address).hostname or "").strip(".")
    labels = host.split(".")
    return None if bare or len(labels) < 2 or labels[-1].isdigit() or ":" in host else ".".join(labels[-2:])


def page_key(address: str | None) -> str | None:
    """Return what two addresses of one page have in common, or None for a site's front page and where there is none.

    Scheme, ``www.``, ``m.`` and ``amp.``, fragments, parameters for counting visitors, a final slash, an ``amp`` at
    either end of the path or as a parameter's value, ``.amp`` at its end, and a cache of such pages do not make another
    page; other parameters do, in whatever order.
    """
    if address is None or web_address(address) is None:
        return None
    parts = _unwrapped(urlsplit(address))
    host = (parts.hostname or "").lower().rstrip(".")
    for front in _FRONTS:
        host = host.removeprefix(front)
    steps = [step for step in parts.path.split("/") if step]
    if steps and steps[-1].lower() in ("amp", "index.html", "index.php"):
        steps.pop()
    if steps and steps[0].lower() == "amp":
        steps.pop(0)
    if steps:
        steps[-1] = _LIGHT.sub("", steps[-1]) or steps[-1]
    asked = sorted(p for p in parts.query.split("&") if p and not _is_counted(p.lower()))
    if not steps and not asked:
        return None
    return f"{host}/{'/'.join(steps)}?{'&'.join(asked)}"


def _is_counted(parameter: str) -> bool:
    """Tell whether a parameter says nothing of the page: where a reader came from, or that a light page is wanted."""
    return parameter.startswith(_COUNTED) or parameter.endswith("=amp")


def _unwrapped(parts: SplitResult) -> SplitResult:
    """The address of the page itself where a cache keeps it."""
    host = f".{(parts.hostname or '').lower().removeprefix('www.')}"
    kept = _KEPT.fullmatch(parts.path) if host.endswith(_CACHES) else None
    if kept is None or (host == ".google.com" and not parts.path.startswith("/amp/")):
        return parts
    return urlsplit(f"https://{kept.group(1)}{parts.query and '?' + parts.query}")
