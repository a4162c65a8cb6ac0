"""Names near one that is not known here: what somebody who mistyped a name, or follows an old address, may have meant.

Candidates share the beginning of a word with the name; the nearest by letters are offered. Only names of the store are
ever returned, never what was asked for.
"""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from twosource.store import people
from twosource.store.database import Database
from twosource.store.reports import speaker_key
from twosource.web.outlets import outlets
from twosource.web.people import address, outlet_page
from twosource.web.templating import short

Named = tuple[str, str]
"""A name for display and the address of its page."""

BEGINNING = 3
"""Letters of a word with which a word of a candidate begins too."""

MOST_WORDS, MOST_CANDIDATES = 4, 200
"""Words of the name that are looked up, and candidates for each, the most quoted first."""

LEAST, MOST = 60, 5
"""Likeness in per cent from which on a name is offered, and names offered."""


def speakers(db: Database, name: str) -> list[Named]:
    """Return the speakers whose names are nearest to ``name``, the nearest first; none where none is near."""
    beginnings = [word[:BEGINNING] for word in name[:200].split()[:MOST_WORDS] if len(word) >= BEGINNING]
    found = {s.number: s for begun in beginnings for s in people.people(db, begun, limit=MOST_CANDIDATES)}
    known = {speaker_key(s.name): (short(s.name, 120), address(s)) for s in found.values()}
    return [known[key] for key in _nearest(speaker_key(name[:200]), known)]


def outlet_names(db: Database, name: str) -> list[Named]:
    """Return the outlets whose names are nearest to ``name``, the nearest first; none where none is near."""
    known = {o.key: (short(o.name, 120), outlet_page(o.name)) for o in outlets(db, limit=MOST_CANDIDATES)}
    return [known[key] for key in _nearest(name[:200].casefold(), known)]


def _nearest(name: str, known: Iterable[str]) -> list[str]:
    found = process.extract(name, list(known), scorer=fuzz.token_sort_ratio, score_cutoff=LEAST, limit=MOST)
    return [key for key, *_ in found]
