"""One list under all its addresses: a page for people, ``.json .csv .md`` beside it, and where it grows also feeds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.render.syndication import MEDIA as FEED_MEDIA
from twosource.render.syndication import Channel, Line, syndicated
from twosource.render.syndication import Form as FeedForm
from twosource.store.database import Database
from twosource.web.answers import answer, made
from twosource.web.api.operations import database_of
from twosource.web.api.problems import problem_of, refused
from twosource.web.outgoing.tables import MEDIA, Form, Table, written
from twosource.web.refused import Refused
from twosource.web.templating import render

FEEDS: Mapping[str, FeedForm] = {"atom": "atom", "rss": "rss", "feed.json": "json"}
"""Endings of addresses, and the form of feed that stands there."""

A_PAGE = 50
"""Lines of one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list that was asked for. ``values`` fill its ``template``; ``feed`` are its lines for other readers."""

    template: str
    table: Table
    values: Mapping[str, Any] = field(default_factory=dict)
    feed: Sequence[Line] = ()
    status: int = 200


Make = Callable[[Request, Database], Listing]
Tabled = Callable[[Request], Table]


def tabled(router: APIRouter, path: str, make: Tabled) -> None:
    """Register the forms of the page at ``path``; ``make`` returns what it shows as rows, or raises `Refused`.

    They have to stand before the page where its path ends in a name, because a name takes any ending.
    """
    for one in get_args(Form):
        router.add_route(f"{path}.{one}", _tabled(make, one), methods=["GET"])


def _tabled(make: Tabled, form: Form) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return answer(request, made(written(make(request), form), MEDIA[form]))

    return endpoint


def listed(router: APIRouter, path: str, make: Make, *, feeds: bool = False, page: bool = True) -> None:
    """Register ``path`` and its forms; those stand first, because a path's last part takes any ending."""
    for ending, form in FEEDS.items() if feeds else ():
        router.add_route(f"{path}.{ending}", _feed(make, form), methods=["GET"])
    for one in get_args(Form):
        router.add_route(f"{path}.{one}", _form(make, one), methods=["GET"])
    if page:
        router.add_route(path, _page(make, path, feeds=feeds), methods=["GET"])


def asked(request: Request, make: Make) -> Listing:
    """Return what ``make`` makes of a request; what the store refuses becomes a page that says so."""
    try:
        return make(request, database_of(request))
    except Refused:
        raise
    except Exception as wrong:
        problem = problem_of(wrong)
        if problem is None:
            raise
        raise refused(problem) from wrong


def _page(make: Make, path: str, *, feeds: bool) -> Callable[[Request], Response]:
    endings = [*get_args(Form), *(FEEDS if feeds else ())]

    def endpoint(request: Request) -> Response:
        told = asked(request, make)
        query = f"?{request.url.query}" if request.url.query else ""
        here = quote(request.scope["path"], safe="/~")
        outs = [(one, f"{here}.{one}{query}") for one in endings]
        page = render(told.template, **{"outs": outs, "further": told.table.next, **told.values})
        return answer(request, made(page), told.status)

    endpoint.__name__ = path
    return endpoint


def _form(make: Make, form: Form) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        told = asked(request, make)
        return answer(request, made(written(told.table, form), MEDIA[form]), told.status)

    return endpoint


def _feed(make: Make, form: FeedForm) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        told = asked(request, make)
        return answer(request, made(_syndicated(request, told, form), FEED_MEDIA[form]), told.status)

    return endpoint


def _syndicated(request: Request, told: Listing, form: FeedForm) -> str:
    base = str(request.base_url).rstrip("/")
    ending = next(name for name, one in FEEDS.items() if one == form)
    here = str(request.url)
    home = here.replace(f".{ending}", "", 1) if f".{ending}" in here else base
    channel = Channel(
        id=urn("feed", request.scope["path"]), title=f"twosource: {told.table.title}", home=home, here=here
    )
    lines = [Line(id=n.id, title=n.title, at=n.at, text=n.text, url=base + n.url if n.url else None) for n in told.feed]
    return syndicated(channel, lines, form)


def urn(kind: str, *names: str) -> str:
    """Return an id for a feed's line that never changes, whatever the server is called."""
    return f"urn:twosource:{kind}:" + ":".join(quote(n, safe="", errors="replace") for n in names)


def further(request: Request, cursor: str | None) -> str | None:
    """Return the address of the page after this one: the same query with another cursor; None without one."""
    if cursor is None:
        return None
    told = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    path = quote(request.scope["path"], safe="/~")
    return f"{path}?{urlencode([*told, ('cursor', cursor)], errors='replace')}"


def pieces(text: str, hits: Iterable[tuple[int, int]]) -> list[dict[str, Any]]:
    """Return ``text`` cut where words of a search stand in it (in order), to be marked."""
    from twosource.render.annotate import in_place

    at, cut = 0, []
    for start, end in hits:
        if at <= start < end <= len(text):
            cut += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [{"text": in_place(words), "hit": hit} for words, hit in [*cut, (text[at:], False)] if words]
