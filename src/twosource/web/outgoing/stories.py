"""Stories for programs, other readers and people without this server: lists, feeds, one account in four forms.

Notes are in none of them unless ``notes=yes`` asks for them.
"""

import json
from collections.abc import Sequence
from typing import cast, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.render.bibtex import render_bibtex
from twosource.render.csv import render_csv
from twosource.render.html import render_html
from twosource.render.json import account_json, dumps
from twosource.render.linked import render_linked
from twosource.render.markdown import render_markdown
from twosource.render.noted import noted_markdown
from twosource.render.page import shortened
from twosource.render.phrases import counted
from twosource.render.syndication import Line
from twosource.store import notes, shelf
from twosource.store.database import Database
from twosource.store.notes import StoredNote
from twosource.store.shelf import Story
from twosource.web import links
from twosource.web.answers import answer, kept_answer, made
from twosource.web.api.cursors import cursor_of, place_of
from twosource.web.api.shaping import note_shape
from twosource.web.asking import story_at, told_at
from twosource.web.moments import rfc
from twosource.web.outgoing.listing import A_PAGE, Listing, further, listed, urn
from twosource.web.outgoing.noted import asked_for, note_lines, wanted
from twosource.web.outgoing.tables import MEDIA, Form, Table
from twosource.web.reading import Order, Told
from twosource.web.refused import Refused

router = APIRouter()

COLUMNS = ("id", "title", "reports", "origins", "conflicts", "first", "last", "changed", "page")
LONG = 300
"""Code points of a name or headline in a table or Markdown, where it stands on every line; the JSON has all."""

NOTES = ("number", "story", "on_line", "on_article", "words", "body", "author", "at", "edited", "reply_to")


def stories(request: Request, db: Database) -> Listing:
    """Return a page of stories: by independent origins, as on the first page, or in another order."""
    given = request.query_params.get("order", "newest")
    if given not in get_args(Order):
        raise Refused(400, "Stories are listed by origins, newest or coverage.")
    order = cast("Order", given)
    name = f"stories {order}"
    before = place_of(name, request.query_params.get("cursor"))
    found = shelf.listed(db, order=order, limit=A_PAGE + 1, before=before)
    shown = found[:A_PAGE]
    last = shown[-1].cursor(order) if len(found) > A_PAGE else None
    on = further(request, cursor_of(name, last) if last else None)
    rows = [
        (s.id, s.title, s.size, s.origins, s.conflicts, rfc(s.first), rfc(s.last), rfc(s.changed), links.story(s.id))
        for s in shown
    ]
    table = Table(name="stories", title="Stories", columns=COLUMNS, rows=rows, next=on)
    return Listing(template="home.html", table=table, feed=[story_line(s) for s in shown])


def story_line(s: Story) -> Line:
    """Return a story as a line of a feed; its id stays, whatever reports join."""
    parts = [counted(s.size, "report")]
    parts += [f"at most {s.origins} independent"] if s.origins is not None else []
    parts += [counted(s.conflicts, "conflict")] if s.conflicts else []
    return Line(
        id=urn("story", s.id), title=s.title or "a story without a headline", at=s.last or s.made,
        text=", ".join(parts), url=links.story(s.id),
    )  # fmt: skip


def account(request: Request, story: str, form: Form) -> Response:
    """Answer with the whole account of a story in that form."""
    told = told_at(request, story)
    if not wanted(request):
        return kept_answer(request, (f"story.{form}", told.tag), lambda: made(_written(told, form, ()), MEDIA[form]))
    return answer(request, made(_written(told, form, asked_for(request, told)), MEDIA[form]))


def _written(told: Told, form: Form, found: Sequence[StoredNote]) -> str:
    if form == "csv":
        return render_csv(shortened(told.account, LONG))
    if form == "md":
        return render_markdown(shortened(told.account, LONG)) + noted_markdown(note_lines(told, found))
    whole = account_json(told.account)
    if found:
        whole = json.dumps(json.loads(whole) | {"user_notes": json.loads(dumps([note_shape(n) for n in found]))})
    return whole + "\n"


@router.get("/story/{story}.json")
def story_json(request: Request, story: str) -> Response:
    """Answer with the account as JSON (`twosource.account/1`) with the articles' texts."""
    return account(request, story, "json")


@router.get("/story/{story}.csv")
def story_csv(request: Request, story: str) -> Response:
    """Answer with one row for each telling, figure and omission."""
    return account(request, story, "csv")


@router.get("/story/{story}.md")
def story_md(request: Request, story: str) -> Response:
    """Answer with the account as Markdown."""
    return account(request, story, "md")


@router.get("/story/{story}.bib")
def story_bib(request: Request, story: str) -> Response:
    """Answer with a story's reports as BibTeX."""
    told = told_at(request, story)
    write = lambda: made(render_bibtex(told.account), "application/x-bibtex; charset=utf-8")  # noqa: E731
    return kept_answer(request, ("story.bib", told.tag), write)


@router.get("/story/{story}.jsonld")
def story_jsonld(request: Request, story: str) -> Response:
    """Answer with a story in the words of schema.org."""
    told = told_at(request, story)
    write = lambda: made(render_linked(shortened(told.account, LONG)) + "\n", "application/ld+json")  # noqa: E731
    return kept_answer(request, ("story.jsonld", told.tag), write)


@router.get("/story/{story}.html")
def story_html(request: Request, story: str) -> Response:
    """Answer with the story as one file that needs no server: to be kept, sent, printed."""
    told = told_at(request, story)
    if wanted(request):
        written = note_lines(told, asked_for(request, told))
        done = answer(request, made(render_html(told.account, told.reports, written)))
    else:
        done = kept_answer(request, ("story.html", told.tag), lambda: made(render_html(told.account, told.reports)))
    done.headers["Content-Disposition"] = f'attachment; filename="{_file(told.story.id)}.html"'
    return done


def _file(story_id: str) -> str:
    plain = "".join(c for c in story_id if c.isascii() and (c.isalnum() or c in "-_"))[:80]
    return plain or "story"


def story_notes(request: Request, db: Database) -> Listing:
    """Return the notes of one story."""
    found = story_at(request, request.path_params["story"])
    return _notes(f"Notes: {found.title or found.id}", notes.listed(db, found.id))


def all_notes(_request: Request, db: Database) -> Listing:
    """Return the latest notes of all stories."""
    rows = db.rows("SELECT number FROM note WHERE gone = 0 ORDER BY number DESC LIMIT 1000")
    return _notes("Notes", [n for row in rows if (n := notes.get(db, row["number"]))])


def _notes(title: str, found: list[StoredNote]) -> Listing:
    rows = [_note_row(n) for n in found if not n.gone]
    return Listing(template="all_notes.html", table=Table(name="notes", title=title, columns=NOTES, rows=rows))


def _note_row(n: StoredNote) -> tuple[str | int | None, ...]:
    words = n.target.selector.quote.exact if n.target.selector else None
    return (
        n.number, n.story, n.target.line, n.target.article, words, n.body, n.author, rfc(n.at), rfc(n.edited),
        n.reply_to,
    )  # fmt: skip


listed(router, "/stories", stories, feeds=True, page=False)
listed(router, "/story/{story}/notes", story_notes, page=False)
listed(router, "/notes", all_notes, page=False)
