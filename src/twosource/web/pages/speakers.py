"""Who is quoted: a list to look names up in, and for each everything they said over time, in which outlets, and where
they said something else at another time.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request

from twosource.judgements import Told
from twosource.render.annotate import in_place
from twosource.render.syndication import Line
from twosource.store import accounts, people
from twosource.store.accounts import Dispute
from twosource.store.database import Database
from twosource.store.people import Speaker
from twosource.store.search import Quoted
from twosource.web import links, near, positions
from twosource.web.api.cursors import cursor_of, place_of
from twosource.web.cues import cues
from twosource.web.moments import day_of, rfc
from twosource.web.outgoing.listing import A_PAGE, Listing, further, listed, urn
from twosource.web.outgoing.tables import Table
from twosource.web.people import KINDS, address, find, outlet_page, unslugged
from twosource.web.refused import missing
from twosource.web.templating import short

router = APIRouter()

COLUMNS = ("name", "kind", "quotations", "outlets", "first", "last", "page")
QUOTED = ("at", "cue", "words", "mode", "outlet", "title", "article", "start", "end", "story", "quotation", "page")

CHANGED = ("change", "certainty", "changed_from")
"""Further columns of what a speaker said: its change from another time, if any, and that quotation's id."""

MOST_STORIES = 40
"""Stories of a speaker whose conflicts are looked at: those of the quotations on the page."""

MOST_OUTLETS = 30
WIDE, HIGH, MOST_BARS = 640, 60, 48
"""The drawing of months: width and height, and months of it, the latest."""


def speakers(request: Request, db: Database) -> Listing:
    """Return a page of speakers by name and kind, the most quoted first."""
    ask = request.query_params
    name, kind = ask.get("name", "")[:200], ask.get("kind", "")
    place = place_of("speakers", ask.get("cursor"))
    before = None if place is None else (int(place[0]), place[1])
    kinds = (kind,) if kind in KINDS else people.KINDS
    found = people.people(db, name, kinds=kinds, limit=A_PAGE + 1, before=before)
    shown = found[:A_PAGE]
    on = further(request, cursor_of("speakers", shown[-1].cursor) if len(found) > A_PAGE else None)
    rows = [(s.name, s.kind, s.quotations, s.outlets, rfc(s.first), rfc(s.last), address(s)) for s in shown]
    return Listing(
        template="speakers.html",
        table=Table(name="speakers", title="Speakers", columns=COLUMNS, rows=rows, next=on),
        values={
            "speakers": [_named(s) for s in shown],
            "name": name,
            "kind": kind,
            "kinds": KINDS,
            "near": near.speakers(db, name) if name and not shown else (),
        },
    )


def _named(s: Speaker) -> dict[str, object]:
    days = (day_of(s.first), day_of(s.last))
    return {"name": short(s.name, 120), "kind": s.kind, "quotations": s.quotations, "outlets": s.outlets,
            "address": address(s), "days": days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"}  # fmt: skip


def speaker(request: Request, db: Database) -> Listing:
    """Return what one speaker said, the newest first, with outlets, months, and where reports of it are in conflict."""
    parts = request.path_params
    found = find(db, parts["kind"], parts["name"]) if parts["kind"] in KINDS else None
    if found is None:
        raise missing("Nobody of that name is quoted here.", near.speakers(db, unslugged(parts["name"])))
    before = place_of("said", request.query_params.get("cursor"))
    quoted = people.said(db, found.number, limit=A_PAGE + 1, before=before)
    shown = quoted[:A_PAGE]
    on = further(request, cursor_of("said", shown[-1].cursor) if len(quoted) > A_PAGE else None)
    months = people.months(db, found.number)
    changed = positions.changed(db, found.number)
    cued = cues(db, shown)
    values = {
        "speaker": _named(found),
        "changes": [] if before else [positions.shown(one) for one in changed],
        "changes_page": f"{address(found)}/changes",
        "said": _by_day(shown, cued),
        "outlets": [
            (short(name, 80) or "no outlet named", outlet_page(name) if name else "", n)
            for name, n in list(people.outlets(db, found.number).items())[:MOST_OUTLETS]
        ],
        "bars": bars(months),
        "months": list(months.items())[-MOST_BARS:],
        "disputes": _disputes(db, shown),
        "size": (WIDE, HIGH),
    }
    since = {(one.late.article, one.late.quotation): one for one in reversed(changed)}
    rows = [(*quoted_row(q, cued), *_change_of(since.get((q.article, q.id)))) for q in shown]
    table = Table(name="quotations", title=found.name, columns=(*QUOTED, *CHANGED), rows=rows, next=on)
    return Listing(template="speaker.html", table=table, values=values, feed=[quoted_line(q, cued) for q in shown])


def speaker_changes(request: Request, db: Database) -> Listing:
    """Return where one speaker said something else at another time, as rows."""
    parts = request.path_params
    found = find(db, parts["kind"], parts["name"]) if parts["kind"] in KINDS else None
    if found is None:
        raise missing("Nobody of that name is quoted here.", near.speakers(db, unslugged(parts["name"])))
    rows = [positions.row(one) for one in positions.changed(db, found.number)]
    table = Table(name="changes", title=f"{found.name}: changes", columns=positions.COLUMNS, rows=rows)
    return Listing(template="", table=table)


def _change_of(one: positions.Changed | None) -> tuple[str | None, str | None, str | None]:
    """The columns `CHANGED` of a quotation."""
    if one is None:
        return None, None, None
    return one.kind, one.certainty, one.early.quotation


def _by_day(said: Sequence[Quoted], cued: Mapping[Told, str]) -> list[dict[str, object]]:
    """What was said, with the story it stands in, for each day and story in turn."""
    return [
        {
            "at": day,
            "story": links.story(story) if story else "",
            "title": short(next((q.title for q in group if q.title), ""), 120),
            "said": [said_shown(q, cued) for q in group],
        }
        for (day, story), told in groupby(said, key=lambda q: (day_of(q.at), q.story))
        for group in [list(told)]
    ]


def said_shown(q: Quoted, cued: Mapping[Told, str]) -> dict[str, object]:
    """Return a quotation for display; ``cued`` are cues that must stand before the words."""
    return {
        "cue": in_place(cued.get((q.article, q.id), "")),
        "words": in_place(q.words)[:2_000],
        "mode": q.mode,
        "outlet": short(q.outlet, 80),
        "title": short(q.title, 160),
        "at": day_of(q.at),
        "address": links.telling(q.story, q.id) if q.story and q.act == "said" else links.article(q.article, q.span),
        "place": links.article(q.article, q.span),
        "story": links.story(q.story) if q.story else "",
    }


def quoted_row(q: Quoted, cued: Mapping[Told, str]) -> tuple[str | int | None, ...]:
    """Return a quotation as a row with the columns `QUOTED`."""
    return (
        rfc(q.at), cued.get((q.article, q.id)), q.words, q.mode, q.outlet, q.title, q.article, q.span.start, q.span.end,
        q.story, q.id, links.article(q.article, q.span),
    )  # fmt: skip


def quoted_line(q: Quoted, cued: Mapping[Told, str]) -> Line:
    """Return a quotation as a line of a feed."""
    cue = cued.get((q.article, q.id))
    words = f"{cue}: {q.words}" if cue else q.words
    where = " in ".join(p for p in (q.name or "unnamed", q.outlet or "") if p)
    return Line(
        id=urn("quotation", q.article, q.id), title=f"{where}: {words[:100]}", at=q.at, text=words,
        url=links.article(q.article, q.span),
    )  # fmt: skip


def bars(months: Mapping[str, int]) -> list[dict[str, object]]:
    """Return a bar for each month from the first to the last, as places in a drawing of `WIDE` by `HIGH`."""
    told = _filled(months)[-MOST_BARS:]
    most = max((n for _, n in told), default=1)
    step = WIDE / max(len(told), 12)
    return [
        {
            "x": round(i * step, 1), "width": round(step * 0.8, 1),
            "y": round(HIGH - n / most * HIGH, 1), "height": round(n / most * HIGH, 1), "month": month, "n": n,
        }
        for i, (month, n) in enumerate(told)
    ]  # fmt: skip


def _filled(months: Mapping[str, int]) -> list[tuple[str, int]]:
    """The months with those between in which there was nothing; no more than are drawn."""
    if not months:
        return []
    last = _number(max(months))
    first = max(_number(min(months)), last - MOST_BARS + 1)
    names = (f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, last + 1))
    return [(name, months.get(name, 0)) for name in names]


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _disputes(db: Database, said: Sequence[Quoted]) -> list[dict[str, object]]:
    """Conflicts with these quotations on a side: where reports of what was said, or its versions, do not agree."""
    places: dict[str, list[Quoted]] = {}
    for q in said:
        places.setdefault(q.article, []).append(q)
    stories = list(dict.fromkeys(q.story for q in said if q.story))[:MOST_STORIES]
    found = [d for story in stories for d in accounts.conflicts(db, story=story)]
    return [
        {"address": links.conflict(d.story, d.id), "why": short(d.why), "title": short(d.title, 120)}
        for d in found
        if _among(d, places)
    ]


def _among(d: Dispute, places: Mapping[str, Sequence[Quoted]]) -> bool:
    return any(side.span.overlaps(q.span) for side in d.sides for q in places.get(side.article, ()))


listed(router, "/speakers", speakers)
listed(router, "/speaker/{kind}/{name}/changes", speaker_changes, page=False)
listed(router, "/speaker/{kind}/{name}", speaker, feeds=True)
