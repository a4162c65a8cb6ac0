"""Addresses of pages. They are made of content ids alone, so that one that was sent around leads to the same place.

A statement or figure is addressed by the quotation or figure of its first telling: a line of several reports gets
another id with each report that joins, the words that a report told do not. Ids that an input gave may hold anything;
those that a path cannot carry as they are, or that end like a form of a page (``.json``), stand in base64 behind a
tilde, so that no id is ever taken for a form.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import quote

from twosource.article import Span

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}")
_LIKE_A_FORM = re.compile(r"\.[A-Za-z][A-Za-z0-9]*\Z")
"""Forms begin with a letter; what follows the dot in the name of a quotation's part is a number."""

_MADE_HERE = re.compile(r"(?:a|art|q|figure|s|f|c|o)-[0-9a-f]{12}(?:\.[0-9]{1,9})?")


def token(known: str) -> str:
    """Return an id as one part of a path."""
    if _PLAIN.fullmatch(known) and not _LIKE_A_FORM.search(known):
        return known
    return "~" + urlsafe_b64encode(known.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def known_by(part: str) -> str:
    """Return the id that a part of a path stands for; what is none comes back as it is."""
    if not part.startswith("~"):
        return part
    try:
        raw = urlsafe_b64decode(part[1:] + "=" * (-(len(part) - 1) % 4))
        return raw.decode("utf-8", "surrogatepass")
    except ValueError:
        return part


def made_here(known: str) -> bool:
    """Tell whether an id is one as this program makes them: hashes, by which nobody comes but from what had them."""
    return bool(_MADE_HERE.fullmatch(known))


def story(story_id: str) -> str:
    """The page of a story."""
    return f"/story/{token(story_id)}"


def printed(story_id: str) -> str:
    """A story for paper."""
    return f"{story(story_id)}/print"


def statements(story_id: str) -> str:
    """All statements of a story."""
    return f"{story(story_id)}/statements"


def statement(story_id: str, quotation: str) -> str:
    """A statement, by the quotation of its first telling (or by its own id)."""
    return f"{story(story_id)}/statement/{token(quotation)}"


def telling(story_id: str, quotation: str) -> str:
    """One report's telling of a statement."""
    return f"{story(story_id)}/telling/{token(quotation)}"


def figure(story_id: str, fact: str) -> str:
    """A figure, by its place in the first report that tells it (or by the line's id)."""
    return f"{story(story_id)}/figure/{token(fact)}"


def conflict(story_id: str, conflict_id: str) -> str:
    """A conflict."""
    return f"{story(story_id)}/conflict/{token(conflict_id)}"


def origin(story_id: str, origin_id: str) -> str:
    """What several reports rest on."""
    return f"{story(story_id)}/origin/{token(origin_id)}"


def pair(story_id: str, left: str, right: str) -> str:
    """Why two reports are not independent."""
    return f"{story(story_id)}/pair/{token(left)}/{token(right)}"


def article(article_id: str, span: Span | None = None) -> str:
    """An article, at a place of it if one is given."""
    return f"/article/{token(article_id)}" + (f"#{place(span)}" if span else "")


def words(article_id: str, span: Span) -> str:
    """An article at any words of it: those that a search found, or that no fact is about."""
    return f"/article/{token(article_id)}?at={span.start}-{span.end}#{place(span)}"


def place(span: Span) -> str:
    """The id that a place has in its article's page."""
    return f"t{span.start}-{span.end}"


def changes(article_id: str, version_id: str) -> str:
    """What was changed between a version of an article and the one before it."""
    return f"/article/{token(article_id)}/changes/{token(version_id)}"


def plain_text(article_id: str) -> str:
    """The stored text of an article."""
    return f"/article/{token(article_id)}/text"


def asked(words: str) -> str:
    """Return words as they stand in a query."""
    return quote(words, safe="", errors="replace")
