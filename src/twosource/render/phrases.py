"""How accounts and reports are put into words: names of relations, dates, quantities and speakers.

Words of articles come from their spans; only the words around them are ours.
"""

from datetime import date, datetime

from twosource.account import (
    Agreement,
    ConflictKind,
    FigureTelling,
    Link,
    LinkKind,
    OnlyWhat,
    Origin,
    OriginKind,
    Relation,
)
from twosource.facts import Hedge
from twosource.render.grounds import unnamed

RELATIONS: dict[Relation, str] = {
    "same_words": "same words",
    "variant_wording": "other wording",
    "shortened": "shortened",
    "paraphrase": "paraphrase",
    "single": "one report only",
}
"""What each relation between tellings is called."""

ORIGINS: dict[OriginKind, str] = {
    "wire_copy": "one agency text",
    "press_release": "one press release",
    "interview": "one interview",
    "briefing": "one briefing",
    "cites_outlet": "citing one outlet",
    "own_reporting": "own report",
}
"""What each kind of origin is called."""

SAME_WORDS, UNNAMED = "words of", "one text in several outlets"
"""An origin of kind "press_release" where no release is named, and a wire copy whose agency nobody names."""

LINKS: dict[LinkKind, tuple[str, str]] = {
    "copy": ("copies", "copies of one text"),
    "partial_copy": ("partly copies", "partly one text"),
    "same_press_material": ("uses the press material of", "same press material"),
    "same_interview_or_briefing": ("uses the interview or briefing of", "same interview or briefing"),
    "cites_other": ("cites", "one cites the other"),
}
"""What each kind of link is called: where it is known who took from whom, and where it is not."""

HEDGES: dict[Hedge | None, str] = {
    "about": "about ",
    "at_least": "at least ",
    "over": "over ",
    "at_most": "at most ",
    "under": "under ",
    None: "",
}
"""What stands before a hedged figure."""

CONFLICTS: dict[ConflictKind, str] = {
    "number": "different numbers",
    "polarity": "one denies what the other says",
    "attribution": "different speakers",
    "time": "different times",
    "place": "different places",
    "strength": "one is stronger than the other",
}
"""What each kind of conflict is called."""

ONLY: dict[OnlyWhat, str] = {"statement": "said", "figure": "figure", "event": "event", "passage": "passage"}
"""What each kind of thing that one report alone tells is called."""

AGREEMENTS: dict[Agreement, str] = {
    "agree": "agree",
    "conflict": "CONFLICT",
    "different_scope": "not the same thing counted",
    "updated": "updated",
    "single": "one report only",
}
"""What each agreement between figures is called."""

GAP = " […] "
"""What stands between the pieces of an interrupted quotation."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """Return "1 report", "2 reports" and the like."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def day(when: str | None) -> str:
    """Return an ISO date or date-time as "12 Feb 2025"; anything else as it stands, "" for None."""
    if not when:
        return ""
    try:
        known = datetime.fromisoformat(when).date() if len(when) > 10 else date.fromisoformat(when)
    except ValueError:
        return when
    return f"{known.day} {_MONTHS[known.month - 1]} {known.year}"


def number(value: float | None) -> str:
    """Return a number with thousands separators and no needless digits; "" for None."""
    if value is None:
        return ""
    whole = abs(value) < 1e15 and value == int(value)
    return f"{value:,.0f}" if whole else f"{value:,.6g}"


def quantity(figure: FigureTelling, words: str) -> str:
    """Return a figure in its article's words, with the hedge, and with "of N" where the words leave the whole out."""
    whole = number(figure.of)
    of = f" of {whole}" if whole and " of " not in words else ""
    return f"{HEDGES[figure.hedge]}{words}{of}"


def measured(figure: FigureTelling, unit: str) -> str:
    """Return a figure by its value where the article's text is not at hand."""
    if figure.value is None and figure.low is not None and figure.high is not None:
        return f"{HEDGES[figure.hedge]}{number(figure.low)} to {number(figure.high)} {unit}".rstrip()
    return f"{HEDGES[figure.hedge]}{number(figure.value) or '?'} {unit}".rstrip()


def origin_kind(origin: Origin, *, release: bool) -> str:
    """Return what an origin is called without its name; ``release`` tells whether a release or statement is named."""
    if origin.kind == "wire_copy" and unnamed(origin.name):
        return UNNAMED
    if origin.kind == "press_release" and not release:
        return "same words"
    return ORIGINS[origin.kind]


def origin_words(origin: Origin, *, release: bool) -> str:
    """Return an origin in words, such as "one interview: The Guardian"."""
    kind = origin_kind(origin, release=release)
    if kind == UNNAMED or not origin.name:
        return kind
    return f"{SAME_WORDS} {origin.name}" if kind == "same words" else f"{kind}: {origin.name}"


def linked(link: Link, left: str, right: str) -> str:
    """Return a link in words: "B copies A" where the direction is known, else "A and B: copies of one text"."""
    verb, noun = LINKS[link.kind]
    if link.direction == "left_from_right":
        return f"{left} {verb} {right}"
    if link.direction == "right_from_left":
        return f"{right} {verb} {left}"
    return f"{' and '.join(sorted((left, right)))}: {noun}"


def surname(name: str) -> str:
    """Return the last word of a person's name of two or three words, else the whole name."""
    parts = name.split()
    return parts[-1] if 2 <= len(parts) <= 3 and parts[-1][:1].isupper() else name
