"""Notes and replies on a story, a line of its account, or words of a report. They stand on their own pages alone, so
that a story's page can be shared or printed without them.
"""

import re
import time
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.anchor import Selector, select, visible
from twosource.article import Span
from twosource.store import articles, notes
from twosource.store.database import Database
from twosource.store.notes import StoredNote, Target
from twosource.web import links
from twosource.web.answers import answer, made
from twosource.web.api.operations import database_of
from twosource.web.api.problems import Problem, refused
from twosource.web.asking import LONGEST_ID, shelf_of, story_at
from twosource.web.moments import minute
from twosource.web.refused import Refused, missing
from twosource.web.templating import render, short
from twosource.web.writing.forms import Form, kept_in, name_of, posted, see

router = APIRouter()

MOST = 500
"""Notes on one page, the latest."""

QUOTED = 300
"""Code points of noted words that are shown."""

_PLACE = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note for display. ``depth`` is 1 for a reply, 0 for a note."""

    number: int
    author: str
    at: str
    edited: str
    lines: str
    quote: str
    where: str
    on: str
    story: str
    reply: bool
    gone: bool


@router.get("/story/{story}/notes")
def of_story(request: Request, story: str) -> Response:
    """Answer with a story's notes and the form for a new one, on what the query names: line, or article, start, end."""
    found = story_at(request, story)
    ask = request.query_params
    article = links.known_by(ask.get("article", ""))
    db, target, shown = kept_in(request), Target(line=ask.get("line", "")[:200] or None), []
    if db is not None:
        target = _target(db, ask.get("line", ""), article, ask.get("start", ""), ask.get("end", ""))
        shown = [_shown(n) for n in _threaded(notes.listed(db, found.id)[-MOST:])]
    page = render(
        "notes.html",
        stored=db is not None,
        kept=db is not None and not db.readonly,
        title=short(found.title, 160) or "a story without a headline",
        address=links.story(found.id),
        notes=shown,
        target=target,
        quote=_quote(target.selector),
        place=(target.selector.position.start, target.selector.position.end) if target.selector else ("", ""),
        name=name_of(request),
    )
    return answer(request, made(page))


def _db(request: Request) -> Database:
    try:
        return database_of(request)
    except Problem as wrong:
        raise refused(wrong) from None


def _target(db: Database, line: str, article: str, start: str, end: str) -> Target:
    if not article:
        return Target(line=line[:200] or None)
    found = articles.get(db, [article[:LONGEST_ID]])
    if not found:
        raise missing("There is no such report here.")
    if not _PLACE.fullmatch(start) or not _PLACE.fullmatch(end):
        return Target(line=line[:200] or None, article=article)
    span = Span(int(start), int(end))
    if not span.start < span.end <= len(found[0].text):
        raise Refused(400, "There are no such words in the report.")
    return Target(line=line[:200] or None, article=article, selector=select(found[0].text, span))


def _quote(selector: Selector | None) -> str:
    return short(visible(" ".join(selector.quote.exact.split())), QUOTED) if selector else ""


def _threaded(found: list[StoredNote]) -> list[StoredNote]:
    """Notes in order, each followed by its replies; all depths in one level, so that no page grows narrow."""
    here = {n.number for n in found}
    first: dict[int, int] = {}
    for n in found:
        first[n.number] = first.get(n.reply_to, n.number) if n.reply_to in here and n.reply_to else n.number
    return sorted(found, key=lambda n: (first[n.number], n.number))


def _shown(n: StoredNote) -> NoteShown:
    on, where = "the whole story", links.story(n.story)
    target = n.target
    if target.article:
        span = Span(target.selector.position.start, target.selector.position.end) if target.selector else None
        on, where = (
            "words of a report" if span else "a report",
            (links.words(target.article, span) if span else links.article(target.article)),
        )
    elif target.line:
        on, where = _line(n.story, target.line)
    return NoteShown(
        n.number, short(n.author, 120), minute(n.at), minute(n.edited), visible_lines(n.body),
        _quote(target.selector), where, on, f"{links.story(n.story)}/notes", n.reply_to is not None, n.gone,
    )  # fmt: skip


LINES = {"q": "statement", "s": "statement", "f": "figure", "figure": "figure", "c": "conflict"}
"""What an id is of, by what it begins with; that is where its evidence stands."""


def _line(story: str, line: str) -> tuple[str, str]:
    """What to call a line of the account, and where it is."""
    kind = LINES.get(line.partition("-")[0])
    if kind is None:
        return f"line {short(line, 40)}", links.story(story)
    return f"a {kind}", f"{links.story(story)}/{kind}/{links.token(line)}"


def visible_lines(body: str) -> str:
    """Return a note's words with line ends kept and whatever else could steer a display made visible."""
    return "\n".join(visible(line) for line in body.split("\n"))


@router.get("/notes")
def latest(request: Request) -> Response:
    """Answer with the latest notes of all stories."""
    db = _db(request)
    rows = db.rows("SELECT number FROM note WHERE gone = 0 ORDER BY number DESC LIMIT :most", most=MOST)
    found = [n for row in rows if (n := notes.get(db, row["number"]))]
    titles = {n.story: short(s.title, 160) for n in found if (s := shelf_of(request).newsroom.story(n.story))}
    page = render("all_notes.html", notes=[(_shown(n), titles.get(n.story, "")) for n in found])
    return answer(request, made(page))


def write(sent: Form) -> Response:
    """Write a note, answer one, reword or remove one; lead back to the story's notes."""
    found = story_at(sent.request, sent.request.path_params["story"])
    does, number = sent.one("does", 20), sent.one("number", 15)
    now = time.time()
    if does == "write":
        article = sent.one("article", LONGEST_ID)
        target = _target(sent.db, sent.one("line", 200), article, sent.one("start", 15), sent.one("end", 15))
        made_now = notes.add(sent.db, found.id, sent.text("body"), sent.by, now, target)
        return see(f"{links.story(found.id)}/notes#note-{made_now.number}")
    if not number.isascii() or not number.isdecimal():
        raise Refused(400, "Which note is meant cannot be told.")
    if does == "reply":
        number = str(notes.reply(sent.db, int(number), sent.text("body"), sent.by, now).number)
    elif does == "edit":
        notes.edit(sent.db, int(number), sent.text("body"), now)
    elif does == "remove":
        notes.remove(sent.db, int(number))
    else:
        raise Refused(400, "A note is written, answered, reworded or removed.")
    return see(f"{links.story(found.id)}/notes" + ("" if does == "remove" else f"#note-{int(number)}"))


router.add_route("/story/{story}/notes", posted(write), methods=["POST"])
