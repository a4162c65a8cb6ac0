"""Articles in and out."""

import time

from starlette.responses import Response

from twosource.article import Article
from twosource.desk.intake import Batch, take_in
from twosource.errors import InputError
from twosource.render.json import report_json
from twosource.store import articles, reports, runs
from twosource.store.runs import Run
from twosource.web.answers import kept_answer, made
from twosource.web.api.asked import ArticlesAsked, OutletAsked, moment
from twosource.web.api.cursors import cursor_of, place_of
from twosource.web.api.incoming import from_body, from_lines
from twosource.web.api.operations import JSON, LINES, Call, Nothing, Operations
from twosource.web.api.problems import Problem, not_there
from twosource.web.api.shapes import Articles, Bad, TakenIn, Took, WholeArticle
from twosource.web.api.shaping import article_shape, ledger_shape, whole_shape

OPERATIONS = Operations()
operation = OPERATIONS.add

MOST_NAMED = 100
"""Articles that could not be used and are named in a refusal."""


@operation("POST", "/articles", "Put articles in", tag="articles", query=OutletAsked, answer=TakenIn,
           takes=(JSON, LINES))  # fmt: skip
def add(call: Call[OutletAsked, Nothing]) -> TakenIn:
    """Store one article, an array of them, or one a line: `{"text" or "html", "outlet", "url", "title", "published",
    "id"}`. What is known is not stored twice; what cannot be used is named and the rest goes on, and what was left out
    of an article (an address or a day that is none) stands in its remarks. The desk then gives each its story.
    """
    from twosource.sources.given import known_from  # 30 ms that no server needs before it answers (2026-11-22)

    known = known_from({"outlet": call.query.outlet})
    lines = call.request.headers.get("content-type", "").partition(";")[0].strip().lower() == LINES
    found = from_lines(call.raw, known) if lines else from_body(call.raw, known)
    if not any(isinstance(one, Article) for one in found):
        why = found[0].reason if found and isinstance(found[0], InputError) else "holds no article"
        raise Problem(422, "no_article", f"The body {why}.", rejected=_named(found))
    run = runs.begin(call.db, "api", time.time())
    batches = list(take_in(call.db, found, run=run, clock=time.time))
    return _told(runs.end(call.db, run, time.time()), batches)


def _named(found: list[Article | InputError]) -> list[dict[str, str]]:
    return [{"place": bad.name, "reason": bad.reason} for bad in found[:MOST_NAMED] if isinstance(bad, InputError)]


def _told(run: Run, batches: list[Batch]) -> TakenIn:
    stored = [pair for batch in batches for pair in batch.stored]
    return TakenIn(
        ledger=ledger_shape(run),
        articles=[Took(id=o.id, outcome=o.kind, place=a.origin, remarks=list(a.remarks)) for a, o in stored],
        rejected=[Bad(place=bad.name, reason=bad.reason) for batch in batches for bad in batch.rejected],
    )


@operation("GET", "/articles", "List articles", tag="articles", query=ArticlesAsked, answer=Articles)
def listed(call: Call[ArticlesAsked, Nothing]) -> Articles:
    """Articles without their texts, the newest first."""
    asked = call.query
    found = articles.listed(
        call.db,
        outlet=asked.outlet,
        since=moment(asked.since),
        until=moment(asked.until),
        story=asked.story,
        limit=asked.limit + 1,
        before=place_of("articles", asked.cursor),
    )
    shown = found[: asked.limit]
    further = cursor_of("articles", (shown[-1].at, shown[-1].number)) if len(found) > asked.limit else None
    return Articles(articles=[article_shape(a) for a in shown], next=further)


@operation("GET", "/articles/{article}", "Show an article", tag="articles", answer=WholeArticle)
def article(call: Call[Nothing, Nothing]) -> WholeArticle:
    """One article with its text as received."""
    found = _article(call)
    return whole_shape(found, articles.versions(call.db, found.id))


def _article(call: Call[Nothing, Nothing]) -> Article:
    found = articles.get(call.db, [call.id("article")])
    if not found:
        raise not_there("article")
    return found[0]


@operation("GET", "/articles/{article}/report", "Show what was read from an article", tag="articles", schema="Report")
def report(call: Call[Nothing, Nothing]) -> Response:
    """The report (`twosource.report/1`): quotations, people, figures, times. An article that no story needed yet is
    read by rules alone; `model` is null then.
    """
    from twosource.pipeline import read

    found = _article(call)
    kept = reports.get(call.db, [found.id])
    key = ("api report", found.id, found.sha256, kept[0].model if kept else "rules")
    return kept_answer(
        call.request,
        key,
        lambda: made(report_json(kept[0] if kept else read(found, fast=True), text=True).encode("ascii"), JSON),
    )


@operation("GET", "/articles/{article}/original", "Download an article as it came", tag="articles", schema="Bytes",
           media="application/octet-stream")  # fmt: skip
def original(call: Call[Nothing, Nothing]) -> Response:
    """The bytes that the article came as, to be kept as a file; the problem `not_found` where only its text was."""
    kept = articles.original(call.db, _article(call).id)
    if kept is None:
        raise not_there("original")
    away = {"Content-Disposition": 'attachment; filename="original"', "Cache-Control": "private, no-cache"}
    return Response(kept.body, 200, away, "application/octet-stream")
