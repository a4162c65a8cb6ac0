"""Proposals: every stretch that may be a name, trimmed to the name, with what speaks for each kind of it in this
article.

A parse model's entities and runs of capitals propose; nothing is decided here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from twosource.extract.sentences import Paragraph
from twosource.extract.wordlists import WordLists
from twosource.extract.words import Word
from twosource.facts import MentionKind

LABELS: dict[str, MentionKind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "NORP": "group",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
"""What the labels of a parse model vote for; other labels (PRODUCT, EVENT, LAW) vote for nothing."""

LONGEST_NAME = 7
"""Words in the longest name looked for ("Office of the United Nations High Commissioner" is cut): bounds the search."""

TITLE_CASE, BODY_CASE = 0.7, 0.95
"""Share of longer words with a capital from which a headline, or a line of the body, is set in title case."""

COMMON = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
"""Parts of speech of words that are no names when written small ("snow", "weather")."""

MARKS = frozenset({",", "(", ")", '"', ":", ";", "/", "-", "--", "|", "[", "]", "#"})
"""Marks that no name holds as words of their own (folded: "-" is any dash between spaces)."""

OWNING = 10
"""Words after a name within which "her" or "his" is its own."""

Key = tuple[str, ...]
"""A name as its plain words."""


@dataclass(slots=True)
class Votes:
    """What speaks for each kind of one name: the model's labels, titles before it, how often an article or owner did;
    kin after it ("Holt's cousin"), ", which" after it, "her" or "his" after it and its verb, "in" before it; for a
    single word, how often the article writes it small; how often it stood in a line set in capitals throughout.
    """

    labels: Counter[MentionKind] = field(default_factory=Counter)
    titled: int = 0
    after_the: int = 0
    seen: int = 0
    kin: int = 0
    which: int = 0
    inside: int = 0
    owning: int = 0
    loud: int = 0
    small: int = 0


def collect(paragraphs: Sequence[Paragraph], texts: Sequence[Sequence[Word]], lists: WordLists) -> dict[Key, Votes]:
    """Return the votes for every name proposed; ``texts`` are the words of ``paragraphs``."""
    votes: dict[Key, Votes] = defaultdict(Votes)
    small = Counter(w.plain for words in texts for w in words if w.text.islower() and w.pos in COMMON)
    for paragraph, words in zip(paragraphs, texts, strict=True):
        loud = title_case(words, TITLE_CASE if paragraph.block.kind != "body" else BODY_CASE)
        for first, last, kind in _entities(paragraph, words, lists):
            _propose(words, (first, last), kind, votes, lists, loud=loud)
        for first, last in () if loud else _runs(words, lists, parsed=paragraph.parsed):
            _propose(words, (first, last), None, votes, lists, loud=False)
    for key, vote in votes.items():
        vote.small = small[key[0]] if len(key) == 1 else 0
    return votes


def title_case(words: Sequence[Word], share: float) -> bool:
    """Tell whether a line is no sentence and has this share of capitals, so that a capital says nothing."""
    if words and any(w.text[-1] in ".?!" for w in words[-2:]):
        return False
    long = [w for w in words if len(w.text) > 3 and w.text[0].isalpha()]
    return len(long) > 2 and sum(w.capital for w in long) >= share * len(long)


def _entities(paragraph: Paragraph, words: Sequence[Word], lists: WordLists) -> Iterator[tuple[int, int, MentionKind]]:
    """The model's entities as ranges of words (last excluded)."""
    at = {w.token: i for i, w in enumerate(words)}
    for entity in paragraph.doc.ents:
        kind = LABELS.get(entity.label_)
        inside = [at[t] for t in range(entity.start, entity.end) if t in at]
        if kind and inside:
            yield from _split(words, inside[0], inside[-1] + 1, kind, lists)


def _split(
    words: Sequence[Word], first: int, last: int, kind: MentionKind, lists: WordLists
) -> Iterator[tuple[int, int, MentionKind]]:
    """Part an entity at a possessive inside: "Iowa State University's Jan Holt" is a body and a person.

    A command before it ("Add Weather") and the place of a post after it ("Jan Holt on Twitter") are cut off.
    """
    venue = next((i for i in range(first + 1, last - 1) if _venue(words, i, last, lists)), None)
    if venue is not None:
        last, kind = venue, "person" if venue - first in {2, 3} else kind
    while last - first > 1 and words[first].first and words[first].tag in {"VB", "VBP"}:
        first += 1
    while kind == "person" and last - first > 1 and words[last - 1].tag == "VBZ":
        last -= 1
    cut = next((i for i in range(first + 1, last - 1) if words[i].plain in {"'s", "'"}), None)
    yield first, last if cut is None else cut, kind
    if cut is not None and last - cut in {3, 4} and all(w.capital for w in words[cut + 1 : last]):
        yield cut + 1, last, "person"


def _venue(words: Sequence[Word], i: int, last: int, lists: WordLists) -> bool:
    """A small "on" stands at ``i`` and a known outlet or firm behind it."""
    name, bodies = " ".join(w.plain for w in words[i + 1 : last]), lists.bodies
    known = name in bodies.outlets or name in bodies.companies or name in bodies.known
    return known and words[i].text in lists.reference.speaking.venue


def _runs(words: Sequence[Word], lists: WordLists, *, parsed: bool) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, particles allowed inside, that may be names."""
    i = 0
    while i < len(words):
        start = i
        while i < len(words) and (
            _name_like(words[i], parsed=parsed) or (i > start and _inside(words, i, lists, parsed=parsed))
        ):
            i += 1
        if i > start and (parsed or not words[start].first or i - start > 1):
            yield start, i
        i = max(i, start + 1)


def _name_like(word: Word, *, parsed: bool) -> bool:
    return word.capital and (not parsed or word.pos == "PROPN")


def _inside(words: Sequence[Word], i: int, lists: WordLists, *, parsed: bool) -> bool:
    """A particle between two words of a name."""
    after = i + 1 < len(words) and _name_like(words[i + 1], parsed=parsed)
    return after and words[i].plain in lists.names.particles and words[i].plain not in {"la", "a", "do"}


def _propose(
    words: Sequence[Word],
    stretch: tuple[int, int],
    kind: MentionKind | None,
    votes: dict[Key, Votes],
    lists: WordLists,
    *,
    loud: bool,
) -> None:
    """Trim a proposal to the name, and count what speaks for it."""
    first, last, titled = trim(words, *stretch, lists)
    if not 0 < last - first <= LONGEST_NAME or not _nameable(words[first:last], kind, lists):
        return
    first += _before_given(words[first:last], lists) if kind in {None, "person"} else 0
    key = tuple(w.plain for w in words[first:last])
    given = key[0] in lists.names.gender and len(key) > 1
    if (loud and not (kind == "person" and len(key) == 2 and given)) or not (
        kind or titled or given or _listed(key, lists)
    ):
        return
    vote = votes[key]
    vote.titled += titled
    vote.seen += 1
    vote.loud += loud
    vote.after_the += _after_the(words, first, last)
    vote.kin += _kin_after(words, last, lists)
    vote.which += _which_after(words, last, lists)
    vote.owning += _owning(words, last, lists)
    vote.inside += first > 0 and words[first - 1].plain in lists.reference.speaking.inside
    vote.labels.update([kind] if kind else [])


def _before_given(inside: Sequence[Word], lists: WordLists) -> int:
    """Words before the given name that a run of capitals took in ("Secretary of Energy Hank Brody", "Yesterday Hannah
    Pryce").
    """
    known, places = lists.names.gender, lists.places.names
    plain = [w.plain for w in inside]
    if len(plain) not in {3, 4} or plain[0] in known or plain[-2] not in known or " ".join(plain[:2]) in places:
        return 0
    return 0 if len(inside[0].text) < 3 or plain[0] in lists.names.particles else len(plain) - 2


def _after_the(words: Sequence[Word], first: int, last: int) -> bool:
    """An article or owner stands before the name, and no noun that it could belong to after it: hardly a person."""
    alone = last >= len(words) or words[last].pos not in {"NOUN", "PROPN", "PART", "ADJ"}
    return alone and first > 0 and words[first - 1].plain in {"the", "'s"}


def _kin_after(words: Sequence[Word], last: int, lists: WordLists) -> bool:
    """A possessive and kin stand after the name ("Holt's late father"): a human being's."""
    if last >= len(words) or words[last].plain not in lists.reference.possessive:
        return False
    return any(w.plain in lists.reference.speaking.kin for w in words[last + 1 : last + 3])


def _owning(words: Sequence[Word], last: int, lists: WordLists) -> bool:
    """A verb follows the name, and the next to be named is "her" or "his" own: a human being's."""
    if last >= len(words) or words[last].pos not in {"VERB", "AUX"}:
        return False
    for word in words[last : last + OWNING]:
        if word.sentence != words[last].sentence or (word.capital and word.pos == "PROPN"):
            return False
        if lists.reference.pronoun.get(word.plain) in {"he", "she"}:
            return word.tag == "PRP$" or word.plain in lists.reference.reflexive
    return False


def _which_after(words: Sequence[Word], last: int, lists: WordLists) -> bool:
    """The name goes on with ", which": a thing's."""
    after = [w.plain for w in words[last : last + 2]]
    return after[:1] == [","] and after[1:] == [lists.reference.speaking.thing]


def _listed(key: Key, lists: WordLists) -> bool:
    name, bodies = " ".join(key), lists.bodies
    if len(key) > 1 and key[-1] in bodies.words:
        return True
    return name in lists.places.names or name in bodies.known or name in bodies.outlets or name in bodies.companies


def _nameable(inside: Sequence[Word], kind: MentionKind | None, lists: WordLists) -> bool:
    """No name without a capital, nor a weekday, nor with a comma, bracket, quotation mark or address sign inside."""
    if inside[0].plain in lists.names.never:
        return False
    if kind == "group":
        return inside[0].capital and len(inside) <= 3
    odd = any(w.text in MARKS or "@" in w.text or "://" in w.text for w in inside)
    return any(w.capital for w in inside) and not odd


def trim(words: Sequence[Word], first: int, last: int, lists: WordLists) -> tuple[int, int, bool]:
    """Return the range without article, titles, possessive and stray marks, and whether a title of a person was cut
    off.

    "the Rev. Jan Hájek's" -> "Jan Hájek"; a body keeps its words ("Department of Justice").
    """
    refer = lists.reference
    while last > first and (words[last - 1].plain in refer.possessive or words[last - 1].punctuation):
        last -= 1
    while last - first > 1 and words[last - 1].plain in lists.names.never:
        last -= 1
    while first < last and (words[first].plain in refer.article | refer.possessive or words[first].punctuation):
        first += 1
    while last - first > 1 and words[first].first and words[first].pos in {"ADP", "SCONJ"}:
        first += 1
    if last > first and words[last - 1].plain in lists.bodies.words:
        return first, last, False
    for i in range(last - 2, first - 1, -1):
        if (
            is_title(words[i], lists)
            and _of_one(words, i, last, lists)
            and words[i + 1].plain not in refer.link | refer.joining | refer.possessive
        ):
            if _surname_follows(words, i + 1, last, lists):
                return i + 1, last, True
            break
    before = words[first - 1] if 0 < first < last else None
    return first, last, bool(before and is_title(before, lists) and before.sentence == words[first].sentence)


def _of_one(words: Sequence[Word], i: int, last: int, lists: WordLists) -> bool:
    """The title is no plural, or further names follow ("Presidents Bush and Obama", but "Veterans Affairs")."""
    bare = words[i].plain.rstrip(".")
    single = bare in lists.names.honorifics or bare in lists.roles.general
    return single or (last < len(words) and (words[last].text == "," or words[last].plain in lists.reference.joining))


def is_title(word: Word, lists: WordLists) -> bool:
    """Tell whether the word can stand before a name as its title ("Sen.", "President", "spokesman", "Sens.")."""
    bare, speaking = word.plain.rstrip("."), lists.reference.speaking
    if word.capital and bare not in lists.roles.general and bare not in speaking.no_plural_title:
        bare = bare.removesuffix("s")
    return bare in lists.names.honorifics or (bare in lists.roles.general and bare not in speaking.camps)


def _surname_follows(words: Sequence[Word], i: int, last: int, lists: WordLists) -> bool:
    return words[i].capital and (last - i > 1 or words[last - 1].plain.rstrip(".") not in lists.roles.general)
