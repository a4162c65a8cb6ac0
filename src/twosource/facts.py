"""What one article tells: facts whose roles are spans of its text, never copies of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from twosource.article import Span, Spans

Act = Literal["said", "thought"]
Mode = Literal["direct", "indirect", "mixed"]
PersonKind = Literal["person", "organisation", "group", "anonymous", "document"]
MentionKind = Literal["person", "organisation", "group", "place"]
Hedge = Literal["about", "at_least", "over", "at_most", "under"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
TimeAnchor = Literal["published", "inferred", "explicit"]
CreditKind = Literal["agency", "outlet", "repost", "byline"]

Features = Mapping[str, str | float]
"""What a rule saw, by name: shown by ``why``, never read by later stages."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that could not be done, or that a reader should know, with its place where it has one."""

    code: str
    message: str
    span: Span | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text ("Jan Hájek", "the ministry of health"): ``span`` is the name without title or possessive.

    ``roles`` are the spans of titles and appositions that stand with it ("defence minister").
    """

    span: Span
    kind: MentionKind
    roles: Spans = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can speak in one article: a person, body, group, unnamed source or document.

    ``name`` is the fullest form the article uses; ``mentions`` are the places that name or describe it.
    ``speaks_for`` is the id of the body a spokesperson speaks for.
    """

    id: str
    name: str
    kind: PersonKind
    roles: tuple[str, ...] = ()
    speaks_for: str | None = None
    mentions: Spans = ()


@dataclass(frozen=True, slots=True)
class ToldTo:
    """Whom the words were said to, where the text says so: an outlet, reporters, a person, a parliament."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Period:
    """ISO dates, both included; ``None`` is an open end."""

    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An attribution of words or a position to a source (PARC, PolNeAR): content, cue and source.

    ``content`` keeps its quotation marks, may begin with the complementiser "that" (as those corpora have it), and has
    several spans when the quotation is interrupted. ``cue`` and ``source`` may be empty. ``rule`` names what found it;
    ``score`` is 0 to 1. ``speaker`` is the id of a `Person` once resolved.
    """

    id: str
    act: Act
    mode: Mode
    content: Spans
    cue: Spans = ()
    source: Spans = ()
    speaker: str | None = None
    told_to: ToldTo | None = None
    said: Period | None = None
    score: float
    rule: str
    features: Features = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity: ``span`` covers numeral, scale word and measure or currency, not the hedge, not the counted noun.

    ``unit`` is a canonical measure ("km2", "USD", "%", "years") or the lower-case head of the counted noun;
    ``value`` is in that unit. ``low`` and ``high`` bound a range, ``of`` is the whole in "six of seven".
    ``subject`` is what is counted. ``quotation`` is the id of the narrowest quotation it stands in (None: the outlet's
    own words), ``as_of`` the days its sentence gives for it (None: not said).
    """

    id: str
    span: Span
    value: float | None
    low: float | None = None
    high: float | None = None
    of: float | None = None
    unit: str = ""
    hedge: Hedge | None = None
    subject: Span | None = None
    quotation: str | None = None
    as_of: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A TIMEX3 expression. ``start`` and ``end`` are ISO dates, both included, where it could be resolved.

    ``anchor`` says what the resolution rests on: publication date, one inferred from co-reports, or the text itself.
    ``direction`` is the tense around it ("past", "future", None), kept to anchor an undated article later; ``relative``
    is what it says relative to the day of publication, as `twosource.extract.relative` writes it.
    """

    span: Span
    type: TimeType
    value: str | None
    start: str | None = None
    end: str | None = None
    anchor: TimeAnchor = "published"
    direction: Literal["past", "future"] | None = None
    relative: str | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A line or phrase by which the article names where it, or a part of it, comes from."""

    kind: CreditKind
    name: str
    span: Span
