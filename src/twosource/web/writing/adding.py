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
from twosource.store.lines import Refused as NotDone
from twosource.web import links
from twosource.web.answers import answer, made
from twosource.web.asking import LONGEST_ID, shelf_of
from twosource.web.refused import Refused
from twosource.web.templating import render, short
from twosource.web.writing.corrections import whose
from twosource.web.writing.desks import desk_works
from twosource.web.writing.filling import BOXES, Amiss, again, checked, columns, empty
from twosource.web.writing.forms import Form, posted, see
from twosource.web.writing.renewing import renew, stories_of

if TYPE_CHECKING:
    from twosource.web.writing.gathering import Found, Gathered

router = APIRouter()

MOST_ADDRESSES = 20
MOST_SHOWN = 50

SOON = 8
"""Articles of a story whose account is made while the person waits: about half a second each."""


@router.get("/add")
def form(request: Request, boxes: int = BOXES, url: str = "") -> Response:
    """Answer with the form; ``boxes`` says how many texts may be pasted, ``url`` is filled in (for a bookmarklet)."""
    return empty(request, boxes, url)


def add(sent: Form) -> Response:
    """Take what was sent and lead to the story, or say what became of it; a mistake leads back to the form."""
    if sent.one("more"):
        return again(sent)
    try:
        return _added(sent)
    except Amiss as wrong:
        return again(sent, wrong)
    except (Refused, NotDone) as wrong:
        why = wrong.why if isinstance(wrong, Refused) else f"{str(wrong)[:1].upper()}{str(wrong)[1:500]}."
        return again(sent, Amiss(why))


def _added(sent: Form) -> Response:
    from twosource.sources.fetch import Fetcher
    from twosource.web.writing.gathering import gather

    by = whose(sent.by)
    found, addresses = _given(sent)
    lists = [follow_list(sent.db, body, name, time.time) for name, body in sent.files if _is_list(name)]
    if not found and not addresses and not lists:
        raise Amiss("Nothing was given: paste a text, choose a file, or write an address.", "1")
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

    texts, addresses = columns(sent), sent.text("addresses").split()
    found = pasted(texts)
    checked(texts, found, others=bool(addresses or sent.files))
    for name, body in sent.files:
        found += [] if _is_list(name) else uploaded(name, body)
    if len(addresses) > MOST_ADDRESSES:
        why = f"At most {MOST_ADDRESSES} addresses are fetched at once; a list of feeds goes in as a file."
        raise Amiss(why, "addresses")
    known = [web_address(one) for one in addresses]
    if None in known:
        raise Amiss("One of the addresses is no http or https address.", "addresses")
    return found, [one for one in known if one]


def _is_list(name: str) -> bool:
    return name.lower().endswith(".opml")


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
    if len(found) == 1:
        return see(links.story(found[0]))
    got = Gathered(kept, (), (), found, waiting=not found)
    return answer(request, made(_page(request, got)), headers=_again(waiting=not found, names=kept))


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
        desk=desk_works(request),
        again=_address(got.articles) if got.waiting and got.articles else "",
    )


router.add_route("/add", posted(add), methods=["POST"])
