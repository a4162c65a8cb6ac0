"""Source phrases: what the words that name a speaker are built of, told from the words alone.

"A spokesman for the union, Tom Reyes" has parts between commas, each with a noun at its head; a name heads a part
when nothing but its
own title, or the body it works for, stands before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.article import Span
from twosource.extract.wordlists import WordLists
from twosource.extract.words import Word
from twosource.facts import Mention
from twosource.resolve.cast import Cast
from twosource.resolve.profiles import normal

ENDING = frozenset({"VBN", "VBG", "VBD", "VBZ", "VBP", "MD"})
"""Tags of verbs that end a noun phrase once a noun has been seen ("a poll released Monday")."""

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "", "NUM"})
_INSIDE_PART = frozenset({"'", "&", ".", "%", "$"})


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase that names nobody: its head, the plain words before the head, how it is introduced, its words as
    written.

    ``owner`` is the last named mention that owns it or that it is for ("X's spokesman", "the X spokesman", "spokesman
    for X").
    ``introduced`` is "definite" ("the", "X's"), "indefinite" ("a"), "owned" ("his") or "bare".
    ``counted`` says that the
    head only counts ("dozens of residents"), ``capitals`` that it is up to three words, all with a capital;
    ``thing`` that ", which" goes on from it;
    ``origin`` are the words
    after "from" or "by" ("a letter from the board"); ``over`` is the name right behind "of" or "for" ("head of Acme").
    """

    head: str
    before: tuple[str, ...]
    determiner: str
    introduced: str
    owner: Mention | None
    shown: str
    counted: bool = False
    capitals: bool = False
    origin: tuple[Word, ...] = ()
    over: Mention | None = None
    thing: bool = False


def parts(words: Sequence[Word]) -> list[list[Word]]:
    """Split the phrase at commas, dashes and brackets."""
    found: list[list[Word]] = [[]]
    for word in words:
        if word.punctuation and word.plain not in _INSIDE_PART:
            found.append([])
        else:
            found[-1].append(word)
    return [part for part in found if part]


def named_heads(words: Sequence[Word], cast: Cast, *, person: bool) -> list[Mention]:
    """Return the names that head the phrase, people if ``person`` else bodies, groups and places; several if joined
    by "and".
    """
    for part in parts(words):
        inside = cast.within(Span(part[0].start, part[-1].end))
        for n, mention in enumerate(inside):
            if (mention.kind == "person") == person and _heads(part, mention, cast.lists):
                return [mention, *_joined(part, mention, inside[n + 1 :], cast.lists)]
    return []


def _heads(part: Sequence[Word], mention: Mention, lists: WordLists) -> bool:
    """Nothing stands before the name but its title or its employer, and nothing it owns comes after it."""
    refer = lists.reference
    titles = [r for r in mention.roles if r.end <= mention.span.start]
    start = min((r.start for r in titles), default=mention.span.start)
    end = max((r.end for r in titles), default=start)
    before = {w.plain for w in part if w.end <= start or end <= w.start < w.end <= mention.span.start}
    after = next((w for w in part if w.start >= mention.span.end), None)
    if after and (
        after.plain in refer.possessive or (after.pos in _NOMINAL and after.plain not in refer.stop | refer.reflexive)
    ):
        return False
    if before & refer.stop:
        return False
    employed = after is None and mention.kind == "person" and not any(lists.roles.noun(w) for w in before)
    return employed or not before & refer.possessive


def _joined(part: Sequence[Word], first: Mention, others: Sequence[Mention], lists: WordLists) -> list[Mention]:
    """Further names after "and": "Hillary Clinton and Donald Trump"."""
    at = {w.start: i for i, w in enumerate(part)}
    found = [first]
    for mention in others:
        titles = [r.start for r in mention.roles if found[-1].span.end <= r.start < mention.span.start]
        i = at.get(min(titles, default=mention.span.start), 0)
        beside = i > 1 and part[i - 1].plain in lists.reference.joining and part[i - 2].end == found[-1].span.end
        if not beside or mention.kind != first.kind:
            break
        found.append(mention)
    return found[1:]


def describe_phrase(words: Sequence[Word], cast: Cast) -> Description | None:
    """Return what the phrase describes, or None where it has no word."""
    lists, refer = cast.lists, cast.lists.reference
    part = _uncounted(next(iter(parts(words)), []), lists)
    if not part:
        return None
    determiner, core = _determiner(part, lists)
    stop = _base_end(core, lists)
    base, rest = core[:stop], core[stop:]
    head, at = head_noun(base, lists)
    office = office_over(base, rest, lists)
    if office:
        head, at, rest = office, len(base) - 1, rest[len(office.split()) - 1 :]
    whole = bool(rest) and rest[0].plain == "of"
    if whole and head in refer.counting:
        head, determiner = _one_of(rest[1:], lists), head
    numeral = head == "%" or head[:1].isdigit() or (at < len(base) and base[at].pos == "NUM")
    every = part[0].plain in refer.every and len(part) > 1
    several = every or (numeral and determiner not in refer.counting) or (whole and head in lists.roles.quantity)
    return Description(
        head=head,
        before=tuple(normal(w.plain, lists) for w in base[:at]),
        determiner=determiner,
        introduced=_introduced(determiner, base, lists),
        owner=_owner(base[:at], rest, cast),
        shown=" ".join(cast.text[core[0].start : core[-1].end].split()),
        counted=several,
        origin=tuple(rest[1:]) if rest and rest[0].plain in refer.issuing else (),
        over=_over(rest, cast),
        capitals=not rest and len(core) <= 3 and _named(core, cast),
    )


def _named(core: Sequence[Word], cast: Cast) -> bool:
    """All words have a name's capital; not one that only opens its sentence and is else written small ("Snow")."""
    opening = len(core) == 1 and core[0].first and core[0].plain in cast.small
    return not opening and all(w.capital and w.pos in {"PROPN", ""} for w in core)


def _uncounted(part: list[Word], lists: WordLists) -> list[Word]:
    """Pass over "close to", "more than" and the like before the words that count."""
    for size in (3, 2, 1):
        if len(part) > size and tuple(w.plain for w in part[:size]) in lists.roles.approximate:
            return part[size:]
    return part


def _determiner(part: list[Word], lists: WordLists) -> tuple[str, list[Word]]:
    """The word that introduces the phrase, and the rest; one that stands for the noun stays ("those of us")."""
    refer, first = lists.reference, part[0].plain
    if first not in refer.definite | refer.indefinite | refer.owner or len(part) == 1:
        return "", part
    alone = part[1].plain in refer.stop or (part[1].tag in ENDING and first in refer.partitive)
    return ("", part) if alone else (first, part[1:])


def _introduced(determiner: str, base: Sequence[Word], lists: WordLists) -> str:
    """How the phrase is introduced; a possessive inside makes it definite ("the firm's founder", "Telegram's
    founder").
    """
    refer = lists.reference
    if determiner in refer.owner:
        return "owned"
    if determiner in refer.indefinite:
        return "indefinite"
    return "definite" if determiner or any(w.plain in refer.possessive for w in base) else "bare"


def _base_end(core: Sequence[Word], lists: WordLists) -> int:
    """Where the noun phrase's own words end: at a preposition, or at a verb after a noun."""
    seen = False
    for i, word in enumerate(core):
        verb = seen and word.tag in ENDING and "-" not in word.text
        if i and (verb or word.plain in lists.reference.stop or word.pos in {"ADP", "SCONJ"}):
            return i
        seen = seen or word.pos in {"NOUN", "PROPN", "NUM", "PRON"}
    return len(core)


def head_noun(base: Sequence[Word], lists: WordLists) -> tuple[str, int]:
    """Return the head of a noun phrase and where it begins: a known noun of several words, else of one, else the last
    word.
    """
    plain, nouns = [normal(w.plain, lists) for w in base], lists.roles
    loose = bool(base) and base[-1].pos not in {"NOUN", "PROPN"}  # "a source familiar"
    for end in range(len(plain), max(0, len(plain) - 1 - loose), -1):
        for size in (3, 2):
            joined = " ".join(plain[max(0, end - size) : end])
            if end >= size and joined in nouns.joined:
                return joined, end - size
        if nouns.known(plain[end - 1]):
            return plain[end - 1], end - 1
    return (plain[-1], len(plain) - 1) if plain else ("", 0)


def office_over(base: Sequence[Word], rest: Sequence[Word], lists: WordLists) -> str:
    """Return the known office that the noun and the two words behind it name ("secretary of state"), "" for none."""
    words = " ".join(w.plain for w in (*base[-1:], *rest[:2]))
    return words if len(rest) > 1 and words in lists.roles.joined else ""


def _one_of(rest: Sequence[Word], lists: WordLists) -> str:
    """The noun in "one of his lawyers", in the singular."""
    head, _ = head_noun(rest[: _base_end(rest, lists)], lists)
    return head.removesuffix("s")


def _over(rest: Sequence[Word], cast: Cast) -> Mention | None:
    """The first name behind "of", "for" or the like, with an article at most between."""
    if len(rest) < 2 or rest[0].plain not in cast.lists.reference.link:
        return None
    first = rest[2] if rest[1].plain in cast.lists.reference.article and len(rest) > 2 else rest[1]
    return next((m for m in cast.within(Span(first.start, rest[-1].end)) if m.span.start == first.start), None)


def _owner(before: Sequence[Word], rest: Sequence[Word], cast: Cast) -> Mention | None:
    """The name in "X's spokesman", "the X spokesman" or "spokesman for X"."""
    for stretch in (rest, before):
        inside = cast.within(Span(stretch[0].start, stretch[-1].end)) if stretch else []
        if inside:
            return inside[-1]
    return None
