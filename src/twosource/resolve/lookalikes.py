"""Look-alikes: names with letters of two scripts in one word, which read like a known name and are another.

"P" and the Cyrillic letter of the same shape are different letters: such a name is kept apart from the one it looks
like (`twosource.resolve.names`), and the reader is told.
"""

from collections.abc import Iterable

from twosource.facts import Note, Person
from twosource.resolve.names import parse_name

SHOWN = 20
"""Notes of this sort in one report at most."""


def look_alikes(people: Iterable[Person]) -> tuple[Note, ...]:
    """Return a note ``mixed_script_name`` for everyone whose name mixes scripts inside a word, at the first mention."""
    mixed = [p for p in people if p.mentions and not p.name.isascii() and parse_name(p.name).mixed]
    return tuple(
        Note("mixed_script_name", "letters of two scripts stand in one word of this name; kept apart", p.mentions[0])
        for p in mixed[:SHOWN]
    )
