"""Owners: which outlets belong to one publisher, from a list that people can correct.

A common owner alone makes no two reports one: its newsrooms may both have been there. It is shown, and together with a
sentence in common it is enough to count them once. No list makes reports independent.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from twosource.account import Owned
from twosource.errors import InputError
from twosource.extract.outlets import names_of, squeezed
from twosource.lang import ENGLISH, Language
from twosource.lineage.witness import Witness


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner and the names of its outlets."""

    name: str
    outlets: list[str]


@dataclass(frozen=True, slots=True)
class OwnerTable:
    """The `owners` table of a language, and the form of a list of one's own."""

    owners: list[Owner]


@dataclass(frozen=True, slots=True)
class Owners:
    """The owner of each outlet, by the outlet's key."""

    of_outlet: Mapping[str, str]

    def owner(self, outlet: str) -> str:
        """Return the owner of an outlet; "" where none is known."""
        return self.of_outlet.get(squeezed(outlet), "") if outlet else ""

    def one(self, left: Witness, right: Witness) -> bool:
        """Tell whether two reports are of different outlets of one owner."""
        owner = self.owner(left.outlet)
        return bool(owner) and owner == self.owner(right.outlet) and squeezed(left.outlet) != squeezed(right.outlet)

    def owned(self, witnesses: Iterable[Witness]) -> tuple[Owned, ...]:
        """Return the owners of several outlets of a story with their articles, in order of name."""
        held: dict[str, dict[str, str]] = defaultdict(dict)
        for witness in witnesses:
            if owner := self.owner(witness.outlet):
                held[owner][witness.id] = squeezed(witness.outlet)
        return tuple(Owned(name, tuple(sorted(by))) for name, by in sorted(held.items()) if len(set(by.values())) > 1)


@cache
def known_owners(lang: Language = ENGLISH) -> Owners:
    """Return the owners of the language's list."""
    return Owners(_by_outlet(lang.table("owners", OwnerTable), lang))


def owners_from(text: str, name: str, lang: Language = ENGLISH) -> Owners:
    """Return the owners of the language's list, corrected by a list of the same form: what it says of an outlet holds.

    An owner named "" frees its outlets. ``name`` is what the list is called in messages.

    Raises:
        InputError: the text is no such list.

    """
    try:
        own = msgspec.convert(tomllib.loads(text), OwnerTable)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as wrong:
        raise InputError(name, f"not a list of owners ({str(wrong)[:200]})") from None
    return Owners({**known_owners(lang).of_outlet, **_by_outlet(own, lang)})


def _by_outlet(table: OwnerTable, lang: Language) -> dict[str, str]:
    names = names_of(lang)
    return {
        squeezed(names.get(outlet.removeprefix("The "), outlet)): owner.name
        for owner in table.owners
        for outlet in owner.outlets
    }
