"""Search of articles and quotations, with fields for those who do not know the language of queries; saved searches."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.judgements import Told
from twosource.render.annotate import in_place
from twosource.render.syndication import Line
from twosource.store import alerts, search
from twosource.store.database import Database
from twosource.store.query import MAX_CHARACTERS, QuerySyntax
from twosource.store.search import Hit, Quoted
from twosource.web import links
from twosource.web.api.cursors import cursor_of, place_of
from twosource.web.cues import cues
from twosource.web.moments import minute, rfc
from twosource.web.outgoing.listing import A_PAGE, Listing, further, listed, pieces, urn
from twosource.web.outgoing.tables import Cell, Table
from twosource.web.pages.speakers import QUOTED, quoted_line, quoted_row
from twosource.web.people import KINDS, page
from twosource.web.refused import Refused, missing
from twosource.web.templating import short
from twosource.web.titles import first_lines
from twosource.web.writing.forms import Form, posted, see

router = APIRouter()

HITS = ("id", "title", "outlet", "published", "at", "url", "story", "shown", "page")

FIELDS = ("speaker", "outlet", "said", "after", "before")
"""Fields of the form that are terms of the query."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for: the query, and whether quotations are wanted, or the best first."""

    query: str
    quotations: bool
    best: bool


def _asked(request: Request) -> Asked:
    ask = request.query_params
    terms = [ask.get("q", "").strip()]
    for name in FIELDS:
        value = " ".join(ask.get(name, "").replace('"', " ").split())
        terms += [f'{name}:"{value}"'] if value and name not in ("after", "before") else []
        terms += [f"{name}:{value}"] if value and name in ("after", "before") else []
    return Asked(" ".join(filter(None, terms)), ask.get("in") == "quotations", ask.get("by") == "best")


def found(request: Request, db: Database) -> Listing:
    """Return a page of what a query finds; one that cannot be read gives the form with why, and the status 400."""
    asked = _asked(request)
    values: dict[str, object] = {
        "query": asked.query, "quotations": asked.quotations, "best": asked.best, "most": MAX_CHARACTERS, "wrong": "",
        "said": [], "hits": [], "searched": bool(asked.query),
        "saved": [(short(s.name, 80), f"/search?{urlencode({'q': s.query}, errors='replace')}",
                   f"/saved/{links.token(s.name)}.atom", links.token(s.name)) for s in alerts.all(db)],
    }  # fmt: skip
    empty = Table(name="articles", title="Search", columns=HITS, rows=())
    if not asked.query:
        return Listing(template="search.html", table=empty, values=values)
    try:
        table, lines, shown = _quotations(request, db, asked) if asked.quotations else _articles(request, db, asked)
    except QuerySyntax as wrong:
        why = f"{wrong.reason} (at character {wrong.position + 1})"
        return Listing(template="search.html", table=empty, values=values | {"wrong": why}, status=400)
    return Listing(template="search.html", table=table, values=values | shown, feed=lines)


def _articles(request: Request, db: Database, asked: Asked) -> tuple[Table, list[Line], dict[str, object]]:
    before = place_of("hits", request.query_params.get("cursor"))
    hits = search.articles(db, asked.query, limit=A_PAGE + 1, before=before, order="best" if asked.best else "newest")
    shown = hits[:A_PAGE]
    more = len(hits) > A_PAGE and not asked.best
    on = further(request, cursor_of("hits", shown[-1].cursor) if more else None)
    table = Table(name="articles", title=f"Search: {asked.query}", columns=HITS, rows=[_row(h) for h in shown], next=on)
    called = first_lines(db, [h.id for h in shown if not h.title])
    return table, [hit_line(h) for h in shown], {"hits": [_shown(h, called.get(h.id, "")) for h in shown]}


def _row(h: Hit) -> tuple[Cell, ...]:
    return h.id, h.title, h.outlet, h.published, rfc(h.at), h.url, h.story, h.shown, _page(h)


def _page(h: Hit) -> str:
    return links.words(h.id, h.spans[0]) if h.spans else links.article(h.id)


def _shown(h: Hit, called: str) -> dict[str, object]:
    inside = [(s.start - h.excerpt.start, s.end - h.excerpt.start) for s in h.spans]
    return {
        "address": _page(h),
        "title": pieces((h.title or called)[:300], [(s.start, s.end) for s in h.title_spans]),
        "outlet": short(h.outlet, 80),
        "at": minute(h.at),
        "story": links.story(h.story) if h.story else "",
        "words": pieces(h.shown, inside),
    }


def hit_line(h: Hit) -> Line:
    """Return a found article as a line of a feed."""
    title = " – ".join(filter(None, (h.title or "an article without a headline", h.outlet)))
    return Line(id=urn("article", h.id), title=title, at=h.at, text=h.shown, url=links.article(h.id))


def _quotations(request: Request, db: Database, asked: Asked) -> tuple[Table, list[Line], dict[str, object]]:
    before = place_of("quotations", request.query_params.get("cursor"))
    said = search.quotations(db, asked.query, limit=A_PAGE + 1, before=before)
    shown = said[:A_PAGE]
    on = further(request, cursor_of("quotations", shown[-1].cursor) if len(said) > A_PAGE else None)
    title = f"Quotations: {asked.query}"
    cued = cues(db, shown)
    rows = [(*quoted_row(q, cued), q.name) for q in shown]
    table = Table(name="quotations", title=title, columns=(*QUOTED, "speaker"), rows=rows, next=on)
    return table, [quoted_line(q, cued) for q in shown], {"said": [_said(q, cued) for q in shown]}


def _said(q: Quoted, cued: Mapping[Told, str]) -> dict[str, object]:
    return {
        "cue": in_place(cued.get((q.article, q.id), "")),
        "address": links.telling(q.story, q.id) if q.story and q.act == "said" else links.article(q.article, q.span),
        "name": short(q.name, 120) or "nobody named",
        "speaker": page(q.name, q.kind) if q.name and q.kind in KINDS else "",
        "words": pieces(q.words[:2_000], [(s.start, s.end) for s in q.spans]),
        "outlet": short(q.outlet, 80),
        "at": minute(q.at),
        "place": links.article(q.article, q.span),
    }


def saved(request: Request, db: Database) -> Listing:
    """Return what a saved search finds, the newest first; one for everything has no page, its alerts tell."""
    name = links.known_by(request.path_params["name"])
    kept = next((s for s in alerts.all(db) if s.name == name), None)
    if kept is None:
        raise missing("No search is saved under that name.")
    hits = search.articles(db, kept.query, limit=A_PAGE) if kept.query.strip() else []
    table = Table(name="articles", title=kept.name, columns=HITS, rows=[_row(h) for h in hits])
    return Listing(template="search.html", table=table, feed=[hit_line(h) for h in hits])


def save(sent: Form) -> Response:
    """Keep a search under a name, or forget one, and lead back to the search."""
    if sent.one("does") == "forget":
        alerts.remove(sent.db, links.known_by(sent.one("which")))
        return see("/search")
    name = sent.one("name", 200)
    if not name:
        raise Refused(400, "A saved search needs a name.")
    known = next((s for s in alerts.all(sent.db) if s.name == name), None)
    channels, kinds = (known.channels, known.kinds) if known else ((), ())
    kept = alerts.save(sent.db, name, sent.text("q")[: MAX_CHARACTERS + 1], channels, time.time(), kinds=kinds)
    return see(f"/search?{urlencode({'q': kept.query}, errors='replace')}")


listed(router, "/search", found, feeds=True)
listed(router, "/saved/{name}", saved, feeds=True, page=False)
router.add_route("/saved", posted(save), methods=["POST"])
