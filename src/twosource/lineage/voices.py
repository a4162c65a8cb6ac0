"""Voices: on how many origins a statement or figure rests, once it is known which tellings are one.

What one person or body says is one source, however many reporters pass it on and in whatever words: tellings of one
voice have one origin. They have several only where the reports themselves tell of several occasions: two outlets that
each spoke to the person, a speech and a letter. Whoever speaks as one of many at the scene is a voice of his own in
each report. Evidence: the speakers, the occasions told, and the words both have in one order.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from twosource.account import AccountPerson, FigureLine, Origin, OriginKind, Place, Statement
from twosource.align.grouping import carries
from twosource.align.similarity import run_length
from twosource.align.words import words
from twosource.article import Span, Spans, hull, stable_id
from twosource.lang import ENGLISH, Language
from twosource.lineage import ToldOn, Traced
from twosource.lineage.occasions import OriginTable
from twosource.report import Report

if TYPE_CHECKING:
    from twosource.resolve.people import People

UTTERED = 6
"""Words in a row that two tellings share from which on they are of one utterance, whatever occasions reports tell.

Two utterances of one sentence by one speaker seldom share as many but for slogans (own judgement, 2026-11-22).
"""

LONGEST = 200
"""Words of a telling looked at for such a run."""

EVIDENCE = 3
"""Places added to an origin for one article."""

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Heard:
    """One telling: its place among the line's, where it stands, whose words it is, on what occasion, of what origin."""

    number: int
    article: str
    spans: Spans
    voice: AccountPerson | None
    source: str
    occasion: ToldOn | None
    origin: str
    own: bool
    forms: tuple[str, ...]


class Voices:
    """Gives the tellings of each line their origins, and collects the origins that this makes or enlarges."""

    def __init__(self, traced: Traced, reports: Sequence[Report], people: "People", lang: Language = ENGLISH) -> None:
        self._traced = traced
        self._reports = {report.id: report for report in reports}
        self._quotations = {(report.id, q.id): q for report in reports for q in report.quotations}
        self._figures = {(report.id, f.id): f.quotation for report in reports for f in report.figures if f.quotation}
        self._who = {person.id: person for person in people.people}
        self._of = people.of
        self._origins = {origin.id: origin for origin in traced.lineage.origins}
        self._table = lang.table("origins", OriginTable)

    @property
    def traced(self) -> Traced:
        """Return the lineage with the origins as they are now, those of most articles first."""
        known = sorted(self._origins.values(), key=lambda o: (-len(o.articles), o.kind, o.name, o.id))
        return replace(self._traced, lineage=replace(self._traced.lineage, origins=tuple(known)))

    def statement(self, line: Statement) -> Statement:
        """Return a statement whose tellings of one voice on one occasion have one origin."""
        found = ((t.article, t.content, t.quotation, t.origin) for t in line.tellings)
        heard = [self._heard(number, *one) for number, one in enumerate(found)]
        origins = self._settled([t.origin for t in line.tellings], [one for one in heard if one])
        return replace(line, tellings=tuple(replace(t, origin=o) for t, o in zip(line.tellings, origins, strict=True)))

    def figure(self, line: FigureLine) -> FigureLine:
        """Return a figure whose tellings by one voice on one occasion have one origin; the reports' own keep theirs."""
        origins = [t.origin for t in line.tellings]
        said = [self._figures.get((t.article, t.figure), "") for t in line.tellings]
        if len({origin for origin, q in zip(origins, said, strict=True) if q}) > 1:
            found = (
                (t.article, (t.span,), q, self._traced.origin(t.article, q))
                for t, q in zip(line.tellings, said, strict=True)
            )
            heard = [self._heard(number, *one) for number, one in enumerate(found)]
            origins = self._settled(origins, [one for one in heard if one])
        return replace(line, tellings=tuple(replace(t, origin=o) for t, o in zip(line.tellings, origins, strict=True)))

    def _settled(self, origins: Sequence[str], heard: Sequence[_Heard]) -> list[str]:
        now = list(origins)
        for voice in _by_voice(heard, self._table):
            for nth, group in enumerate(_by_occasion(voice)):
                if len({one.origin for one in group}) > 1:
                    kept = self._origin(group, nth)
                    for one in group:
                        now[one.number] = kept
        return now

    def _heard(self, number: int, article: str, spans: Spans, quotation_id: str, origin: str) -> _Heard | None:
        quotation = self._quotations.get((article, quotation_id))
        if quotation is None or quotation.act != "said":
            return None
        text = self._reports[article].article.text
        return _Heard(
            number=number,
            article=article,
            spans=spans,
            voice=self._who.get(self._of.get((article, quotation.speaker or ""), "")),
            source=" ".join(span.of(text) for span in quotation.source).lower(),
            occasion=self._traced.occasions.get((article, quotation.id)),
            origin=origin,
            own=origin == self._traced.article_origin[article],
            forms=tuple(word.form for word in words(text, spans))[:LONGEST],
        )

    def _origin(self, group: Sequence[_Heard], nth: int) -> str:
        """The origin of tellings of one occasion, the ``nth`` of their voice: the one told of most of them, else what
        that voice gave out.
        """
        given = Counter(one.origin for one in group if not one.own)
        occasions = [(one, one.occasion.kind) for one in group if one.occasion]
        told = Counter(one.origin for one, kind in occasions if kind != "cites_outlet" and not one.own)
        # what is told of an occasion names the origin; another outlet's name alone must not be given to all
        known = told or Counter({o: n for o, n in given.items() if self._origins[o].kind != "cites_outlet"})
        kept = min(known, key=lambda o: (-known[o], o)) if known else self._made(group, nth)
        self._enlarge(kept, group)
        return kept

    def _made(self, group: Sequence[_Heard], nth: int) -> str:
        name = next((one.voice.name for one in group if one.voice), "") or next(
            (o.source for o in group if o.source), ""
        )
        first = min(group, key=lambda one: (one.article, one.spans))
        spoken = any(one.occasion.kind == "briefing" for one in group if one.occasion)
        kind: OriginKind = "briefing" if spoken else "press_release"
        # one voice, one source, whatever it said; of a voice without a name each utterance is its own
        whose = [name] if name else [first.article, *map(str, hull(first.spans))]
        id_ = stable_id("o", "said", kind, str(nth), *whose)
        self._origins.setdefault(id_, Origin(id=id_, kind=kind, name=name, articles=()))
        return id_

    def _enlarge(self, id_: str, group: Sequence[_Heard]) -> None:
        """Add the articles that an origin had not, each with the words that rest on it."""
        origin = self._origins[id_]
        places: dict[str, list[Span]] = defaultdict(list)
        for one in group:
            if one.article not in origin.articles:
                places[one.article].append(hull(one.spans))
        added = [Place(article, span) for article in sorted(places) for span in sorted(places[article])[:EVIDENCE]]
        articles = tuple(sorted({*origin.articles, *places}))
        self._origins[id_] = replace(origin, articles=articles, evidence=(*origin.evidence, *added))


# --- whose words ----------------------------------------------------------------------------------------------


def _by_voice(heard: Sequence[_Heard], table: OriginTable) -> list[list[_Heard]]:
    """The tellings of each voice: of one person or body and who speaks for it; in doubt they are of one.

    A source without a name may be anybody who is named; people at the scene are another one in each report.
    """
    several = [one for one in heard if not _at_the_scene(one, table.eyewitnesses)]
    named = _named([one.voice for one in several if one.voice], table.anybody)
    voices: dict[str, list[_Heard]] = defaultdict(list)
    for one in several:
        if one.voice and one.voice.id in named:
            voices[_spoken_for(one.voice, named)].append(one)
    main = max(voices, key=lambda v: (len(voices[v]), v), default="")
    for one in several:
        if not one.voice or one.voice.id not in named:
            voices[main].append(one)
    return list(voices.values())


def _named(voices: Sequence[AccountPerson], anybody: Sequence[str]) -> dict[str, AccountPerson]:
    """The people and bodies by id; where only bodies are named, also groups that none of them is ("police")."""
    found = {v.id: v for v in voices if v.kind in {"person", "organisation"} and not carries(v)}
    if any(v.kind == "person" for v in found.values()):
        return found
    bodies = {word for v in found.values() for word in v.name.lower().split()}.union(anybody)
    return found | {v.id: v for v in voices if v.kind == "group" and bodies.isdisjoint(v.name.lower().split())}


def _spoken_for(voice: AccountPerson, named: Mapping[str, AccountPerson]) -> str:
    return voice.speaks_for if voice.speaks_for and voice.speaks_for in named else voice.id


def _at_the_scene(one: _Heard, single: Sequence[str]) -> bool:
    """Tell whether words are given to somebody of many: a witness, a resident."""
    if one.voice and one.voice.kind in {"person", "organisation"}:
        return False
    named = f"{one.voice.name if one.voice else ''} {one.source}".lower().replace(",", " ").split()
    return not set(named).isdisjoint(single)


# --- on what occasion -----------------------------------------------------------------------------------------


def _by_occasion(voice: Sequence[_Heard]) -> list[list[_Heard]]:
    """The tellings of each occasion that is told of the very words; all others go to the one told most often."""
    told: dict[_Key, list[_Heard]] = defaultdict(list)
    for one in voice:
        if (occasion := one.occasion) and occasion.direct and occasion.kind != "cites_outlet":
            told[occasion.kind, occasion.outlet].append(one)
    joined = _one_utterance(list(told.values()))
    if len(joined) < 2:
        return [list(voice)]
    held = {one.number for group in joined for one in group}
    most = max(joined, key=lambda group: (len(group), -group[0].number))
    most += [one for one in voice if one.number not in held]
    return joined


def _one_utterance(groups: Sequence[list[_Heard]]) -> list[list[_Heard]]:
    """Join occasions that several reports name otherwise: they share words of one utterance."""
    joined: list[list[_Heard]] = []
    for group in sorted(groups, key=lambda g: (-len(g), g[0].number)):
        known = next((other for other in joined if _same_words(group, other)), None)
        if known is None:
            joined.append(list(group))
        else:
            known += group
    return joined


def _same_words(group: Sequence[_Heard], other: Sequence[_Heard]) -> bool:
    """Tell whether two tellings share a run of words, unless each names another outlet that was spoken to."""
    for one in group:
        for two in other:
            outlets = {o.occasion.outlet for o in (one, two) if o.occasion} - {""}
            if len(outlets) < 2 and run_length(one.forms, two.forms) >= UTTERED:
                return True
    return False
