"""Standing: what the words of one clause commit their speaker to: will or will not, for or against, so or not so, may
or will.

Evidence: the small words that language tables list (denials and commitments of `contrast`, times and sides of
`positions`) and the next word with content behind each, which is what they are about. What that word is done to, or
else who does it, is the thing it is about; two clauses are compared only where both are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from twosource.align.contrast import calendar, commitments, conditional, denials, unasserted
from twosource.align.positionwords import Lexicon, PositionsTable, Time, lexicon_of
from twosource.align.silence import SilenceTable
from twosource.align.words import Word
from twosource.lang import ENGLISH, Language

REACH = 6
"""Words behind a mark in which the word it is about must stand."""

LINKED = 3
"""Small words between a verb and the thing it is about ("vote on all of the")."""

FIRM = 4
"""The step of "will", with those of `contrast.commitments`."""

MEANT = 3
"""The step of what somebody means to do without "will" ("agreed to")."""

SELF = ("self",)
"""The thing of a clause that names none, where the speaker acts ("I will not resign")."""

BESIDE = 2
"""Words before a verb in which what it hangs on must stand: who thinks it, what it is mentioned by."""

LONGEST = 80
"""Words of a clause that are looked at: bounds the work on endless sentences."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a clause says of one word: ``head`` is that word's key (of two opposites the first one's), ``thing`` the
    keys of what it is about, its main word last, ``doer`` those of who does it, where the clause names them.

    ``denied`` counts opposites as denials; ``worded`` tells whether a word of denial itself stands there, ``absent``
    that it is one that says that something is not there ("no suspect"). ``step`` is
    how firm it is (1 open to 4 certain, 0 unmarked), ``stance`` whether it supports or opposes, ``open`` that it hangs
    on a condition. ``first`` to ``last`` are the indices of the words that show it, ``last`` included.
    """

    head: str
    thing: tuple[str, ...]
    doer: tuple[str, ...]
    denied: bool
    worded: bool
    absent: bool
    step: int
    time: Time
    stance: bool
    open: bool
    first: int
    last: int

    @property
    def marked(self) -> bool:
        """Whether anything but the bare word says where the speaker stands."""
        return self.worded or self.stance or bool(self.step) or self.time == "intent"


@dataclass(slots=True)
class _Marks:
    """The marks that are about one word: where they begin, and what they say together."""

    first: int
    denials: int = 0
    absent: bool = False
    rejected: bool = False
    step: int = 0
    time: Time = "plain"
    unable: bool = False
    future: bool = False


def claims(seen: Sequence[Word], cue: int = 0, lang: Language = ENGLISH) -> tuple[Claim, ...]:
    """Return what a clause claims, a claim for each of its words with content that is asserted, in order.

    ``seen`` are the words of cue and clause; the first ``cue`` of them are the cue's, which are no thing of their own.
    """
    seen = seen[:LONGEST]
    lexicon = lexicon_of(lang)
    stances = _stances(seen, lexicon)
    marks = _marks(seen, cue, stances, lexicon, lang)
    doubt = any(conditional(word.form, lang) for word in seen)
    own = range(cue, _others_begin(seen, cue, lexicon, lang))
    heads = sorted({*stances, *(i for i in own if seen[i].key or seen[i].form in lexicon.light)} | marks.keys())
    found = (_claim(seen, i, cue, marks.get(i), stances, lexicon, doubt=doubt) for i in heads if i < own.stop)
    return tuple(one for one in found if one and not _aside(one, seen, cue, lexicon, lang))


def _others_begin(seen: Sequence[Word], cue: int, lexicon: Lexicon, lang: Language) -> int:
    """Where a clause goes on to what is only asked ("whether", "if"), or what others think."""
    for i, word in enumerate(seen):
        thought = i > cue and word.form in lexicon.thinking
        if conditional(word.form, lang) or (
            thought and not any(w.form in lexicon.selves for w in seen[max(cue, i - BESIDE) : i])
        ):
            return i
    return len(seen)


def _aside(one: Claim, seen: Sequence[Word], cue: int, lexicon: Lexicon, lang: Language) -> bool:
    """Tell whether a word is mentioned rather than claimed: it tells what a noun is like ("not a narrow path"), or
    stands in a clause of another one ("the votes that were cast").
    """
    if one.stance or one.time == "intent":
        return False
    before = [word.form for word in seen[max(0, one.last - BESIDE) : one.last]]
    if before and before[-1] in lexicon.determiners | lexicon.links - {"to"}:
        return True
    inner = (word.form for word in seen[max(cue + 1, one.last - BESIDE) : one.last])
    return not one.marked and (
        any(unasserted(form, lang) for form in before) or any(form in lexicon.subordinate for form in inner)
    )


def _stances(seen: Sequence[Word], lexicon: Lexicon) -> dict[int, tuple[bool, int]]:
    """Where a word or phrase of support or opposition ends: whether it opposes, and how many words it has."""
    forms, found, i = [word.form for word in seen], dict[int, tuple[bool, int]](), 0
    while i < len(forms):
        most = min(lexicon.longest, len(forms) - i)
        size = next((n for n in range(most, 0, -1) if tuple(forms[i : i + n]) in lexicon.stances), 0)
        noun = i > 0 and forms[i - 1] in lexicon.determiners | lexicon.links - {"to"}
        noun |= i + 1 < len(forms) and forms[i + 1] in lexicon.links
        if size and not (size == 1 and noun):
            found[i + size - 1] = lexicon.stances[tuple(forms[i : i + size])], size
        i += size or 1
    return found


def _marks(
    seen: Sequence[Word], cue: int, stances: dict[int, tuple[bool, int]], lexicon: Lexicon, lang: Language
) -> dict[int, _Marks]:
    """The marks by the index of the word that they are about."""
    found: dict[int, _Marks] = {}

    def of(at: int, first: int) -> _Marks | None:
        head = _head(seen, at, stances, lexicon)
        if head is None:
            return None
        known = found.setdefault(head, _Marks(first))
        known.first = min(known.first, first)
        return known

    for i in denials(seen, lang):
        if i not in stances and seen[i].form not in lexicon.sides and (mark := of(i, i)):
            mark.denials += 1
            mark.absent |= seen[i].form in lexicon.absent
            mark.rejected |= i < cue and seen[i].form not in lexicon.intending
    for one in commitments(seen, lang):
        if mark := of(one.last, one.first):
            mark.step = mark.step or one.step
    for i, word in enumerate(seen):
        time = "intent" if word.form in lexicon.intending else lexicon.times.get(word.form)
        if (time or word.form in lexicon.unable) and (mark := of(i, i)):
            mark.unable |= word.form in lexicon.unable
            # the nearest tells the time, but what is meant to be stays so ("will have been sold")
            mark.time = time if time and mark.time != "intent" else mark.time
            mark.future |= time == "intent" and word.form not in lexicon.intending
    for mark in found.values():
        # who denies a thing has it that it was not so at any time
        mark.time = "past" if mark.rejected else mark.time
    return found


def _head(seen: Sequence[Word], at: int, stances: dict[int, tuple[bool, int]], lexicon: Lexicon) -> int | None:
    """The next word behind a mark that tells what it is about; None where the clause breaks off before."""
    for i in range(at + 1, min(len(seen), at + 1 + REACH)):
        form = seen[i].form
        if i in stances:
            return i
        if form in lexicon.joins:
            return None
        if (seen[i].key or form in lexicon.light) and form not in lexicon.passed and form not in lexicon.intending:
            return i
    return None


def _claim(
    seen: Sequence[Word],
    at: int,
    cue: int,
    mark: _Marks | None,
    stances: dict[int, tuple[bool, int]],
    lexicon: Lexicon,
    *,
    doubt: bool,
) -> Claim | None:
    side, size = stances.get(at, (False, 1))
    first = min(at - size + 1, mark.first if mark else at)
    head, contrary = _side(seen[at], lexicon)
    if mark and mark.unable:
        return None
    thing = _run(seen, at + 1, lexicon)
    doer = _run_before(seen, first, cue, lexicon)
    if at in stances and (not thing or _passed(seen, at, lexicon)):
        return None
    passive = at > 0 and seen[at - 1].form in lexicon.being and not thing
    selves = any(word.form in lexicon.selves for word in seen[max(cue, first - 1) : at])
    worded = bool(mark and mark.denials)
    return Claim(
        head="stance" if at in stances else head,
        thing=thing or (() if at in stances else doer or (SELF if selves else ())),
        doer=() if passive else doer,
        denied=((mark.denials if mark else 0) + (side if at in stances else contrary)) % 2 == 1,
        worded=worded,
        absent=bool(mark and mark.absent),
        step=_step(mark) if mark else 0,
        time=mark.time if mark else "plain",
        stance=at in stances,
        open=doubt,
        first=first,
        last=at,
    )


def _step(mark: _Marks) -> int:
    """How firm it is: as the words of commitment say, else as "will", or as a plan, where it is meant to be."""
    return mark.step or (FIRM if mark.future else MEANT if mark.time == "intent" else 0)


def _passed(seen: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Tell whether what is supported or opposed is what somebody says ("rejected claims that")."""
    return next((word.form in lexicon.passed for word in seen[at + 1 : at + 1 + LINKED] if word.key), False)


def _side(word: Word, lexicon: Lexicon) -> tuple[str, bool]:
    """The key that a word is looked up by, and whether it is the opposite of that."""
    return lexicon.sides.get(word.form) or (lexicon.light.get(word.form, word.key), False)


def _run(seen: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[str, ...]:
    """The words with content in a row that begin at most `LINKED` small words from ``at`` on; none of a pronoun."""
    end = min(len(seen), at + LINKED)
    while at < end and not seen[at].key:
        form = seen[at].form
        if form in lexicon.joins | lexicon.adjuncts or (form in lexicon.pronouns and form not in lexicon.determiners):
            return ()
        at += 1
    found = []
    while at < len(seen) and seen[at].key and not calendar(seen[at]) and seen[at].form not in lexicon.adverbs:
        found.append(seen[at].key)
        at += 1
    return tuple(found)


def _run_before(seen: Sequence[Word], first: int, cue: int, lexicon: Lexicon) -> tuple[str, ...]:
    """The words with content in a row that end before the marks; none of the cue."""
    end = first
    while end > cue and not seen[end - 1].key and seen[end - 1].form in lexicon.times:
        end -= 1
    start = end
    while start > cue and seen[start - 1].key:
        start -= 1
    return tuple(word.key for word in seen[start:end])


def opening(seen: Sequence[Word]) -> tuple[str, ...]:
    """Return the keys of the first words with content in a row."""
    first = next((i for i, word in enumerate(seen) if word.key), len(seen))
    return tuple(word.key for word in takewhile(lambda w: w.key, seen[first:]))


def silent(seen: Sequence[Word], lang: Language = ENGLISH) -> tuple[int, int] | None:
    """Return the words, from and up to, by which somebody would not tell something ("declined to say"), or None."""
    phrases, longest = _phrases(lang)
    for first in range(min(len(seen), LONGEST)):
        spelled: tuple[str, ...] = ()
        found = None
        for end in range(first, min(len(seen), first + longest)):
            form = seen[end].form
            spelled += (form[:-3], "not") if form.endswith("n't") else (form,)
            found = (first, end + 1) if spelled in phrases else found
        if found:
            return found
    return None


@cache
def _phrases(lang: Language) -> tuple[frozenset[tuple[str, ...]], int]:
    asked = lang.table("silence", SilenceTable).whether
    found = frozenset(tuple(p.split()) for p in (*lang.table("positions", PositionsTable).silent, *asked))
    return found, max(map(len, found))
