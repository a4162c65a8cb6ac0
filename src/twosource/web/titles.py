"""What to call an article or a story in a list: its headline, else the first line of its text."""

from collections.abc import Iterable, Mapping

from twosource.store import articles, shelf
from twosource.store.database import Database
from twosource.web.templating import short

LONGEST = 160
"""Code points of a name in a list."""

LOOKED_AT = 2_000
"""Code points of a text in which its first line is looked for."""


def first_lines(db: Database, untitled: Iterable[str]) -> Mapping[str, str]:
    """Return the first line with words of each of these articles, for display."""
    return {a.id: short(_first(a.text), LONGEST) for a in articles.get(db, list(untitled))}


def _first(text: str) -> str:
    lines = (line.strip() for line in text[:LOOKED_AT].splitlines())
    return next((line for line in lines if any(map(str.isalnum, line))), "an article without a headline")


def story_titles(db: Database, stories: Iterable[str]) -> Mapping[str, str]:
    """Return what each of these stories is called, by the id asked for; those that are not there are left out."""
    found = {name: shelf.get(db, name) for name in dict.fromkeys(stories)}
    return {name: short(s.title, LONGEST) or "a story without a headline" for name, s in found.items() if s}
