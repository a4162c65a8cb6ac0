"""Profiles: what the words of a role tell about its holder, countries, states, parties and known bodies spelled out.

"R-Ariz." tells a Republican of Arizona, "Pentagon" the field of defence, so that "the Pentagon chief" meets a
"Secretary of Defense".
"""

from collections.abc import Sequence

from twosource.extract.wordlists import WordLists

_SMALL = {"", "of", "and", "the", "for"}


def normal(word: str, lists: WordLists) -> str:
    """Return a plain word without possessive and edge marks, in one spelling ("Defence's" -> "defense")."""
    word = word.strip(",;:()[]\"'").removesuffix("'s").removesuffix("'")
    word = word if word.count(".") > 1 else word.rstrip(".")
    return lists.reference.spelling.get(word, word)


def describe(words: Sequence[str], lists: WordLists) -> tuple[set[str], set[str]]:
    """Return the role nouns among plain words, and everything else they tell."""
    cleaned = [normal(w, lists) for w in words]
    heads: set[str] = set()
    told: set[str] = set()
    for i, word in enumerate(cleaned):
        several = {" ".join(cleaned[i : i + size]) for size in (2, 3)}
        heads |= (several | {word, word.removesuffix("s")}) & lists.roles.general.keys()
        told |= spelled_out(cleaned, i, lists)
    return heads, told


def spelled_out(words: Sequence[str], i: int, lists: WordLists, *, country: bool = True) -> set[str]:
    """What the word at ``i`` tells: itself, its country, its state or party, and a known body's field, full name and
    country.
    """
    word, places = words[i], lists.places
    told = {word, word.removesuffix("s")} if len(word) > 2 and word not in lists.roles.plain else set()
    for size in (1, 2, 3):
        name = " ".join(words[i : i + size])
        told |= {places.country[name]} if name in places.country else set()
        told |= _state(places.states.get(name))
        body = lists.bodies.known.get(name)
        if body:
            told |= {*body.field, body.name, *body.name.split(), body.country if country else ""} - _SMALL
    return told | _party(word, lists)


def _state(name: str | None) -> set[str]:
    return {name, *name.split()} if name else set()


def _party(word: str, lists: WordLists) -> set[str]:
    """The party of the letter and the state in "r-ariz"."""
    letter, dash, tail = word.partition("-")
    party = lists.reference.speaking.party_letters.get(letter)
    return {party} | _state(lists.places.states.get(tail)) if dash and party else set()


def binding(words: set[str], lists: WordLists) -> set[str]:
    """The countries, states and known bodies among the words."""
    places = lists.places
    return {w for w in words if w in places.countries or w in places.states or w in lists.bodies.known}


def differs(meant: set[str], profile: set[str], lists: WordLists) -> bool:
    """Tell whether a phrase tells a party, country, state or body, and the profile only others of the same sort."""
    rivals = lists.reference.speaking.rivals
    if meant & rivals and profile & rivals and not meant & rivals & profile:
        return True
    wanted = binding(meant, lists)
    state = any(w in lists.places.states for w in wanted)
    held = {w for w in binding(profile, lists) if (w in lists.places.states) == state}
    return bool(wanted and held) and not held & meant
