"""Reads JSON Feed (1.0, 1.1): depth is looked at before it is parsed, and no value is trusted to be of its kind."""

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from twosource.sources.feeds.shapes import Told, ToldFeed
from twosource.sources.feeds.wellformed import MAX_CATEGORIES

PARSER = "json"

MAX_DEPTH = 64
"""Open arrays and objects up to which JSON is parsed; a feed needs five."""

MAX_DIGITS = 18
"""Digits of the longest whole number that is read; a longer one counts as not given."""

_STEP = re.compile(r'[\[{]|[\]}]|"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


def depth_of(text: str) -> int:
    """Return how many arrays and objects are open at once, at most `MAX_DEPTH` + 1, in one pass."""
    depth = deepest = 0
    for found in _STEP.finditer(text):
        mark = found[0][0]
        depth += (mark in "[{") - (mark in "]}")
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            break
    return deepest


def tell_json(text: str) -> ToldFeed | None:
    """Return what a JSON Feed tells, or None where the JSON is no feed.

    Raises:
        ValueError: it is no JSON, or nested too deep; the message is a clause.

    """
    if depth_of(text) > MAX_DEPTH:
        raise ValueError(f"is JSON nested deeper than {MAX_DEPTH}")
    try:
        said = json.loads(text, parse_int=_number, parse_constant=_none)
    except json.JSONDecodeError as wrong:
        raise ValueError(f"is not JSON: {wrong.msg} (column {wrong.colno})") from None
    if not isinstance(said, dict) or not isinstance(said.get("items"), list):
        return None
    hubs = [hub for hub in _listed(said.get("hubs")) if isinstance(hub, Mapping)]
    return ToldFeed(
        entries=tuple(_told(one) if isinstance(one, Mapping) else Told() for one in said["items"]),
        title=_shown(said.get("title")),
        title_form="text",
        site=_shown(said.get("home_page_url")),
        language=_shown(said.get("language")),
        self_url=_shown(said.get("feed_url")),
        next_url=_shown(said.get("next_url")),
        hub_url=next((_shown(hub.get("url")) for hub in hubs), None),
        parser=PARSER,
    )


def _told(one: Mapping[str, Any]) -> Told:
    html, text = _shown(one.get("content_html")), _shown(one.get("content_text"))
    if html is None and text is not None:
        html = "".join(f"<p>{escape(part, quote=False)}</p>" for part in text.split("\n") if part.strip())
    return Told(
        guid=_shown(one.get("id")),
        link=_shown(one.get("url")) or _shown(one.get("external_url")),
        title=_shown(one.get("title")),
        title_form="text",
        author=_authors(one),
        published=_shown(one.get("date_published")),
        updated=_shown(one.get("date_modified")),
        summary=_shown(one.get("summary")) or text,
        summary_form="text",
        content=html,
        categories=tuple(filter(None, map(_shown, _listed(one.get("tags"))[:MAX_CATEGORIES]))),
        enclosures=len(_listed(one.get("attachments"))),
    )


def _authors(one: Mapping[str, Any]) -> str | None:
    writers = [*_listed(one.get("authors")), one.get("author")]
    names = (_shown(writer.get("name")) for writer in writers if isinstance(writer, Mapping))
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _shown(value: object) -> str | None:
    """A text, or a whole number as many write an id."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= MAX_DIGITS else None


def _none(_: str) -> None:
    """Not a number and the infinities are no JSON."""
