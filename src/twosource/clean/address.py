"""Addresses of articles: which are believed, whose they are (the registrable domain), and which are of one page."""

from urllib.parse import urlsplit

MAX_ADDRESS = 2_048
"""Longest address kept, in code points; browsers and crawlers cut there too."""

_FRONTS = ("www.", "m.", "mobile.", "amp.")
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

    Scheme, ``www.``, ``m.`` and ``amp.``, fragments, parameters for counting visitors, a final slash and an ``amp`` at
    either end of the path do not make another page; other parameters do, in whatever order.
    """
    if address is None or web_address(address) is None:
        return None
    parts = urlsplit(address)
    host = (parts.hostname or "").lower().rstrip(".")
    for front in _FRONTS:
        host = host.removeprefix(front)
    steps = [step for step in parts.path.split("/") if step]
    if steps and steps[-1].lower() in ("amp", "index.html", "index.php"):
        steps.pop()
    if steps and steps[0].lower() == "amp":
        steps.pop(0)
    asked = sorted(p for p in parts.query.split("&") if p and not p.lower().startswith(_COUNTED))
    if not steps and not asked:
        return None
    return f"{host}/{'/'.join(steps)}?{'&'.join(asked)}"
