"""Versions: which reports are one article at several times, which of them is the newest, and what was changed since.

Evidence: one outlet (its name or its domain) and either one address or nearly the same words. The newest by its own
dates is the report; it stands for all, since an outlet that corrects itself is no second source.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from heapq import nsmallest
from itertools import chain, combinations, pairwise
from math import ceil
from pathlib import PurePath

from twosource.account import Revision, Version
from twosource.anchor import fold
from twosource.article import TOLD_IN, Article, Outlet, Span
from twosource.clean.address import domain_of, page_key
from twosource.report import Report

SHINGLE = 4
"""Words that must follow one another to count as the same."""

NEAR = 0.75
"""Share of the shorter text's shingles that the longer must hold. Of 8,643 pairs of articles of one outlet in the
development stories none comes higher than 0.73, and that one fails by its length (2026-11-22).
"""

LENGTHS = 0.5
"""Least length of the shorter text, as a share of the longer: a notice in a round-up is no older version of it."""

LEAST = 30
"""Shingles that a text needs for its words to tell that it is a version."""

MOST_WORDS = 20_000
"""Words of each version that are compared; longer texts are compared up to there."""

BETWEEN = 1
"""Equal words between two changes that are shown as one change."""

SHOWN, SHOWN_WORDS = 4, 12
"""Changes that a note tells in words, and words of each."""

_WORD = re.compile(r"\d{1,40}(?:[.,:]\d{1,40}){0,8}|\w{1,80}(?:['-]\w{1,80}){0,8}")

Word = tuple[str, Span]


@dataclass(frozen=True, eq=False)
class Told:
    """A report and the key of its page; its words are only read where another report may be a version of it."""

    report: Report
    page: str | None

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of headline, dek, headings and body; of the whole text where nothing is labelled so."""
        text = fold(self.report.article.text)
        spans = [b.span for b in self.report.blocks if b.kind in TOLD_IN] or [Span(0, len(text))]
        return tuple(
            (found.group().casefold(), Span(*found.span()))
            for span in spans
            for found in _WORD.finditer(text, span.start, span.end)
        )

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Every `SHINGLE` words in a row."""
        forms = [form for form, _ in self.words]
        return frozenset(zip(*(forms[i:] for i in range(SHINGLE)), strict=False))


def newest_of(reports: Sequence[Report]) -> tuple[list[Report], dict[str, tuple[Version, ...]]]:
    """Return the newest version of each article, and by its id the older ones, the newest of these first.

    Neither depends on the order of ``reports``, whose ids differ.
    """
    kept: list[Report] = []
    older: dict[str, tuple[Version, ...]] = {}
    for group in _groups([Told(report, page_key(report.article.url)) for report in reports]):
        newest, *rest = sorted(group, key=_age, reverse=True) if len(group) > 1 else group
        kept.append(newest.report)
        if rest:
            older[newest.report.id] = tuple(_version(one, newest) for one in rest)
    return kept, older


def told_changes(version: Version, newest: Article) -> str:
    """Say for people that an older version is not counted, and what was changed since."""
    dated = version.modified or version.published
    when = f" of {dated[:10]}" if dated else ""
    named = f" ({version.name})" if version.name else ""
    said = [_said(revision, newest.text) for revision in version.revisions[:SHOWN]]
    more = len(version.revisions) - len(said)
    if more:
        said.append(f"{more} more change{'s' * (more > 1)}")
    changed = "since then " + ", ".join(said) if said else "the words are the same"
    return f"an older version{when}{named} is not counted as a report; {changed}"


def _said(revision: Revision, text: str) -> str:
    was, now = _cut(revision.was), _cut(revision.now.of(text)) if revision.now else ""
    if was and now:
        return f"«{was}» became «{now}»"
    return f"«{was}» was taken out" if was else f"«{now}» was added"


def _cut(shown: str) -> str:
    words = fold(shown).split()
    return " ".join(words[:SHOWN_WORDS]) + (" …" if len(words) > SHOWN_WORDS else "")


def _groups(told: Sequence[Told]) -> Iterable[list[Told]]:
    """The reports, those of one article together."""
    lead = {one.report.id: one.report.id for one in told}

    def led(name: str) -> str:
        while lead[name] != name:
            lead[name] = lead[lead[name]]
            name = lead[name]
        return name

    for one, other in chain.from_iterable(map(_candidates, _buckets(told))):
        a, b = led(one.report.id), led(other.report.id)
        if a != b and _is_version(one, other):
            lead[max(a, b)] = min(a, b)
    together = defaultdict(list)
    for one in told:
        together[led(one.report.id)].append(one)
    return together.values()


def _buckets(told: Sequence[Told]) -> Iterable[list[Told]]:
    """Reports that may be of one outlet, by name and by domain."""
    buckets: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        outlet = one.report.article.outlet
        if outlet:
            buckets["name", _name(outlet)].append(one)
        if domain := (outlet and outlet.domain) or domain_of(one.report.article.url):
            buckets["domain", domain].append(one)
    return [bucket for bucket in buckets.values() if len(bucket) > 1]


def _candidates(bucket: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs that may be versions: no other pair is one, and those left out are tied together by those given."""
    pages: dict[str, list[Told]] = defaultdict(list)
    for one in bucket:
        if one.page is not None:
            pages[one.page].append(one)
    for same in pages.values():
        firsts, rest = _firsts((one.report.article.outlet, one) for one in same)
        yield from rest
        yield from combinations(firsts, 2)
    firsts, rest = _firsts(((one.report.article.outlet, one.shingles), one) for one in bucket)
    yield from rest
    yield from _overlapping(firsts)


def _firsts(keyed: Iterable[tuple[object, Told]]) -> tuple[list[Told], list[tuple[Told, Told]]]:
    """The first report of each key, and the others beside theirs."""
    firsts: dict[object, Told] = {}
    rest = [(first, one) for key, one in keyed if (first := firsts.setdefault(key, one)) is not one]
    return list(firsts.values()), rest


def _overlapping(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs of which one has a shingle among the rarest of the other: as many as cannot all be missing from a version.

    This is the prefix filter of joins on overlap (Chaudhuri, Ganti, Kaushik 2006): it leaves out no version.
    """
    common = Counter(chain.from_iterable(one.shingles for one in told))
    rare = [nsmallest(_missing(one) + 1, one.shingles, key=lambda s: (common[s], s)) for one in told]
    wanted = {shingle for shingles in rare for shingle in shingles if common[shingle] > 1}
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, one in enumerate(told):
        for shingle in one.shingles & wanted:
            holding[shingle].append(i)
    for i, (one, shingles) in enumerate(zip(told, rare, strict=True)):
        for j in sorted({j for shingle in shingles for j in holding.get(shingle, ())} - {i}):
            yield one, told[j]


def _missing(one: Told) -> int:
    """Shingles of a text that a version of it may lack."""
    return len(one.shingles) - ceil(NEAR * len(one.shingles))


def _name(outlet: Outlet) -> str:
    return " ".join(outlet.name.casefold().removeprefix("the ").split())


def _of_one_outlet(one: Outlet | None, other: Outlet | None) -> bool:
    """Tell whether two outlets found in one bucket are one: a page that gives another outlet's address as its own is
    that one's copy. No name, a domain for a name, and "Lantern" for "Lantern News" will do.
    """
    if one is None or other is None:
        return True
    short, long = sorted((_name(one), _name(other)), key=len)
    if f" {short} " in f" {long} ":
        return True
    return not {short, long}.isdisjoint({one.domain, other.domain})


def _is_version(one: Told, other: Told) -> bool:
    """Tell whether two reports are one article of one outlet, by address or by words."""
    if not _of_one_outlet(one.report.article.outlet, other.report.article.outlet):
        return False
    if one.page is not None and one.page == other.page:
        return True
    small, large = sorted((len(one.shingles), len(other.shingles)))
    if small < max(LEAST, LENGTHS * large):
        return False
    return len(one.shingles & other.shingles) >= NEAR * small


def _age(one: Told) -> tuple[datetime, bool, int, str, str]:
    """What a newer version has more of: a later date of publication or change, a remark on a correction, words."""
    article = one.report.article
    corrected = any(code == "corrected" for code, _ in article.remarks)
    when = max(_instant(article.published), _instant(article.modified))
    return when, corrected, len(one.words), article.id, article.sha256


def _instant(stated: str | None) -> datetime:
    """The time in UTC, that of a day its beginning; the beginning of time where nothing, or no date, is stated."""
    try:
        when = datetime.fromisoformat(stated or "")
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)


def _version(old: Told, new: Told) -> Version:
    article = old.report.article
    name = PurePath(article.origin).name or None
    return Version(article.id, article.sha256, article.published, article.modified, name, _revisions(old, new))


def _revisions(old: Told, new: Told) -> tuple[Revision, ...]:
    """What was changed, word by word, in order."""
    from rapidfuzz.distance import Levenshtein

    was, now = old.words[:MOST_WORDS], new.words[:MOST_WORDS]
    steps = Levenshtein.opcodes([form for form, _ in was], [form for form, _ in now])
    changed = [(s.src_start, s.src_end, s.dest_start, s.dest_end) for s in steps if s.tag != "equal"]
    return tuple(
        Revision(_shown(old, was[a:b]), Span(now[c][1].start, now[d - 1][1].end) if c < d else None)
        for a, b, c, d in _joined(changed)
    )


def _joined(changed: list[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Changes as one where hardly a word between them is equal."""
    if not changed:
        return
    first = changed[0]
    for last, (a, b, c, d) in pairwise(changed):
        if a - last[1] > BETWEEN or c - last[3] > BETWEEN:
            yield first[0], last[1], first[2], last[3]
            first = (a, b, c, d)
    yield first[0], changed[-1][1], first[2], changed[-1][3]


def _shown(old: Told, words: Sequence[Word]) -> str:
    """The words as the older version writes them, on one line."""
    return " ".join(old.report.article.text[words[0][1].start : words[-1][1].end].split()) if words else ""
