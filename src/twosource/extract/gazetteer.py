"""Places and bodies by name: which words mean a country, a state, a known body, and how the names of others end.

Names are plain (lower case, no accents), their words joined by one space.
"""

from dataclasses import dataclass
from functools import cache

from twosource.extract.words import plain
from twosource.lang import Language


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """``places.toml``: "name : adjectives : capitals" of countries, "name : abbreviations" of states, other names,
    and their endings.

    ``bodies`` are the words for a country that name a body of its state, not a place.
    """

    countries: list[str]
    states: list[str]
    others: list[str]
    endings: list[str]
    bodies: list[str]


@dataclass(frozen=True, slots=True)
class BodyTable:
    """``bodies.toml``: words that end the names of bodies, "name : other names : country : field" of known ones,
    outlets, firms.
    """

    words: str
    known: list[str]
    outlets: list[str]
    companies: list[str]


@dataclass(frozen=True, slots=True)
class Places:
    """``country`` maps every word for a country (name, adjective, capital) to its name, ``states`` every word for a
    state.

    ``adjectives`` are the words for a country that name its people, ``countries`` the names alone; ``names`` holds
    every place name,
    ``endings`` the last words of further ones ("river").
    """

    country: dict[str, str]
    countries: frozenset[str]
    adjectives: frozenset[str]
    states: dict[str, str]
    names: frozenset[str]
    endings: frozenset[str]


@cache
def places(lang: Language) -> Places:
    """Return the place words of ``lang``."""
    table = lang.table("places", PlaceTable)
    country: dict[str, str] = {}
    adjectives: set[str] = set()
    for line in table.countries:
        name, people, seats = (part.split() for part in line.split(":"))
        adjectives |= {_spaced(w) for w in people}
        country |= {_spaced(w): _spaced(name[0]) for w in (*name, *people, *seats)}
    states = {
        form: _spaced(line.split()[0])
        for line in table.states
        for word in line.replace(":", " ").split()
        for form in (_spaced(word), _spaced(word).rstrip("."))
    }
    names = (country.keys() - adjectives) | states.keys() | {plain(w) for w in table.others}
    return Places(
        country=country,
        countries=frozenset(country.values()),
        adjectives=frozenset(adjectives),
        states=states,
        names=frozenset(names) - {plain(w) for w in table.bodies},
        endings=frozenset(table.endings),
    )


def _spaced(word: str) -> str:
    return plain(word).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Body:
    """A known body: its full name, its other names, its country ("" for none) and the words for its field."""

    name: str
    aliases: tuple[str, ...]
    country: str
    field: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Words that end the names of bodies, the known ones by each of their names, outlets and firms."""

    words: frozenset[str]
    known: dict[str, Body]
    outlets: frozenset[str]
    companies: frozenset[str]


@cache
def bodies(lang: Language) -> Bodies:
    """Return the body words of ``lang``."""
    table = lang.table("bodies", BodyTable)
    known: dict[str, Body] = {}
    for line in table.known:
        name, others, country, field = (plain(part).strip(" :") for part in line.split(" :", 3))
        aliases = tuple(w.strip() for w in others.split(",") if w.strip())
        body = Body(name, aliases, country, frozenset(field.split()))
        known |= dict.fromkeys((name, *aliases), body)
    return Bodies(
        words=frozenset(plain(table.words).split()),
        known=known,
        outlets=frozenset(plain(w) for w in table.outlets),
        companies=frozenset(plain(w) for w in table.companies),
    )
