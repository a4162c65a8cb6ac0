"""Addresses of articles: which are believed, and whose they are (the registrable domain)."""

from urllib.parse import urlsplit

MAX_ADDRESS = 2_048
"""Longest address kept, in code points; browsers and crawlers cut there too."""


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
