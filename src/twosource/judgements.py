"""What people correct in an account: records of their own beside the facts, applied when an account is assembled.

A fact is never overwritten (`design`: identity is a judgement). Take a judgement away and assemble again, and the
account is what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Told = tuple[str, str]
"""A telling by (article id, quotation id)."""

Side = tuple[str, int, int]
"""One side of a conflict: article id, start and end of its words."""

Pair = tuple[str, str]
"""Two names as the reports write them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """Corrections that hold for one story.

    ``speakers`` names who spoke (an empty name: the text gives nobody). ``same_people`` and ``other_people`` are pairs
    of names that are, or are not, one person; ``same_statements`` and ``other_statements`` the same for tellings.
    ``no_conflicts`` are places that do not contradict each other. Later ones win over earlier ones.
    """

    speakers: Mapping[Told, str] = field(default_factory=dict)
    same_people: tuple[Pair, ...] = ()
    other_people: tuple[Pair, ...] = ()
    same_statements: tuple[tuple[Told, Told], ...] = ()
    other_statements: tuple[tuple[Told, Told], ...] = ()
    no_conflicts: tuple[tuple[Side, Side], ...] = ()


NONE = Judgements()
"""Nobody has corrected anything."""
