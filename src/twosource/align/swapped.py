"""Swapped speakers: one sentence that two reports give to two people, and that differs in nothing but the name.

Evidence: the words of an edited sentence, and what stands in each report as the source of an attribution there. A body
and a person are no two speakers, for one may speak for the other, and nor are two names that share a word.
"""

from twosource.account import Conflict, Place
from twosource.align.clauses import conflict, covering
from twosource.align.edits import Change, Edit
from twosource.align.words import Word, keys, words
from twosource.article import Span, hull
from twosource.facts import Person
from twosource.report import Report

LONGEST = 4
"""Words a name may have on each side; what is longer is another description, not another name."""


def swapped(edit: Edit, one: Report, other: Report) -> Conflict | None:
    """Return the conflict where the only change of a sentence is who is given as its source, or None."""
    if len(edit.changes) != 1:
        return None
    change = edit.changes[0]
    if not 0 < len(change.left) <= LONGEST or not 0 < len(change.right) <= LONGEST:
        return None
    left, right = _source(change.left, one), _source(change.right, other)
    if left is None or right is None or left[1].kind != "person" or right[1].kind != "person":
        return None
    if _one_name(change, left[1], right[1]):
        return None
    why = f"one sentence, said by {left[1].name} in one and by {right[1].name} in the other"
    places = Place(one.id, left[0]), Place(other.id, right[0])
    return conflict("attribution", "conflict", why, places[0], places[1], {"words_changed": round(edit.share, 2)})


def _source(changed: tuple[Word, ...], report: Report) -> tuple[Span, Person] | None:
    """Source and cue of the attribution whose source changed, with its speaker, where the change is a name."""
    at = covering(changed)
    for quotation in report.quotations:
        person = report.person(quotation.speaker)
        names = all(report.article.text[word.span.start].isupper() for word in changed if word.key)
        if person and names and any(span.covers(at) for span in quotation.source):
            return hull((*quotation.source, *quotation.cue)), person
    return None


def _one_name(change: Change, left: Person, right: Person) -> bool:
    """Tell whether both sides, or the people they stand for, share a word of their names."""
    one, another = ({*keys(side), *_name(person)} for side, person in ((change.left, left), (change.right, right)))
    return bool(one & another)


def _name(person: Person) -> tuple[str, ...]:
    return keys(words(person.name, (Span(0, len(person.name)),)))
