"""The shapes of a language's table ``blocks``: the stock phrases by which lines are told from one another."""

from dataclasses import dataclass

from twosource.lang import Language


@dataclass(frozen=True, slots=True)
class Phrases:
    """Stock phrases that are a line, begin one, or stand in one."""

    whole: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    contains: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Teasers:
    """Lead-ins to other stories: to watch, to read, and those that count alone on a line."""

    watch: frozenset[str]
    read: frozenset[str]
    bare: frozenset[str]


@dataclass(frozen=True, slots=True)
class Captions:
    """How captions begin and end, what they hold, which words of reported speech they never do, and which of the past
    they seldom do.

    ``sides`` tell who stands where in a picture; ``heads`` alone on a line announce a caption on the next.
    """

    starts: frozenset[str]
    openers: frozenset[str]
    labels: frozenset[str]
    heads: frozenset[str]
    shown: frozenset[str]
    where: frozenset[str]
    contains: frozenset[str]
    ends: frozenset[str]
    sides: frozenset[str]
    never: frozenset[str]
    past: frozenset[str]


@dataclass(frozen=True, slots=True)
class Credits:
    """Photo agencies, labels before a credit, and words with which one begins or ends."""

    agencies: frozenset[str]
    labels: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]


@dataclass(frozen=True, slots=True)
class Walls:
    """How lines begin that stop a reader, what they hold, and what is said of a report that will grow."""

    starts: frozenset[str]
    contains: frozenset[str]
    growing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dates:
    """Labels before a date, names of months and weekdays, and words that stand with them.

    ``issued`` are words of publication, ``revised`` of a later change.
    """

    labels: frozenset[str]
    words: frozenset[str]
    fill: frozenset[str]
    issued: frozenset[str]
    revised: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bios:
    """How a line about the writer goes on after the name, and what writers are."""

    verbs: frozenset[str]
    jobs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The language's table ``blocks``."""

    boilerplate: Phrases
    tail: Phrases
    teaser: Teasers
    caption: Captions
    credit: Credits
    byline: Phrases
    bio: Bios
    dateline: Dates
    partial: Walls
    correction: Phrases


def table(lang: Language) -> Table:
    """Return the phrases of ``lang``."""
    return lang.table("blocks", Table)
