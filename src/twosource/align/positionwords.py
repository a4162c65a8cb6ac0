"""The words of a language by which a clause says where its speaker stands, as lookups.

Evidence: the language's `positions` table alone.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from twosource.align.words import likeness
from twosource.lang import ENGLISH, Language

Time = Literal["intent", "past", "perfect", "present", "plain", "unable"]


@dataclass(frozen=True, slots=True)
class PositionsTable:
    """The `positions` table of a language, as written in its TOML file."""

    future: str
    perfect: str
    past: str
    present: str
    intending: str
    unable: str
    passed: str
    pronouns: str
    determiners: str
    links: str
    adjuncts: str
    selves: str
    absent: str
    light: list[str]
    thinking: str
    meanwhile: str
    subordinate: str
    adverbs: str
    being: str
    favour: list[str]
    against: list[str]
    contraries: list[str]
    silent: list[str]
    before: str
    had: str
    voices: str
    voice_links: str
    owners: str
    running_phrases: list[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The table as sets and lookups; ``sides`` gives for a word its first opposite, and whether it is the other one."""

    times: dict[str, Time]
    intending: frozenset[str]
    unable: frozenset[str]
    passed: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    links: frozenset[str]
    adjuncts: frozenset[str]
    selves: frozenset[str]
    absent: frozenset[str]
    being: frozenset[str]
    light: dict[str, str]
    thinking: frozenset[str]
    meanwhile: frozenset[str]
    subordinate: frozenset[str]
    adverbs: frozenset[str]
    joins: frozenset[str]
    stances: dict[tuple[str, ...], bool]
    sides: dict[str, tuple[str, bool]]
    longest: int


@cache
def lexicon_of(lang: Language = ENGLISH) -> Lexicon:
    """Return the language's words, made once."""
    table = lang.table("positions", PositionsTable)
    named: tuple[tuple[Time, str], ...] = (
        ("present", table.present), ("past", table.past), ("perfect", table.perfect), ("intent", table.future),
    )  # fmt: skip
    stances = {tuple(p.split()): no for no, ps in ((False, table.favour), (True, table.against)) for p in ps}
    sides: dict[str, tuple[str, bool]] = {}
    for line in table.contraries:
        one, _, other = line.partition("|")
        first = one.split()[0]
        sides |= {form: (first, no) for no, forms in ((False, one), (True, other)) for form in forms.split()}
    return Lexicon(
        times={form: time for time, forms in named for form in forms.split()},
        intending=frozenset(table.intending.split()),
        unable=frozenset(table.unable.split()),
        passed=frozenset(table.passed.split()),
        pronouns=frozenset(table.pronouns.split()),
        determiners=frozenset(table.determiners.split()),
        links=frozenset(table.links.split()),
        adjuncts=frozenset(table.adjuncts.split()),
        selves=frozenset(table.selves.split()),
        absent=frozenset(table.absent.split()),
        being=frozenset(table.being.split()),
        light={form: line.split()[0] for line in table.light for form in line.split()},
        thinking=frozenset(table.thinking.split()),
        meanwhile=frozenset(table.meanwhile.split()),
        subordinate=frozenset(table.subordinate.split()),
        adverbs=frozenset(table.adverbs.split()),
        joins=frozenset(likeness(lang).joins.split()),
        stances=stances,
        sides=sides,
        longest=max(map(len, stances)),
    )
