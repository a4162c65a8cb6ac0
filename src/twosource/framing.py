"""Framing: what reports call the same people and places, the tone of their cues, whom they give how many words.

Counts only; what they mean is left to the reader. Evidence: mentions, quotations, the language's `framing` table.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from twosource.account import CueTone, FirstNamed, Framing, Naming, Voice
from twosource.anchor import fold
from twosource.article import TOLD_IN, Span, hull
from twosource.facts import Quotation
from twosource.lang import ENGLISH, Language
from twosource.lineage.told import marked_in
from twosource.report import Report

if TYPE_CHECKING:
    from twosource.resolve.people import People

NAMED = frozenset({"person", "organisation", "group"})
"""Kinds of people that have names to compare; unnamed sources and documents have descriptions only."""

LONGEST = 120
"""Code points of the longest form that is shown; longer ones are a description, not a name."""


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """Spellings of places, each line one place: its forms with commas between, its own state's form first."""

    names: list[str]


@dataclass(frozen=True, slots=True)
class FramingTable:
    """The `framing` table of a language, as written in its TOML file."""

    tones: dict[str, list[str]]
    places: PlaceNames


def frame(reports: Sequence[Report], people: "People", lang: Language = ENGLISH) -> Framing:
    """Return naming, cue tone, voice and order of first mention, by person, then article, as in ``people`` and
    ``reports``.

    Naming lists people that two reports name, and places that the reports name in more than one way; ``person`` is then
    the place's name. What a person is called without a word of the name ("the manager") stands apart, in a second
    `Naming` behind the first, where two reports do so. Cues and voice are counted over what was said, not over what was
    thought.
    """
    return Framing(
        naming=(*_names_of_people(reports, people), *_names_of_places(reports, lang)),
        cues=tuple(tone for report in reports for tone in _tones(report, lang)),
        voice=tuple(voice for report in reports for voice in _voices(report, people)),
        first=tuple(order for report in reports for order in _first_named(report, people)),
    )


# --- order ----------------------------------------------------------------------------------------------------


def _first_named(report: Report, people: "People") -> Iterator[FirstNamed]:
    """The named people of a report in the order in which its own text, headline first, names them."""
    told = [block.span for block in report.blocks if block.kind in TOLD_IN]
    first: dict[str, Span] = {}
    for person in report.people:
        who = people.of.get((report.id, person.id))
        if who and person.kind in NAMED:
            here = [span for span in person.mentions if any(block.covers(span) for block in told)]
            if here:
                first[who] = min([*here, first[who]] if who in first else here)
    if first:
        ordered = sorted(first, key=lambda who: (first[who], who))
        yield FirstNamed(article=report.id, people=tuple(ordered), spans=tuple(first[who] for who in ordered))


# --- naming ---------------------------------------------------------------------------------------------------

Forms = dict[str, dict[str, int]]


def _names_of_people(reports: Sequence[Report], people: "People") -> Iterator[Naming]:
    names: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    described: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    called = {known.id: known.name for known in people.people}
    for report in reports:
        for person in report.people:
            who = people.of.get((report.id, person.id))
            if who and person.kind in NAMED:
                shown = (" ".join(span.of(report.article.text).split()) for span in set(person.mentions))
                known = _name_words(f"{called.get(who, '')} {person.name}")
                for form in (form for form in shown if 0 < len(form) <= LONGEST):
                    named = person.kind != "person" or not known or _name_words(form) & known
                    (names if named else described)[who][report.id][form] += 1
    for one in people.people:
        for forms in (names[one.id], described[one.id]):
            told = {article: dict(sorted(counts.items())) for article, counts in forms.items() if counts}
            if len(told) > 1:
                yield Naming(person=one.id, forms=told)


def _name_words(text: str) -> frozenset[str]:
    """The words of a name: those with a capital, in small letters, without the owner's ending."""
    words = (match.group() for match in _WORD.finditer(fold(text)))
    return frozenset(word.removesuffix("'s").lower() for word in words if not word[0].islower())


def _names_of_places(reports: Sequence[Report], lang: Language) -> Iterator[Naming]:
    told: dict[str, Forms] = defaultdict(lambda: defaultdict(dict))
    for report in reports:
        for place, counts in _places_in(report, lang).items():
            told[place][report.id] = dict(sorted(counts.items()))
    for place in sorted(told):
        if len({form for counts in told[place].values() for form in counts}) > 1:
            yield Naming(person=place, forms=dict(told[place]))


def _places_in(report: Report, lang: Language) -> dict[str, Counter[str]]:
    """How often the told words and captions of a report use each form of each place of the table."""
    pattern, place_of = _places(lang)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    folded = fold(report.article.text)
    for block in report.blocks:
        if block.kind in TOLD_IN or block.kind == "caption":
            for match in pattern.finditer(folded, block.start, block.end):
                counts[place_of[match.group()]][match.group()] += 1
    return counts


@cache
def _places(lang: Language) -> tuple[re.Pattern[str], dict[str, str]]:
    place_of: dict[str, str] = {}
    for line in lang.table("framing", FramingTable).places.names:
        first, *others = (fold(form.strip()) for form in line.split(","))
        for form in (first, *others):
            place_of.setdefault(form, first)
    longest = sorted(place_of, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])"), place_of


# --- cue tone -------------------------------------------------------------------------------------------------


def _tones(report: Report, lang: Language) -> Iterator[CueTone]:
    cues = Counter(_tone(cue, lang) for q in report.quotations if q.act == "said" and (cue := _cue(report, q)))
    yield from (
        CueTone(article=report.id, cue=cue, tone=tone, count=count) for (cue, tone), count in sorted(cues.items())
    )


def _cue(report: Report, quotation: Quotation) -> str:
    """The cue in small letters, its pieces joined ("put", "it this way")."""
    return " ".join(word for span in quotation.cue for word in fold(span.of(report.article.text)).lower().split())[
        :LONGEST
    ]


def _tone(cue: str, lang: Language) -> tuple[str, str]:
    """Return the base form of a cue and its tone: the whole's, two words', or its first known word's."""
    known = _known_cues(lang)
    words = cue.split()
    tries = (cue, *map(" ".join, pairwise(words)), *words)
    return next((known[phrase] for phrase in tries if phrase in known), (cue, "neutral"))


@cache
def _known_cues(lang: Language) -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for tone, lines in lang.table("framing", FramingTable).tones.items():
        for line in lines:
            forms = [form.replace("_", " ") for form in line.split()]
            for form in forms:
                known.setdefault(form, (forms[0], tone))
    return known


# --- voice ----------------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+(?:['.,-][^\W_]+)*")


def _voices(report: Report, people: "People") -> Iterator[Voice]:
    """Words of each speaker. Every word counts once, for the innermost quotation it stands in."""
    owner, direct = _owners(report)
    words = Counter(people.of.get((report.id, speaker)) if speaker else None for speaker in owner.values())
    quoted = Counter(people.of.get((report.id, s)) if s else None for at, s in owner.items() if at in direct)
    total = len(owner)
    ranked = sorted(((who, n) for who, n in words.items() if who), key=lambda pair: (-pair[1], pair[0]))
    for who, n in ranked:
        yield Voice(article=report.id, person=who, words=n, direct_words=quoted[who], share=round(n / total, 4))


def _owners(report: Report) -> tuple[dict[int, str | None], set[int]]:
    """Return the speaker (or None) of each reported word by its place, and the places of those in quotation marks."""
    folded = fold(report.article.text)
    owner: dict[int, str | None] = {}
    direct: set[int] = set()
    said = [q for q in report.quotations if q.act == "said" and q.content]
    for quotation in sorted(said, key=lambda q: (-hull(q.content).width, q.content)):
        marked = _direct(quotation, folded)
        for span in quotation.content:
            for match in _WORD.finditer(folded, *span):
                owner[match.start()] = quotation.speaker
                if any(m.start <= match.start() < m.end for m in marked):
                    direct.add(match.start())
    return owner, direct


def _direct(quotation: Quotation, folded: str) -> list[Span]:
    """The parts of a quotation that are the speaker's own words."""
    if quotation.mode == "direct":
        return list(quotation.content)
    if quotation.mode == "mixed":
        return [marked for span in quotation.content for marked in marked_in(folded, span)]
    return []
