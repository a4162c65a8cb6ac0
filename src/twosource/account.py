"""The result for one story: what its reports share, where they conflict, and on how many origins each line rests.

Holds no text of its own: every line points into an article by id and span.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from twosource.article import Span, Spans
from twosource.facts import Features, Hedge, Mode, Note, PersonKind, ToldTo

Relation = Literal["same_words", "variant_wording", "shortened", "paraphrase", "single"]
Agreement = Literal["agree", "conflict", "different_scope", "updated", "single"]
ConflictKind = Literal["number", "polarity", "attribution", "time", "place", "strength"]
Certainty = Literal["conflict", "possible"]
OriginKind = Literal["wire_copy", "press_release", "interview", "briefing", "cites_outlet", "own_reporting"]
LinkKind = Literal["copy", "partial_copy", "same_press_material", "same_interview_or_briefing", "cites_other"]
Direction = Literal["left_from_right", "right_from_left", "common_source"]
OnlyWhat = Literal["statement", "figure", "event", "passage"]


@dataclass(frozen=True, slots=True)
class Place:
    """A span in one of the story's articles: the form all evidence takes."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Revision:
    """Words of an older version that the report has otherwise, or no more; ``now`` is their place in the report.

    ``was`` is text, the one that a line of an account holds: the older version itself is not part of the account. It is
    empty for added words, ``now`` for words taken out.
    """

    was: str
    now: Span | None


@dataclass(frozen=True, slots=True)
class Version:
    """An older version of a report: its id, digest, dates and the input's name, and what was changed since, in order
    of the report.
    """

    id: str
    sha256: str
    published: str | None
    modified: str | None
    name: str | None
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountArticle:
    """One report of the story; ``origin`` is that of its text as a whole; ``sightings`` counts identical inputs.

    ``name`` is what the input is called, such as a file's name: for people, where no outlet is known. ``versions`` are
    older ones of the same article, the newest first; they count neither as reports nor as sightings.
    """

    id: str
    outlet: str | None
    url: str | None
    title: str | None
    published: str | None
    origin: str
    published_inferred: str | None = None
    sightings: int = 1
    text: str | None = None
    name: str | None = None
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPerson:
    """A speaker across reports; ``forms`` are the names each article uses, by article id."""

    id: str
    name: str
    kind: PersonKind
    roles: tuple[str, ...] = ()
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    speaks_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One report's version of a statement: the quotation it is, and the evidence `why` shows."""

    article: str
    quotation: str
    mode: Mode
    content: Spans
    cue: Spans = ()
    source: Spans = ()
    told_to: ToldTo | None = None
    origin: str = ""
    rule: str = ""
    score: float = 1.0
    features: Features = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What was said, over its tellings in order of place; ``relation`` is the closest between two articles."""

    id: str
    speaker: str | None
    relation: Relation
    tellings: tuple[Telling, ...]
    features: Features = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTelling:
    """One report's version of a figure."""

    article: str
    figure: str
    span: Span
    value: float | None
    low: float | None = None
    high: float | None = None
    of: float | None = None
    hedge: Hedge | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """One quantity over the reports that tell it. ``subject`` is in the words of its first telling."""

    id: str
    unit: str
    subject: str
    agreement: Agreement
    tellings: tuple[FigureTelling, ...]
    features: Features = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two places that do not agree; each span is the smallest phrase or clause that shows it.

    ``settle`` says what would settle it so far as the reports tell (None: they do not).
    """

    id: str
    kind: ConflictKind
    certainty: Certainty
    why: str
    left: Place
    right: Place
    features: Features = field(default_factory=dict)
    settle: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where words or reports come from; several articles on one origin are one source."""

    id: str
    kind: OriginKind
    name: str
    articles: tuple[str, ...]
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why two reports are not independent; ``share`` is the part of the shorter text (or its quotations) in common."""

    left: str
    right: str
    kind: LinkKind
    direction: Direction | None
    share: float
    agency: str | None = None
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Owned:
    """Articles of several outlets that one publisher owns. By itself it makes no two reports one."""

    owner: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """How many reports, and at most how many of them were written independently."""

    reports: int
    independent_reports: int
    origins: tuple[Origin, ...] = ()
    links: tuple[Link, ...] = ()
    owners: tuple[Owned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePoint:
    """A dated place in a report; ISO dates, both included."""

    start: str | None
    end: str | None
    article: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """What one report alone tells."""

    article: str
    span: Span
    what: OnlyWhat


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """What one whole report leaves out: a statement or figure, by its id (``line``).

    ``tellers`` of the ``reports`` that were received whole tell it.
    """

    article: str
    line: str
    tellers: int
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """The forms each article uses for one person or place (``person`` is a person id, or the place's name).

    Names come first; descriptions ("the fire chief") stand in a second one for the same person.
    """

    person: str
    forms: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CueTone:
    """How often an article reports speech with a cue, and that cue's tone in our word list."""

    article: str
    cue: str
    tone: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Words an article gives to one speaker: all, those in quotation marks, and the share of all its reported words."""

    article: str
    person: str
    words: int
    direct_words: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstNamed:
    """The people an article names, by id, in the order of their first mention, and where that stands."""

    article: str
    people: tuple[str, ...]
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """Naming, cue tone, voice and order of first mention."""

    naming: tuple[Naming, ...] = ()
    cues: tuple[CueTone, ...] = ()
    voice: tuple[Voice, ...] = ()
    first: tuple[FirstNamed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account of one story. Articles stand by publication, outlet and id; the order of the inputs plays no part."""

    articles: tuple[AccountArticle, ...]
    people: tuple[AccountPerson, ...]
    statements: tuple[Statement, ...]
    figures: tuple[FigureLine, ...]
    conflicts: tuple[Conflict, ...]
    lineage: Lineage
    timeline: tuple[TimelinePoint, ...] = ()
    only: tuple[Only, ...] = ()
    omissions: tuple[Omission, ...] = ()
    framing: Framing = field(default_factory=Framing)
    notes: tuple[Note, ...] = ()
