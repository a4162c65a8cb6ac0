"""The log of judgements: every change of who is in which story, and every correction a person made, in order.

A line is never changed; it is undone by another line. Which articles a line put where is kept beside it (table
``placement``), so that forgetting an article takes it out of the log too.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from twosource.errors import TwosourceError
from twosource.store.database import AT_ONCE, Database, Reading, Row, Writing, json_text, listing

Kind = Literal[
    "assign", "move", "merge", "split", "lock", "unlock",
    "speaker", "same_person", "other_person", "same_statement", "other_statement", "no_conflict",
    "outlet_mark",
    "undo",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)

MACHINE = "machine"
"""Whose lines are not a person's."""

LONGEST = 500
"""Code points of a name or id in a line, and of who made it; reasons have four times that."""


class Refused(TwosourceError):
    """A change or an undo does not fit what is there now; its text says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One line of the log. ``at`` is in seconds of UTC; ``by`` is "machine" or a person's name.

    ``payload`` names what it is about, by ids; ``placed`` are the articles it put into the story ``payload["into"]``
    (for "assign": pairs with ``stories``, in the same order). ``undoes`` is the line an "undo" takes back, and
    ``undone_by`` the one that took this back.
    """

    number: int
    at: float
    by: str
    kind: Kind
    reason: str
    score: float | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    placed: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    undoes: int | None = None
    undone_by: int | None = None

    @property
    def effective(self) -> bool:
        """Whether it counts: nobody undid it, and it is no undoing itself."""
        return self.undone_by is None and self.undoes is None


def write(
    w: Writing,
    kind: Kind,
    payload: Mapping[str, Any],
    *,
    at: float,
    by: str,
    reason: str = "",
    score: float | None = None,
    about: Iterable[str] = (),
    undoes: int | None = None,
) -> int:
    """Append a line and return its number; ``about`` are the ids (stories, articles, outlets) it is found under."""
    number = w.insert(
        "INSERT INTO judgement (at, by, kind, reason, score, payload, undoes) "
        "VALUES (:at, :by, :kind, :reason, :score, :payload, :undoes) RETURNING number",
        at=at,
        by=by[:LONGEST],
        kind=kind,
        reason=reason[: 4 * LONGEST],
        score=score,
        payload=json_text(payload),
        undoes=undoes,
    )
    w.run_many(
        "INSERT INTO judgement_about (about, judgement) VALUES (:about, :judgement)",
        ({"about": name[:LONGEST], "judgement": number} for name in dict.fromkeys(about)),
    )
    return number


def place(w: Writing, line: int, articles: Iterable[tuple[int, int]]) -> None:
    """Keep with a line which article (by number) it put into which story (by number)."""
    w.run_many(
        "INSERT INTO placement (article, judgement, story) VALUES (:article, :judgement, :story)",
        ({"article": article, "judgement": line, "story": story} for article, story in articles),
    )


_COLUMNS = "number, at, by, kind, reason, score, payload, undoes, undone_by"


def read(
    db: Database | Reading,
    *,
    about: str | None = None,
    kinds: Sequence[str] = (),
    effective: bool = False,
    after: int = 0,
    before: int | None = None,
    limit: int | None = None,
    backwards: bool = False,
) -> list[Judgement]:
    """Return lines in order (or the newest first), with the articles they placed."""
    where = ["number > :after"]
    among = listing(kinds, "kind")
    if kinds:
        where.append(f"kind IN {among.sql}")
    if before is not None:
        where.append("number < :before")
    if effective:
        where.append("undone_by IS NULL AND undoes IS NULL")
    if about is not None:
        where.append("number IN (SELECT judgement FROM judgement_about WHERE about = :about)")
    order = "DESC" if backwards else "ASC"
    sql = f"SELECT {_COLUMNS} FROM judgement WHERE {' AND '.join(where)} ORDER BY number {order} LIMIT :limit"
    given = {"about": about[:LONGEST]} if about is not None else {}
    given |= {"before": before} if before is not None else {}  # type: ignore[dict-item]
    rows = db.rows(
        sql, after=after, limit=2**62 if limit is None else limit, **given, **(among.values if kinds else {})
    )
    placed = _placed(db, [row["number"] for row in rows])
    return [_line(row, placed.get(row["number"], [])) for row in rows]


def _placed(db: Database | Reading, numbers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Articles and stories, by id, that lines placed."""
    found: dict[int, list[tuple[str, str]]] = {}
    for at in range(0, len(numbers), AT_ONCE):
        among = listing(numbers[at : at + AT_ONCE])
        sql = (
            "SELECT p.judgement, a.id, s.id FROM placement p JOIN article a ON a.number = p.article "
            f"JOIN story s ON s.number = p.story WHERE p.judgement IN {among.sql} ORDER BY p.judgement, p.article"
        )
        for line, article, story in db.rows(sql, **among.values):
            found.setdefault(line, []).append((article, story))
    return found


def _line(row: Row, placed: list[tuple[str, str]]) -> Judgement:
    return Judgement(
        number=row["number"],
        at=row["at"],
        by=row["by"],
        kind=row["kind"],
        reason=row["reason"],
        score=row["score"],
        payload=json.loads(row["payload"]),
        placed=tuple(article for article, _ in placed),
        stories=tuple(story for _, story in placed),
        undoes=row["undoes"],
        undone_by=row["undone_by"],
    )
