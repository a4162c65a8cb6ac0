"""The language people search in: words, "a phrase", -without, this OR that, begin*, and fields with a colon.

All terms must hold; ``OR`` binds its two neighbours. What is no field is words, so that an address or a line of a text
may be pasted; marks without a letter or digit, and parentheses, are passed over. Nothing of what is typed ever reaches
a database's own search language: a query is terms of folded words, numbers and times.

| field | holds |
| --- | --- |
| said: | words or a phrase inside a quotation (with one speaker:, inside theirs) |
| speaker: | the name of somebody quoted, or words of it |
| outlet: | the outlet's name, words of it, or its domain |
| after:, before:, on: | 2026, 2026-11, 2026-11-22 or a time; after: begins with it, before: ends before it |
| figure:, unit: | 112, >100, >=100, <5, 100..200, and what it is counted in (the same figure) |
| story:, feed:, lang: | a story's id, words of a feed's address or title, a language code |
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, get_args

from twosource.errors import TwosourceError
from twosource.store.wording import Phrase, keys

MAX_CHARACTERS, MAX_TERMS = 1000, 64
"""Longest query, and most terms in it: no person types more, and a database's own parser stays in its bounds."""

Field = Literal[
    "words", "said", "speaker", "outlet", "after", "before", "on", "figure", "unit", "story", "feed", "lang"
]

_MARKS = dict.fromkeys(map(ord, "“”„‟«»″＂"), '"')
_FIELDS = "|".join(f for f in get_args(Field) if f != "words")
_TERM = re.compile(
    rf'\s*(?P<no>-?)(?:(?P<field>{_FIELDS}):)?(?:"(?P<quoted>[^"]*)"(?P<on>\*?)|(?P<bare>[^\s"]+))', re.IGNORECASE
)
_NUMBER = r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,9})?"
_FIGURE = re.compile(rf"(?P<sign>>=|<=|>|<|=)?(?P<low>{_NUMBER})(?:\.\.(?P<high>{_NUMBER}))?\Z")
_PART_OF_TIME = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)


class QuerySyntax(TwosourceError):
    """A query cannot be understood. ``position`` is the character it is about, ``reason`` a short clause."""

    def __init__(self, query: str, position: int, reason: str) -> None:
        super().__init__(reason)
        self.query = query
        self.position = position
        self.reason = reason

    def shown(self, width: int = 78) -> str:
        """Return the query and a caret under the place, two lines of at most ``width`` characters, for a terminal."""
        first = max(0, self.position - width // 2)
        line = "".join(c if c.isprintable() else "·" for c in self.query[first : first + width])
        return f"{line}\n{' ' * (self.position - first)}^ {self.reason}"


class Bounds(NamedTuple):
    """Numbers from ``low`` to ``high`` (None: no end); an open end is not itself among them."""

    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: ``value`` is a phrase, bounds (figures, or times in seconds of UTC) or a text as typed."""

    field: Field
    value: Phrase | Bounds | str
    no: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: of every group one term at least must hold. ``text`` is the query as typed."""

    text: str
    groups: tuple[tuple[Term, ...], ...]

    @property
    def terms(self) -> Iterator[Term]:
        """All terms in order."""
        return (term for group in self.groups for term in group)


class _Token(NamedTuple):
    """A term as typed; ``operator`` is what it says if it stands between terms."""

    position: int
    no: bool
    field: str
    text: str
    quoted: bool
    prefix: bool

    @property
    def operator(self) -> str:
        plain = not (self.no or self.field or self.quoted)
        return self.text if plain and self.text in {"AND", "OR", "NOT"} else ""


def parse(text: str) -> Query:
    """Read a query.

    Raises:
        QuerySyntax: it is empty, too long, has an open quotation mark, or a field whose value is none.

    """
    if len(text) > MAX_CHARACTERS:
        raise QuerySyntax(text, MAX_CHARACTERS, f"longer than {MAX_CHARACTERS:,} characters")
    groups = [g for g in _groups(text, list(_tokens(text))) if g]
    if not groups:
        raise QuerySyntax(text, 0, "there is no word to search for")
    return Query(text, tuple(groups))


def _tokens(text: str) -> Iterator[_Token]:
    """The terms as typed, one after the other."""
    shown = text.translate(_MARKS).rstrip()
    at = count = 0
    while at < len(shown):
        found = _TERM.match(shown, at)
        start = at + len(shown[at:]) - len(shown[at:].lstrip())
        if found is None:
            raise _untermed(text, shown, start)
        token = _token(found, start)
        if (count := count + (not token.operator)) > MAX_TERMS:
            raise QuerySyntax(text, start, f"more than {MAX_TERMS} terms")
        yield token
        at = found.end()


def _untermed(text: str, shown: str, start: int) -> QuerySyntax:
    """Why nothing can be read at ``start``: only a quotation mark that is not closed comes here."""
    mark = shown.find('"', start)
    return QuerySyntax(text, max(mark, start), "this quotation mark is not closed")


def _token(found: re.Match[str], start: int) -> _Token:
    quoted, bare = found["quoted"], found["bare"] or ""
    prefix = bool(found["on"]) if quoted is not None else bare.endswith("*")
    text = bare if quoted is None else quoted
    return _Token(start, bool(found["no"]), (found["field"] or "").lower(), text, quoted is not None, prefix)


def _groups(text: str, tokens: list[_Token]) -> Iterator[tuple[Term, ...]]:
    """Terms joined by OR; AND between terms says what holds anyway, NOT is a minus. At the ends they are words."""
    group: list[Term] = []
    joined = negated = False
    for i, token in enumerate(tokens):
        inside = 0 < i < len(tokens) - 1 and not joined
        if inside and token.operator in {"AND", "OR"}:
            joined = token.operator == "OR"
            continue
        if token.operator == "NOT" and i < len(tokens) - 1 and not negated:
            negated = True
            continue
        term = _term(text, token._replace(no=token.no or negated))
        if not joined:
            yield tuple(group)
            group = []
        group += [term] if term else []
        joined = negated = False
    yield tuple(group)


def _term(text: str, token: _Token) -> Term | None:
    """The condition a token states; None where it has neither letter nor digit."""
    if not token.field:
        phrase = _phrase(token)
        return Term("words", phrase, token.no, token.position) if phrase else None
    field, read = _READERS[token.field]
    value = read(token)
    if value is None:
        position = token.position + token.no + len(token.field) + 1
        raise QuerySyntax(text, position, f"{token.field}: needs {_WANTED[token.field]}")
    return Term(field, value, token.no, token.position)


def _phrase(token: _Token) -> Phrase | None:
    found = keys(token.text)
    return Phrase(found, token.prefix) if found else None


def _text(token: _Token) -> str | None:
    return token.text.strip().casefold() or None


def _figure(token: _Token) -> Bounds | None:
    """A number, a comparison or a range; commas between digits are passed over."""
    found = _FIGURE.match(token.text.replace(",", "").replace(" ", ""))
    if not found or (found["sign"] and found["high"]):
        return None
    low = float(found["low"])
    if found["high"]:
        return Bounds(low, float(found["high"])) if low <= float(found["high"]) else None
    return {
        ">": Bounds(low, None, low_open=True),
        ">=": Bounds(low, None),
        "<": Bounds(None, low, high_open=True),
        "<=": Bounds(None, low),
    }.get(found["sign"] or "=", Bounds(low, low))


def _after(token: _Token) -> Bounds | None:
    time = _time(token.text)
    return Bounds(time[0], None) if time else None


def _before(token: _Token) -> Bounds | None:
    time = _time(token.text)
    return Bounds(None, time[0], high_open=True) if time else None


def _on(token: _Token) -> Bounds | None:
    time = _time(token.text)
    return Bounds(*time, high_open=True) if time else None


def _time(text: str) -> tuple[float, float] | None:
    """First second of a year, month, day or time, and the first after it; in UTC where no zone is given."""
    part = _PART_OF_TIME.match(text)
    try:
        if part:
            return _period(*(int(p) for p in part.groups() if p))
        moment = datetime.fromisoformat(text)
        at = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
    return at, at + 1


def _period(year: int, month: int | None = None, day: int | None = None) -> tuple[float, float]:
    first = datetime(year, 1 if month is None else month, 1 if day is None else day, tzinfo=UTC)
    if day:
        after = first + timedelta(days=1)
    elif month:
        after = (first + timedelta(days=31)).replace(day=1)
    else:
        after = first.replace(year=first.year + 1)
    return first.timestamp(), after.timestamp()


_READERS: Mapping[str, tuple[Field, Callable[[_Token], Phrase | Bounds | str | None]]] = {
    "said": ("said", _phrase),
    "speaker": ("speaker", _phrase),
    "outlet": ("outlet", _text),
    "after": ("after", _after),
    "before": ("before", _before),
    "on": ("on", _on),
    "figure": ("figure", _figure),
    "unit": ("unit", _text),
    "story": ("story", _text),
    "feed": ("feed", _text),
    "lang": ("lang", _text),
}

_WANTED: Mapping[str, str] = {
    "said": "words",
    "speaker": "a name",
    "outlet": "a name or a domain",
    "after": "a date such as 2026-11-22 or 2026-11",
    "before": "a date such as 2026-11-22 or 2026-11",
    "on": "a date such as 2026-11-22 or 2026-11",
    "figure": "a number such as 112, >100, <=5 or 100..200",
    "unit": "a unit such as % or drones",
    "story": "a story's id",
    "feed": "words of a feed's address or title",
    "lang": "a language code such as en",
}
