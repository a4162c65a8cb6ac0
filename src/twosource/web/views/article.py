"""One article in its own words: facts marked in place, its blocks, its versions, where it stands in its story."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from twosource.account import Account
from twosource.article import Article, Block, Span, hull
from twosource.render.annotate import Mark, ShownBlock, annotate, landed_once
from twosource.render.phrases import day
from twosource.report import Report
from twosource.web import links
from twosource.web.deeplinks import web_page
from twosource.web.reading import Edition, Stored, Told
from twosource.web.templating import short

MOST_MARKS = 6_000
"""Places of one article that are marked; further ones are left as text."""

MOST_CHARACTERS = 400_000
"""Code points of one article that are shown marked; the stored text has all."""

MOST_LISTED = 200
"""Lines of the list of who says what."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version in the list: its number, when it came, its page, what was changed (None for the first)."""

    number: int
    came: str
    address: str
    changes: str | None
    here: bool


def contents(stored: Stored, told: Told | None, at: Span | None = None) -> dict[str, Any]:
    """Return every value that the template of an article asks for; ``at`` is a place that an address asks for."""
    article, report = stored.article, stored.report
    shown = article.text[:MOST_CHARACTERS]
    known = told is not None and article.id in told.page.view.articles
    return {
        "article": article,
        "title": short(article.title) or short(_first_line(article)),
        "lang": (report.language if report else None) or "en",
        "outlet": short(article.outlet.name if article.outlet else article.origin or "unknown outlet", 120),
        "letter": told.page.letter(article.id) if told and known else "",
        "published": short(day(article.published) or "undated", 60),
        "modified": short(day(article.modified), 60) if article.modified else "",
        "came": moment(stored.first_seen),
        "page": web_page(article.url),
        "words": len(article.text.split()),
        "digest": article.sha256,
        "blocks": blocks(report, shown, told if known else None, at),
        "read": report is not None,
        "story": told.story if told and known else None,
        "story_title": told.page.view.title if told and known else "",
        "versions": versions(stored),
        "latest": stored.versions[0].id if stored.versions and stored.versions[0].id != article.id else "",
        "origin": short(told.page.view.origin(told.page.view.articles[article.id].origin), 160)
        if told and known
        else "",
        "notes": [short(note.message, 300) for note in report.notes[:20]] if report else [],
        "counts": _counts(report),
        "cut": len(article.text) > MOST_CHARACTERS,
        "people": _people(report, told if known else None),
    }


def _first_line(article: Article) -> str:
    lines = (line.strip() for line in article.text[:2_000].splitlines())
    return next((line for line in lines if line), "an article without words")


def moment(at: float) -> str:
    """Return a time in seconds as a day and minute in UTC; "" for none."""
    if not at:
        return ""
    when = datetime.fromtimestamp(at, UTC)
    return f"{day(when.date().isoformat())}, {when:%H:%M} UTC"


def _counts(report: Report | None) -> dict[str, int]:
    if report is None:
        return {}
    return {
        "quotation": len(report.quotations),
        "figure": len(report.figures),
        "time": len(report.times),
        "name": len(report.people),
    }


def _lines(text: str) -> list[Block]:
    """The lines of a text as blocks, where nobody told what they are."""
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            lines.append(Block("body", at, at + len(line.rstrip())))
        at += len(line)
    return lines


def blocks_of(report: Report | None, text: str) -> Sequence[Block]:
    """Return the blocks of a text, its lines where nobody told what they are."""
    return [b for b in report.blocks if b.end <= len(text)] or _lines(text) if report else _lines(text)


def blocks(report: Report | None, text: str, told: Told | None, at: Span | None = None) -> tuple[ShownBlock, ...]:
    """Return the article's blocks with its facts marked; ids are those that `links.place` gives."""
    marks = [Mark(at, ("asked",), (links.place(at),))] if at else []
    if report:
        marks += [*_facts(report), *(_landings(told, report.id) if told else ())]
    fits = [m for m in marks if m.span.end <= len(text)][:MOST_MARKS]
    return _annotated(text, blocks_of(report, text), fits)


def _annotated(text: str, blocks_: Sequence[Block], marks: Sequence[Mark]) -> tuple[ShownBlock, ...]:
    """As `annotate`, each block with its own marks alone: an article of many blocks stays linear."""
    by_block: dict[int, list[Mark]] = defaultdict(list)
    starts = [(b.start, b.end) for b in blocks_]
    at = 0
    for mark in sorted(marks, key=lambda m: m.span):
        while at < len(starts) and starts[at][1] <= mark.span.start:
            at += 1
        here = at
        while here < len(starts) and starts[here][0] < mark.span.end:
            by_block[here].append(mark)
            here += 1
    shown = (line for n, block in enumerate(blocks_) for line in annotate(text, [block], by_block[n]))
    return landed_once(shown)


def _facts(report: Report) -> Iterator[Mark]:
    for quotation in report.quotations:
        yield from (Mark(s, ("q", quotation.mode)) for s in quotation.content)
        yield from (Mark(s, ("cue",)) for s in quotation.cue)
        yield from (Mark(s, ("src",)) for s in quotation.source)
        whole = hull(quotation.content)
        yield Mark(whole, (), (links.place(whole),))
    for figure in report.figures:
        yield Mark(figure.span, ("fig",), (links.place(figure.span),))
    for time in report.times:
        yield Mark(time.span, ("when",), (links.place(time.span),))


def _landings(told: Told, article: str) -> Iterator[Mark]:
    """Where links of the account land in this article, and the labels that lead back to the story's lines."""
    for label, address, span in _tellings(told, article):
        yield Mark(span, (), (links.place(span),), ((address, label),))
    for conflict in told.account.conflicts:
        for side in (conflict.left, conflict.right):
            if side.article == article:
                address = links.conflict(told.story.id, conflict.id)
                label = told.page.labels.line(conflict.id)
                yield Mark(side.span, ("cf",), (links.place(side.span),), ((address, label),))
    yield from (Mark(span, (), (links.place(span),)) for span in _spans(told.account, article))


def _tellings(told: Told, article: str) -> Iterator[tuple[str, str, Span]]:
    place = told.page.labels.place
    for statement in told.account.statements:
        for t in statement.tellings:
            if t.article == article:
                yield place(article, t.quotation), links.telling(told.story.id, told.name_of(t)), hull(t.content)
    for line in told.account.figures:
        for f in line.tellings:
            if f.article == article:
                yield place(article, f.figure), links.figure(told.story.id, f.figure), f.span


def _spans(account: Account, article: str) -> Iterator[Span]:
    yield from (p.span for p in account.timeline if p.article == article)
    yield from (o.span for o in account.only if o.article == article)
    places = [
        *(p for o in account.lineage.origins for p in o.evidence),
        *(p for k in account.lineage.links for p in k.evidence),
    ]
    yield from (p.span for p in places if p.article == article)


def versions(stored: Stored) -> list[Version]:
    """Return the versions of an article, the newest first; nothing where there is one."""
    if len(stored.versions) < 2:
        return []
    return [_version(v, stored) for v in stored.versions]


def _version(edition: Edition, stored: Stored) -> Version:
    changes = links.changes(stored.article.id, edition.id) if edition.version > 1 else None
    return Version(
        edition.version, moment(edition.first_seen), links.article(edition.id), changes, edition.id == stored.article.id
    )


@dataclass(frozen=True, slots=True)
class Quoted:
    """A speaker of the article and where its words stand."""

    name: str
    kind: str
    places: tuple[tuple[str, str], ...]


def _people(report: Report | None, told: Told | None) -> list[Quoted]:
    """Who is quoted, with links to each place."""
    if report is None:
        return []
    by_person: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for quotation in report.quotations[:MOST_LISTED]:
        whole = hull(quotation.content)
        label = told.page.labels.places.get((report.id, quotation.id), "") if told else ""
        by_person[quotation.speaker].append((label or "¶", f"#{links.place(whole)}"))
    named = sorted(by_person.items(), key=lambda pair: -len(pair[1]))
    return [Quoted(_name(report, person), _kind(report, person), tuple(places)) for person, places in named]


def _name(report: Report, person: str | None) -> str:
    known = report.person(person)
    return short(known.name, 120) if known else "unnamed"


def _kind(report: Report, person: str | None) -> str:
    known = report.person(person)
    return known.kind if known else ""
