"""An article: marked in place, its stored text, and what was changed between its versions."""

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from twosource.article import Span
from twosource.web import links
from twosource.web.answers import kept_answer, made
from twosource.web.asking import LONGEST_ID, shelf_of
from twosource.web.reading import Stored, Told
from twosource.web.refused import Refused, missing
from twosource.web.templating import render, short
from twosource.web.views.article import contents, moment
from twosource.web.views.changes import changed_lines

router = APIRouter()

_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")

GONE = "There is no article of that name here. It may have been forgotten on request."


@router.get("/article/{name}")
def article(request: Request, name: str) -> Response:
    """Answer with the article, its facts marked in place, and the place that ``at`` names ("120-140")."""
    stored = stored_at(request, name)
    told, at = _told(request, stored), _place(request.query_params.get("at", ""))
    key = ("article", *_basis(stored), told.tag if told else "", str(at))
    return kept_answer(request, key, lambda: made(render("article.html", **contents(stored, told, at))))


def _place(asked: str) -> Span | None:
    """The place that an address asks for, None where it names none; one that is not in the text is not marked."""
    fine = _PLACE.fullmatch(asked)
    return Span(int(fine[1]), int(fine[2])) if fine and int(fine[1]) < int(fine[2]) else None


@router.get("/article/{name}/text")
def text(request: Request, name: str) -> Response:
    """Answer with the article's text as received, controls made visible, as a page."""
    stored = stored_at(request, name)
    key = ("text", *_basis(stored))
    return kept_answer(request, key, lambda: made(_text(stored)))


@router.get("/article/{name}/changes/{version}")
def changes(request: Request, name: str, version: str) -> Response:
    """Answer with what was changed from the version before to that one."""
    before, after = changed_at(request, name, version)
    if after.article.id != links.known_by(name):
        return RedirectResponse(links.changes(after.article.id, after.article.id), 307)
    key = ("changes", *_basis(after), *_basis(before))
    return kept_answer(request, key, lambda: made(_changes(before, after)))


def changed_at(request: Request, name: str, version: str) -> tuple[Stored, Stored]:
    """Return a version of an article and the one before it. Raises `Refused` where there are no such two."""
    stored = stored_at(request, name)
    wanted = links.known_by(version)
    known = {v.id: v for v in stored.versions}
    numbers = {v.version: v.id for v in stored.versions}
    if wanted not in known or known[wanted].version - 1 not in numbers:
        raise missing("There is no older version to compare with.")
    after = stored if wanted == stored.article.id else stored_at(request, links.token(wanted))
    return stored_at(request, links.token(numbers[known[wanted].version - 1])), after


def stored_at(request: Request, part: str) -> Stored:
    """Return the article that a part of a path names. Raises `Refused` where there is none."""
    name = links.known_by(part)
    stored = shelf_of(request).newsroom.stored(name) if len(name) <= LONGEST_ID else None
    if stored is None:
        raise Refused(410 if links.made_here(name) else 404, GONE)
    return stored


def _basis(stored: Stored) -> tuple[str, ...]:
    article = stored.article
    read = f"{len(stored.report.quotations)} {stored.report.model}" if stored.report else ""
    latest = stored.versions[0].id if stored.versions else ""
    return article.id, article.sha256, read, latest, str(len(stored.versions)), article.title or ""


def _told(request: Request, stored: Stored) -> Told | None:
    shelf = shelf_of(request)
    story = shelf.newsroom.story(stored.story) if stored.story else None
    return shelf.told(story) if story else None


def _text(stored: Stored) -> str:
    from twosource.anchor import visible

    lines = [visible(line) for line in stored.article.text.splitlines()]
    return render(
        "text.html",
        article=stored.article,
        title=short(stored.article.title, 160) or "Stored text",
        text="\n".join(lines),
        came=moment(stored.first_seen),
        digest=stored.article.sha256,
    )


def _changes(before: Stored, after: Stored) -> str:
    return render(
        "changes.html",
        article=after.article,
        title=short(after.article.title, 160) or "an article",
        lines=changed_lines(before.article.text, after.article.text),
        before=before,
        after=after,
        came=(moment(before.first_seen), moment(after.first_seen)),
        titles=(short(before.article.title, 300), short(after.article.title, 300)),
    )
