"""What an edit of a shared sentence amounts to: another number, another time, another speaker, a turned sense, or
nothing a reader must know.
"""

from collections.abc import Iterator, Sequence

from twosource.account import Conflict, Place
from twosource.align.clauses import clause, conflict, covering
from twosource.align.contrast import calendar, denials, opposite
from twosource.align.edits import Change, Edit, edits
from twosource.align.passages import Passage, distance
from twosource.align.renumbered import renumbered
from twosource.align.swapped import swapped
from twosource.align.words import Word
from twosource.article import Span
from twosource.report import Report

SPELLED_ALIKE = 0.4
"""Largest share of letters changed between two spellings of one name ("Zelensky", "Zelenskiy": 0.1; "Kiev", "Kyiv":
0.5 has a table).
"""

SMALL = 5
"""Words a change may have that turns a sentence round; what is longer is a clause added or left out."""

ADDED = 3
"""The same where one report has nothing in its place."""

REWRITTEN = 0.15
"""Largest share of a sentence's words that may differ beside the change; above, it need not be one sentence."""


def edited(reports: Sequence[Report]) -> Iterator[Conflict]:
    """Yield the conflicts that lie in edits of shared sentences, in order of the reports."""
    by_id = {report.id: report for report in reports}
    for edit in edits(reports):
        one, other = by_id[edit.left.article], by_id[edit.right.article]
        if found := swapped(edit, one, other):
            yield found
        elif not _other_subject(edit, one, other):
            yield from _conflicts(edit, one, other)


def _conflicts(edit: Edit, one: Report, other: Report) -> Iterator[Conflict]:
    told = [found for change in edit.changes if (found := renumbered(change, edit, one, other))]
    # another number at another time is told of something else
    if len({found.kind for found in told}) < 2:
        yield from told
    if found := turned(edit, one, other):
        yield found


def _other_subject(edit: Edit, one: Report, other: Report) -> bool:
    """Tell whether a name was replaced by a name that is not just spelled otherwise: then the sentence is about
    something else.
    """
    return any(_names(c.left, one) and _names(c.right, other) and not _alike(c, one, other) for c in edit.changes)


def _names(words: Sequence[Word], report: Report) -> list[str]:
    text = report.article.text
    capital = (w for w in words if w.key and text[w.span.start].isupper() and not calendar(w))
    return [w.form for w in capital if not any(f.span.covers(w.span) for f in report.figures)]


def _alike(change: Change, one: Report, other: Report) -> bool:
    left, right = "".join(_names(change.left, one)), "".join(_names(change.right, other))
    return {w.key for w in change.left} & {w.key for w in change.right} != set() or distance(
        left, right
    ) <= SPELLED_ALIKE


def turned(edit: Edit, one: Report, other: Report, *, cues_differ: bool = False) -> Conflict | None:
    """Return the conflict where a denial was added or lost, or a word stands for its opposite, or None.

    ``cues_differ`` says that one report gives its version as denied ("denied that it had failed"): then a turned
    sentence tells the same, and one that is not turned tells the opposite.
    """
    lost = (len(denials(edit.left.words)) + len(denials(edit.right.words))) % 2 == 1
    turn = next((found for change in edit.changes if (found := _turn(change, edit, one, other, lost=lost))), None)
    if turn and not cues_differ:
        return _polarity(turn[0], edit, one, other, turn[1])
    if cues_differ and not turn and edit.share <= REWRITTEN and not any(_contents(c) for c in edit.changes):
        places = Place(one.id, edit.left.span), Place(other.id, edit.right.span)
        why = "the same words, denied in one report and affirmed in the other"
        return conflict("polarity", "conflict", why, *places, {"words_changed": round(edit.share, 2)})
    return None


def _turn(change: Change, edit: Edit, one: Report, other: Report, *, lost: bool) -> tuple[Change, str] | None:
    """A change that turns the sentence round, and why; ``lost`` says that one side has a denial more."""
    if not _alone(change, edit) or _interjected(change, one, other):
        return None
    if lost and (len(denials(change.left)) + len(denials(change.right))) % 2:
        return change, "one sentence, denied in one report and affirmed in the other"
    if not lost and (pair := opposite(change.left, change.right)):
        return change, f"one sentence, with “{pair[0].form}” in one and “{pair[1].form}” in the other"
    return None


def _contents(change: Change) -> bool:
    """Tell whether words with content were changed."""
    return any(word.key for word in (*change.left, *change.right))


def _alone(change: Change, edit: Edit) -> bool:
    """Tell whether a change is small and little else in the sentence was changed."""
    others = sum(max(len(c.left), len(c.right)) for c in edit.changes if c is not change)
    most = max(len(edit.left.words), len(edit.right.words))
    small = SMALL if change.left and change.right else ADDED
    return max(len(change.left), len(change.right)) <= small and others <= REWRITTEN * most


def _interjected(change: Change, one: Report, other: Report) -> bool:
    """Tell whether the change ends in a word before a comma, such as "so no, ": it answers, it does not deny."""
    sides = ((change.left, one), (change.right, other))
    return any(w and r.article.text[w[-1].span.end : w[-1].span.end + 1] == "," for w, r in sides)


def _polarity(change: Change, edit: Edit, one: Report, other: Report, why: str) -> Conflict:
    left = clause(one.article.text, edit.left.span, _around(change.left, change.left_at, edit.left))
    right = clause(other.article.text, edit.right.span, _around(change.right, change.right_at, edit.right))
    seen = {"words_changed": round(edit.share, 2)}
    return conflict("polarity", "conflict", why, Place(one.id, left), Place(other.id, right), seen)


def _around(words: Sequence[Word], at: int, passage: Passage) -> Span:
    """Where a change lies: its words, or the word before it where it has none."""
    return covering(words or passage.words[max(0, at - 1) : max(0, at - 1) + 1])
