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
    """Return the role nouns that the plain words give their holder, and everything else they tell.

    What owns the role, or what it is over, gives no noun of its own: "the mayor's daughter" is no mayor, "adviser to
    the president" no president.
    """
    cleaned = [normal(w, lists) for w in words]
    heads: set[str] = set()
    told: set[str] = set()
    held = holding(words, cleaned, lists)
    for i, word in enumerate(cleaned):
        several = {" ".join(cleaned[i : i + size]) for size in (2, 3)}
        if i in held:
            heads |= (several | {word, word.removesuffix("s")}) & lists.roles.general.keys()
        told |= spelled_out(cleaned, i, lists)
    return heads, told


def holding(words: Sequence[str], cleaned: Sequence[str], lists: WordLists) -> set[int]:
    """Return where the role nouns of the holder can stand: in each joined part behind the last possessive and before
    the first word that links ("of", "to"), "one of" passed over.
    """
    refer = lists.reference
    held: set[int] = set()
    inside = True
    for i, word in enumerate(words):
        bare = cleaned[i]
        if bare in refer.joining or word.endswith((",", ";")):
            held |= {i} if inside else set()
            after = cleaned[i + 1] if i + 1 < len(cleaned) else ""
            inside = inside or after not in refer.owner | refer.article | lists.names.honorifics.keys()
        elif word.endswith(("'s", "s'")) and inside:
            held = {k for k in held if any(cleaned[j] in refer.joining for j in range(k, i))}
        elif bare in refer.stop and not (i and cleaned[i - 1] in refer.counting | lists.roles.quantity):
            inside = False
        elif inside:
            held.add(i)
    return held


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
