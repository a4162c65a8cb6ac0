"""What handlers take from a request: the shelf, the story that an address names, where a list goes on."""

from typing import NamedTuple, cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from twosource.store.shelf import Story
from twosource.web import links
from twosource.web.reading import Shelf, Told
from twosource.web.refused import Refused, missing

LONGEST_ID = 400
"""Code points of an id in an address."""


def shelf_of(request: Request) -> Shelf:
    """Return the shelf that this application reads from."""
    return cast("Shelf", request.app.state.shelf)


class Moved(Refused):
    """The story of an address was merged: its page is at ``to`` now."""

    def __init__(self, to: str) -> None:
        super().__init__(308)
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
        raise Moved(_elsewhere(request, story.id))
    return story


def told_at(request: Request, part: str) -> Told:
    """Return the story that a part of a path names, as it was told. Raises as `story_at` does."""
    told = shelf_of(request).told(story_at(request, part))
    if told is None:
        raise missing("The account of this story is still being made. Try again in a moment.")
    return told


def _elsewhere(request: Request, story_id: str) -> str:
    """The address of the same page of another story, with its query: made of ids, never of what was asked for."""
    rest = request.scope["path"].removeprefix("/story/").partition("/")[2]
    parts = [links.token(p) if not p.startswith("~") else p for p in rest.split("/") if p]
    query = request.scope["query_string"].decode("latin-1")
    kept = "".join(c for c in query if c.isalnum() or c in "=&%-_.~+")[:1000]
    return "/".join([links.story(story_id), *parts]) + (f"?{kept}" if kept else "")


def moved(wrong: Moved) -> Response:
    """Return the answer that leads to where a page is now."""
    return RedirectResponse(wrong.to, 308)


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
