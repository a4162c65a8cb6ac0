"""One statement in its wordings: the best telling of each article, equal wordings together, differing words marked.

Where there are many wordings, those that rest on one origin stand behind one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from twosource.account import Statement, Telling
from twosource.align.contrast import commitments, denials
from twosource.align.passages import Difference, differences, distance, medoid
from twosource.align.words import words
from twosource.anchor import fold
from twosource.article import Span
from twosource.facts import Mode
from twosource.render.view import View, articles_of

TOO_FAR = 0.6
"""Share of words to change above which two wordings are shown unmarked: hardly a word would stay without a mark."""

MANY = 5
"""Wordings from which on those of one origin are shown by one of them."""

_RANK: dict[Mode, int] = {"direct": 0, "mixed": 1, "indirect": 2}


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: the tellings that share it, its words, the stretches that differ from the reference wording."""

    tellings: tuple[Telling, ...]
    words: str
    differing: tuple[Span, ...] = ()
    further: tuple[Telling, ...] = ()
    """Other tellings of the same articles: a headline that says it again, say."""
    weighty: tuple[Span, ...] = ()
    """The differing stretches that change the meaning: a denial, how firm it is, a number, a name."""
    origin: tuple[Telling, ...] = ()
    """Tellings in other wordings that rest on the same origin."""


def wordings(view: View, statement: Statement) -> tuple[Wording, ...]:
    """Return the wordings of a statement, each with the words in which it differs from the one nearest to all others.

    Of several tellings in one article the one with most quoted, then most words is shown. Tellings whose cues differ
    and must be shown ("denied", "said") are two wordings. Of two wordings both are marked; of more, all but the
    reference, which comes first.
    """
    groups: dict[tuple[str, str], list[Telling]] = {}
    for telling in (_best(view, statement, article) for article in articles_of(statement)):
        same = _same(view.words(telling.article, telling.content)), view.cue(telling).lower()
        groups.setdefault(same, []).append(telling)
    found = [_wording(view, statement, tellings) for tellings in groups.values()]
    found = _by_origin(found) if len(found) >= MANY else found
    if len(found) < 2:
        return tuple(found)
    first = medoid([w.words.lower().split() for w in found])
    found = [found[first], *found[:first], *found[first + 1 :]] if len(found) > 2 else found
    return (_mark(found[0], found[1:] if len(found) == 2 else ()), *(_mark(w, found[:1]) for w in found[1:]))


def _by_origin(found: Sequence[Wording]) -> list[Wording]:
    """One wording of each origin, the most widely told, of equals the first; one without an origin stays."""
    kept: dict[str, list[Wording]] = {}
    for number, wording in enumerate(found):
        kept.setdefault(wording.tellings[0].origin or f"#{number}", []).append(wording)
    chosen = []
    for same in kept.values():
        best = max(same, key=lambda wording: len(wording.tellings))
        others = tuple(telling for wording in same if wording is not best for telling in wording.tellings)
        chosen.append(replace(best, origin=others))
    return chosen


def _best(view: View, statement: Statement, article: str) -> Telling:
    here = [t for t in statement.tellings if t.article == article]
    return min(here, key=lambda t: (_RANK[t.mode], -len(view.words(article, t.content)), t.content))


def _same(told: str) -> str:
    """Equal for wordings that differ in marks, case and spaces alone."""
    return "".join(c for c in told.lower() if c.isalnum()) or told


def _wording(view: View, statement: Statement, tellings: list[Telling]) -> Wording:
    here = {t.article for t in tellings}
    further = tuple(t for t in statement.tellings if t.article in here and t not in tellings)
    told = view.words(tellings[0].article, tellings[0].content)
    return Wording(tuple(tellings), " ".join(told.split()), (), further)


def _mark(wording: Wording, others: Sequence[Wording]) -> Wording:
    """The wording with the stretches of words that the other one tells differently or not at all."""
    steps = changes(others[0].words, wording.words) if others else ()
    differing: list[Span] = []
    for span in (step.right for step in steps if step.change != "equal" and step.right.width):
        joins = bool(differing) and not any(c.isalnum() for c in wording.words[differing[-1].end : span.start])
        differing.append(Span(differing.pop().start if joins else span.start, span.end))
    told = tuple(_closed(span, wording.words) for span in differing if any(c.isalnum() for c in span.of(wording.words)))
    return replace(wording, differing=told, weighty=tuple(span for span in told if weighty(span, wording.words)))


def weighty(span: Span, shown: str) -> bool:
    """Tell whether a stretch of what is shown changes the meaning: by a denial, how firm it is, a number or a name."""
    seen = words(shown, (span,))
    name = any(word.key and shown[word.span.start].isupper() and word.span.start > 1 for word in seen)
    number = any(word.form[0].isdigit() or word.key[:1].isdigit() for word in seen)
    return name or number or bool(denials(seen) or commitments(seen))


def changes(base: str, telling: str) -> tuple[Difference, ...]:
    """Return word by word how ``base`` becomes ``telling``, marks not counted; nothing where they are too far apart."""
    left, right = bare(base), bare(telling)
    if distance(left.lower().split(), right.lower().split()) > TOO_FAR:
        return ()
    return differences(left, right)


def _closed(span: Span, words: str) -> Span:
    """The span with the bracket that closes one opened in it."""
    opened = span.of(words).count("(") > span.of(words).count(")")
    return Span(span.start, span.end + (opened and words[span.end : span.end + 1] == ")"))


def bare(words: str) -> str:
    """The words with all marks blanked but apostrophes, each place kept: marks alone make no other wording."""
    return "".join(c if c.isalnum() or c == "'" else " " for c in fold(words))
