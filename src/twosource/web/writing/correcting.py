"""Pages on which an account is corrected: who spoke, what is not the same, who is one person, which story a report
belongs to. Every change is a line of the log, and the page that follows offers to take it back.
"""

import time
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from msgspec import UNSET
from starlette.requests import Request
from starlette.responses import Response

from twosource.account import Statement, Telling
from twosource.render.view import View
from twosource.store.lines import Refused
from twosource.web import links
from twosource.web.answers import answer, made
from twosource.web.asking import LONGEST_ID, story_at, told_at
from twosource.web.reading import Told
from twosource.web.refused import missing
from twosource.web.templating import render, short
from twosource.web.writing.corrections import correct, undo, whose
from twosource.web.writing.forms import Form, kept_in, name_of, posted, see
from twosource.web.writing.renewing import renew_about

router = APIRouter()

MOST = 200
"""People, reports or tellings that one form offers."""

WORDS = 160
"""Code points of a telling that a form shows."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A correction as `twosource.web.writing.corrections.correct` takes it; empty fields were not filled in."""

    kind: str
    story: Any
    into: Any
    article: Any
    articles: Any
    quotation: Any
    name: Any
    left: Any
    right: Any
    outlet: Any
    mark: Any
    conflict: Any


@router.get("/story/{story}/correct")
def whole(request: Request, story: str) -> Response:
    """Answer with the forms for a story: its reports, its people, whether the machine may change it."""
    told = told_at(request, story)
    people = [(links.token(p.name), short(told.page.view.speaker(p.id), 120)) for p in told.account.people[:MOST]]
    reports = [
        (
            links.token(a.id),
            told.page.letter(a.id),
            short(told.page.view.outlet(a.id), 120),
            short(a.title, 160),
            links.article(a.id),
        )
        for a in told.account.articles[:MOST]
    ]
    page = render("correct.html", story=told.story, title=_title(told), people=people, reports=reports,
                  address=links.story(told.story.id), name=name_of(request),
                  stored=kept_in(request) is not None)  # fmt: skip
    return answer(request, made(page))


@router.get("/story/{story}/correct/{quotation}")
def one(request: Request, story: str, quotation: str) -> Response:
    """Answer with the forms for one telling of a statement."""
    told = told_at(request, story)
    statement, telling = _telling(told, links.known_by(quotation)[:LONGEST_ID])
    view = told.page.view
    others = [t for t in statement.tellings if t.quotation != telling.quotation or t.article != telling.article]
    elsewhere = [s for s in told.account.statements if s.id != statement.id and s.speaker == statement.speaker]
    page = render(
        "correct_one.html",
        story=told.story,
        title=_title(told),
        address=links.story(told.story.id),
        evidence=links.telling(told.story.id, telling.quotation),
        here=_shown(view, telling),
        article=links.token(telling.article),
        quotation=links.token(telling.quotation),
        speaker=short(view.speaker(statement.speaker), 120),
        people=[(links.token(n), short(n, 120)) for n in sorted({p.name for p in told.account.people})[:MOST]],
        others=[_shown(view, t) for t in others[:MOST]],
        elsewhere=[_shown(view, s.tellings[0]) for s in elsewhere[:MOST]],
        name=name_of(request),
        stored=kept_in(request) is not None,
    )
    return answer(request, made(page))


def _title(told: Told) -> str:
    return short(told.page.view.title, 120)


def _telling(told: Told, name: str) -> tuple[Statement, Telling]:
    if named := told.called(name):
        return named[0]
    raise missing("The account of this story has no such line now.")


def _shown(view: View, telling: Telling) -> dict[str, str]:
    """A telling as a form offers it; ``value`` names it."""
    return {
        "value": f"{links.token(telling.article)} {links.token(telling.quotation)}",
        "label": view.labels.place(telling.article, telling.quotation),
        "outlet": short(view.outlet(telling.article), 80),
        "words": short(" ".join(view.words(telling.article, telling.content).split()), WORDS),
    }


def apply(sent: Form) -> Response:
    """Write the correction that a form asks for and lead to its line in the log."""
    story = story_at(sent.request, sent.request.path_params["story"])
    wish = _wish(sent, story.id)
    line = correct(sent.db, wish, by=whose(sent.by), now=time.time(), reason=sent.one("reason"))
    renew_about(sent.db, line)
    return see(f"/log/{line.number}")


def _wish(sent: Form, story: str) -> Wish:
    kind = sent.one("kind", 40)
    if kind not in KINDS:
        raise Refused("that is no correction")
    told: dict[str, Any] = dict.fromkeys(Wish.__dataclass_fields__, UNSET)
    given = {
        "story": story,
        "into": links.known_by(sent.one("into").partition("?")[0].partition("#")[0].rpartition("/")[2]),
        "article": _known(sent, "article"),
        "articles": tuple(dict.fromkeys(links.known_by(one) for one in sent.many("articles"))),
        "quotation": _known(sent, "quotation"),
        "name": sent.one("other_name", 500) or _known(sent, "name"),
        "left": _side(sent, kind, "left"),
        "right": _side(sent, kind, "right"),
        "conflict": _known(sent, "conflict"),
    }
    told |= {field: given[field] for field in KINDS[kind]}
    if kind == "speaker" and sent.one("nobody") == "yes":
        told["name"] = ""
    elif kind == "speaker" and not told["name"]:
        raise Refused("say who spoke, or that the text names nobody")
    return Wish(**told | {"kind": kind})


KINDS: dict[str, tuple[str, ...]] = {
    "speaker": ("article", "quotation", "name"),
    "same_person": ("story", "left", "right"),
    "other_person": ("story", "left", "right"),
    "same_statement": ("story", "left", "right"),
    "other_statement": ("story", "left", "right"),
    "no_conflict": ("story", "conflict"),
    "merge": ("story", "into"),
    "split": ("story", "articles"),
    "move": ("story", "into", "articles"),
    "lock": ("story",),
    "unlock": ("story",),
}
"""What a form may ask for, and the fields of it."""


def _known(sent: Form, name: str) -> str:
    """The id or name that a field of ours stands for: names in a form are coded as ids in addresses are."""
    return links.known_by(sent.one(name))


def _side(sent: Form, kind: str, name: str) -> str | list[str]:
    """One side of a pair: a person's name, or a telling."""
    if not kind.endswith("statement"):
        return _known(sent, name)
    given = sent.one(name, 4 * LONGEST_ID)
    article, _, quotation = given.partition(" ")
    if not article or not quotation:
        raise Refused("choose the other telling")
    return [links.known_by(article), links.known_by(quotation)]


def take_back(sent: Form) -> Response:
    """Undo a line of the log and lead to the line that does."""
    number = sent.request.path_params["number"]
    if not number.isascii() or not number.isdecimal() or len(number) > 15:
        raise missing("There is no such line.")
    line = undo(sent.db, int(number), by=whose(sent.by), now=time.time(), reason=sent.one("reason"))
    renew_about(sent.db, line)
    return see(f"/log/{line.number}")


router.add_route("/story/{story}/correct", posted(apply), methods=["POST"])
router.add_route("/log/{number}/undo", posted(take_back), methods=["POST"])
