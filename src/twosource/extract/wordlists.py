"""The word lists behind names and roles, decoded once a language: given names, titles, role nouns, and the small
words that point.

Everything is plain (lower case, no accents); a noun of several words is joined by one space.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from twosource.extract.gazetteer import Bodies, Places, bodies, places
from twosource.extract.words import plain
from twosource.lang import Language

WIDE = 4
"""Role nouns that can stand for this many others say little ("official", "leader", "candidate")."""


LEAST_WITH_ENDING = 6
"""Letters above which a noun's ending makes it a human being's ("frontman", not "human" or "German")."""


@dataclass(frozen=True, slots=True)
class Particles:
    """Small words inside surnames, those before a father's name, what may follow a name, and capitals that belong to
    none.
    """

    words: list[str]
    filiation: list[str]
    suffixes: list[str]
    never: list[str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """Letters of other scripts with their usual spelling ("_" for none), and groups of letters with the sound they
    share.
    """

    letters: str
    sounds: str


@dataclass(frozen=True, slots=True)
class NameTable:
    """``names.toml``: given names by gender, forms of one given name, honorifics with the gender they tell ("" for
    none).
    """

    female: str
    male: str
    both: str
    variants: list[str]
    honorifics: dict[str, str]
    particles: Particles
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class Names:
    """Given names with gender, the families of forms each belongs to, and the words before, inside and after names."""

    gender: dict[str, str]
    variants: dict[str, frozenset[int]]
    honorifics: dict[str, str]
    particles: frozenset[str]
    filiation: frozenset[str]
    suffixes: frozenset[str]
    letters: dict[int, str]
    sounds: tuple[tuple[str, str], ...]
    never: frozenset[str]


@cache
def names(lang: Language) -> Names:
    """Return the name words of ``lang``."""
    table = lang.table("names", NameTable)
    female, male = (set(plain(text).split()) for text in (table.female, table.male))
    both = (female & male) | (set(plain(table.both).split()) - female - male)
    families: dict[str, set[int]] = {}
    for number, line in enumerate(table.variants):
        for word in plain(line).split():
            families.setdefault(word, set()).add(number)
    return Names(
        gender=dict.fromkeys(female, "f") | dict.fromkeys(male, "m") | dict.fromkeys(both, ""),
        variants={word: frozenset(numbers) for word, numbers in families.items()},
        honorifics={plain(k): v for k, v in table.honorifics.items()},
        particles=frozenset(table.particles.words),
        filiation=frozenset(table.particles.filiation),
        suffixes=frozenset(table.particles.suffixes),
        letters={ord(a): b.strip("_") for a, b in _pairs(table.spelling.letters) if len(a) == 1},
        sounds=tuple(_pairs(table.spelling.sounds)),
        never=frozenset(table.particles.never),
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    words = text.split()
    return list(zip(words[::2], words[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class HumanNouns:
    """Nouns for a human being by the gender they tell, and endings of further ones."""

    m: list[str]
    f: list[str]
    any: list[str]
    endings: list[str]


@dataclass(frozen=True, slots=True)
class Nouns:
    """A plain list."""

    words: list[str]


@dataclass(frozen=True, slots=True)
class RoleTable:
    """``roles.toml``: "noun : more general nouns" a line, and the nouns of unnamed sources, groups, bodies and
    documents.
    """

    roles: str
    known_offices: list[str]
    people: HumanNouns
    anonymous: Nouns
    groups: Nouns
    bodies: dict[str, list[str]]
    documents: Nouns
    plain: Nouns
    quantity: Nouns
    approximate: Nouns
    issued: Nouns


@dataclass(frozen=True, slots=True)
class Roles:
    """Role nouns (``general`` maps each to what it can also be called) and the nouns of unnamed speakers.

    ``wide`` are those that can stand for many others, ``offices`` those whose holder needs no title, ``joined`` those
    of several words;
    ``plain`` tell nothing about who it is; ``quantity`` and ``approximate`` only say how many; ``issued`` is what
    speakers put out.
    """

    general: dict[str, frozenset[str]]
    wide: frozenset[str]
    offices: frozenset[str]
    joined: frozenset[str]
    gender: dict[str, str]
    anonymous: frozenset[str]
    groups: frozenset[str]
    bodies: dict[str, frozenset[str]]
    documents: frozenset[str]
    plain: frozenset[str]
    quantity: frozenset[str]
    approximate: frozenset[tuple[str, ...]]
    issued: frozenset[str]
    endings: tuple[str, ...]

    def noun(self, word: str) -> bool:
        """Tell whether ``word`` names a single human being by role or kind ("frontman" by its ending)."""
        listed = word in self.general or word in self.gender or word in self.anonymous
        return listed or (word.endswith(self.endings) and len(word) > LEAST_WITH_ENDING)

    def several(self, word: str) -> bool:
        """Tell whether ``word`` is the plural of a noun for a human being."""
        if word.endswith("men"):
            return self.noun(f"{word[:-3]}man") or self.noun(f"{word[:-3]}person")
        return word.endswith("s") and self.noun(word[:-1])

    def known(self, word: str) -> bool:
        """Tell whether any list knows the noun."""
        single = word.removesuffix("s")
        told = self.noun(word) or self.several(word)
        return told or word in self.groups or single in self.bodies or word in self.documents

    def alike(self, left: str, right: str) -> bool:
        """Tell whether two role nouns can stand for one person."""
        return left == right or left in self.general.get(right, ()) or right in self.general.get(left, ())


@cache
def roles(lang: Language) -> Roles:
    """Return the role words of ``lang``."""
    table = lang.table("roles", RoleTable)
    lines = (line.partition(":") for line in table.roles.strip().splitlines())
    general = {_spaced(noun.strip()): frozenset(_spaced(w) for w in wider.split()) for noun, _, wider in lines}
    gender = {"": table.people.any, "m": table.people.m, "f": table.people.f}
    people = {_spaced(w): g for g, words in gender.items() for w in words}
    documents = frozenset(_spaced(w) for w in table.documents.words)
    found = Counter(w for wider in general.values() for w in wider)
    return Roles(
        general=general,
        wide=frozenset(w for w, n in found.items() if n >= WIDE),
        offices=frozenset(table.known_offices),
        joined=frozenset(w for w in (*general, *people, *map(_spaced, table.bodies), *documents) if " " in w),
        gender=people,
        anonymous=frozenset(table.anonymous.words),
        groups=frozenset(table.groups.words),
        bodies={_spaced(noun): frozenset(words) for noun, words in table.bodies.items()},
        documents=documents,
        plain=frozenset(table.plain.words),
        quantity=frozenset(table.quantity.words),
        approximate=frozenset(tuple(w.split()) for w in table.approximate.words),
        issued=frozenset(table.issued.words),
        endings=tuple(table.people.endings),
    )


def _spaced(word: str) -> str:
    return word.replace("_", " ")


@dataclass(frozen=True, slots=True)
class SpeakingTable:
    """Roles and nouns that the rules for bodies, parties and offices ask for."""

    voices: frozenset[str]
    officers: frozenset[str]
    services: frozenset[str]
    rivals: frozenset[str]
    camps: frozenset[str]
    party_groups: frozenset[str]
    party_letters: dict[str, str]
    contested: frozenset[str]
    lesser: frozenset[str]
    past: frozenset[str]
    firms: frozenset[str]
    lands: frozenset[str]
    media: frozenset[str]
    retinues: frozenset[str]
    wide_fields: frozenset[str]
    fielded: frozenset[str]
    discreet: frozenset[str]
    sole: frozenset[str]
    posted: frozenset[str]
    kin: frozenset[str]
    inside: frozenset[str]
    venue: frozenset[str]
    thing: str
    body_beginnings: frozenset[str]
    agents: list[str]
    no_plural_title: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """``reference.toml``: pronouns, determiners and joining words by what they do."""

    pronouns: dict[str, str]
    determiners: dict[str, str]
    phrases: dict[str, str]
    speaking: SpeakingTable
    spelling: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reference:
    """Small words by what they do; ``pronoun`` maps each to its class ("he", "she", "it", "they", "first", "other")."""

    pronoun: dict[str, str]
    subject: frozenset[str]
    reflexive: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    owner: frozenset[str]
    counting: frozenset[str]
    partitive: frozenset[str]
    every: frozenset[str]
    stop: frozenset[str]
    link: frozenset[str]
    being: frozenset[str]
    within_title: frozenset[str]
    joining: frozenset[str]
    issuing: frozenset[str]
    possessive: frozenset[str]
    article: frozenset[str]
    relative: frozenset[str]
    mister: frozenset[str]
    not_apposition: frozenset[str]
    speaking: SpeakingTable
    spelling: dict[str, str]


@cache
def reference(lang: Language) -> Reference:
    """Return the pointing and joining words of ``lang``."""
    table = lang.table("reference", ReferenceTable)
    classes = ("he", "she", "it", "they", "first", "other")
    pronoun = {word: kind for kind in reversed(classes) for word in table.pronouns[kind].split()}
    rest = {k: v for k, v in table.pronouns.items() if k not in classes} | table.determiners | table.phrases
    return Reference(
        pronoun=pronoun,
        speaking=table.speaking,
        spelling=table.spelling,
        **{name: frozenset(words.split()) for name, words in rest.items()},
    )


@dataclass(frozen=True, slots=True)
class WordLists:
    """Every list that mentions and speakers ask."""

    names: Names
    places: Places
    bodies: Bodies
    roles: Roles
    reference: Reference


@cache
def word_lists(lang: Language) -> WordLists:
    """Return the word lists of ``lang``."""
    return WordLists(names(lang), places(lang), bodies(lang), roles(lang), reference(lang))
