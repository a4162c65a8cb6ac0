"""What the API takes, as types with bounds: queries and bodies."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from twosource.web.api.problems import Problem

Limit = Annotated[int, Meta(ge=1, le=200, description="Lines of one page.")]
Cursor = Annotated[str, Meta(max_length=200, description="The `next` of the page before.")]
When = Annotated[str, Meta(max_length=40, description="A day (2026-11-22) or a time in RFC 3339; UTC without a zone.")]
Words = Annotated[
    str, Meta(max_length=1000, description='Words, "a phrase", -without, this OR that, speaker: outlet: after: said: …')
]
Name = Annotated[str, Meta(max_length=200)]
Id = Annotated[str, Meta(min_length=1, max_length=400)]
By = Annotated[str, Meta(max_length=200, description="Who says so; anybody but `machine`.")]
Reason = Annotated[str, Meta(max_length=2000)]
Two = Annotated[list[Id], Meta(min_length=2, max_length=2)]
"""A telling. A list and no tuple: msgspec 0.22 crashes when a union of a tuple and bounded text is collected."""

Chosen = Annotated[list[Id], Meta(min_length=1, max_length=500)]


class Query(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of a list."""

    limit: Limit = 50
    cursor: Cursor | None = None


class StoriesAsked(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which stories."""

    order: Literal["newest", "origins", "coverage", "changed"] = "newest"
    since: When | None = None
    least: Annotated[int, Meta(ge=1, le=10_000, description="Reports at least.")] = 1
    q: Words | None = None


class AccountAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the articles' texts are wanted too."""

    text: bool = False


class ArticlesAsked(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which articles."""

    outlet: Name | None = None
    since: When | None = None
    until: When | None = None
    story: Annotated[str, Meta(max_length=400)] | None = None


class OutletAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who published the articles that do not say it themselves."""

    outlet: Name | None = None


class FoundAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is searched for."""

    q: Words
    limit: Limit = 50
    cursor: Cursor | None = None


class HitsAsked(FoundAsked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is searched for, and in which order; the best are one page."""

    order: Literal["newest", "best"] = "newest"


class SpeakersAsked(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose name holds which words."""

    name: Name = ""
    kind: Literal["named", "person", "organisation", "group", "anonymous", "document"] = "named"


class ConflictsAsked(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which conflicts."""

    story: Annotated[str, Meta(max_length=400)] | None = None
    since: When | None = None
    certain: bool = False
    gone: bool = False


class LogAsked(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which lines: about a story, an article or an outlet."""

    about: Annotated[str, Meta(max_length=400)] | None = None


class Few(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many."""

    limit: Limit = 50


class NewNote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A note on a story: on the whole, on a ``line`` of its account, or on the words of an ``article`` from ``start``
    to ``end``.
    """

    body: Annotated[str, Meta(min_length=1, max_length=100_000)]
    author: Annotated[str, Meta(min_length=1, max_length=200)]
    line: Annotated[str, Meta(max_length=200)] | None = None
    article: Annotated[str, Meta(max_length=200)] | None = None
    start: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    end: Annotated[int, Meta(ge=0, le=2**53)] | None = None


class NewReply(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer to a note."""

    body: Annotated[str, Meta(min_length=1, max_length=100_000)]
    author: Annotated[str, Meta(min_length=1, max_length=200)]


class NewWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Other words of a note."""

    body: Annotated[str, Meta(min_length=1, max_length=100_000)]


class Said(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who says so, and why. With ``renew`` the accounts it concerns are made anew before the answer, which takes as
    long as that takes; else the desk does it.
    """

    by: By = ""
    reason: Reason = ""
    renew: bool = False


class NewCorrection(Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A correction. By ``kind`` it needs: speaker: article, quotation, name ("" for nobody); same_person and
    other_person: story, left, right (names); same_statement and other_statement: story, left, right (each
    "ARTICLE QUOTATION" as a list of two); no_conflict: story, conflict (its id); merge: story, into;
    split: story, articles; move: story, into, articles; lock and unlock: story;
    outlet_mark: outlet, mark ("" for as any other).
    """

    kind: Literal[
        "speaker", "same_person", "other_person", "same_statement", "other_statement", "no_conflict",
        "merge", "split", "move", "lock", "unlock", "outlet_mark",
    ]  # fmt: skip
    story: Id | UnsetType = UNSET
    into: Id | UnsetType = UNSET
    article: Id | UnsetType = UNSET
    articles: Chosen | UnsetType = UNSET
    quotation: Id | UnsetType = UNSET
    name: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET
    left: Annotated[str, Meta(max_length=500)] | Two | UnsetType = UNSET
    right: Annotated[str, Meta(max_length=500)] | Two | UnsetType = UNSET
    conflict: Id | UnsetType = UNSET
    outlet: Id | UnsetType = UNSET
    mark: Literal["", "hidden", "distrusted"] | UnsetType = UNSET


class NewFeed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed or sitemap to follow; it is asked for when the desk runs next."""

    url: Annotated[str, Meta(min_length=8, max_length=2000, pattern="^[Hh][Tt][Tt][Pp][Ss]?://")]
    kind: Literal["feed", "sitemap"] = "feed"
    outlet: Name | None = None


class Paused(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether a feed is not called for now."""

    paused: bool


class NewSearch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A search to keep under a name. Where its hits are sent is set on the command line."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    query: Annotated[str, Meta(max_length=1000)]


def moment(told: str | None) -> float | None:
    """Return a day or time as seconds UTC.

    Raises:
        Problem: it is neither.

    """
    if told is None:
        return None
    try:
        when = datetime.fromisoformat(told)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise Problem(422, "bad_query", "A day has to be written 2026-11-22, a time in RFC 3339.") from None
