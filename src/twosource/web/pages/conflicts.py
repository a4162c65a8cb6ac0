"""All conflicts that accounts show, the latest first: what an editor has to act on."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request

from twosource.render.annotate import in_place
from twosource.render.phrases import CONFLICTS
from twosource.render.syndication import Line
from twosource.store import accounts, articles
from twosource.store.accounts import Dispute, Side
from twosource.store.database import Database
from twosource.web import links
from twosource.web.api.cursors import cursor_of, place_of
from twosource.web.moments import minute, rfc
from twosource.web.outgoing.listing import A_PAGE, Listing, further, listed, urn
from twosource.web.outgoing.tables import Table
from twosource.web.templating import short

router = APIRouter()

COLUMNS = ("id", "story", "title", "kind", "certainty", "why", "first_seen", "left_outlet", "left", "right_outlet",
           "right", "page")  # fmt: skip


AROUND = 100
"""Code points shown on either side of a conflict's words."""


def conflicts(request: Request, db: Database) -> Listing:
    """Return a page of conflicts; ``certain=yes`` leaves out possible ones, ``gone=yes`` adds those that went away."""
    ask = request.query_params
    certain, gone = ask.get("certain") == "yes", ask.get("gone") == "yes"
    before = place_of("conflicts", ask.get("cursor"))
    found = accounts.conflicts(db, certain=certain, gone=gone, limit=A_PAGE + 1, before=before)
    shown = found[:A_PAGE]
    on = further(request, cursor_of("conflicts", shown[-1].cursor) if len(found) > A_PAGE else None)
    table = Table(name="conflicts", title="Conflicts", columns=COLUMNS, rows=[_row(d) for d in shown], next=on)
    texts = {a.id: a.text for a in articles.get(db, {s.article for d in shown for s in d.sides})}
    values = {"conflicts": [_shown(d, texts) for d in shown], "certain": certain, "gone": gone}
    return Listing(template="conflicts.html", table=table, values=values, feed=[line(d) for d in shown])


def _row(d: Dispute) -> tuple[str | None, ...]:
    left, right = (d.sides[0], d.sides[1]) if len(d.sides) > 1 else (None, None)
    return (
        d.id, d.story, d.title, d.kind, d.certainty, d.why, rfc(d.first_seen),
        left.outlet if left else None, left.words if left else None,
        right.outlet if right else None, right.words if right else None, links.conflict(d.story, d.id),
    )  # fmt: skip


def _shown(d: Dispute, texts: Mapping[str, str]) -> dict[str, object]:
    return {
        "address": links.conflict(d.story, d.id),
        "kind": CONFLICTS.get(d.kind, d.kind),  # type: ignore[call-overload]
        "sure": d.certainty == "conflict",
        "why": short(d.why),
        "story": links.story(d.story),
        "title": short(d.title, 160) or "a story without a headline",
        "seen": minute(d.first_seen),
        "gone": minute(d.gone) if d.gone is not None else "",
        "sides": [_side(s, texts.get(s.article, "")) for s in d.sides],
    }


def _side(side: Side, text: str) -> tuple[str, str, str, str, str]:
    """Outlet, the words with what stands around them in their line, and where they are."""
    outlet = short(side.outlet or "an outlet without a name", 80)
    at = links.words(side.article, side.span)
    if side.span.end > len(text):
        return outlet, "", in_place(side.words), "", at
    start = max(text.rfind("\n", 0, side.span.start) + 1, side.span.start - AROUND)
    end = min(text.find("\n", side.span.end) % (len(text) + 1), side.span.end + AROUND)
    before, after = in_place(text[start : side.span.start]), in_place(text[side.span.end : end])
    before = "… " + before.partition(" ")[2] if start == side.span.start - AROUND else before
    after = after.rpartition(" ")[0] + " …" if end == side.span.end + AROUND else after
    return outlet, before, in_place(side.words), after, at


def line(d: Dispute) -> Line:
    """Return a conflict as a line of a feed."""
    sure = "Conflict" if d.certainty == "conflict" else "Possible conflict"
    sides = "\n".join(f"{s.outlet or s.article}: {s.words}" for s in d.sides)
    return Line(
        id=urn("conflict", d.story, d.id), title=f"{sure}: {d.title or 'a story'}", at=d.first_seen,
        text=f"{d.why}\n{sides}", url=links.conflict(d.story, d.id),
    )  # fmt: skip


listed(router, "/conflicts", conflicts, feeds=True)
