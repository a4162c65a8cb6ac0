"""What the status of an answer means for whoever asked: an answer, a redirect, or why there is none."""

from twosource.sources.fetch.failure import Failure

REDIRECTS = frozenset((301, 302, 303, 307, 308))
PERMANENT = frozenset((301, 308))
PAUSES = frozenset((429, 503))
"""Statuses by which a host asks to be left alone for a while."""

_TOLD = {
    401: ("forbidden", "asks for a password"),
    402: ("forbidden", "asks for payment"),
    403: ("forbidden", "may not be read (403)"),
    404: ("not_found", "is not there (404)"),
    410: ("gone", "is gone for good (410)"),
    429: ("rate_limited", "was asked too often (429)"),
    451: ("forbidden", "may not be shown for legal reasons (451)"),
}


def failure(status: int, retry_after: float | None) -> Failure | None:
    """Return why ``status`` is no answer, or None where it is one: 200 to 204, and 304, which the caller weighs.

    Only 410 is ``permanent``: feeds that answered 404 come back (Media Cloud, rss-fetcher).
    """
    if 200 <= status <= 204 or status == 304:
        return None
    family = "http_5xx" if status >= 500 else "http_4xx" if status >= 400 else "http_other"
    code, reason = _TOLD.get(status, (family, f"answered with status {status}"))
    return Failure(code, reason, status, permanent=status == 410, retry_after=retry_after)
