"""Articles as programs send them: one, an array of them, or one a line.

A field of the wrong type is refused and named, because a program that sends one does not mean what is read. A value
that does not fit (an address that is none, a day that is none, half of a character) is left out or replaced with a
remark, as it is where a feed or a file says it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from twosource.article import Article
from twosource.errors import InputError
from twosource.web.api.bodies import parsed
from twosource.web.api.problems import Problem
from twosource.web.asking import LONGEST_ID

if TYPE_CHECKING:
    from twosource.sources.given import Known

MOST = 5_000
"""Articles of one request; a body holds fewer of any length that people write."""

TEXTS = ("text", "html", "title", "outlet", "url", "published", "modified")
"""Fields that are text where they are told at all."""

_HALF = re.compile("[\ud800-\udfff]")

REPLACED = ("characters_replaced", "halves of characters and NUL are shown as U+FFFD")


def from_lines(raw: bytes, known: "Known") -> list[Article | InputError]:
    """Return the articles of a body with one a line; blank lines count and are passed over.

    Raises:
        Problem: there are too many.

    """
    lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    _few(len(lines) - 1)
    return [_line(line, f"body:{n}", known) for n, line in enumerate(lines, 1) if line.strip()]


def from_body(raw: bytes, known: "Known") -> list[Article | InputError]:
    """Return the article of a body, or the articles of an array, each named by its place from 1.

    Raises:
        Problem: it is no JSON, goes beyond the bounds, or holds too many.

    """
    told = parsed(raw)
    if not isinstance(told, list):
        return [_article(told, "body", known)]
    _few(len(told))
    return [_article(one, f"body:{n}", known) for n, one in enumerate(told, 1)]


def _few(count: int) -> None:
    if count > MOST:
        raise Problem(413, "too_many", f"At most {MOST:,} articles are taken in one request.")


def _line(line: bytes, place: str, known: "Known") -> Article | InputError:
    try:
        told = parsed(line)
    except Problem as wrong:
        return InputError(place, wrong.detail.removeprefix("The body ").rstrip("."))
    return _article(told, place, known)


def _article(told: object, place: str, known: "Known") -> Article | InputError:
    from twosource.sources.given import NotAnArticle
    from twosource.sources.jsonl import from_fields

    if isinstance(told, dict) and (wrong := next(_misfits(told), None)):
        return NotAnArticle(place, wrong)
    whole, broken = _mended(told)
    found = from_fields(whole, place, known)
    return replace(found, remarks=(*found.remarks, REPLACED)) if broken and isinstance(found, Article) else found


def _misfits(told: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the types of an article's fields, as clauses."""
    for field in TEXTS:
        if not isinstance(told.get(field), str | None):
            yield f"has a field {field} that is no text"
    name = told.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int | None):
        yield "has a field id that is neither text nor a whole number"
    if isinstance(name, str) and not (len(name) <= LONGEST_ID and name.isprintable()):
        yield f"has a field id of more than {LONGEST_ID} characters, or of some that cannot be seen"
    if not isinstance(told.get("source"), str | dict | None):
        yield "has a field source that is neither text nor an object"


def _mended(told: object) -> tuple[object, bool]:
    """An article's fields with halves of characters replaced, one for one, and NUL in all but its text; whether there
    were any.
    """
    if not isinstance(told, dict):
        return told, False
    mended = {name: _whole(name, value) if isinstance(value, str) else value for name, value in told.items()}
    return mended, mended != told


def _whole(name: str, value: str) -> str:
    whole = _HALF.sub("\ufffd", value)
    return whole if name in {"text", "html"} else whole.replace("\x00", "\ufffd")
