"""Articles in JSON: one a line, one alone, or an array of them. A bad line names itself and the rest goes on."""

import json
from collections.abc import Iterable, Iterator

from twosource.article import Article
from twosource.errors import InputError
from twosource.sources.given import Known, OtherJson, article, known_from
from twosource.sources.pages import page_article
from twosource.sources.received import MAX_BYTES


def parse(raw: bytes | str) -> object:
    """Return the parsed JSON.

    Raises:
        ValueError: it is no JSON, nested too deep, or holds a number too long to read; the message is a clause.

    """
    try:
        parsed: object = json.loads(raw)
    except json.JSONDecodeError as wrong:
        raise ValueError(f"is not JSON: {wrong.msg} (column {wrong.colno})") from None
    except RecursionError:
        raise ValueError("is JSON nested too deep to read") from None
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    except ValueError:
        raise ValueError("is JSON with a number too long to read") from None
    return parsed


def from_lines(lines: Iterable[bytes], origin: str, stated: Known) -> Iterator[Article | InputError]:
    """Read one article a line; blank lines count but are passed over. ``origin`` and the line's number name each."""
    for number, line in enumerate(lines, 1):
        place = f"{origin}:{number}"
        if len(line) > MAX_BYTES:
            yield InputError(place, f"is over {MAX_BYTES // 1_000_000} MB")
        elif line.strip():
            yield _from_raw(line.removeprefix(b"\xef\xbb\xbf"), place, stated)


def from_document(parsed: object, origin: str, stated: Known) -> Iterator[Article | InputError]:
    """Read one article, or an array of them, from parsed JSON; places in an array count from 1."""
    if not isinstance(parsed, list):
        yield from_fields(parsed, origin, stated)
        return
    if not parsed:
        yield OtherJson(origin, "holds no article")
    for number, fields in enumerate(parsed, 1):
        yield from_fields(fields, f"{origin}:{number}", stated)


def from_fields(fields: object, place: str, stated: Known) -> Article | InputError:
    """Return the article of one JSON object with ``text`` or ``html``; its own fields yield to what the user stated."""
    if not isinstance(fields, dict):
        return OtherJson(place, "is JSON but no article: an object with text or html is wanted")
    known = known_from(fields).under(stated)
    text, html = fields.get("text"), fields.get("html")
    if isinstance(text, str) and (text or not isinstance(html, str)):
        return _too_large(text, place) or article(text, known, place)
    if isinstance(html, str):
        return _too_large(html, place) or page_article(html, known, place)
    return OtherJson(place, "is JSON without text or html")


def _too_large(text: str, place: str) -> InputError | None:
    return InputError(place, f"is over {MAX_BYTES // 1_000_000} MB") if len(text) > MAX_BYTES else None


def _from_raw(line: bytes, place: str, stated: Known) -> Article | InputError:
    try:
        return from_fields(parse(line), place, stated)
    except ValueError as wrong:
        return InputError(place, str(wrong))
