"""Reversals: what one report affirms and another one denies, in words of their own.

Evidence: a word that a negator turns round in one report and that stands without one in another ("was collected",
"was not collected"), or two words that are opposites ("accepted", "rejected"), with the same words around. Two
speakers who oppose each other are no conflict between reports, and nor are reports of two days, between which things
change, nor what is asked, possible or not yet. Always "possible": the words around may be of another thing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from twosource.account import Conflict, Place
from twosource.align.clauses import conflict, covering
from twosource.align.contrast import calendar, commitments, conditional, denials, negators, opposites, unsettled
from twosource.align.contrast import denied as cue_denies
from twosource.align.passages import Passage, passages
from twosource.align.strength import LOW
from twosource.align.words import Word, keys, words
from twosource.anchor import fold
from twosource.article import Span
from twosource.facts import Person, Quotation
from twosource.report import Report

REACH = 9
"""Words on each side of the turned word that must be alike, up to a mark that ends the clause."""

DENIED = 3
"""Words after a negator in which the word stands that it denies."""

SHARED = 2
"""Words with content around the turned word that both must have."""

ALIKE = 0.52
"""Least share of the words around either that both have. In 139 stories of four collections 17 pairs were shown with
a looser rule, none of them a reversal by own reading; with this one none is shown. In the 30 pairs of short reports
that it was set on, every reversal lies above 0.55; 2026-11-22.
"""

MOST = 120
"""Places of one word from which on it is left out: bounds the work on endless inputs."""

_BREAKS = frozenset(',;:()"\n')


@dataclass(frozen=True, slots=True)
class _Turn:
    """A word at its place, whether it is denied or only possible there, and what stands around it in its clause."""

    report: Report
    word: Word
    denied: bool
    open: bool
    around: frozenset[str]
    names: frozenset[str]
    clause: Span
    quotation: Quotation | None


def reversals(reports: Sequence[Report]) -> Iterator[Conflict]:
    """Yield one conflict for each word, or two opposites, by which reports tell the reverse of each other."""
    wanted = _wanted(reports)
    told: dict[str, list[_Turn]] = defaultdict(list)
    for report in reports:
        for turn in _turns(report, wanted):
            told[turn.word.key].append(turn)
    for one, other in sorted(_paired(told)):
        for left, right in product(told[one], told[other]) if max(len(told[one]), len(told[other])) < MOST else ():
            if (one != other or left.denied) and _reverse(left, right, told):
                yield _conflict(left, right)
                break


def _wanted(reports: Sequence[Report]) -> frozenset[str]:
    """The keys of words that some report denies and another one has, and of opposites that two reports have."""
    pairs = opposites()
    denied = frozenset(word.key for report in reports for p in passages(report) for word in _denied(p.words))
    looked_for = denied | pairs.keys()
    told: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        for key in looked_for & {key for p in passages(report) for key in p.keys}:
            told[key].add(report.id)
    both = {key for key in denied if len(told[key]) > 1}
    apart = {key for key in pairs for other in pairs[key] if told[key] and told[other]}
    return frozenset(both | apart)


def _paired(told: Mapping[str, Sequence[_Turn]]) -> Iterator[tuple[str, str]]:
    for key, turns in told.items():
        if any(turn.denied for turn in turns) and not all(turn.denied for turn in turns):
            yield key, key
        yield from ((key, other) for other in opposites().get(key, ()) if key < other and other in told)


def _denied(seen: Sequence[Word]) -> Iterator[Word]:
    """The words of a sentence that a negator denies: of each the first with content close behind it."""
    known = negators()
    # most sentences have none, and to ask for that is quick
    for i in denials(seen) if not known.isdisjoint([word.form for word in seen]) else ():
        if seen[i].form in known:
            behind = (word for word in seen[i + 1 : i + 1 + DENIED] if word.key)
            yield from (word for word in [next(behind, None)] if word)


def _turns(report: Report, wanted: frozenset[str]) -> Iterator[_Turn]:
    for passage in passages(report):
        if passage.kind != "body" or wanted.isdisjoint(passage.keys):
            continue
        denied = frozenset(word.span for word in _denied(passage.words))
        for at, word in enumerate(passage.words):
            if word.key in wanted and (turn := _turn(report, passage, at, denied)):
                yield turn


def _turn(report: Report, passage: Passage, at: int, denied: frozenset[Span]) -> _Turn | None:
    """The word with its clause; None where the clause is open, or denies more than this word."""
    text, word = report.article.text, passage.words[at]
    near = _near(text, passage.words, at)
    if any(conditional(w.form) or unsettled(w.form) for w in near):
        return None
    holders = [q for q in report.quotations if any(s.overlaps(word.span) for s in q.content)]
    holder = min(holders, key=lambda q: sum(s.width for s in q.content), default=None)
    if holder:
        # who says so is not what is said
        near = tuple(w for w in near if any(s.overlaps(w.span) for s in holder.content))
    turns = [near[i] for i in denials(near)]
    if len(turns) > 1 or (turns and word.span not in denied and turns[0] != word):
        return None
    around = frozenset(w.key for w in near if w.key and w != word and w not in turns and not calendar(w))
    names = frozenset(w.key for w in near[1:] if w.key in around and text[w.span.start].isupper())
    cue = words(text, holder.cue) if holder else ()
    if commitments(cue):
        return None
    said_not = cue_denies(cue)
    return _Turn(report, word, (word.span in denied) != said_not, _open(near), around, names, covering(near), holder)


def _open(near: Sequence[Word]) -> bool:
    return any(mark.step <= LOW for mark in commitments(near))


def _near(text: str, seen: Sequence[Word], at: int) -> tuple[Word, ...]:
    """The words around one, in its clause: up to a mark, at most `REACH` away."""
    first, last = at, at
    while first and at - first < REACH and not _broken(text, seen[first - 1], seen[first]):
        first -= 1
    while last + 1 < len(seen) and last - at < REACH and not _broken(text, seen[last], seen[last + 1]):
        last += 1
    return tuple(seen[first : last + 1])


def _broken(text: str, left: Word, right: Word) -> bool:
    return not _BREAKS.isdisjoint(fold(text[left.span.end : right.span.start]))


def _reverse(left: _Turn, right: _Turn, told: Mapping[str, Sequence[_Turn]]) -> bool:
    """Tell whether two turns are of one thing that the reports tell in reverse, and neither tells it both ways."""
    apart = left.report.id != right.report.id and _one_day(left.report, right.report)
    one_word = left.word.key == right.word.key
    turned = left.denied != right.denied if one_word else not (left.denied or right.denied)
    if not (apart and turned and left.open == right.open and _one_thing(left, right)) or _two_speakers(left, right):
        return False
    both = (turn for turn in (*told[left.word.key], *told[right.word.key]) if turn not in (left, right))
    return not any(_contradicts(turn, side) for turn in both for side in (left, right))


def _contradicts(turn: _Turn, side: _Turn) -> bool:
    """Tell whether a report that tells one side has the reverse of it as well."""
    reverse = turn.denied != side.denied if turn.word.key == side.word.key else turn.denied == side.denied
    return turn.report.id == side.report.id and reverse and _one_thing(turn, side)


def _one_thing(left: _Turn, right: _Turn) -> bool:
    shared, either = left.around & right.around, left.around | right.around
    if not shared or len(shared) < ALIKE * len(either):
        return False
    if len(shared) < SHARED and (shared != either or not _one_speaker(left, right)):
        return False
    ours, theirs = left.names - right.names, right.names - left.names
    return not (ours and theirs and ours - _known(right.report) and theirs - _known(left.report))


def _known(report: Report) -> frozenset[str]:
    """The keys of all words of a report: a name that it has elsewhere does not make another thing of it."""
    return frozenset(key for passage in passages(report) for key in passage.keys)


def _one_day(left: Report, right: Report) -> bool:
    one, other = left.article.published, right.article.published
    return not one or not other or one[:10] == other[:10]


def _speaker(turn: _Turn) -> Person | None:
    return turn.report.person(turn.quotation.speaker) if turn.quotation else None


def _two_speakers(left: _Turn, right: _Turn) -> bool:
    """Tell whether both are told by somebody, and the names share no word."""
    one, other = _speaker(left), _speaker(right)
    return bool(one and other) and not _one_speaker(left, right)


def _one_speaker(left: _Turn, right: _Turn) -> bool:
    one, other = _speaker(left), _speaker(right)
    return bool(one and other and _named(one) & _named(other))


def _named(person: Person) -> frozenset[str]:
    return frozenset(keys(words(person.name, (Span(0, len(person.name)),))))


def _conflict(left: _Turn, right: _Turn) -> Conflict:
    said = left.word.form, right.word.form
    if left.word.key == right.word.key:
        why = f"“{said[0]}” is denied in one and affirmed in the other"
    else:
        why = f"“{said[0]}” in one and “{said[1]}” in the other"
    places = Place(left.report.id, left.clause), Place(right.report.id, right.clause)
    return conflict("polarity", "possible", why, *places)
