"""Stories, their members and their accounts."""

from starlette.responses import Response

from twosource.render.json import account_json
from twosource.store import accounts, shelf
from twosource.store.query import parse
from twosource.web.answers import kept_answer, made
from twosource.web.api.asked import AccountAsked, StoriesAsked, moment
from twosource.web.api.cursors import cursor_of, place_of
from twosource.web.api.operations import JSON, Call, Nothing, Operations
from twosource.web.api.problems import Problem
from twosource.web.api.shapes import Members, Stories, StoryShape
from twosource.web.api.shaping import member_shape, story_shape
from twosource.web.asking import shelf_of
from twosource.web.reading import Told

OPERATIONS = Operations()
operation = OPERATIONS.add


@operation("GET", "/stories", "List stories", tag="stories", query=StoriesAsked, answer=Stories)
def stories(call: Call[StoriesAsked, Nothing]) -> Stories:
    """Stories with at least `least` reports, the highest of `order` first; with `q` those with a report it finds. One
    that changes while pages are asked for moves up, to pages already seen.
    """
    asked = call.query
    name = f"stories {asked.order}"
    found = shelf.listed(
        call.db,
        order=asked.order,
        since=moment(asked.since),
        limit=asked.limit + 1,
        before=place_of(name, asked.cursor),
        query=parse(asked.q) if asked.q is not None else None,
        least=asked.least,
    )
    shown = found[: asked.limit]
    further = cursor_of(name, shown[-1].cursor(asked.order)) if len(found) > asked.limit else None
    return Stories(stories=[story_shape(s) for s in shown], next=further)


@operation("GET", "/stories/{story}", "Show a story", tag="stories", answer=StoryShape)
def story(call: Call[Nothing, Nothing]) -> StoryShape:
    """One story, or the one that it was merged into (then with that one's id)."""
    return story_shape(call.story())


@operation("GET", "/stories/{story}/members", "List a story's articles", tag="stories", answer=Members)
def members(call: Call[Nothing, Nothing]) -> Members:
    """The story's articles with why each is in it."""
    found = call.story()
    return Members(story=found.id, members=[member_shape(m) for m in shelf.members(call.db, found.id)])


@operation("GET", "/stories/{story}/account", "Show a story's account", tag="stories", query=AccountAsked,
           schema="Account")  # fmt: skip
def account(call: Call[AccountAsked, Nothing]) -> Response:
    """The account (`twosource.account/1`): statements, figures, conflicts, lineage. `text` adds the articles' texts.

    The problem `no_account` says that the desk has not made it yet.
    """
    told = told_of(call)
    wanted = None if call.query.text else ()
    key = ("api account", told.tag, call.query.text)
    return kept_answer(call.request, key, lambda: made(account_json(told.account, texts=wanted).encode("ascii"), JSON))


def told_of(call: Call[AccountAsked, Nothing]) -> Told:
    """Return the story in the path as it was told. Raises `Problem` where there is no account yet."""
    told = shelf_of(call.request).told(call.story())
    if told is None:
        raise Problem(404, "no_account", "The account of this story is still being made.")
    return told


@operation("GET", "/stories/{story}/summary", "Count what an account holds", tag="stories", schema="Summary")
def summary(call: Call[Nothing, Nothing]) -> Response:
    """How many reports, origins, statements, figures and conflicts the account has, without reading all of it."""
    found = accounts.made(call.db, [call.story().id])
    if not found:
        raise Problem(404, "no_account", "The account of this story is still being made.")
    from twosource.render.json import dumps
    from twosource.web.answers import answer

    one = next(iter(found.values()))
    return answer(call.request, made(dumps(one.summary).encode("ascii"), JSON))
