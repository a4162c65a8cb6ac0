"""Contrast: whether words deny or affirm, and how firmly they commit their speaker.

Evidence: the language's `contrast` table. Denial is counted by parity ("did not deny" affirms); commitment is a step
from open to certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from twosource.align.words import Word, key, stem
from twosource.lang import ENGLISH, Language

LEAST_BASE = 4
"""Letters that must stand behind a prefix that denies."""


@dataclass(frozen=True, slots=True)
class ContrastTable:
    """The `contrast` table of a language, as written in its TOML file."""

    negators: str
    aside: str
    refusals: str
    denying: str
    refusing_phrases: list[str]
    harmless_phrases: list[str]
    opposites: list[str]
    prefixes: str
    commitment: list[list[str]]
    duties: str
    auxiliaries: str
    unasserted: str
    conditional: str
    hearsay: str
    days: str
    months: str
    clock: str
    relative: str
    nearby: str
    alarm: list[str]
    unsettled: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    negators: frozenset[str]
    aside: frozenset[str]
    refusals: frozenset[str]
    denying: frozenset[str]
    refusing: frozenset[tuple[str, ...]]
    harmless: frozenset[tuple[str, ...]]
    opposites: frozenset[frozenset[str]]
    steps: dict[tuple[str, ...], int]
    duties: frozenset[str]
    auxiliaries: frozenset[str]
    unasserted: frozenset[str]
    conditional: frozenset[str]
    hearsay: frozenset[str]
    calendar: frozenset[str]
    relative: frozenset[str]
    nearby: frozenset[str]
    alarm: frozenset[str]
    unsettled: frozenset[str]
    longest: int
    starts: frozenset[str]


@cache
def _lexicon(lang: Language) -> _Lexicon:
    table = lang.table("contrast", ContrastTable)
    steps = {tuple(p.split()): step for step, phrases in enumerate(table.commitment, 1) for p in phrases}
    refusing, harmless = ({tuple(p.split()) for p in ps} for ps in (table.refusing_phrases, table.harmless_phrases))
    return _Lexicon(
        negators=frozenset(table.negators.split()),
        aside=frozenset(table.aside.split()),
        refusals=frozenset(stem(word, lang) for word in table.refusals.split()),
        denying=frozenset(stem(word, lang) for word in table.denying.split()),
        refusing=frozenset(refusing),
        harmless=frozenset(harmless),
        opposites=frozenset(frozenset(_sense(w, lang) for w in pair.split()) for pair in table.opposites),
        steps=steps,
        duties=frozenset(table.duties.split()),
        auxiliaries=frozenset(table.auxiliaries.split()),
        unasserted=frozenset(table.unasserted.split()),
        conditional=frozenset(table.conditional.split()),
        hearsay=frozenset(table.hearsay.split()),
        calendar=frozenset(f"{table.days} {table.months} {table.clock}".split()),
        relative=frozenset(table.relative.split()),
        nearby=frozenset(table.nearby.split()),
        alarm=frozenset(table.alarm),
        unsettled=frozenset(table.unsettled.split()),
        longest=max(len(p) for p in (*steps, *refusing, *harmless)),
        starts=frozenset(p[0] for p in (*steps, *refusing, *harmless)),
    )


def denials(words: Sequence[Word], lang: Language = ENGLISH) -> tuple[int, ...]:
    """Return the indices of the words that turn the clause round; it is denied where their number is odd."""
    lexicon, forms = _lexicon(lang), [word.form for word in words]
    found, i = [], 0
    while i < len(forms):
        starts = forms[i] in lexicon.starts
        if length := starts and _phrase(forms, i, lexicon.harmless, lexicon.longest):
            i += length
        elif length := starts and _phrase(forms, i, lexicon.refusing, lexicon.longest):
            found.append(i)
            i += length
        else:
            if forms[i] in lexicon.negators or stem(forms[i], lang) in lexicon.refusals:
                found.append(i)
            i += 1
    return tuple(found)


def _phrase(
    forms: Sequence[str], at: int, phrases: "frozenset[tuple[str, ...]] | dict[tuple[str, ...], int]", longest: int
) -> int:
    """Return the length of the longest phrase that starts at ``at``, 0 without one."""
    return next((n for n in range(longest, 0, -1) if tuple(forms[at : at + n]) in phrases and at + n <= len(forms)), 0)


def _sense(form: str, lang: Language) -> str:
    """The word's key, or its form where it has none ("before")."""
    return key(form, lang) or form


def opposite(left: Sequence[Word], right: Sequence[Word], lang: Language = ENGLISH) -> tuple[Word, Word] | None:
    """Return the first pair of opposite words, one of each side, or None.

    A pair of which one word alone says no ("passed", "failed") is none: `denials` counts it already.
    """
    pairs = _lexicon(lang).opposites
    found = ((a, b) for a in left for b in right if frozenset((_sense(a.form, lang), _sense(b.form, lang))) in pairs)
    return next(((a, b) for a, b in found if len(denials((a,), lang)) == len(denials((b,), lang))), None)


@cache
def opposites(lang: Language = ENGLISH) -> dict[str, frozenset[str]]:
    """Return the words that have opposites, each with these, as keys."""
    found: dict[str, frozenset[str]] = {}
    for pair in sorted(tuple(sorted(pair)) for pair in _lexicon(lang).opposites if len(pair) > 1):
        for one, other in (pair, pair[::-1]):
            found[one] = found.get(one, frozenset()) | {other}
    return found


def negators(lang: Language = ENGLISH) -> frozenset[str]:
    """Return the forms that alone turn the clause behind them round ("not", "no")."""
    return _lexicon(lang).negators


def unsettled(form: str, lang: Language = ENGLISH) -> bool:
    """Tell whether the form says that a thing may still come or change ("yet")."""
    return form in _lexicon(lang).unsettled


def denied(cue: Sequence[Word], lang: Language = ENGLISH) -> bool:
    """Tell whether a cue gives what follows as not so: "denied", "does not accept", but neither "did not deny" nor
    "said without giving details".
    """
    lexicon = _lexicon(lang)
    told = takewhile(lambda w: w.form not in lexicon.aside, cue)
    turns = (w.form in lexicon.negators or stem(w.form, lang) in lexicon.denying for w in told)
    return sum(turns) % 2 == 1


@lru_cache(maxsize=4096)
def _bases(form: str, lang: Language) -> frozenset[str]:
    known = (p for p in lang.table("contrast", ContrastTable).prefixes.split() if form.startswith(p))
    return frozenset({key(form, lang), *(key(form[len(p) :], lang) for p in known if len(form) - len(p) >= LEAST_BASE)})


def bases(word: Word, lang: Language = ENGLISH) -> frozenset[str]:
    """Return the word's key, and that of the word it denies ("unwinnable": "winnable"); never the empty key."""
    return _bases(word.form, lang) - {""}


@dataclass(frozen=True, slots=True)
class Commitment:
    """How firm a telling is (1 open to 4 certain) and the words that say so, as indices ``first`` to ``last``,
    included.
    """

    step: int
    first: int
    last: int


def commitments(words: Sequence[Word], lang: Language = ENGLISH) -> tuple[Commitment, ...]:
    """Return the marks of commitment in order; a denied one ("no plans") is none."""
    lexicon, forms = _lexicon(lang), [word.form for word in words]
    found, i = [], 0
    while i < len(forms):
        length = _phrase(forms, i, lexicon.steps, lexicon.longest) if forms[i] in lexicon.starts else 0
        if length and (i == 0 or forms[i - 1] not in lexicon.negators):
            found.append(Commitment(lexicon.steps[tuple(forms[i : i + length])], i, i + length - 1))
        i += length or 1
    return tuple(found)


def auxiliary(form: str, lang: Language = ENGLISH) -> bool:
    """Tell whether a mark of commitment is an auxiliary verb, so that the next verb is what it commits to."""
    return form in _lexicon(lang).auxiliaries


def duty(form: str, lang: Language = ENGLISH) -> bool:
    """Tell whether the first word of a mark of commitment makes it a duty ("must", "have to")."""
    return form in _lexicon(lang).duties


def unasserted(form: str, lang: Language = ENGLISH) -> bool:
    """Tell whether what stands close behind the form is mentioned rather than told to be so ("about", "can")."""
    return form in _lexicon(lang).unasserted


def conditional(form: str, lang: Language = ENGLISH) -> bool:
    """Tell whether nothing behind the form is told to be so ("whether", "if")."""
    return form in _lexicon(lang).conditional


def hearsay(form: str, lang: Language = ENGLISH) -> bool:
    """Tell whether a source's word says that it is other media."""
    return form in _lexicon(lang).hearsay


def relative(form: str, lang: Language = ENGLISH) -> bool:
    """Tell whether the form names a time that depends on when it is written."""
    return form in _lexicon(lang).relative


def nearby(form: str, lang: Language = ENGLISH) -> bool:
    """Tell whether the form says how exact a time is ("shortly"), not what happened then."""
    return form in _lexicon(lang).nearby


def alarming(before: Sequence[str], lang: Language = ENGLISH) -> bool:
    """Tell whether the forms before a time, nearest first, say that the alarm was raised ("were called")."""
    told = list(reversed(before))
    spelled = (" ".join(told[at : at + n]) for at in range(len(told)) for n in (1, 2))
    return not _lexicon(lang).alarm.isdisjoint(spelled)


def calendar(word: Word, lang: Language = ENGLISH) -> bool:
    """Tell whether the word names a day, a month or a time of day."""
    return word.form in _lexicon(lang).calendar
