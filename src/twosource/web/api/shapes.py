"""What the API answers, as types: the description is made from them."""

from typing import Any

from msgspec import Struct

Pair = tuple[int, int]
"""Begin and end in code points of the article's text."""


class StoryShape(Struct, frozen=True, kw_only=True):
    """A story. ``origins`` is how many of its reports were written independently, at most; null while its account is
    not made. ``stale``: a newer account is due. ``page`` is its page for people.
    """

    id: str
    title: str | None
    first: str | None
    last: str | None
    changed: str | None
    reports: int
    origins: int | None
    conflicts: int | None
    locked: bool
    stale: bool
    page: str


class Stories(Struct, frozen=True, kw_only=True):
    """A page of stories; ``next`` is the cursor of the following page, null at the end."""

    stories: list[StoryShape]
    next: str | None


class MemberShape(Struct, frozen=True, kw_only=True):
    """An article in a story: the machine's score, margin and reasons, who put it there, and the line of the log."""

    article: str
    at: str | None
    score: float | None
    margin: float | None
    why: list[tuple[str, str]]
    by: str
    line: int


class Members(Struct, frozen=True, kw_only=True):
    """The articles of a story in the order of their times."""

    story: str
    members: list[MemberShape]


class ArticleShape(Struct, frozen=True, kw_only=True):
    """An article without its text. ``at`` is the time it is listed under."""

    id: str
    version: int
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    at: str | None
    first_seen: str | None
    characters: int
    story: str | None
    page: str


class Articles(Struct, frozen=True, kw_only=True):
    """A page of articles, the newest first."""

    articles: list[ArticleShape]
    next: str | None


class WholeArticle(Struct, frozen=True, kw_only=True):
    """An article as received: every offset of its report is a code point of ``text``. ``versions`` are all ids under
    its address, the first one first.
    """

    id: str
    sha256: str
    outlet: str | None
    domain: str | None
    title: str | None
    url: str | None
    published: str | None
    modified: str | None
    remarks: list[tuple[str, str]]
    versions: list[str]
    text: str


class Took(Struct, frozen=True, kw_only=True):
    """What became of one article: stored, new_version or known, under which id, and remarks (code and words)."""

    id: str
    outcome: str
    place: str
    remarks: list[tuple[str, str]]


class Bad(Struct, frozen=True, kw_only=True):
    """What could not be used, and why."""

    place: str
    reason: str


class Ledger(Struct, frozen=True, kw_only=True):
    """Where all that a run has seen has gone: ``seen`` = ``stored`` + ``known`` + ``rejected`` + ``deferred``."""

    run: int
    command: str
    started: str | None
    ended: str | None
    seen: int
    stored: int
    known: int
    rejected: dict[str, int]
    deferred: int
    note: str | None


class TakenIn(Struct, frozen=True, kw_only=True):
    """What became of the articles that were sent."""

    ledger: Ledger
    articles: list[Took]
    rejected: list[Bad]


class Runs(Struct, frozen=True, kw_only=True):
    """The latest runs, the newest first."""

    runs: list[Ledger]


class HitShape(Struct, frozen=True, kw_only=True):
    """An article that was found. ``spans`` are the matched words in its text, ``excerpt`` the stretch shown."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    at: str | None
    story: str | None
    spans: list[Pair]
    excerpt: Pair
    shown: str
    page: str


class Hits(Struct, frozen=True, kw_only=True):
    """A page of articles that were found."""

    articles: list[HitShape]
    next: str | None


class QuotedShape(Struct, frozen=True, kw_only=True):
    """A quotation: words, who spoke (null: nobody is named), and its place in the article. ``cue`` are the
    outlet's words that must stand before them, such as "denied"; null where the words can stand alone.
    """

    id: str
    article: str
    title: str | None
    outlet: str | None
    at: str | None
    story: str | None
    speaker: str | None
    kind: str | None
    act: str
    mode: str
    span: Pair
    cue: str | None
    words: str
    page: str


class Quotations(Struct, frozen=True, kw_only=True):
    """A page of quotations, the newest first."""

    quotations: list[QuotedShape]
    next: str | None


class SpeakerShape(Struct, frozen=True, kw_only=True):
    """Somebody quoted. ``number`` names them in this store until it is read anew; ``page`` stays."""

    number: int
    name: str
    kind: str
    quotations: int
    outlets: int
    first: str | None
    last: str | None
    page: str


class PositionShape(Struct, frozen=True, kw_only=True):
    """One side of a change. ``day`` is when it was said, so far as the report tells; ``recalled``: at some time before
    it. ``also`` counts the other reports that tell the same.
    """

    day: str
    recalled: bool
    outlet: str | None
    article: str
    span: Pair
    words: str
    quotation: str
    story: str | None
    also: int
    page: str


class ChangeShape(Struct, frozen=True, kw_only=True):
    """Where a speaker said something else on one matter at another time. ``kind``: intent, stance, denial, certainty,
    figure, update (a count that grew) or silence; ``certainty``: sure or possible.
    """

    id: str
    kind: str
    certainty: str
    why: str
    early: PositionShape
    late: PositionShape


class WholeSpeaker(SpeakerShape, frozen=True, kw_only=True):
    """A speaker with the changes of position that reports tell, the sure ones first."""

    changes: list[ChangeShape]


class Speakers(Struct, frozen=True, kw_only=True):
    """A page of speakers, the most quoted first."""

    speakers: list[SpeakerShape]
    next: str | None


class SideShape(Struct, frozen=True, kw_only=True):
    """One side of a conflict."""

    article: str
    outlet: str | None
    span: Pair
    words: str


class DisputeShape(Struct, frozen=True, kw_only=True):
    """A conflict; ``gone``: when the account stopped to show it, null while it does."""

    id: str
    story: str
    title: str | None
    kind: str
    certainty: str
    why: str
    first_seen: str | None
    gone: str | None
    sides: list[SideShape]
    page: str


class Conflicts(Struct, frozen=True, kw_only=True):
    """A page of conflicts, the latest first."""

    conflicts: list[DisputeShape]
    next: str | None


class NoteShape(Struct, frozen=True, kw_only=True):
    """A note or reply. ``line`` is the line of the account it is on; ``article`` with ``exact`` the words."""

    number: int
    story: str
    line: str | None
    article: str | None
    exact: str | None
    start: int | None
    end: int | None
    body: str
    author: str
    at: str | None
    edited: str | None
    reply_to: int | None
    gone: bool
    here: str


class Notes(Struct, frozen=True, kw_only=True):
    """The notes of a story in order."""

    story: str
    notes: list[NoteShape]


class LineShape(Struct, frozen=True, kw_only=True):
    """One line of the log: a change or correction. ``effective``: nobody took it back, and it takes nothing back."""

    number: int
    at: str | None
    by: str
    kind: str
    reason: str
    score: float | None
    payload: dict[str, Any]
    placed: list[str]
    undoes: int | None
    undone_by: int | None
    effective: bool
    here: str


class Log(Struct, frozen=True, kw_only=True):
    """A page of the log, the newest line first."""

    lines: list[LineShape]
    next: str | None


class FeedShape(Struct, frozen=True, kw_only=True):
    """A feed that is followed."""

    number: int
    url: str
    kind: str
    title: str | None
    outlet: str | None
    added: str | None
    next_poll: str | None
    last_ok: str | None
    last_error: str | None
    failures: int
    status: str
    here: str


class Feeds(Struct, frozen=True, kw_only=True):
    """All feeds in the order they were added."""

    feeds: list[FeedShape]


class SearchShape(Struct, frozen=True, kw_only=True):
    """A saved search."""

    name: str
    query: str
    created: str | None
    kinds: list[str]
    feed: str


class Searches(Struct, frozen=True, kw_only=True):
    """All saved searches."""

    searches: list[SearchShape]


class Index(Struct, frozen=True, kw_only=True):
    """Where to begin."""

    version: str
    documentation: str
    description: str
    paths: list[str]
