"""Utterances: what one speaker is told to have said, when, and which tellings are of one occasion.

Evidence: the day that the sentence itself gives ("said on Monday", "said in May"), else the day of publication; words
that put it back ("had said earlier"); and who carried the words. Tellings less than `APART` days apart are of one
occasion unless each names its own day: what they differ in is between the reports, not between the speaker and
themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from twosource.align.contrast import hearsay
from twosource.align.parts import Part, clauses, parts
from twosource.align.positionwords import PositionsTable
from twosource.align.words import Word, words
from twosource.article import Span, Spans, hull
from twosource.facts import Person, Quotation
from twosource.lang import ENGLISH, Language
from twosource.report import Report

APART = 2
"""Days from which on two tellings that give no day of their own are of two occasions: a morning paper tells what was
said the day before. Own judgement, 2026-11-22.
"""

LEAST_SCORE = 0.45
"""Least score of an attribution that says anything of its speaker."""

LEAD = 60
"""Code points before a cue in which a word may put it back ("Earlier this year Ellwood said")."""


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation of one speaker in one report. ``day`` is the ISO day that the article is listed under, for one that
    states none; ``story`` the story that it is in, if any.
    """

    report: Report
    quotation: Quotation
    day: str
    story: str | None = None

    @property
    def article(self) -> str:
        """The id of the article."""
        return self.report.id


@dataclass(frozen=True, slots=True, order=True)
class When:
    """The days, both included, on one of which something was said. ``named`` says that the sentence gives them;
    ``before`` that it was said at some time before ``end``, which is then the day it was recalled.
    """

    start: str
    end: str
    named: bool = False
    before: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a quotation with the words of its cue in front (``cue`` of them, none behind the first sentence)."""

    said: Said
    when: When
    part: Part
    seen: tuple[Word, ...]
    cue: int

    def span(self, first: int, last: int) -> Span:
        """Return where the words ``first`` to ``last`` stand, the content's own if any is of it."""
        inside = self.seen[max(first, self.cue) : last + 1] or self.seen[first : last + 1]
        return hull(tuple(word.span for word in inside))


def clauses_of(said: Said) -> tuple[Clause, ...]:
    """Return the clauses of a quotation that are the speaker's own words; none where others carried them."""
    quotation = said.quotation
    if quotation.score < LEAST_SCORE or not quotation.content or _carried(said):
        return ()
    when, text = when_said(said), said.report.article.text
    cue = words(text, quotation.cue)
    found: list[Clause] = []
    for sentence, part in enumerate(parts(said.report, quotation, quotation.speaker)):
        if hull(part.spans).of(text).rstrip("\"'”’ ").endswith("?"):
            continue
        for n, piece in enumerate(clauses(part)):
            lead = cue if not sentence and not n else ()
            found.append(Clause(said, when, piece, (*lead, *piece.words), len(lead)))
    return tuple(found)


def when_said(said: Said, lang: Language = ENGLISH) -> When:
    """Return when something was said, so far as its report tells."""
    quotation, published = said.quotation, (said.report.article.published or said.day)[:10]
    period = quotation.said
    if period and period.start and period.end:
        return When(period.start[:10], period.end[:10], named=True)
    table = lang.table("positions", PositionsTable)
    forms = {word.form for word in words(said.report.article.text, _lead(quotation, said.report.article.text))}
    back = not forms.isdisjoint(table.before.split()) or table.had in {
        word.form for word in words(said.report.article.text, quotation.cue)
    }
    return When("", published, before=True) if back else When(published, published)


def _lead(quotation: Quotation, text: str) -> Spans:
    """Cue and source with what stands close before them in the sentence."""
    around = (*quotation.cue, *quotation.source)
    if not around:
        return ()
    first = min(span.start for span in around)
    before = max(text.rfind(mark, max(0, first - LEAD), first) for mark in (". ", "\n", "”", '"'))
    lead = Span(before + 1 if before >= 0 else max(0, first - LEAD), first)
    own = tuple(s for s in (lead,) if s.width and not any(s.overlaps(c) for c in quotation.content))
    return (*own, *quotation.cue)


def one_occasion(left: Said, right: Said, one: When, other: When) -> bool:
    """Tell whether two tellings may be of one occasion, or it cannot be told which was first."""
    if one.before or other.before:
        return _cannot_tell(one, other, one_report=left.article == right.article)
    if one.start <= other.end and other.start <= one.end:
        return True
    early, late = sorted((one, other), key=lambda w: w.start)
    return not (one.named and other.named) and days_between(early.end, late.start) < APART


def _cannot_tell(one: When, other: When, *, one_report: bool) -> bool:
    """What was recalled on a day was said before what its report gives as new, and before what was said later."""
    if one.before and other.before:
        return True
    recalled, told = (one, other) if one.before else (other, one)
    return not one_report and told.start < recalled.end


def first_of(one: When, other: When) -> bool:
    """Tell whether the first of two occasions is the earlier one."""
    return one.before or (not other.before and one.start < other.start)


def times_in(clause: Clause) -> tuple[tuple[str, str], ...]:
    """Return the days, first and last, of the times that a clause names."""
    within = clause.part.spans
    times = (t for t in clause.said.report.times if t.start and t.type in {"DATE", "TIME"})
    return tuple((t.start, t.end or t.start) for t in times if t.start and any(s.overlaps(t.span) for s in within))


def days_between(early: str, late: str) -> int:
    """Return the days from the one ISO day to the other; 0 where one is no day."""
    first, last = ordinal(early), ordinal(late)
    return last - first if first and last else 0


def ordinal(day: str) -> int:
    """Return the number of an ISO day, 0 of what is none."""
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return 0


# --- in whose words -------------------------------------------------------------------------------------------


def _carried(said: Said, lang: Language = ENGLISH) -> bool:
    """Tell whether the words came through somebody else: a spokesperson, another speaker's words, other media."""
    text, quotation = said.report.article.text, said.quotation
    source = words(text, quotation.source)
    person = said.report.person(quotation.speaker)
    if any(hearsay(word.form, lang) for word in source) or (person and _voiced(source, person, lang)):
        return True
    place = hull((*quotation.content, *quotation.cue))
    return any(
        other.speaker != quotation.speaker and other.id != quotation.id and other.content
        and hull(other.content).covers(place)
        for other in said.report.quotations
    )  # fmt: skip


def _voiced(source: Sequence[Word], person: Person, lang: Language) -> bool:
    """Tell whether the source is somebody who speaks for the person: "her spokesman", "an aide to Ellwood"."""
    table = lang.table("positions", PositionsTable)
    voices, joined = table.voices.split(), table.voice_links.split()
    named = {part.casefold() for part in person.name.split()}
    forms = [word.form for word in source]
    for i, form in enumerate(forms):
        if form in voices:
            owned = i > 0 and (forms[i - 1].endswith("'s") or forms[i - 1] in table.owners.split())
            serves = any(f in joined for f in forms[i + 1 : i + 3]) and not named.isdisjoint(forms[i + 1 :])
            if owned or serves:
                return True
    return False
