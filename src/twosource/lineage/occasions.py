"""Occasions: how a report says it came by words: an interview, another outlet's report, a briefing, a writing.

Evidence: the language's `origins` table, the phrases that stand beside an outlet's name or alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from twosource.account import OriginKind
from twosource.article import TOLD_IN, Block, Span
from twosource.extract.outlets import Named, OutletTable, bare, find_outlets, publisher_of
from twosource.lang import ENGLISH, Language
from twosource.lineage.told import Told

BEFORE = 80
"""Code points before an outlet's name in which the phrase that makes it a source can stand."""

WORDS_BETWEEN = 5
"""Most words of no weight between the phrase and the name ("told the German news agency dpa")."""


MOST_WORDS = 6
"""Words of the longest phrase beside a name."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What a writing is called before its author's name ("post by"), and the words that tell of it."""

    called: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class OriginTable:
    """The `origins` table of a language, as written in its TOML file."""

    interview_before: list[str]
    interview_after: list[str]
    cites_before: list[str]
    cites_after: list[str]
    leans_on: list[str]
    institutions: list[str]
    pictured: list[str]
    between: list[str]
    briefing: list[str]
    release: list[str]
    writings: list[Writing]
    unnamed: str
    eyewitnesses: list[str]
    anybody: list[str]
    hearers: list[str]
    own_interview: list[str]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A place where the report says where words come from; ``outlet`` is "" for briefings and writings.

    ``phrase`` is what says so where no outlet is named, in small letters.
    """

    kind: OriginKind
    outlet: str
    span: Span
    phrase: str = ""


def find_occasions(told: Told, known: Sequence[str], lang: Language = ENGLISH) -> tuple[Occasion, ...]:
    """Return the occasions told in a report, in order. ``known`` are names of outlets to know beside the table.

    The report's own outlet counts like any other: whoever compares reports needs to see whose interview it was.
    """
    names = _Names(told, tuple(known), lang)
    found = [o for block in told.report.blocks if block.kind in TOLD_IN for o in _of_block(told, block, names, lang)]
    return tuple(sorted(found, key=lambda o: o.span))


def _of_block(told: Told, block: Block, names: "_Names", lang: Language) -> Iterator[Occasion]:
    part = told.folded[block.start : block.end]
    low = part.lower() if part.isascii() else "".join(c.lower()[:1] for c in part)
    for named in names.of(part):
        if framed := _frame(low, part, named.span, lang):
            yield Occasion(framed[0], named.name, framed[1].moved(block.start))
    for kind, pattern in _phrases(lang):
        outlet = names.own if kind == "interview" else ""
        for found in pattern.finditer(low):
            span = Span(*found.span()).moved(block.start)
            # "told this paper" between quotation marks is the speaker's word, not the report's
            if kind != "interview" or not _quoted(told, span):
                yield Occasion(kind, outlet, span, found[0])


def _quoted(told: Told, span: Span) -> bool:
    at = bisect_right(told.segments, span)
    return any(segment.overlaps(span) for segment in told.segments[max(0, at - 1) : at + 1])


@cache
def _phrases(lang: Language) -> tuple[tuple[OriginKind, re.Pattern[str]], ...]:
    table = lang.table("origins", OriginTable)
    return (
        ("briefing", _any_of(table.briefing)),
        ("press_release", _any_of(table.release)),
        ("interview", _any_of(table.own_interview)),
    )


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(phrases, key=lambda p: (-len(p), p))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


def writing_by(author: str, phrase: str, lang: Language = ENGLISH) -> str:
    """Return what the writing told of by ``phrase`` is called ("post by Ann Lee"); the author alone where unknown."""
    padded = f" {phrase.lower()} "
    writings = lang.table("origins", OriginTable).writings
    called = next((w.called for w in writings if any(f" {word} " in padded for word in w.words)), "")
    return f"{called} {author}" if called and author else author


# --- what makes an outlet a source ----------------------------------------------------------------------------


def _frame(low: str, part: str, name: Span, lang: Language) -> tuple[OriginKind, Span] | None:
    """What the words around an outlet's name make of it, and the place of these words and the name together."""
    frames = _frames(lang)
    for kind, phrases in frames.before:
        for text, end in _words_before(part, low, name.start, lang):
            if (phrase := _ending(text, phrases)) and not (phrase == "via" and _pictured(text, lang)):
                return kind, Span(end - len(phrase), name.end)
    behind = _BEHIND.match(low, name.end)
    words = behind[1].split() if behind else []
    for kind, phrases in frames.behind:
        for count in range(len(words), 0, -1):
            if behind and (phrase := " ".join(words[:count])) in phrases:
                return kind, Span(name.start, behind.start(1) + len(phrase))
    return None


_BEHIND = re.compile(r"(?:'s|')?,? ?((?:[\w-]{1,30} ?){1,6})")


def _pictured(before: str, lang: Language) -> bool:
    """Tell whether words speak of a picture: what came "via" an outlet is that then."""
    return not set(re.findall(r"\w+", before)).isdisjoint(lang.table("origins", OriginTable).pictured)


def _ending(text: str, phrases: frozenset[str]) -> str:
    """The longest of ``phrases`` that the text ends in, or ""."""
    words = text.split(" ")[-MOST_WORDS:]
    tries = (" ".join(words[first:]) for first in range(len(words)))
    return next((phrase for phrase in tries if phrase in phrases), "")


@dataclass(frozen=True, slots=True)
class _Frames:
    """Phrases before and behind an outlet's name, with what they make of it, in order of trial."""

    before: tuple[tuple[OriginKind, frozenset[str]], ...]
    behind: tuple[tuple[OriginKind, frozenset[str]], ...]


@cache
def _frames(lang: Language) -> _Frames:
    table = lang.table("origins", OriginTable)
    return _Frames(
        (("interview", frozenset(table.interview_before)), ("cites_outlet", frozenset(table.cites_before))),
        (("interview", frozenset(table.interview_after)), ("cites_outlet", frozenset(table.cites_after))),
    )


def _words_before(part: str, low: str, start: int, lang: Language) -> Iterator[tuple[str, int]]:
    """The small-letter text before a name and where it ends: whole, then without the weightless words at its end."""
    between = frozenset(lang.table("origins", OriginTable).between)
    first = max(0, start - BEFORE)
    end = start
    for _ in range(WORDS_BETWEEN + 1):
        end = first + len(part[first:end].rstrip())
        yield low[first:end], end
        word = part[part.rfind(" ", first, end) + 1 : end]
        owner = word[:1].isupper() and word.endswith(("'s", "s'"))
        if not word or not (owner or word.lower() in between):
            return
        end -= len(word)


# --- which outlet a name means --------------------------------------------------------------------------------


class _Names:
    """The outlets a report names, block by block; remembers them for "the paper" and "the Times"."""

    def __init__(self, told: Told, known: tuple[str, ...], lang: Language) -> None:
        self._told, self._known, self._lang = told, known, lang
        self.own = publisher_of(told.report.article.outlet, lang) or ""
        self._latest: dict[str, None] = {}  # in order of last mention
        self._persons: dict[str, bool] = {}

    def of(self, part: str) -> list[Named]:
        """Return the outlets named in a block's folded text, in order."""
        here = [n for n in find_outlets(part, self._known, self._lang) if not self._is_person(n.name)]
        anaphors = [Named(m[1], Span(*m.span()), sure=False) for m in _anaphor(self._lang).finditer(part)]
        apart = [a for a in anaphors if not any(n.span.overlaps(a.span) for n in here)]
        found: list[Named] = []
        for named in sorted((*here, *apart), key=lambda n: n.span):
            meant = self._so_called(named.name) if named in apart else self._resolved(named.name)
            if meant:
                found.append(Named(meant, named.span))
                self._latest.pop(meant, None)
                self._latest[meant] = None
        return found

    def _is_person(self, name: str) -> bool:
        """Tell whether a name of one word is a person's in this article ("Mayor Bloomberg", "Steve Forbes")."""
        if " " in name or not name[:1].isupper() or name.isupper():
            return False
        if name not in self._persons:
            people = (p.name.split()[-1:] == [name] for p in self._told.report.people if p.kind == "person")
            titled = rf"[a-z,\"(-] ?\b(?:[A-Z][a-z]{{1,20}}|[A-Z][a-z]{{0,3}}\.) {re.escape(name)}\b"
            self._persons[name] = any(people) or bool(re.search(titled, self._told.folded))
        return self._persons[name]

    def _resolved(self, name: str) -> str:
        """Read a bare "the Times" as the outlet so called before, the report's own, or the story's only one."""
        words = bare(name).split()
        if len(words) != 1:
            return name
        others = [known for known in self._known if known.split()[-1:] == words and known != name]
        before = (*reversed(self._latest), self.own, *(others if len(others) == 1 else ()))
        return next((n for n in before if n != name and n.split()[-1:] == words), name)

    def _so_called(self, word: str) -> str:
        """Read "the paper" as the outlet named last, "the Tribune" as the last one so called; "" without one."""
        return next((name for name in reversed(self._latest) if word.islower() or name.endswith(word)), "")


@cache
def _anaphor(lang: Language) -> re.Pattern[str]:
    table = lang.table("outlets", OutletTable)
    words = "|".join(map(re.escape, sorted({*table.endings, *table.kinds}, key=lambda w: (-len(w), w))))
    return re.compile(rf"\b[Tt]he ({words})\b(?! [A-Z])")
