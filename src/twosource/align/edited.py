"""What an edit of a shared sentence amounts to: another number, another time, a turned sense, or nothing a reader
must know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from twosource.account import Conflict, ConflictKind, Place
from twosource.align.clauses import clause, conflict, covering
from twosource.align.contrast import calendar, denials, opposite, relative
from twosource.align.edits import Change, Edit, edits
from twosource.align.passages import Passage, distance
from twosource.align.quantities import amount
from twosource.align.words import Word
from twosource.article import Span
from twosource.facts import Figure
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
        if not _other_subject(edit, one, other):
            yield from _conflicts(edit, one, other)


def _conflicts(edit: Edit, one: Report, other: Report) -> Iterator[Conflict]:
    for change in edit.changes:
        if found := _number(change, edit, one, other):
            yield found
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


@dataclass(frozen=True, slots=True)
class _Told:
    """A number or time in a change: its place, the figure it is where one was found, and whether it tells a time."""

    span: Span
    figure: Figure | None
    time: bool
    forms: tuple[str, ...]


def _number(change: Change, edit: Edit, one: Report, other: Report) -> Conflict | None:
    """A conflict where one number stands for another, or one time for another."""
    left, right = (
        _told(change.left, change.left_at, edit.left, one),
        _told(change.right, change.right_at, edit.right, other),
    )
    if left is None or right is None or left.time != right.time or _agree(left, right, one, other):
        return None
    said = (left.span.of(one.article.text), right.span.of(other.article.text))
    why = f"one sentence, with “{said[0]}” in one and “{said[1]}” in the other"
    kind: ConflictKind = "time" if left.time else "number"
    seen = {"words_changed": round(edit.share, 2)}
    return conflict(kind, "conflict", why, Place(one.id, left.span), Place(other.id, right.span), seen)


def _told(words: Sequence[Word], at: int, passage: Passage, report: Report) -> _Told | None:
    """The number or time that changed words tell, if any."""
    told = [word for word in words if _digit(word) or calendar(word) or _counted(word, report)]
    if not told:
        return None
    span = covering(told)
    around = passage.words[max(0, at - 1) : at + len(words) + 1]
    time = any(calendar(word) or ":" in word.form for word in around) or _year(told)
    figure = next((f for f in report.figures if f.span.overlaps(span)), None)
    shown = figure.span if figure and not time else span
    return _Told(shown, None if time else figure, time, tuple(word.form for word in told))


def _digit(word: Word) -> bool:
    return word.form[0].isdigit() or word.key[:1].isdigit()


def _counted(word: Word, report: Report) -> bool:
    """Tell whether the word is a number in words that the key does not show ("fourteen")."""
    return bool(word.key) and any(f.span == word.span and f.value is not None for f in report.figures)


def _year(told: Sequence[Word]) -> bool:
    return len(told) == 1 and len(told[0].form) == 4 and told[0].form[:2] in {"18", "19", "20"}


def _agree(left: _Told, right: _Told, one: Report, other: Report) -> bool:
    """Tell whether both can be meant: overlapping amounts, or one resolved date."""
    if left.time:
        return _digits(left) == _digits(right) or _one_time(left, right, one, other)
    if left.figure is None or right.figure is None:
        return _digits(left) == _digits(right)
    return _same_amount(left.figure, right.figure)


def _one_time(left: _Told, right: _Told, one: Report, other: Report) -> bool:
    """Tell whether both resolve to one time, or cannot be compared because one depends on the day of writing."""
    dates = [
        [(t.start, t.end or t.start) for t in r.times if t.start and t.span.overlaps(told.span)]
        for told, r in ((left, one), (right, other))
    ]
    if not all(dates):
        return any(relative(form) for form in (*left.forms, *right.forms))
    return any(a[0] <= b[1] and b[0] <= a[1] for a in dates[0] for b in dates[1])


def _same_amount(left: Figure, right: Figure) -> bool:
    """Tell whether one number can be meant by both; a hedge that was left standing excuses nothing."""
    if left.hedge == right.hedge:
        left, right = replace(left, hedge=None), replace(right, hedge=None)
    one, other = amount(left), amount(right)
    return bool(one and other and one.allows(other))


def _digits(told: _Told) -> list[str]:
    """The digits of each number, and the names of days and months: "5.10am" is "5:10 a.m."."""
    bare = ["".join(c for c in form if c.isdigit()) or form for form in told.forms]
    return [form for form in bare if form[0].isdigit() or len(form) > len("p.m.")]


def turned(edit: Edit, one: Report, other: Report, *, cues_differ: bool = False) -> Conflict | None:
    """Return the conflict where a denial was added or lost, or a word stands for its opposite, or None.

    ``cues_differ`` says that one report gives its version as denied ("denied that it had failed"): then a turned
    sentence tells the same, and one that is not turned tells the opposite.
    """
    turn = next((found for change in edit.changes if (found := _turn(change, edit, one, other))), None)
    if turn and not cues_differ:
        return _polarity(turn[0], edit, one, other, turn[1])
    if cues_differ and not turn and edit.share <= REWRITTEN and not any(_contents(c) for c in edit.changes):
        places = Place(one.id, edit.left.span), Place(other.id, edit.right.span)
        why = "the same words, denied in one report and affirmed in the other"
        return conflict("polarity", "conflict", why, *places, {"words_changed": round(edit.share, 2)})
    return None


def _turn(change: Change, edit: Edit, one: Report, other: Report) -> tuple[Change, str] | None:
    """A change that turns the sentence round, and why."""
    if not _alone(change, edit) or _interjected(change, one, other):
        return None
    lost = (len(denials(edit.left.words)) + len(denials(edit.right.words))) % 2
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
