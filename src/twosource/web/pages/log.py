"""The log: who changed or corrected what, and the button that takes it back."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from starlette.requests import Request

from twosource.render.json import dumps
from twosource.store import judgements, lines
from twosource.store.database import Database
from twosource.store.lines import Judgement
from twosource.web import links
from twosource.web.api.cursors import cursor_of, number_of
from twosource.web.asking import LONGEST_ID
from twosource.web.moments import minute, rfc
from twosource.web.outgoing.listing import A_PAGE, Listing, further, listed
from twosource.web.outgoing.tables import Cell, Table
from twosource.web.refused import missing
from twosource.web.templating import short
from twosource.web.titles import story_titles
from twosource.web.views.corrected import corrected
from twosource.web.writing.forms import name_of

router = APIRouter()

COLUMNS = ("line", "at", "by", "kind", "reason", "payload", "articles", "undoes", "undone_by", "effective")

DID = {
    "speaker": "said who spoke",
    "same_person": "said that two names are one person",
    "other_person": "said that two names are not one person",
    "same_statement": "said that two tellings are one statement",
    "other_statement": "said that two tellings are not one statement",
    "no_conflict": "said that two places are in no conflict",
    "merge": "merged two stories",
    "split": "parted a story",
    "move": "moved reports to another story",
    "lock": "locked a story",
    "unlock": "unlocked a story",
    "outlet_mark": "marked an outlet",
    "undo": "took a line back",
    "assign": "put reports into stories",
}
"""What each kind of line says that its author did."""


SAYS: Mapping[str, Sequence[str]] = {
    "same_person": ("left", "right"), "other_person": ("left", "right"),
}  # fmt: skip
"""What else of a line is told in words; the lines that it is about are shown themselves."""


def log(request: Request, db: Database) -> Listing:
    """Return a page of the log, the newest line first; ``about`` names a story, article or outlet."""
    about = request.query_params.get("about", "")[:LONGEST_ID] or None
    before = number_of("log", request.query_params.get("cursor"))
    found = judgements.all(db, about=about, limit=A_PAGE + 1, before=before)
    shown = found[:A_PAGE]
    on = further(request, cursor_of("log", (0, shown[-1].number)) if len(found) > A_PAGE else None)
    table = Table(name="lines", title="Log", columns=COLUMNS, rows=[_row(j) for j in shown], next=on)
    values = {"lines": _all(db, shown), "one": False, "name": name_of(request), "about": bool(about)}
    return Listing(template="log.html", table=table, values=values)


def one(request: Request, db: Database) -> Listing:
    """Return one line of the log."""
    number = request.path_params["number"]
    if not number.isascii() or not number.isdecimal() or len(number) > 15:
        raise missing("There is no such line.")
    found = lines.read(db, after=int(number) - 1, before=int(number) + 1, limit=1)
    if not found:
        raise missing("There is no such line.")
    table = Table(name="lines", title=f"Line {int(number)}", columns=COLUMNS, rows=[_row(found[0])])
    about = found[0]
    while about.undoes is not None:
        about = lines.read(db, after=about.undoes - 1, before=about.undoes + 1, limit=1)[0]
    told = [_shown(found[0], story_titles(db, _stories(found[0]))) | {"corrected": corrected(db, about)}]
    values = {"lines": told, "one": True, "name": name_of(request), "about": True}
    return Listing(template="log.html", table=table, values=values)


def _row(j: Judgement) -> tuple[Cell, ...]:
    return (
        j.number, rfc(j.at), j.by, j.kind, j.reason, dumps(dict(j.payload)), " ".join(j.placed), j.undoes,
        j.undone_by, j.effective,
    )  # fmt: skip


def _all(db: Database, found: Sequence[Judgement]) -> list[dict[str, object]]:
    titles = story_titles(db, (name for j in found for name in _stories(j)))
    return [_shown(j, titles) | {"corrected": corrected(db, j)} for j in found]


def _stories(j: Judgement) -> list[str]:
    return [str(j.payload[part]) for part in ("story", "into") if isinstance(j.payload.get(part), str)]


def _shown(j: Judgement, titles: Mapping[str, str]) -> dict[str, object]:
    told = j.payload
    article = told.get("article")
    return {
        "number": j.number,
        "at": minute(j.at),
        "by": short(j.by, 120),
        "did": DID.get(j.kind, j.kind),
        "reason": short(j.reason, 400),
        "facts": [
            (str(name), short(value if isinstance(value, str) else " ".join(map(str, value)), 200) or "nobody")
            for name, value in told.items()
            if name in ("outlet", "mark", *SAYS.get(j.kind, ())) and isinstance(value, str | list)
        ],
        "speaker": (short(str(told.get("name") or ""), 200) or "nobody") if j.kind == "speaker" else "",
        "stories": [(links.story(s), titles.get(s, short(s, 60))) for s in _stories(j)],
        "articles": [
            (links.article(a), short(a, 60)) for a in [*j.placed[:20], *([article] if isinstance(article, str) else [])]
        ],
        "undone_by": j.undone_by,
        "undoes": j.undoes,
        "may": j.undone_by is None and j.kind != "assign",
    }


listed(router, "/log", log)
listed(router, "/log/{number}", one)
