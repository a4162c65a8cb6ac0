"""Person names: whether two spellings can be one person's name, from their parts alone.

Handles transliteration and other spelling variants, initials, nicknames, order ("Putin, Vladimir"), titles,
particles, parts left out, run
together or torn apart. Letters of two scripts inside one word (a Cyrillic letter in a Latin name) make it a
look-alike: it is the same as
nothing but itself.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from twosource.extract.wordlists import Names, names, roles
from twosource.extract.words import plain
from twosource.lang import ENGLISH, Language

PARTS = 8
"""Parts of a name that are compared; longer ones are cut (bounds the alignment)."""

SAME = 0.74
"""Score from which two names are taken for one spelling of a name (names/name_pairs.jsonl, Person; swept 0.5-0.95,
2026-11-22).
"""

ONE_PERSON = 0.86
"""Score from which two full names of the news are taken for one person: a letter may differ, not the surname."""

VARIANT, ONE_EDIT, TWO_EDITS, INITIAL, ANAGRAM = 0.95, 0.88, 0.72, 0.85, 0.78
"""How alike two parts are by what makes them so (same corpus: two edits in five letters were one name in 13 of 17
pairs, three in none).
"""

ONE_SIDE, ALONE, CROSSED = 0.05, 0.15, 0.05
"""What a score loses for each part that only the longer name has, for a lone part, and for parts in another order."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts: plain words without titles, suffixes and particles; ``fathers`` are the parts after "bin"
    and the like.
    """

    parts: tuple[str, ...]
    fathers: frozenset[str]
    mixed: bool

    @property
    def surname(self) -> str:
        """The last part, "" for no name."""
        return self.parts[-1] if self.parts else ""

    @property
    def given(self) -> tuple[str, ...]:
        """All parts but the last."""
        return self.parts[:-1]


@lru_cache(maxsize=4096)
def parse_name(text: str, lang: Language = ENGLISH) -> PersonName:
    """Split a name into its parts: titles and suffixes go, "SURNAME, Given" is turned round, other alphabets are
    spelled in ours.
    """
    known = names(lang)
    before, comma, after = plain(text[:200]).partition(",")
    turned = f"{after} {before}" if comma and after.strip() and not _suffix(after, known) else before
    spelled = "".join(known.letters.get(ord(c), c) for c in turned.replace("'", ""))
    words = [w for w in _words(spelled) if w not in known.suffixes]
    titles = roles(lang).general
    while len(words) > 1 and (words[0] in known.honorifics or words[0] in titles):
        words.pop(0)
    forename = (
        text[:1].isupper()
        and bool(words)
        and text[: len(words[0]) + 1].lower() == f"{words[0]} "
        and words[0] in known.gender
    )
    kept = [w for i, w in enumerate(words) if w not in known.particles or (i == 0 and forename)] or words
    fathers = frozenset(b for a, b in pairwise(words) if a in known.filiation)
    return PersonName(tuple(kept[:PARTS]), fathers, any(_mixed(w) for w in text[:200].split()))


def _words(text: str) -> list[str]:
    """Words between white space and punctuation; marks of scripts that need them stay."""
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split()


def _suffix(words: str, known: Names) -> bool:
    return all(w.strip(". ") in known.suffixes for w in words.split())


def _mixed(word: str) -> bool:
    """Letters of two of the scripts that look alike stand in one word."""
    if word.isascii():
        return False
    scripts = {unicodedata.name(c, "").split(" ", 1)[0] for c in word if c.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1


def same_name(left: str, right: str, lang: Language = ENGLISH) -> float:
    """Return 0 to 1: how far the two can be one person's name; compare with `SAME` or `ONE_PERSON`."""
    if left == right:
        return 1.0
    a, b = parse_name(left, lang), parse_name(right, lang)
    if not a.parts or not b.parts or a.mixed or b.mixed:
        return 0.0
    if "".join(a.parts) == "".join(b.parts):
        return 1.0
    known = names(lang)
    shorter, longer = sorted(_joined(a.parts, b.parts), key=lambda p: (len(p), p))
    score = _aligned(shorter, longer, known)
    return score / 2 if a.fathers and b.fathers and not _fathers_alike(a, b, known) else score


def one_person(left: str, right: str, lang: Language = ENGLISH) -> bool:
    """Tell whether two full names in the news are one person's: stricter than `SAME`, and two listed given names stay
    two.

    "Tim Cook" and "Tom Cook" can be a slip of the pen, but a wrong merge puts words into somebody's mouth.
    """
    a, b = parse_name(left, lang), parse_name(right, lang)
    known = names(lang)
    if a.given and b.given and a.given[0] != b.given[0] and a.given[0] in known.gender and b.given[0] in known.gender:
        return part_alike(a.given[0], b.given[0], known) >= VARIANT and same_name(left, right, lang) >= ONE_PERSON
    return same_name(left, right, lang) >= ONE_PERSON


def _fathers_alike(a: PersonName, b: PersonName, known: Names) -> bool:
    return any(part_alike(x, y, known) for x in a.fathers for y in b.fathers)


def _joined(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Put together neighbouring parts of one name that the other writes as one ("Patr ushev", "Mohammadhasni")."""
    return _join(_distinct(a), set(b)), _join(_distinct(b), set(a))


def _distinct(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parts))


def _join(parts: tuple[str, ...], wanted: set[str]) -> tuple[str, ...]:
    sounds = {skeleton(w) for w in wanted}
    for i in range(len(parts) - 1):
        if skeleton(parts[i] + parts[i + 1]) in sounds and parts[i] not in wanted:
            return (*parts[:i], parts[i] + parts[i + 1], *parts[i + 2 :])
    return parts


def _aligned(shorter: tuple[str, ...], longer: tuple[str, ...], known: Names) -> float:
    """Half the mean and half the worst likeness of the shorter name's parts with their best partners, less what is
    left over.
    """
    pairs = [(part_alike(a, b, known), -abs(i - j), i, j) for i, a in enumerate(shorter) for j, b in enumerate(longer)]
    taken: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for score, _, i, j in sorted(pairs, reverse=True):
        if i not in taken and j not in used:
            taken[i] = (j, score)
            used.add(j)
    scores = [score for _, score in taken.values()]
    order = [taken[i][0] for i in sorted(taken)]
    missing = len(longer) - len(shorter)
    loss = ONE_SIDE * missing + (CROSSED if order != sorted(order) else 0.0)
    if len(shorter) == 1 and missing:
        loss += 0.0 if order[0] == len(longer) - 1 else ALONE
    if all(len(part) == 1 for part in shorter):
        loss += ALONE
    return max(0.0, (sum(scores) / len(scores) + min(scores)) / 2 - loss)


def part_alike(a: str, b: str, known: Names) -> float:
    """How far two parts of a name are one: equal, an initial, a form of one given name, or close in spelling."""
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return INITIAL if a[0] == b[0] else 0.0
    if known.variants.get(a, frozenset()) & known.variants.get(b, frozenset()):
        return VARIANT
    if (
        not a.isascii()
        and unicodedata.category(a[0]) == "Lo"
        and unicodedata.name(a[0], "").split()[0] in {"CJK", "HANGUL"}
    ):
        return 0.0
    return VARIANT if skeleton(a) == skeleton(b) else _edits(a, b)


@lru_cache(maxsize=65536)
def _edits(a: str, b: str) -> float:
    length, edits = max(len(a), len(b)), OSA.distance(a, b, score_cutoff=2)
    if edits == 1:
        return ONE_EDIT if length > 3 else TWO_EDITS - 0.1 * (3 - length)
    if edits == 2 and length > 3:
        return TWO_EDITS if length > 4 else TWO_EDITS - 0.2
    return ANAGRAM if length > 4 and sorted(a) == sorted(b) else 0.0


@lru_cache(maxsize=65536)
def _sounds(word: str, lang: Language) -> str:
    for written, sound in names(lang).sounds:
        word = word.replace(written, sound)
    if word.startswith("ks"):
        word = word[1:]
    out: list[str] = []
    for char in word:
        if not out or out[-1] != char:
            out.append(char)
    return "".join(out).rstrip("h")


def skeleton(word: str, lang: Language = ENGLISH) -> str:
    """Return a spelling of ``word`` in which common transliterations of one sound fall together ("zelenskyy" =
    "zelenski").
    """
    return _sounds(word, lang)
