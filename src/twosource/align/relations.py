"""Relations: how close two tellings of one statement are in words, from the same words to a free paraphrase.

Evidence: the letters to change between the two, the words in quotation marks they share, and how much of the shorter
one the longer has. Only tellings of different texts are compared: copies of one text count as one text, unless copies
alone tell the statement.
"""

from collections.abc import Callable, Sequence
from itertools import combinations

from twosource.account import Relation
from twosource.align.parts import Part
from twosource.align.passages import distance
from twosource.align.similarity import run_length
from twosource.facts import Features

# All on the 40 statements that two articles of seven hand-made accounts tell, 2026-11-22.
SAME = 0.12
"""Largest share of letters to change between the same words (tense, person, spelling, a word at the edge); swept 0.06
to 0.2.
"""

VARIANT = 0.36
"""Largest share of letters to change between two wordings of one sentence; swept 0.25 to 0.5."""

LONG_RUN = 8
"""Words in a row from which on two tellings are cuts from one sentence; swept 6 to 10."""

INSIDE = 0.7
"""Least share of the shorter one's content words, in order, in the longer one that makes it a shortened telling;
swept 0.6 to 0.8.
"""

AS_LONG = 0.65
"""Least ratio of lengths, shorter to longer, at which a cut still counts as the same words; swept 0.5 to 0.8."""

LONGEST = 300
"""Words of a telling looked at for runs; bounds the work on endless quotations."""

_CLOSEST: tuple[Relation, ...] = ("same_words", "variant_wording", "shortened", "paraphrase")


def relate(members: Sequence[Part], same_text: Callable[[str, str], bool]) -> tuple[Relation, Features]:
    """Return the closest relation between parts of two different articles, and the share of letters changed there.

    Where two others are further apart, ``furthest`` names the relation of those that are so most.

    Args:
        members: the parts of one statement.
        same_text: tells whether two article ids are copies of one text.

    """
    numbers: dict[tuple[str, ...], int] = {}
    known = [(numbers.setdefault(_forms(member), len(numbers)), member) for member in members]
    pairs = {(i, j): (a, b) for (i, a), (j, b) in combinations(known, 2) if a.report.id != b.report.id}
    other = {k: p for k, p in pairs.items() if not same_text(p[0].report.id, p[1].report.id)} or pairs
    found = [(_CLOSEST.index(relation(a, b)), changed(_forms(a), _forms(b))) for a, b in other.values()]
    if not found:
        return "single", {}
    rank, letters = min(found)
    furthest = _CLOSEST[max(found)[0]]
    apart = {} if furthest == _CLOSEST[rank] else {"furthest": furthest}
    return _CLOSEST[rank], {"letters_changed": round(letters, 2), **apart}


def relation(left: Part, right: Part) -> Relation:
    """Return how close two tellings are in words."""
    a, b = sorted((_forms(left), _forms(right)), key=len)
    letters = changed(a, b)
    if letters <= SAME:
        return "same_words"
    if cut := _cut(a, b) or _cut(*sorted((left.quoted, right.quoted), key=len)):
        return cut
    if letters <= VARIANT or run_length(a[:LONGEST], b[:LONGEST]) >= LONG_RUN:
        return "variant_wording"
    short, long = sorted((left.keys, right.keys), key=len)
    return "shortened" if len(a) < AS_LONG * len(b) and _kept(short, long) >= INSIDE else "paraphrase"


def _forms(part: Part) -> tuple[str, ...]:
    return tuple(word.form for word in part.words)


def changed(left: Sequence[str], right: Sequence[str]) -> float:
    """Return the share of letters to change between two word sequences, spaces aside: 0 to 1."""
    return distance("".join(left), "".join(right))


def _cut(short: Sequence[str], long: Sequence[str]) -> Relation | None:
    """Both the same words where the shorter stands whole in the longer, or a shortened telling of them; None where it
    does not.
    """
    if not 2 <= len(short) <= LONGEST or run_length(short, long[: 4 * LONGEST]) < len(short):
        return None
    return "same_words" if len(short) >= AS_LONG * len(long) else "shortened"


def _kept(short: Sequence[str], long: Sequence[str]) -> float:
    """Share of the shorter sequence found in the longer one in the same order."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(short, long) / len(short) if short else 0.0
