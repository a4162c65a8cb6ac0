"""What an address answers whose line no account has now. Stories are merged, parted and told anew; what an article
says stays. So the address leads to where its words are told today; where nothing tells them, it shows them itself.

While an account is being made the answer is 503 with Retry-After, not 202: a page that is kept, cited or read by a
program must not be taken for the line. Once it is clear that no account has the line, it is 410, with the words.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from twosource.account import Conflict
from twosource.article import Article, Span, Spans, hull
from twosource.render.annotate import Context, context
from twosource.report import Report
from twosource.store import articles, reports
from twosource.store.database import Database
from twosource.store.shelf import Story
from twosource.web import links
from twosource.web.answers import answer, made
from twosource.web.asking import being_made, shelf_of
from twosource.web.reading import PART, Told
from twosource.web.refused import Refused, missing
from twosource.web.templating import render, short

MOST = 200
"""Reports of a story that are searched for a figure that the index of figures leaves out (those without a number)."""

DEADLINE = 2.0
"""Seconds for looking."""

NO_LINE = "The account of this story has no line of that name."
GONE = "The account of this story is told differently now, and has this line no more."


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one article in their paragraph: who published them, who says them, and where they stand."""

    article: str
    span: Span
    outlet: str
    title: str
    speaker: str
    around: Context
    address: str


@dataclass(frozen=True, slots=True)
class Stood:
    """What stood at an address: the stories (ids) that could tell it today, and its words in each article."""

    homes: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()


def without(request: Request, story: Story, kind: str, name: str, ending: str = "") -> Response:
    """Answer for a line that the account of ``story`` does not have; ``ending`` is the form that was asked for.

    Raises:
        Refused: there never was such a line (404); or, where a form was asked for, 503 or 410 as the page has it.

    """
    db: Database | None = getattr(shelf_of(request).newsroom, "database", None)
    found = _stood(request, db, story, kind, name)
    if found is None:
        raise missing(NO_LINE)
    form = f".{ending}" if ending else ""
    if found.homes and story.id not in found.homes:
        return RedirectResponse(f"{links.story(found.homes[0])}/{kind}/{links.token(name)}{form}", 307)
    wait = being_made(request, story)
    if not wait and (line := _around(shelf_of(request).told(story), kind, found.words)):
        return RedirectResponse(f"{links.story(story.id)}/{kind}/{links.token(line)}{form}", 307)
    if ending:
        raise wait or Refused(410, GONE)
    page = render(
        "lasting.html", story=story, title=short(story.title, 160) or "a story without a headline", kind=kind,
        words=found.words, waiting=wait is not None,
    )  # fmt: skip
    return answer(request, made(page), 503 if wait else 410, (wait.headers if wait else None) or {})


def _around(told: Told | None, kind: str, words: Sequence[Words]) -> str | None:
    """The name of the line that holds most of those words, where the account takes them as part of it: a quotation
    inside another one of the same speaker is none of its own, and a conflict may be shown by other words of its sides.
    """
    if told is None or not words:
        return None
    if kind == "conflict":
        found = (c.id for c in told.account.conflicts if all(_on_a_side(w, c) for w in words))
        return next(found, None) if len(words) > 1 else None
    said = ((t.article, hull(t.content), told.name_of(t)) for s in told.account.statements for t in s.tellings)
    counted = ((t.article, t.span, t.figure) for line in told.account.figures for t in line.tellings)
    lines = list(counted if kind == "figure" else said)
    shared = ((_common(span, w.span), name) for w in words for article, span, name in lines if article == w.article)
    most, name = max(shared, key=lambda pair: pair[0], default=(0, ""))
    return name if most else None


def _on_a_side(words: Words, conflict: Conflict) -> bool:
    sides = (conflict.left, conflict.right)
    return any(side.article == words.article and _common(side.span, words.span) > 0 for side in sides)


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _stood(request: Request, db: Database | None, story: Story, kind: str, name: str) -> Stood | None:
    """What stood there, None where nothing ever did as far as can be told."""
    fact, part, start = name.partition(PART)
    found = None
    if kind == "conflict":
        found = _disputed(db, name) if db else None
    elif kind in {"statement", "telling", "figure"} and (not part or start.isdecimal()):
        found = _told(db, story, fact) if db else _home(request, fact)
    return found or (Stood() if links.made_here(name) else None)


def unlinked(request: Request, story: Story, left: str, right: str, ending: str = "") -> Response:
    """Answer for two articles whose link the account of ``story`` does not have. Raises `Refused`."""
    newsroom = shelf_of(request).newsroom
    homes = {told.story if (told := newsroom.stored(name)) else None for name in (left, right)}
    home = next(iter(homes))
    if None in homes:
        known = links.made_here(left) and links.made_here(right)
        raise Refused(410 if known else 404, "One of these reports is not here. It may have been forgotten on request.")
    if home and len(homes) == 1 and home != story.id:
        return RedirectResponse(links.pair(home, left, right) + (f".{ending}" if ending else ""), 307)
    wait = being_made(request, story) if story.id in homes else None
    raise wait or Refused(410, "No account joins these two reports now: it was corrected, or they are in two stories.")


def _home(request: Request, fact: str) -> Stood | None:
    """Where a newsroom without a store says that a fact is."""
    home = shelf_of(request).newsroom.home_of(fact)
    return Stood((home,)) if home else None


_SEATED = (
    "SELECT a.id, s.id AS story FROM {table} f JOIN article a ON a.number = f.article "
    "LEFT JOIN membership m ON m.article = a.number LEFT JOIN story s ON s.number = m.story "
    "WHERE f.id = :id ORDER BY a.number LIMIT 20"
)


def _told(db: Database, story: Story, fact: str) -> Stood | None:
    """The articles that hold a quotation or figure, several where texts are the same, and their stories today."""
    with db.reading(deadline=DEADLINE) as r:
        rows = r.rows(_SEATED.format(table="figure" if fact.startswith("figure-") else "quotation"), id=fact)
        if not rows and fact.startswith("figure-"):
            rows = r.rows(_EVER, story=story.number, most=MOST)
        held = reports.get(r, [row["id"] for row in rows])
    told = [w for report in held for w in _words(report, fact)]
    there = {report.id for report in held if any(_words(report, fact))}
    homes = dict.fromkeys(row["story"] for row in rows if row["story"] and row["id"] in there)
    return Stood(tuple(homes), tuple(told)) if told else None


_EVER = (
    "SELECT DISTINCT a.id, s.id AS story FROM placement p JOIN article a ON a.number = p.article "
    "LEFT JOIN membership m ON m.article = a.number LEFT JOIN story s ON s.number = m.story "
    "WHERE p.story = :story LIMIT :most"
)
"""Articles that were in a story at any time, with where they are now."""


def _words(report: Report, fact: str) -> Iterable[Words]:
    for quotation in report.quotations:
        if quotation.id == fact:
            who = report.person(quotation.speaker)
            yield _shown(report.article, report, quotation.content, who.name if who else "")
    for figure in report.figures:
        if figure.id == fact:
            yield _shown(report.article, report, (figure.span,))


def _shown(article: Article, report: Report | None, content: Spans, speaker: str = "") -> Words:
    whole = hull(content)
    return Words(
        article.id,
        whole,
        short(article.outlet.name if article.outlet else "", 120) or "an outlet without a name",
        short(article.title, 200) or "an article without a headline",
        short(speaker, 160),
        context(article.text, report.blocks if report else (), whole),
        links.words(article.id, whole),
    )


def _disputed(db: Database, name: str) -> Stood | None:
    """What is kept of a conflict that an account once showed: its sides, and the story that shows it or could."""
    with db.reading(deadline=DEADLINE) as r:
        rows = r.rows(
            "SELECT s.id, c.sides, c.gone, s.redirect FROM account_conflict c JOIN story s ON s.number = c.story "
            "WHERE c.id = :id ORDER BY c.number DESC LIMIT 20",
            id=name,
        )
        if not rows:
            return None
        showing = tuple(row["id"] for row in rows if row["gone"] is None and row["redirect"] is None)
        sides: list[Any] = next((told for row in rows if (told := json.loads(row["sides"]))), [])
        places = [(article, Span(*span)) for article, _, span, _ in sides]
        homes = {row["story"] for article, _ in places for row in r.rows(_HOME, id=article)}
        known = {a.id: a for a in articles.get(r, [article for article, _ in places])}
        read = {report.id: report for report in reports.get(r, known)}
    fits = [(a, span) for a, span in places if a in known and span.end <= len(known[a].text)]
    together = tuple(homes) if len(homes) == 1 else ()
    return Stood(showing or together, tuple(_shown(known[a], read.get(a), (span,)) for a, span in fits))


_HOME = (
    "SELECT s.id AS story FROM article a JOIN membership m ON m.article = a.number "
    "JOIN story s ON s.number = m.story WHERE a.id = :id"
)
