"""A correction as it is asked for, from a form or a program, to the line of the log that puts it into force.

The account of the story it touches is stale afterwards; `renewed` makes it anew where a person waits for it.
"""

from typing import Any, Protocol
from unicodedata import normalize

from msgspec import UNSET, UnsetType

from twosource.store import accounts, judgements, lines, shelf, stories
from twosource.store.database import Database
from twosource.store.judgements import CORRECTIONS, Judgement
from twosource.store.lines import LONGEST, MACHINE, Refused

SOMEONE = "someone"
"""Who says so where no name was given."""

_NEEDS: dict[str, tuple[str, ...]] = {
    "speaker": ("article", "quotation", "name"),
    "same_person": ("story", "left", "right"),
    "other_person": ("story", "left", "right"),
    "same_statement": ("story", "left", "right"),
    "other_statement": ("story", "left", "right"),
    "no_conflict": ("story", "conflict"),
    "outlet_mark": ("outlet", "mark"),
    "merge": ("story", "into"),
    "split": ("story", "articles"),
    "move": ("story", "into", "articles"),
    "lock": ("story",),
    "unlock": ("story",),
}
"""What each kind of correction must name."""


class Asked(Protocol):
    """A correction as it is asked for; what its kind does not need is left unset."""

    @property
    def kind(self) -> str:
        """Which kind, as in the log."""

    def __getattribute__(self, name: str, /) -> Any:  # noqa: ANN401 - fields by kind
        """Return a field."""


def whose(name: str) -> str:
    """Return the name a line is written under.

    Raises:
        Refused: it is the machine's.

    """
    told = " ".join(name.split())[:LONGEST]
    if normalize("NFKC", told).casefold() == MACHINE:
        raise Refused(f"{MACHINE!r} is the name of the program itself; give your own")
    return told or SOMEONE


def correct(db: Database, asked: Asked, *, by: str, now: float, reason: str = "") -> Judgement:
    """Put a correction into force and return its line.

    Raises:
        Refused: something is missing, or it does not fit what is there.

    """
    told = _told(asked)
    if asked.kind == "no_conflict":
        told = _sides(db, told["story"], told["conflict"])
    if asked.kind in CORRECTIONS:
        return judgements.put(db, asked.kind, told, by=by, now=now, reason=reason)  # type: ignore[arg-type]
    return _line(db, _change(db, asked.kind, told, by=by, now=now, reason=reason))


def _told(asked: Asked) -> dict[str, Any]:
    needs = _NEEDS[asked.kind]
    told = {name: getattr(asked, name) for name in needs}
    missing = [name for name, value in told.items() if value is UNSET]
    if missing:
        raise Refused(f"{asked.kind} needs {', '.join(missing)}")
    given = (n for names in _NEEDS.values() for n in names if n not in needs)
    if extra := sorted({n for n in given if not isinstance(getattr(asked, n, UNSET), UnsetType)}):
        raise Refused(f"{asked.kind} takes no {', '.join(extra)}")
    return told


def _sides(db: Database, story: str, name: str) -> dict[str, Any]:
    """The payload that says of a conflict in a story's account that it is none: the places, which stay when it goes."""
    found = shelf.get(db, story)
    account = accounts.get(db, found.id) if found else None
    conflict = next((c for c in account.conflicts if c.id == name), None) if account else None
    if conflict is None:
        raise Refused("the story's account has no such conflict now")
    left, right = ((side.article, *side.span) for side in (conflict.left, conflict.right))
    return {"story": story, "left": left, "right": right}


def _change(db: Database, kind: str, told: dict[str, Any], *, by: str, now: float, reason: str) -> int:
    """Carry out a change of who is in which story and return its line."""
    if kind == "merge":
        return stories.merge(db, told["story"], told["into"], by=by, now=now, reason=reason)
    if kind == "split":
        return stories.split(db, told["story"], told["articles"], by=by, now=now, reason=reason)[1]
    if kind == "move":
        return stories.move(db, told["story"], told["into"], told["articles"], by=by, now=now, reason=reason)
    return stories.lock(db, told["story"], locked=kind == "lock", by=by, now=now, reason=reason)


def _line(db: Database, number: int) -> Judgement:
    return lines.read(db, after=number - 1, limit=1)[0]


def undo(db: Database, number: int, *, by: str, now: float, reason: str = "") -> Judgement:
    """Take a line back and return the line that does. Raises `Refused`."""
    return judgements.undo(db, number, by=by, now=now, reason=reason)
