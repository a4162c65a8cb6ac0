"""What handlers take from a request: the shelf, the story that an address names, where a list goes on."""

from typing import NamedTuple, cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from twosource.store.database import Database
from twosource.store.shelf import Story
from twosource.web import links
from twosource.web.reading import Shelf, Told
from twosource.web.refused import Refused, missing

LONGEST_ID = 400
"""Code points of an id in an address."""

AGAIN = "3"
"""Seconds after which to ask again for an account that is being made; an account takes 1 to 5."""

UNREAD = "The account of this story is still being made. This page asks again by itself."
ALONE = "This story has one report so far. It is read when a second one joins it."
EMPTY = "All reports of this story were moved to others, or forgotten on request."


def shelf_of(request: Request) -> Shelf:
    """Return the shelf that this application reads from."""
    return cast("Shelf", request.app.state.shelf)


class Moved(Refused):
    """The story of an address is told at ``to`` now: for good (308), or as long as its reports are there (307)."""

    def __init__(self, to: str, status: int = 308) -> None:
        super().__init__(status)
        self.to = to


def story_at(request: Request, part: str) -> Story:
    """Return the story that a part of a path names.

    Raises:
        Moved: it was merged into another one, whose page of the same kind stands elsewhere.
        Refused: there is none.

    """
    name = links.known_by(part)
    story = shelf_of(request).newsroom.story(name) if len(name) <= LONGEST_ID else None
    if story is None:
        raise missing("There is no story of that name here. It may have been deleted.")
    if story.id != name:
        raise Moved(_elsewhere(request, part, story.id))
    return story


_LEFT_FOR = (
    "SELECT DISTINCT s.id FROM placement p JOIN membership m ON m.article = p.article "
    "JOIN story s ON s.number = m.story WHERE p.story = :story LIMIT 2"
)


def peopled_at(request: Request, part: str) -> Story:
    """Return the story that a part of a path names, as `story_at`; one whose reports all moved to another leads there.

    Raises:
        Moved: it was merged, or stands empty.
        Refused: there is none.

    """
    story = story_at(request, part)
    db: Database | None = None if story.size else getattr(shelf_of(request).newsroom, "database", None)
    homes = db.rows(_LEFT_FOR, story=story.number) if db else []
    if len(homes) == 1 and homes[0]["id"] != story.id:
        raise Moved(_elsewhere(request, part, homes[0]["id"]), 307)
    return story


def told_at(request: Request, part: str) -> Told:
    """Return the story that a part of a path names, as it was told.

    Raises:
        Moved: as `peopled_at` does.
        Refused: there is no such story, or it has one report that is not read (404), no report of it is left (410),
            or its account is being made (503).

    """
    story = peopled_at(request, part)
    told = shelf_of(request).told(story)
    if told is None:
        raise being_made(request, story) or (missing(ALONE) if story.size else Refused(410, EMPTY))
    return told


def being_made(request: Request, story: Story) -> Refused | None:
    """Return the refusal to give until the account of a story is made (anew), None where none is due.

    A story of one report gets none: it is read when a second one joins.
    """
    due = story.stale or (story.size > 1 and shelf_of(request).told(story) is None)
    return Waiting() if due else None


class Waiting(Refused):
    """An account is being made: programs are told when to ask again, and browsers do so by themselves."""

    def __init__(self) -> None:
        super().__init__(503, UNREAD)
        self.headers = {"Retry-After": AGAIN, "Refresh": AGAIN}


def _elsewhere(request: Request, part: str, story_id: str) -> str:
    """The address of the same page of another story, in the same form and with its query."""
    rest = request.scope["path"].removeprefix(f"/story/{part}")
    kept = quote(rest, safe="/~", errors="replace") if rest != request.scope["path"] and rest[:1] in {"/", "."} else ""
    query = request.scope["query_string"].decode("latin-1")
    asked = "".join(c for c in query if c.isalnum() or c in "=&%-_.~+")[:1000]
    return links.story(story_id) + kept + (f"?{asked}" if asked else "")


def moved(wrong: Moved) -> Response:
    """Return the answer that leads to where a page is now."""
    return RedirectResponse(wrong.to, wrong.status_code)


class After(NamedTuple):
    """Where a list goes on: the last line's value and number."""

    value: float
    number: int


def after(cursor: str | None) -> tuple[float, int] | None:
    """Return the place that `cursor_of` wrote, None for the beginning.

    Raises:
        Refused: it is no such place.

    """
    if not cursor:
        return None
    value, _, number = cursor[:80].partition("_")
    try:
        found = After(float(value), int(number))
    except ValueError:
        raise Refused(400, "That is no place in this list.") from None
    if not abs(found.value) < 1e15 or not 0 <= found.number < 2**62:
        raise Refused(400, "That is no place in this list.")
    return found


def cursor_of(place: tuple[float, int]) -> str:
    """Return a place in a list for an address."""
    return f"{place[0]!r}_{place[1]}"
