"""Outlets: what each published, whom it quotes, from whom it copies; and the mark by which a person hides or distrusts
one. A marked outlet stays visible as such.
"""

import time

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.store import articles, judgements
from twosource.store.database import Database
from twosource.web import links, near
from twosource.web.api.cursors import cursor_of, number_of, place_of
from twosource.web.moments import day_of, minute, rfc
from twosource.web.outgoing.listing import A_PAGE, Listing, further, listed
from twosource.web.outgoing.tables import Table
from twosource.web.outlets import OutletKnown, dependences, outlet, outlets, quoted_most
from twosource.web.people import outlet_page, page, unslugged
from twosource.web.refused import missing
from twosource.web.templating import short
from twosource.web.titles import first_lines
from twosource.web.writing.corrections import whose
from twosource.web.writing.forms import Form, name_of, posted, see

router = APIRouter()

COLUMNS = ("outlet", "articles", "first", "last", "mark", "page")
ARTICLES = ("id", "title", "published", "first_seen", "version", "url", "story", "page")


def every(request: Request, db: Database) -> Listing:
    """Return a page of outlets, those with the most articles first."""
    start = number_of("outlets", request.query_params.get("cursor")) or 0
    found = outlets(db, limit=A_PAGE + 1, offset=start)
    shown = found[:A_PAGE]
    on = further(request, cursor_of("outlets", (0, start + A_PAGE)) if len(found) > A_PAGE else None)
    rows = [(o.name, o.articles, rfc(o.first), rfc(o.last), o.mark, outlet_page(o.name)) for o in shown]
    table = Table(name="outlets", title="Outlets", columns=COLUMNS, rows=rows, next=on)
    return Listing(template="outlets.html", table=table, values={"outlets": [_shown(o) for o in shown]})


def _shown(o: OutletKnown) -> dict[str, object]:
    first, last = day_of(o.first), day_of(o.last)
    return {
        "name": short(o.name, 120),
        "address": outlet_page(o.name),
        "articles": o.articles,
        "days": first if first == last else f"{first} to {last}",
        "mark": o.mark,
    }


def one(request: Request, db: Database) -> Listing:
    """Return what is known of one outlet, with its articles, the newest first."""
    found = _found(db, request.path_params["name"])
    before = place_of("outlet", request.query_params.get("cursor"))
    listed_ = articles.listed(db, outlet=found.name, limit=A_PAGE + 1, before=before)
    shown = listed_[:A_PAGE]
    last = (shown[-1].at, shown[-1].number) if len(listed_) > A_PAGE else None
    on = further(request, cursor_of("outlet", last) if last else None)
    rows = [
        (a.id, a.title, a.published, rfc(a.first_seen), a.version, a.url, a.story, links.article(a.id)) for a in shown
    ]
    called = first_lines(db, [a.id for a in shown if not a.title])
    values = {
        "outlet": _shown(found),
        "articles": [
            (short(a.title, 200) or called.get(a.id, ""), links.article(a.id), minute(a.at),
             links.story(a.story) if a.story else "", a.version)
            for a in shown
        ],
        "quoted": [(short(n, 120), page(n, kind), times) for n, kind, times in quoted_most(db, found.key)],
        "dependences": [(d.what, short(d.other, 80), outlet_page(d.other), d.times)
                        for d in dependences(db, found.key, found.name)[:A_PAGE]],
        "lines": [(j.number, j.by, minute(j.at)) for j in judgements.all(db, about=found.name, limit=10)],
        "name": name_of(request),
    }  # fmt: skip
    table = Table(name="articles", title=found.name, columns=ARTICLES, rows=rows, next=on)
    return Listing(template="outlet.html", table=table, values=values)


def _found(db: Database, part: str) -> OutletKnown:
    found = outlet(db, unslugged(part))
    if found is None:
        raise missing("No outlet of that name is known here.", near.outlet_names(db, unslugged(part)))
    return found


def mark(sent: Form) -> Response:
    """Mark the outlet, or take the mark off, and lead back to it."""
    found = _found(sent.db, sent.request.path_params["name"])
    wanted = sent.one("mark", 20)
    judgements.put(
        sent.db,
        "outlet_mark",
        {"outlet": found.name, "mark": wanted},
        by=whose(sent.by),
        now=time.time(),
        reason=sent.one("reason"),
    )
    return see(outlet_page(found.name))


listed(router, "/outlets", every)
listed(router, "/outlet/{name}", one)
router.add_route("/outlet/{name}/mark", posted(mark), methods=["POST"])
