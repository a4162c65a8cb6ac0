"""Silences: what one report says that somebody would not tell, and another report has that person or body telling.

Evidence: the language's `silence` phrases ("gave no reason", "declined to say whether"), the first name before them in
the sentence, and what the same speaker says elsewhere: for a reason, words of cause in or beside a sentence on the same
matter; for a question left open, most of the question's own words. Somebody who was silent first and spoke on a later
day has not been told otherwise. Always "possible": one outlet may have asked what another one did not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from twosource.account import Conflict, Place, Statement
from twosource.align.clauses import conflict
from twosource.align.contrast import conditional
from twosource.align.grouping import outlets_in
from twosource.align.passages import Passage, passages, touching
from twosource.align.words import Word, keys, words
from twosource.article import Span, Spans, hull
from twosource.facts import Person, Quotation
from twosource.lang import ENGLISH, Language
from twosource.report import Report

ASKED = 0.7
"""Share of the words of an open question that an answer must hold (own judgement, 2026-11-22)."""

LEAST_ASKED = 2
"""Different content words of an open question below which nothing can be called its answer."""

LEAST_SHARED = 1
"""Different content words that a reason and the silence must share with the sentences around them, names aside."""


@dataclass(frozen=True, slots=True)
class SilenceTable:
    """The `silence` table of a language, as written in its TOML file."""

    reason: list[str]
    whether: list[str]
    causes: str
    causal_phrases: list[str]
    back_then: list[str]


@dataclass(frozen=True, slots=True)
class _Silence:
    """A sentence by which somebody keeps silent: who, on what (keys), and whether a reason is what is missing."""

    report: Report
    who: Person
    passage: Passage
    topic: frozenset[str]
    reason: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A telling with its speaker and the sentences it stands in, and the keys of these and the one before."""

    report: Report
    quotation: Quotation
    content: Spans
    who: Person
    seen: tuple[Word, ...]
    around: tuple[Passage, ...]


def silences(reports: Sequence[Report], statements: Sequence[Statement]) -> Iterator[Conflict]:
    """Yield one conflict for each silence that another report breaks, in the order of reports."""
    kept = [one for report in reports for one in _silences(report)]
    if not kept:
        return
    known = {report.id: report for report in reports}
    meant: dict[tuple[str, str], str] = {}
    told = list(_told(statements, known, meant))
    for silence in kept:
        answer = next((one for one in told if _breaks(one, silence, meant, told)), None)
        if answer:
            lack = "gave no reason" if silence.reason else "would not say"
            why = f"{silence.who.name} {lack} in one, but tells it in the other"
            left, right = Place(silence.report.id, silence.passage.span), Place(answer.report.id, hull(answer.content))
            yield conflict("polarity", "possible", why, left, right)


# --- who keeps silent -----------------------------------------------------------------------------------------


def _silences(report: Report) -> Iterator[_Silence]:
    for passage in passages(report):
        if passage.kind == "body" and (found := _phrase(passage.words)):
            first, end, reason = found
            who = _silent(report, passage, passage.words[first].span.start)
            asked = keys(passage.words if reason else passage.words[end:])
            if who and len(topic := frozenset(asked) - _named(who)) >= (LEAST_SHARED if reason else LEAST_ASKED):
                yield _Silence(report, who, passage, topic, reason)


def _phrase(seen: Sequence[Word], lang: Language = ENGLISH) -> tuple[int, int, bool] | None:
    """The first phrase of silence in a sentence: its words from and up to, and whether a reason is missing."""
    phrases, longest, starts = _phrases(lang)
    forms = [word.form for word in seen]
    for first in (i for i, form in enumerate(forms) if form in starts or form.removesuffix("n't") in starts):
        spelled: tuple[str, ...] = ()
        for end in range(first, min(len(forms), first + longest)):
            form = forms[end]
            spelled += (form[:-3], "not") if form.endswith("n't") else (form,)
            if spelled in phrases:
                return first, end + 1, phrases[spelled]
    return None


@cache
def _phrases(lang: Language) -> tuple[Mapping[tuple[str, ...], bool], int, frozenset[str]]:
    """Each phrase with whether a reason is missing, the length of the longest, and the words they start with."""
    table = lang.table("silence", SilenceTable)
    found = {tuple(p.split()): reason for ps, reason in ((table.reason, True), (table.whether, False)) for p in ps}
    return found, max(map(len, found)), frozenset(phrase[0] for phrase in found)


def _silent(report: Report, passage: Passage, at: int) -> Person | None:
    """Who is named first before the phrase: in the quotation that holds it, where one does, else whose words it is."""
    holder = next((q for q in report.quotations if any(s.start <= at < s.end for s in q.content)), None)
    begins = max(passage.span.start, hull(holder.content).start) if holder else passage.span.start
    named = [(span, p) for p in report.people for span in p.mentions if begins <= span.start and span.end <= at]
    first = min(named, key=lambda pair: pair[0], default=None)
    return first[1] if first else report.person(holder.speaker) if holder else None


# --- who tells it ---------------------------------------------------------------------------------------------


def _told(
    statements: Sequence[Statement], known: Mapping[str, Report], meant: dict[tuple[str, str], str]
) -> Iterator[_Told]:
    """What is told, with whom the account takes each speaker for kept in ``meant``."""
    quotations = {(report.id, q.id): q for report in known.values() for q in report.quotations}
    for statement in statements:
        for telling in statement.tellings:
            report, quotation = known[telling.article], quotations[telling.article, telling.quotation]
            if who := report.person(quotation.speaker):
                meant[report.id, who.id] = statement.speaker or ""
                seen = words(report.article.text, telling.content)
                around = touching(report, hull(telling.content))
                if not _phrase(seen):
                    yield _Told(report, quotation, telling.content, who, seen, around)


def _breaks(one: _Told, silence: _Silence, meant: Mapping[tuple[str, str], str], told: Sequence[_Told]) -> bool:
    if one.report.id == silence.report.id or not _one_voice(one, silence, meant, told) or _later(one, silence):
        return False
    if silence.reason:
        near = {key for passage in _with_before(one) for key in passage.keys}
        return _causal(one.seen) and len(near & silence.topic) >= LEAST_SHARED
    answered = frozenset(keys(one.seen)) & silence.topic
    open_still = any(conditional(word.form) for word in one.seen)
    return not open_still and len(answered) >= max(LEAST_ASKED, ASKED * len(silence.topic))


def _with_before(one: _Told) -> tuple[Passage, ...]:
    """The sentences of a telling and the one before them."""
    if not one.around:
        return ()
    all_told = passages(one.report)
    at = all_told.index(one.around[0])
    return (*all_told[max(0, at - 1) : at], *one.around)


def _one_voice(one: _Told, silence: _Silence, meant: Mapping[tuple[str, str], str], told: Sequence[_Told]) -> bool:
    """Tell whether the speaker is who kept silent: by the account, by name, or as the only body that speaks there
    where a nameless spokesperson kept silent.
    """
    here, there = meant.get((one.report.id, one.who.id)), meant.get((silence.report.id, silence.who.id))
    if here and here == there:
        return True
    ours, theirs = _named(one.who), _named(silence.who)
    if ours and theirs and one.who.kind == silence.who.kind and (ours <= theirs or theirs <= ours):
        return True
    if silence.who.kind != "anonymous" or one.who.kind != "organisation" or outlets_in(one.who.name):
        return False
    speak = {o.who.id for o in told if o.report.id == one.report.id and o.who.kind == "organisation"}
    return len(speak) == 1


def _named(person: Person) -> frozenset[str]:
    return frozenset(keys(words(person.name, (Span(0, len(person.name)),))))


def _causal(seen: Sequence[Word], lang: Language = ENGLISH) -> bool:
    table = lang.table("silence", SilenceTable)
    forms = [word.form for word in seen]
    return not _causes(lang).isdisjoint(forms) or any(f" {p} " in f" {' '.join(forms)} " for p in table.causal_phrases)


@cache
def _causes(lang: Language) -> frozenset[str]:
    return frozenset(lang.table("silence", SilenceTable).causes.split())


def _later(one: _Told, silence: _Silence, lang: Language = ENGLISH) -> bool:
    """Tell whether it was told on a later day than the silence, and not of that time: then it is news."""
    early, late = (silence.report.article.published or "")[:10], (one.report.article.published or "")[:10]
    shown = " ".join(word.form for passage in one.around for word in passage.words)
    then = any(f" {p} " in f" {shown} " for p in lang.table("silence", SilenceTable).back_then)
    return bool(early and late and early < late) and not then
