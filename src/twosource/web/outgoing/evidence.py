"""The evidence of one line for programs and for citing: each place with selectors by which it is found again (W3C Web
Annotation: TextQuoteSelector and TextPositionSelector), and citations in three forms.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.account import Conflict, FigureLine, Link, Origin, Place, Statement, Telling
from twosource.anchor import select
from twosource.article import Spans, hull
from twosource.render.json import dumps
from twosource.web import links
from twosource.web.answers import kept_answer, made
from twosource.web.asking import LONGEST_ID, peopled_at, shelf_of
from twosource.web.deeplinks import deep_link
from twosource.web.lasting import unlinked, without
from twosource.web.outgoing.tables import MEDIA, Table, written
from twosource.web.reading import Told
from twosource.web.views.cite import Citation, cite

router = APIRouter()

PLAIN = "text/plain; charset=utf-8"

MEDIAS = {"json": MEDIA["json"], "csv": MEDIA["csv"], "md": MEDIA["md"], "txt": PLAIN, "cite.html": PLAIN}
"""Media types by ending. JSON and CSV hold places; the others are citations in Markdown, plain, and HTML as text."""

COLUMNS = ("article", "outlet", "url", "published", "start", "end", "words", "speaker", "mode", "sha256", "page")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a line; of a statement also the telling there and its speaker's name, "" where nobody is known."""

    article: str
    content: Spans
    speaker: str = ""
    telling: Telling | None = None


Line = Statement | FigureLine | Conflict | Origin | Link


def evidence(request: Request, kind: str, ending: str) -> Response:
    """Answer with a line in the form that the address ends with; where no account has it, as its page does."""
    parts = request.path_params
    at = peopled_at(request, parts["story"])
    names = [links.known_by(parts[part])[:LONGEST_ID] for part in ("name", "left", "right") if part in parts]
    told = shelf_of(request).told(at)
    found = _found(told, kind, names) if told else None
    if told is None or found is None:
        if kind == "pair":
            return unlinked(request, at, names[0], names[1], ending)
        return without(request, at, kind, names[0], ending)
    page = "/".join((links.story(at.id), kind, *map(links.token, names)))
    key = ("evidence", kind, ending, told.tag, *names)
    return kept_answer(request, key, lambda: made(_form(told, kind, page, found, ending), MEDIAS[ending]))


def _found(told: Told, kind: str, names: Sequence[str]) -> tuple[Line, list[Spot]] | None:
    """The line of that name and its places, in the order in which its page has them."""
    account, name = told.account, names[0]
    if kind in {"statement", "telling"}:
        return _said(told, kind, name)
    if kind == "figure":
        line = next((f for f in account.figures if f.id == name or any(t.figure == name for t in f.tellings)), None)
        return (line, [Spot(t.article, (t.span,)) for t in line.tellings]) if line else None
    if kind == "conflict":
        conflict = next((c for c in account.conflicts if c.id == name), None)
        return (conflict, _spots((conflict.left, conflict.right))) if conflict else None
    if kind == "origin":
        origin = next((o for o in account.lineage.origins if o.id == name), None)
        return (origin, _spots(origin.evidence)) if origin else None
    link = next((k for k in account.lineage.links if {k.left, k.right} == set(names)), None)
    return (link, _spots(link.evidence)) if link else None


def _said(told: Told, kind: str, name: str) -> tuple[Line, list[Spot]] | None:
    named = told.called(name)
    found = named[0][0] if named else next((s for s in told.account.statements if s.id == name), None)
    if found is None or (kind == "telling" and not named):
        return None
    first = {id(t) for _, t in named}
    pairs = (
        named if kind == "telling" else [(found, t) for t in sorted(found.tellings, key=lambda t: id(t) not in first)]
    )
    speaker = told.page.view.speaker
    return found, [Spot(t.article, t.content, speaker(s.speaker) if s.speaker else "", t) for s, t in pairs]


def _spots(places: Iterable[Place]) -> list[Spot]:
    return [Spot(place.article, (place.span,)) for place in places]


def _form(told: Told, kind: str, page: str, found: tuple[Line, Sequence[Spot]], ending: str) -> str:
    line, spots = found
    if ending == "json":
        return dumps(_record(told, kind, page, line, spots)) + "\n"
    if ending == "csv":
        return written(Table(name="places", title=kind, columns=COLUMNS, rows=[_row(told, s) for s in spots]), "csv")
    citations = [_citation(told, spot) for spot in spots]
    form = {"md": "markdown", "txt": "plain"}.get(ending, "html")
    return "\n\n".join(getattr(c, form) for c in citations) + "\n"


def _citation(told: Told, spot: Spot) -> Citation:
    text = told.page.report[spot.article].article.text
    page = deep_link(told.page.view.articles[spot.article].url, text, hull(spot.content))
    return cite(told, spot.article, spot.content, page=page, telling=spot.telling, speaker=spot.speaker)


def _record(told: Told, kind: str, page: str, line: Line, spots: Sequence[Spot]) -> dict[str, Any]:
    return {
        "schema": "twosource.evidence/1",
        "kind": kind,
        "story": told.story.id,
        "page": page,
        "line": line,
        "places": [_place(told, spot) for spot in spots],
    }


def _place(told: Told, spot: Spot) -> dict[str, Any]:
    known, article = told.page.view.articles[spot.article], told.page.report[spot.article].article
    pieces = [select(article.text, span) for span in spot.content]
    return {
        "article": spot.article,
        "outlet": known.outlet,
        "url": known.url,
        "published": known.published,
        "sha256": article.sha256,
        "speaker": spot.speaker or None,
        "mode": spot.telling.mode if spot.telling else None,
        "selectors": [
            [
                {
                    "type": "TextQuoteSelector",
                    "exact": p.quote.exact,
                    "prefix": p.quote.prefix,
                    "suffix": p.quote.suffix,
                },
                {"type": "TextPositionSelector", "start": p.position.start, "end": p.position.end},
            ]
            for p in pieces
        ],
        "page": links.article(spot.article, hull(spot.content)),
        "deep_link": deep_link(known.url, article.text, hull(spot.content)),
    }


def _row(told: Told, spot: Spot) -> tuple[str | int | None, ...]:
    known, article = told.page.view.articles[spot.article], told.page.report[spot.article].article
    place = hull(spot.content)
    words = told.page.view.words(spot.article, spot.content)
    return (
        spot.article, known.outlet, known.url, known.published, place.start, place.end, words, spot.speaker,
        spot.telling.mode if spot.telling else None, article.sha256, links.article(spot.article, place),
    )  # fmt: skip


def _endpoint(kind: str, ending: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return evidence(request, kind, ending)

    return endpoint


for _kind in ("statement", "telling", "figure", "conflict", "origin", "pair"):
    for _ending in MEDIAS:
        _named = "{left}/{right}" if _kind == "pair" else "{name}"
        router.add_route(f"/story/{{story}}/{_kind}/{_named}.{_ending}", _endpoint(_kind, _ending), methods=["GET"])
