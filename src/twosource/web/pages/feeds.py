"""Feeds that are followed: how each does, and forms to follow, pause and drop one. OPML both ways."""

import time
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.clean.address import web_address
from twosource.desk.addresses import follow_list
from twosource.desk.presence import feeds_asked
from twosource.errors import InputError
from twosource.store import feeds, quarantine, runs
from twosource.store.database import Database
from twosource.store.feeds import Feed
from twosource.web.answers import answer, made
from twosource.web.deeplinks import web_page
from twosource.web.moments import minute, rfc
from twosource.web.outgoing.listing import Listing, asked, listed
from twosource.web.outgoing.tables import Cell, Table
from twosource.web.refused import Refused
from twosource.web.templating import short
from twosource.web.writing.forms import Form, posted, see

router = APIRouter()

COLUMNS = ("url", "kind", "title", "outlet", "status", "added", "last_ok", "failures", "last_error", "next_poll")
RUNS = 10
"""Runs that are shown, the latest."""

_KEPT = "%/:=&?~#+!$,;'@()*[]"
"""Characters of an address that mean something there; all else is percent-encoded, so that nothing hides in it."""

_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def every(_request: Request, db: Database) -> Listing:
    """Return all feeds, the latest runs, and why things could not be used."""
    found = feeds.all(db)
    values = {
        "feeds": [_shown(f) for f in found],
        "waiting": feeds.waiting(db),
        "asked": feeds_asked(db),
        "runs": [
            (minute(r.started), r.command, r.seen, r.stored, r.known, sum(r.rejected.values()), r.deferred, r.ended)
            for r in runs.listed(db, RUNS)
        ],
        "rejects": list(quarantine.reasons(db).items()),
    }
    table = Table(name="feeds", title="Feeds", columns=COLUMNS, rows=[_row(f) for f in found])
    return Listing(template="feeds.html", table=table, values=values)


def _row(f: Feed) -> tuple[Cell, ...]:
    return (
        f.url, f.kind, f.title, f.outlet, f.status, rfc(f.added), rfc(f.last_ok), f.failures, f.last_error,
        rfc(f.next_poll),
    )  # fmt: skip


def _shown(f: Feed) -> dict[str, object]:
    return {
        "number": f.number,
        "url": short(f.url),
        "page": quote(web_page(f.url) or "", safe=_KEPT, errors="replace"),
        "title": short(f.title or f.outlet, 120),
        "kind": f.kind,
        "status": f.status,
        "ok": minute(f.last_ok),
        "next": minute(f.next_poll),
        "wrong": short(f.last_error, 200) if f.failures else "",
        "failures": f.failures,
    }


def opml(request: Request) -> Response:
    """Answer with the feeds as OPML 2.0, for other readers."""
    told = asked(request, every)
    lines = [f"<outline type=\"rss\" text={_attribute(row[2] or row[0])} xmlUrl={_attribute(row[0])}/>"
             for row in told.table.rows if row[1] == "feed"]  # fmt: skip
    head = '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0"><head><title>twosource</title></head><body>'
    body = "\n".join([head, *lines, "</body></opml>", ""])
    away = {"Content-Disposition": 'attachment; filename="twosource.opml"'}
    return answer(request, made(body, "text/x-opml; charset=utf-8"), headers=away)


def _attribute(value: object) -> str:
    return quoteattr(str(value).translate(_NOT_XML).encode("utf-8", "replace").decode())


def change(sent: Form) -> Response:
    """Follow, pause, go on with, or drop a feed; lead back to the feeds."""
    does = sent.one("does", 20)
    if does == "follow":
        _follow(sent)
        return see("/feeds")
    feed = next((f for f in feeds.all(sent.db) if str(f.number) == sent.one("number", 20)), None)
    if feed is None:
        raise Refused(404, "That feed is not followed any more.")
    if does in ("pause", "go on"):
        feeds.pause(sent.db, feed.url, paused=does == "pause")
    elif does == "drop":
        feeds.remove(sent.db, feed.url)
    else:
        raise Refused(400, "A feed is followed, paused, or dropped.")
    return see("/feeds")


def _follow(sent: Form) -> None:
    address = sent.one("url")
    if not address and not sent.files:
        raise Refused(400, "Write the address of a feed, or choose a list of feeds.")
    if address:
        known = web_address(address)
        if known is None:
            raise Refused(400, "That is no http or https address.")
        kind = "sitemap" if sent.one("kind") == "sitemap" else "feed"
        feeds.add(sent.db, known, now=time.time(), kind=kind, outlet=sent.one("outlet", 200) or None)  # type: ignore[arg-type]
    for name, body in sent.files:
        try:
            follow_list(sent.db, body, name, time.time)
        except InputError as wrong:
            raise Refused(400, f"That file is no list of feeds: {wrong.reason[:200]}") from None


router.add_route("/feeds.opml", opml, methods=["GET"])
listed(router, "/feeds", every)
router.add_route("/feeds", posted(change), methods=["POST"])
