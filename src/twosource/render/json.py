"""Reports and accounts as the JSON that programs read, and accounts back from it.

Output is pure ASCII on one line, so that no control or bidi character of a text reaches a terminal; numbers that JSON
cannot write (infinities) become null, lone surrogates U+FFFD: an escape of half a character is JSON that many readers
refuse (RFC 8259, 8.2), and one for one keeps every offset true. What is read back may be hostile: every size, type and
place is checked.
"""

import json
import math
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import msgspec

from twosource.account import Account, Place
from twosource.article import Span, Spans
from twosource.errors import StateError
from twosource.report import Report

REPORT = "twosource.report/1"
ACCOUNT = "twosource.account/1"

MAX_SAVED = 256_000_000
"""Bytes of a saved account that are read: far more than fifty articles of any length that people write."""


_LONE = re.compile("[\ud800-\udfff]")


def whole(words: str) -> str:
    """Return text with lone surrogates, which no UTF-8 carries, as U+FFFD, one for one."""
    return words if words.isascii() else _LONE.sub("\ufffd", words)


def report_json(report: Report, *, text: bool = False) -> str:
    """Return a report as one line; with its text if ``text`` is asked for or the article came from a page."""
    article = report.article
    told: dict[str, object] = {
        "schema": REPORT,
        "id": article.id,
        "sha256": article.sha256,
        "outlet": article.outlet.name if article.outlet else None,
        "url": article.url,
        "title": article.title,
        "published": article.published,
        "language": report.language,
        "model": report.model,
    }
    if text or article.from_page:
        told["text"] = article.text
    for facts in ("blocks", "quotations", "people", "figures", "times", "credits", "notes"):
        told[facts] = getattr(report, facts)
    return dumps(told)


def account_json(account: Account, *, texts: Collection[str] | None = None) -> str:
    """Return an account as one line, with the text of every article, or of those in ``texts`` alone."""
    told: dict[str, Any] = _plain(account)
    for article in told["articles"]:
        if article["text"] is None or (texts is not None and article["id"] not in texts):
            del article["text"]
    return dumps({"schema": ACCOUNT, **told})


def dumps(told: object) -> str:
    """Return ``told`` as one line of ASCII JSON without NaN, infinities or lone surrogates."""
    return json.dumps(_writable(_plain(told)), ensure_ascii=True, allow_nan=False)


def account_from_json(raw: bytes) -> Account:
    """Return the account that `account_json` wrote; articles saved without a text have None.

    Raises:
        StateError: the bytes are not such an account, or a place lies outside its article.

    """
    if len(raw) > MAX_SAVED:
        raise StateError(f"over {MAX_SAVED:,} bytes")
    try:
        told = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
        if not isinstance(told, dict) or told.get("schema") != ACCOUNT:
            raise StateError(f"not an account of the schema {ACCOUNT}")
        account = msgspec.convert(told, Account)
    except RecursionError:
        raise StateError("nested too deeply") from None
    except (ValueError, OverflowError) as wrong:
        raise StateError(f"not a saved account ({str(wrong)[:200]})") from None
    _check(account)
    return account


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _plain(told: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Dataclasses as dicts in the order of their fields; numbers of other libraries as floats."""
    return msgspec.to_builtins(told, enc_hook=float)


def _writable(told: object) -> object:
    """The same without what JSON cannot hold; as deep as the types are."""
    if isinstance(told, str):
        return whole(told)
    if isinstance(told, float):
        return told if math.isfinite(told) else None
    if isinstance(told, dict):
        return {_writable(key): _writable(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_writable(value) for value in told]
    return told


def _check(account: Account) -> None:
    """Refuse places outside their article, articles that are not there, and ids used twice."""
    lengths = {a.id: None if a.text is None else len(a.text) for a in account.articles}
    if len(lengths) != len(account.articles):
        raise StateError("two articles have one id")
    if not all(t.content for s in account.statements for t in s.tellings):
        raise StateError("a telling without content")
    for article, spans in _places(account):
        if article not in lengths:
            raise StateError(f"no article {article[:80]!r}")
        end = lengths[article]
        for span in spans:
            if not 0 <= span.start <= span.end or (end is not None and span.end > end):
                raise StateError(f"place {span.start}-{span.end} is not in article {article[:80]!r}")


def _places(account: Account) -> Iterator[tuple[str, Spans]]:
    """Every article and span the account points to."""
    for s in account.statements:
        for t in s.tellings:
            yield t.article, (*t.content, *t.cue, *t.source, *((t.told_to.span,) if t.told_to else ()))
    yield from ((f.article, (f.span,)) for line in account.figures for f in line.tellings)
    yield from _evidence(p for c in account.conflicts for p in (c.left, c.right))
    yield from _evidence(p for o in account.lineage.origins for p in o.evidence)
    yield from _evidence(p for k in account.lineage.links for p in k.evidence)
    yield from ((cue.article, ()) for cue in account.framing.cues)
    yield from ((order.article, order.spans) for order in account.framing.first)
    yield from ((point.article, (point.span,)) for point in account.timeline)
    yield from ((only.article, (only.span,)) for only in account.only)
    yield from ((omission.article, ()) for omission in account.omissions)
    for a in account.articles:
        yield a.id, tuple(r.now for v in a.versions for r in v.revisions if r.now is not None)
    yield from ((n.article, (n.span,) if n.span else ()) for n in account.notes if n.article is not None)


def _evidence(places: Iterable[Place]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    return ((p.article, (p.span,)) for p in places)
