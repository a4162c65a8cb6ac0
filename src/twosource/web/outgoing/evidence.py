"""The evidence of one line for programs and for citing: each place with selectors by which it is found again (W3C Web
Annotation: TextQuoteSelector and TextPositionSelector), and citations in three forms.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.account import Conflict, FigureLine, Statement
from twosource.anchor import select
from twosource.article import Spans, hull
from twosource.render.json import dumps
from twosource.web import links
from twosource.web.answers import kept_answer, made
from twosource.web.asking import LONGEST_ID, told_at
from twosource.web.deeplinks import deep_link
from twosource.web.outgoing.tables import MEDIA, Table, written
from twosource.web.reading import Told
from twosource.web.refused import missing
from twosource.web.views.cite import Citation, cite

router = APIRouter()

PLAIN = "text/plain; charset=utf-8"

MEDIAS = {"json": MEDIA["json"], "csv": MEDIA["csv"], "md": MEDIA["md"], "txt": PLAIN, "cite.html": PLAIN}
"""Media types by ending. JSON and CSV hold places; the others are citations in Markdown, plain, and HTML as text."""

COLUMNS = ("article", "outlet", "url", "published", "start", "end", "words", "speaker", "mode", "sha256", "page")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a line: who speaks there, and how ("" where that is no question)."""

    article: str
    content: Spans
    speaker: str = ""
    mode: str = ""


def evidence(request: Request, kind: str, ending: str) -> Response:
    """Answer with a statement, telling, figure or conflict in the form that the address ends with."""
    parts = request.path_params
    told = told_at(request, parts["story"])
    name = links.known_by(parts["name"])[:LONGEST_ID]
    spots = _spots(told, kind, name)
    if not spots:
        raise missing("The account of this story has no such line now.")
    key = ("evidence", kind, ending, told.tag, name)
    return kept_answer(request, key, lambda: made(_form(told, kind, name, spots, ending), MEDIAS[ending]))


def _spots(told: Told, kind: str, name: str) -> list[Spot]:
    account, view = told.account, told.page.view
    if kind == "conflict":
        sides = next(((c.left, c.right) for c in account.conflicts if c.id == name), ())
        return [Spot(side.article, (side.span,)) for side in sides]
    if kind == "figure":
        lines = (f for f in account.figures if f.id == name or any(t.figure == name for t in f.tellings))
        return [Spot(t.article, (t.span,)) for line in lines for t in line.tellings][:LONGEST_ID]
    found = [s for s in account.statements if s.id == name or any(t.quotation == name for t in s.tellings)][:1]
    return [
        Spot(t.article, t.content, view.speaker(s.speaker) if s.speaker else "", t.mode)
        for s in found
        for t in s.tellings
        if kind == "statement" or t.quotation == name
    ]


def _form(told: Told, kind: str, name: str, spots: Sequence[Spot], ending: str) -> str:
    if ending == "json":
        return dumps(_record(told, kind, name, spots)) + "\n"
    if ending == "csv":
        return written(Table(name="places", title=kind, columns=COLUMNS, rows=[_row(told, s) for s in spots]), "csv")
    citations = [_citation(told, spot) for spot in spots]
    form = {"md": "markdown", "txt": "plain"}.get(ending, "html")
    return "\n\n".join(getattr(c, form) for c in citations) + "\n"


def _citation(told: Told, spot: Spot) -> Citation:
    text = told.page.report[spot.article].article.text
    page = deep_link(told.page.view.articles[spot.article].url, text, hull(spot.content))
    return cite(told, spot.article, spot.content, speaker=spot.speaker, page=page)


def _record(told: Told, kind: str, name: str, spots: Sequence[Spot]) -> dict[str, Any]:
    return {
        "schema": "twosource.evidence/1",
        "kind": kind,
        "story": told.story.id,
        "page": f"{links.story(told.story.id)}/{kind}/{links.token(name)}",
        "line": _line(told, kind, name),
        "places": [_place(told, spot) for spot in spots],
    }


def _line(told: Told, kind: str, name: str) -> Statement | FigureLine | Conflict | None:
    """The line as it stands in the account."""
    account = told.account
    if kind == "conflict":
        return next((c for c in account.conflicts if c.id == name), None)
    if kind == "figure":
        return next((f for f in account.figures if f.id == name or any(t.figure == name for t in f.tellings)), None)
    return next((s for s in account.statements if s.id == name or any(t.quotation == name for t in s.tellings)), None)


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
        "mode": spot.mode or None,
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
        spot.mode, article.sha256, links.article(spot.article, place),
    )  # fmt: skip


def _endpoint(kind: str, ending: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return evidence(request, kind, ending)

    return endpoint


for _kind in ("statement", "telling", "figure", "conflict"):
    for _ending in MEDIAS:
        router.add_route(f"/story/{{story}}/{_kind}/{{name}}.{_ending}", _endpoint(_kind, _ending), methods=["GET"])
