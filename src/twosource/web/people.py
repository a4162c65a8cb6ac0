"""Speakers and outlets by the names that their pages have.

A page's address holds the folded words of the name, not the number of a row: rows are made anew when articles are read
again, names are not.
"""

import re

from twosource.store import people
from twosource.store.article_rows import outlet_key
from twosource.store.database import Database
from twosource.store.people import Speaker
from twosource.store.reports import speaker_key
from twosource.web import links

KINDS = ("person", "organisation", "group", "anonymous", "document")
"""Kinds of speakers, as in a report."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,30}")


def slug(key: str) -> str:
    """Return folded words as one part of a path."""
    joined = key.replace(" ", "-")
    return joined if len(joined) <= 120 and _SLUG.fullmatch(joined) else links.token("\x1f" + key)


def unslugged(part: str) -> str:
    """Return the folded words that a part of a path stands for."""
    known = links.known_by(part)
    return known[1:] if known.startswith("\x1f") else known.replace("-", " ")


def address(speaker: Speaker) -> str:
    """Return the address of a speaker's page."""
    return page(speaker.name, speaker.kind)


def page(name: str, kind: str) -> str:
    """Return the address of the page of a speaker of that name and kind."""
    return f"/speaker/{kind}/{slug(speaker_key(name))}"


def find(db: Database, kind: str, part: str) -> Speaker | None:
    """Return the speaker that two parts of an address name, None where nobody so called is quoted."""
    row = db.one("SELECT number FROM speaker WHERE key = :key AND kind = :kind", key=unslugged(part), kind=kind)
    return people.speaker(db, row["number"]) if row else None


def outlet_page(name: str) -> str:
    """Return the address of the page of an outlet of that name, whatever its case and accents."""
    return f"/outlet/{slug(outlet_key(name) or name.strip().casefold())}"
