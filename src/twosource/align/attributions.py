"""Attributions that differ: the same words given to two speakers in two reports.

Evidence: a whole telling that is nearly the same, or one quoted phrase that both put between marks. Not counted where
either speaker is unknown or but passes words on, where one speaks for the other, or where a report gives them to both.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from twosource.account import Conflict, Place, Statement, Telling
from twosource.align.clauses import conflict
from twosource.align.contrast import denials
from twosource.align.parts import quoted_spans
from twosource.align.passages import distance, touching
from twosource.align.similarity import proposed, run_length
from twosource.align.words import Word, keys, words
from twosource.anchor import fold
from twosource.article import Span, hull
from twosource.extract.outlets import find_outlets
from twosource.facts import Person
from twosource.report import Report

LEAST_WHOLE = 4
"""Content words a whole telling must have."""

LEAST_QUOTED = 2
"""Content words a quoted phrase must have."""

LEAST_FORMS = 4
"""Words of a quoted phrase from which on one with content will do ("not up for discussion")."""

SAME_FORMS = 6
"""Words from which on a whole telling need not have `LEAST_WHOLE` with content where every word is the same."""

SAME_WORDS = 0.15
"""Largest share of words changed between two whole tellings."""

SAME_SENTENCE = 0.4
"""Largest share of words changed between the sentences around two whole tellings, speakers included: in other
sentences, who is meant by whom is too uncertain, unless one sentence holds source, cue and content in both.
"""

RUN = 5
"""Words in a row that two whole tellings must share before they are compared."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A telling with its words and whom its report gives them to."""

    telling: Telling
    speaker: str
    person: Person
    report: Report
    forms: tuple[str, ...]
    around: tuple[str, ...]
    content: int
    seen: tuple[Word, ...]
    phrases: frozenset[tuple[str, ...]]


def other_speakers(statements: Sequence[Statement], known: Mapping[str, Report]) -> Iterator[Conflict]:
    """Yield one conflict for every two speakers that reports give the same words to, at the first such tellings."""
    given = [one for statement in statements for one in _given(statement, known)]
    shown: set[frozenset[str]] = set()
    for a, b in _pairs(given):
        one, other = given[a], given[b]
        speakers = frozenset((one.speaker, other.speaker))
        if speakers not in shown and _differ(one, other, given):
            shown.add(speakers)
            why = f"the same words, said by {one.person.name} in one and by {other.person.name} in the other"
            yield conflict(
                "attribution", "possible", why, _place(_best(one, other, given)), _place(_best(other, one, given))
            )


def _given(statement: Statement, known: Mapping[str, Report]) -> Iterator[_Given]:
    for telling in statement.tellings:
        report = known[telling.article]
        quotation = next((q for q in report.quotations if q.id == telling.quotation), None)
        person = report.person(quotation.speaker) if quotation else None
        if statement.speaker and person:
            seen = words(report.article.text, telling.content)
            forms = tuple(word.form for word in seen)
            around = _around(report, telling)
            yield _Given(
                telling=telling,
                speaker=statement.speaker,
                person=person,
                report=report,
                forms=forms,
                around=around,
                content=len(keys(seen)),
                seen=seen,
                phrases=_phrases(report, telling),
            )


def _around(report: Report, telling: Telling) -> tuple[str, ...]:
    """The words of the sentences that hold the telling and its source."""
    held = {
        passage.span: passage for place in (*telling.content, *telling.source) for passage in touching(report, place)
    }
    return tuple(word.form for span in sorted(held) for word in held[span].words)


def _phrases(report: Report, telling: Telling) -> frozenset[tuple[str, ...]]:
    """The quoted phrases of an indirect telling that are long enough and no titles."""
    if telling.mode == "direct":
        return frozenset()
    text = report.article.text
    quoted = (words(text, (span,)) for span in quoted_spans(text, telling.content, whole=False))
    return frozenset(tuple(w.form for w in phrase) for phrase in quoted if _says(phrase, text))


def _says(phrase: Sequence[Word], text: str) -> bool:
    content = [word for word in phrase if word.key]
    enough = len(content) >= LEAST_QUOTED or len(phrase) >= LEAST_FORMS
    return enough and bool(content) and not all(text[word.span.start].isupper() for word in content)


_Outline = tuple[str, str, int]
"""Speaker, article and number of words of a telling."""


def _pairs(given: Sequence[_Given]) -> list[tuple[int, int]]:
    """Pairs of tellings of two speakers that share a quoted phrase or a run of words.

    Both sources name their speaker, and neither is an agency or outlet: whom a pronoun or a role means is too uncertain
    to accuse a report.
    """
    held = [_held(one) for one in given]
    speakers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one, phrases in zip(given, held, strict=True):
        for phrase in phrases:
            speakers[phrase].add(one.speaker)
    sure = [_named(one) and not _carries(one.person) for one in given]
    several = (
        {phrase for phrase in phrases if len(speakers[phrase]) > 1} if named else set[tuple[str, ...]]()
        for phrases, named in zip(held, sure, strict=True)
    )
    said = [(one.speaker, one.report.id, len(one.forms)) for one in given]
    return sorted((a, b) for a, b in proposed(several) if _may_differ(said[a], said[b], given[a], given[b]))


def _may_differ(one: _Outline, other: _Outline, left: _Given, right: _Given) -> bool:
    """Tell whether two tellings are of two speakers and reports, and as long as the same words are: asked first, most
    pairs end here.
    """
    if one[0] == other[0] or one[1] == other[1]:
        return False
    as_long = abs(one[2] - other[2]) <= SAME_WORDS * max(one[2], other[2])
    return as_long or not left.phrases.isdisjoint(right.phrases)


def _held(one: _Given) -> frozenset[tuple[str, ...]]:
    if one.content < LEAST_WHOLE and len(one.forms) < SAME_FORMS:
        return one.phrases
    return one.phrases | {one.forms[at : at + RUN] for at in range(len(one.forms) - RUN + 1)}


def _differ(one: _Given, other: _Given, given: Sequence[_Given]) -> bool:
    """Tell whether two tellings of other articles give the same words to speakers that cannot be one."""
    if one.report.id == other.report.id or "person" not in (one.person.kind, other.person.kind):
        return False
    if not (one.phrases & other.phrases or _whole(one, other)):
        return False
    if _voices(one.person, other) or _voices(other.person, one):
        return False
    told = {(g.report.id, g.speaker) for g in given if g.phrases & one.phrases & other.phrases or _whole(g, one)}
    return not told & {(one.report.id, other.speaker), (other.report.id, one.speaker)}


def _carries(person: Person) -> bool:
    """Tell whether a body is an agency or outlet, which passes on what others say ("according to the agency")."""
    return person.kind == "organisation" and bool(find_outlets(fold(person.name)))


def _best(one: _Given, other: _Given, given: Sequence[_Given]) -> _Given:
    """The direct quotation of the same speaker, with a cue, that has the shared phrase: where there is one, the best
    evidence.
    """
    shared = max(one.phrases & other.phrases, key=lambda phrase: (len(phrase), phrase), default=())
    direct = (
        g for g in given if g.speaker == one.speaker and g.telling.mode == "direct" and g.telling.cue and _named(g)
    )
    fits = (g for g in direct if g.report.id != other.report.id and run_length(shared, g.forms) == len(shared))
    return next(fits, one) if shared else one


def _whole(one: _Given, other: _Given) -> bool:
    """Tell whether two tellings are the same words in what is, but for the speaker, the same sentence."""
    few = min(one.content, other.content) < LEAST_WHOLE
    if few and min(len(one.forms), len(other.forms)) < SAME_FORMS:
        return False
    if distance(one.forms, other.forms) > (0 if few else SAME_WORDS):
        return False
    turned = (len(denials(one.seen)) + len(denials(other.seen))) % 2
    alike = distance(one.around, other.around) <= SAME_SENTENCE
    return not turned and (alike or (_in_one(one) and _in_one(other)))


def _in_one(one: _Given) -> bool:
    """Tell whether source, cue and content stand in one sentence, so that whose words they are is plain."""
    telling = one.telling
    places = {p.span for s in (*telling.content, *telling.source, *telling.cue) for p in touching(one.report, s)}
    return bool(telling.cue and telling.source) and len(places) == 1


def _named(one: _Given) -> bool:
    """Tell whether the source names the speaker."""
    return bool(_source(one) & _name(one.person))


def _source(one: _Given) -> set[str]:
    return set(keys(words(one.report.article.text, one.telling.source)))


def _name(person: Person) -> set[str]:
    return set(keys(words(person.name, (Span(0, len(person.name)),))))


def _voices(person: Person, other: _Given) -> bool:
    """Tell whether ``person`` speaks for the other one, or is named in the other's source."""
    body = other.report.person(person.speaks_for) if person.speaks_for else None
    return bool(body and body.id == other.person.id) or bool(_name(person) & _source(other))


def _place(one: _Given) -> Place:
    """Who said it: source and cue where they stand, else the words themselves."""
    spans = (*one.telling.source, *one.telling.cue) or one.telling.content
    return Place(one.report.id, hull(spans))
