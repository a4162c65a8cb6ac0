"""The page on which texts, files, addresses and feeds are added; works without a script.

What reads them is imported when somebody adds: it takes 150 ms that no server needs before it answers (2026-11-22).
"""

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.clean.address import web_address
from twosource.desk.addresses import follow_list
from twosource.render.phrases import counted
from twosource.store import articles
from twosource.web import links
from twosource.web.answers import answer, made
from twosource.web.asking import LONGEST_ID, shelf_of
from twosource.web.refused import Refused
from twosource.web.templating import render, short
from twosource.web.writing.corrections import whose
from twosource.web.writing.forms import Form, name_of, posted, see
from twosource.web.writing.renewing import renew, stories_of

if TYPE_CHECKING:
    from twosource.web.writing.gathering import Found, Gathered

router = APIRouter()

BOXES = 2
"""Boxes for texts that the page begins with."""

MOST_BOXES = 20
MOST_ADDRESSES = 20
MOST_SHOWN = 50

SOON = 8
"""Articles of a story whose account is made while the person waits: about half a second each."""

FIELDS = ("text", "outlet", "title", "url", "published")
"""What a form says of a pasted text."""


@router.get("/add")
def form(request: Request, boxes: int = BOXES, url: str = "") -> Response:
    """Answer with the form; ``boxes`` says how many texts may be pasted, ``url`` is filled in (for a bookmarklet)."""
    many = min(max(boxes, 1), MOST_BOXES)
    page = render("add.html", boxes=many, most=MOST_BOXES, url=url[:2000], name=name_of(request))
    return answer(request, made(page))


def add(sent: Form) -> Response:
    """Take what was sent and lead to the story, or say what became of it."""
    from twosource.sources.fetch import Fetcher
    from twosource.web.writing.gathering import gather

    by = whose(sent.by)
    found, addresses = _given(sent)
    lists = [follow_list(sent.db, body, name, time.time) for name, body in sent.files if _is_list(name)]
    if not found and not addresses and not lists:
        raise Refused(400, "Nothing was given: paste a text, choose a file, or write an address.")
    alone = sent.one("alone") == "yes" and len(found) + len(addresses) > 1
    fetching = getattr(sent.request.app.state, "fetching", None) or Fetcher
    got = gather(sent.db, found, addresses, fetching=fetching, by=by, alone=alone)
    got = replace(got, followed=(*got.followed, *(url for one in lists for url in one.followed)))
    if len(got.articles) <= SOON:
        for story in got.stories[:1]:
            renew(sent.db, story)
    if len(got.stories) == 1 and not got.wrong and not got.followed and not got.waiting:
        return see(links.story(got.stories[0]))
    return answer(sent.request, made(_page(sent.request, got)), headers=_again(waiting=got.waiting, names=got.articles))


def _given(sent: Form) -> "tuple[list[Found], list[str]]":
    from twosource.web.writing.gathering import pasted, uploaded

    texts = [dict(zip(FIELDS, told, strict=False)) for told in zip(*(_column(sent, f) for f in FIELDS), strict=True)]
    found = pasted(texts)
    for name, body in sent.files:
        found += [] if _is_list(name) else uploaded(name, body)
    addresses = sent.text("addresses").split()
    if len(addresses) > MOST_ADDRESSES:
        raise Refused(
            400, f"At most {MOST_ADDRESSES} addresses are fetched at once; a list of feeds goes in as a file."
        )
    known = [web_address(one) for one in addresses]
    if None in known:
        raise Refused(400, "One of the addresses is no http or https address.")
    return found, [one for one in known if one]


def _is_list(name: str) -> bool:
    return name.lower().endswith(".opml")


def _column(sent: Form, name: str) -> list[str]:
    told = list(sent.many(name))[:MOST_BOXES]
    return told + [""] * (MOST_BOXES - len(told))


@router.get("/add/done")
def done(request: Request) -> Response:
    """Answer with where articles that were added are now; asks again by itself while some wait."""
    from twosource.web.writing.gathering import Gathered

    db = getattr(shelf_of(request).newsroom, "database", None)
    names = [links.known_by(a)[:LONGEST_ID] for a in request.query_params.getlist("a")[:MOST_SHOWN]]
    if db is None or not names:
        raise Refused(404, "Nothing was added here.")
    there = {a.id for a in articles.get(db, names)}
    kept = tuple(name for name in names if name in there)
    found = stories_of(db, kept)
    got = Gathered(kept, (), (), found, waiting=not found)
    if len(found) == 1 and not any(s.stale for s in [shelf_of(request).newsroom.story(found[0])] if s):
        return see(links.story(found[0]))
    return answer(request, made(_page(request, got)), headers=_again(waiting=True, names=kept))


def _again(*, waiting: bool, names: tuple[str, ...]) -> dict[str, str]:
    """The header that makes a browser look again in a moment, without a script."""
    return {"Refresh": f"4; url={_address(names)}"} if waiting and names else {}


def _address(names: tuple[str, ...]) -> str:
    return "/add/done?" + "&".join(f"a={links.token(name)}" for name in names[:MOST_SHOWN])


def _page(request: Request, got: "Gathered") -> str:
    newsroom = shelf_of(request).newsroom
    found = [story for name in got.stories[:MOST_SHOWN] if (story := newsroom.story(name))]
    return render(
        "added.html",
        stories=[(links.story(s.id), short(s.title) or "a story without a headline", s.size, s.stale) for s in found],
        wrong=[(short(w.name, 120), short(w.reason, 300)) for w in got.wrong[:MOST_SHOWN]],
        followed=[short(url) for url in got.followed[:MOST_SHOWN]],
        stored=counted(len(got.articles), "article"),
        any=bool(got.articles),
        waiting=got.waiting,
        again=_address(got.articles) if got.waiting and got.articles else "",
    )


router.add_route("/add", posted(add), methods=["POST"])
