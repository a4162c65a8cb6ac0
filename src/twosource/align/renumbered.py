"""Numbers and times that changed in an edited sentence, and whether both can be meant.

Evidence: the words that changed, the figures and times found there, and what is calendar in the language's table. A
hedge that was left standing excuses nothing; a number that the other one may be rounded from is a possible conflict
only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from twosource.account import Certainty, Conflict, ConflictKind, Place
from twosource.align.clauses import conflict, covering
from twosource.align.contrast import calendar, relative
from twosource.align.edits import Change, Edit
from twosource.align.passages import Passage
from twosource.align.quantities import amount
from twosource.align.words import Word, key
from twosource.article import Span
from twosource.facts import Figure, TimeExpression
from twosource.report import Report


@dataclass(frozen=True, slots=True)
class _Told:
    """A number or time in a change: its place, the figures found there, and whether it tells a time."""

    span: Span
    figures: tuple[Figure, ...]
    time: bool
    forms: tuple[str, ...]


def renumbered(change: Change, edit: Edit, one: Report, other: Report) -> Conflict | None:
    """Return the conflict where one number stands for another, or one time for another, or None."""
    left, right = (
        _told(change.left, change.left_at, edit.left, one),
        _told(change.right, change.right_at, edit.right, other),
    )
    if left is None or right is None or not _comparable(left, right) or _agree(left, right, one, other):
        return None
    said = (left.span.of(one.article.text), right.span.of(other.article.text))
    why = f"one sentence, with “{said[0]}” in one and “{said[1]}” in the other"
    kind: ConflictKind = "time" if left.time and right.time else "number"
    certainty: Certainty = "possible" if _rounded(left, right) else "conflict"
    seen = {"words_changed": round(edit.share, 2)}
    return conflict(kind, certainty, why, Place(one.id, left.span), Place(other.id, right.span), seen)


def _comparable(left: _Told, right: _Told) -> bool:
    """Tell whether both are times or both numbers; a lone number may stand for a year ("2021", "5021")."""
    return left.time == right.time or (len(left.forms) == len(right.forms) == 1 and not any(map(relative, left.forms)))


def _told(words: Sequence[Word], at: int, passage: Passage, report: Report) -> _Told | None:
    """The number or time that changed words tell, if any."""
    told = [word for word in words if _digit(word) or calendar(word) or _counted(word, report)]
    if not told:
        return None
    span = covering(told)
    around = passage.words[max(0, at - 1) : at + len(words) + 1]
    time = any(calendar(word) or ":" in word.form for word in around) or _year(told)
    figures = () if time else tuple(f for f in report.figures if f.span.overlaps(span))
    return _Told(figures[0].span if figures else span, figures, time, tuple(word.form for word in told))


def _digit(word: Word) -> bool:
    return word.form[0].isdigit() or word.key[:1].isdigit()


def _counted(word: Word, report: Report) -> bool:
    """Tell whether the word is a number in words that the key does not show ("fourteen")."""
    return bool(word.key) and any(f.span == word.span and f.value is not None for f in report.figures)


def _year(told: Sequence[Word]) -> bool:
    return len(told) == 1 and len(told[0].form) == 4 and told[0].form[:2] in {"18", "19", "20"}


def _agree(left: _Told, right: _Told, one: Report, other: Report) -> bool:
    """Tell whether both tell the same: one resolved date, or amounts that no rewriting need have changed."""
    if left.time and right.time:
        return _digits(left) == _digits(right) or _one_time(left, right, one, other)
    if not left.figures or not right.figures:
        return _digits(left) == _digits(right)
    return any(
        _may_be(one_figure, another) and not _rewritten(one_figure, another)
        for one_figure in left.figures
        for another in right.figures
    )


def _rounded(left: _Told, right: _Told) -> bool:
    """Tell whether one number may be the other one rounded."""
    return any(_may_be(one, other) for one in left.figures for other in right.figures)


def _one_time(left: _Told, right: _Told, one: Report, other: Report) -> bool:
    """Tell whether both resolve to one time, or cannot be compared because one depends on the day of writing."""
    found = [
        [t for t in report.times if t.start and t.span.overlaps(told.span)]
        for told, report in ((left, one), (right, other))
    ]
    if not all(found):
        return any(relative(form) for form in (*left.forms, *right.forms))
    return any(_meet(a, b) for a in found[0] for b in found[1])


def _meet(left: TimeExpression, right: TimeExpression) -> bool:
    """Tell whether two resolved times share a day, and the hour and minute where both give them."""
    starts, ends = (left.start or "", right.start or ""), (left.end or left.start or "", right.end or right.start or "")
    clocks = [(time.value or "").partition("T")[2] for time in (left, right)]
    one_hour = clocks[0] == clocks[1] or not all(clock[:1].isdigit() for clock in clocks)
    return starts[0] <= ends[1] and starts[1] <= ends[0] and one_hour


def _rewritten(left: Figure, right: Figure) -> bool:
    """Tell whether a number was changed and its hedge and unit were left: then somebody changed the number."""
    told = left.value is not None and right.value is not None and left.value != right.value
    return told and left.hedge == right.hedge and left.unit == right.unit


def _may_be(left: Figure, right: Figure) -> bool:
    """Tell whether one number can be meant by both; a hedge that was left standing excuses nothing."""
    if left.hedge == right.hedge:
        left, right = replace(left, hedge=None), replace(right, hedge=None)
    one, other = amount(left), amount(right)
    return bool(one and other and one.allows(other))


def _digits(told: _Told) -> list[str]:
    """The digits of each number, and the names of days and months: "5.10am" is "5:10 a.m.", "five" is "5"."""
    bare = [_figures_of(form) for form in told.forms]
    return [form for form in bare if form[0].isdigit() or len(form) > len("p.m.")]


def _figures_of(form: str) -> str:
    digits = "".join(c for c in form if c.isdigit())
    return digits or (key(form) if key(form)[:1].isdigit() else form)
