"""What people correct, kept as lines that can be undone; and the log of all changes, replayed or undone.

Changes of who is in which story are written by `twosource.store.stories`; here are the corrections of what a report or
an account says: who spoke, who is one person, what is one statement, which outlet to hide or distrust.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from twosource.judgements import Judgements, Pair, Side, Told
from twosource.store import lines
from twosource.store.database import Database, Reading, Row, Writing
from twosource.store.lines import LONGEST, Judgement, Kind, Refused
from twosource.store.settle import resolved, settle

__all__ = ["CORRECTIONS", "Judgement", "Refused", "all", "effective", "for_story", "put", "replay", "undo"]


@dataclass(frozen=True, slots=True)
class SpeakerIs:
    """Who spoke a quotation; an empty name says that the text gives nobody."""

    article: str
    quotation: str
    name: str


@dataclass(frozen=True, slots=True)
class TwoNames:
    """Two names in a story that are one person, or are not."""

    story: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class TwoTellings:
    """Two quotations, each by article id and quotation id, that tell one statement, or do not."""

    story: str
    left: Told
    right: Told


@dataclass(frozen=True, slots=True)
class NoConflict:
    """Two places in a story's articles, each by article id, start and end, that do not contradict each other."""

    story: str
    left: Side
    right: Side


@dataclass(frozen=True, slots=True)
class OutletMark:
    """How an outlet is shown: "hidden", "distrusted", or "" for as any other."""

    outlet: str
    mark: str


Correction = SpeakerIs | TwoNames | TwoTellings | NoConflict | OutletMark

CORRECTIONS: Mapping[str, type[Correction]] = {
    "speaker": SpeakerIs,
    "same_person": TwoNames,
    "other_person": TwoNames,
    "same_statement": TwoTellings,
    "other_statement": TwoTellings,
    "no_conflict": NoConflict,
    "outlet_mark": OutletMark,
}
"""What a person may say, by kind of line: the fields of its payload."""


def put(db: Database, kind: Kind, payload: Mapping[str, Any], *, by: str, now: float, reason: str = "") -> Judgement:
    """Write a correction, put it into force, and return its line; the accounts it concerns become stale.

    Raises:
        Refused: it is no correction of that kind, or about something that is not there.

    """
    told = _checked(kind, payload)
    with db.writing() as w:
        about = _about(w, told)
        number = lines.write(w, kind, msgspec.to_builtins(told), at=now, by=by, reason=reason, about=about)
        _enforce(w, told, now)
        return lines.read(w, after=number - 1, limit=1)[0]


def _checked(kind: str, payload: Mapping[str, Any]) -> Correction:
    form = CORRECTIONS.get(kind)
    if form is None:
        raise Refused(f"{kind!r} is no correction; there are: {', '.join(CORRECTIONS)}")
    try:
        told: Correction = msgspec.convert(payload, form)
    except msgspec.ValidationError as wrong:
        raise Refused(f"{kind}: {wrong}") from None
    if any(len(text) > LONGEST for text in _texts(told)):
        raise Refused(f"{kind}: a name or id of more than {LONGEST} characters")
    if isinstance(told, OutletMark) and told.mark not in {"", "hidden", "distrusted"}:
        raise Refused("an outlet may be marked hidden or distrusted")
    if isinstance(told, TwoNames | TwoTellings | NoConflict) and told.left == told.right:
        raise Refused(f"{kind}: both sides are the same")
    return told


def _texts(told: Correction) -> list[str]:
    found: list[str] = []
    for name in told.__dataclass_fields__:
        value = getattr(told, name)
        found += [value] if isinstance(value, str) else [part for part in value if isinstance(part, str)]
    return found


def _about(w: Writing, told: Correction) -> list[str]:
    """Ids to find the line under; what it is about has to be there."""
    if isinstance(told, OutletMark):
        return [told.outlet]
    if isinstance(told, SpeakerIs):
        row = w.one(
            "SELECT s.id FROM article a LEFT JOIN membership m ON m.article = a.number "
            "LEFT JOIN story s ON s.number = m.story WHERE a.id = :id",
            id=told.article,
        )
        if row is None:
            raise Refused(f"there is no article {told.article!r}")
        return [told.article, *([row["id"]] if row["id"] else [])]
    if not w.one("SELECT 1 FROM story WHERE id = :id", id=told.story):
        raise Refused(f"there is no story {told.story!r}")
    return [told.story]


def _enforce(w: Writing, told: Correction, now: float) -> None:
    """Let a correction, or its undoing, take effect."""
    if isinstance(told, OutletMark):
        _mark(w, told.outlet)
        return
    if isinstance(told, SpeakerIs):
        row = w.one(
            "SELECT m.story FROM membership m JOIN article a ON a.number = m.article WHERE a.id = :id", id=told.article
        )
    else:
        row = w.one("SELECT number FROM story WHERE id = :id", id=told.story)
    if row:
        stale(w, resolved(w, row[0]), now)


def stale(w: Writing, story: int, now: float) -> None:
    """Say that the story's account is no longer what its reports and corrections make."""
    w.run("UPDATE story SET changes = changes + 1, changed = :now WHERE number = :number", number=story, now=now)


def _mark(w: Writing, outlet: str) -> None:
    """Bring the outlet's mark to what the last effective line says."""
    said = lines.read(w, about=outlet, kinds=["outlet_mark"], effective=True)
    w.run("DELETE FROM outlet_mark WHERE outlet = :outlet", outlet=outlet)
    if said and said[-1].payload["mark"]:
        w.run(
            "INSERT INTO outlet_mark (outlet, mark, at, by) VALUES (:outlet, :mark, :at, :by)",
            outlet=outlet,
            mark=said[-1].payload["mark"],
            at=said[-1].at,
            by=said[-1].by,
        )


def undo(db: Database, number: int, *, by: str, now: float, reason: str = "") -> Judgement:
    """Undo a line by another one, or redo it by undoing that; return the new line. What was, is again.

    Raises:
        Refused: there is no such line, it is undone already, what it did was changed by later lines (undo those
            first), or it is an article's first assignment.

    """
    with db.writing() as w:
        row = w.one("SELECT * FROM judgement WHERE number = :number", number=number)
        if row is None:
            raise Refused(f"there is no line {number}")
        if row["undone_by"] is not None:
            raise Refused(f"line {number} is undone already, by line {row['undone_by']}")
        target = _undone(w, row)
        new = _toggle(w, row, target, lines_about(w, target["number"]), at=now, by=by, reason=reason)
        _take_effect(w, target, now)
        return lines.read(w, after=new - 1, limit=1)[0]


def _undone(w: Writing, row: Row) -> Row:
    """The line whose effect changes: the one given, or the one that it undid."""
    if row["kind"] == "assign":
        raise Refused("an article is always in some story; move it instead")
    while row["undoes"] is not None:
        row = w.rows("SELECT * FROM judgement WHERE number = :number", number=row["undoes"])[0]
    return row


def lines_about(w: Reading, number: int) -> list[str]:
    """Return the ids that a line is found under."""
    sql = "SELECT about FROM judgement_about WHERE judgement = :number ORDER BY about"
    return [row[0] for row in w.rows(sql, number=number)]


def _toggle(w: Writing, row: Row, target: Row, about: Iterable[str], *, at: float, by: str, reason: str) -> int:
    """Write the undoing line. Undoing an undoing brings the first line back into force, undoing that ends it again."""
    payload = {"line": row["number"], "of": target["kind"]}
    new = lines.write(w, "undo", payload, at=at, by=by, reason=reason, about=about, undoes=row["number"])
    w.run("UPDATE judgement SET undone_by = :new WHERE number = :number", new=new, number=row["number"])
    ended = new if target["undone_by"] is None else None
    w.run("UPDATE judgement SET undone_by = :by WHERE number = :number", by=ended, number=target["number"])
    return new


def _take_effect(w: Writing, target: Row, now: float) -> None:
    kind, payload = target["kind"], json.loads(target["payload"])
    if kind in CORRECTIONS:
        _enforce(w, msgspec.convert(payload, CORRECTIONS[kind]), now)
        return
    names = [payload[name] for name in ("story", "into") if name in payload]
    stories = [row[0] for name in names for row in w.rows("SELECT number FROM story WHERE id = :id", id=name)]
    settle(w, articles=_free(w, target["number"]), stories=stories, now=now)


def _free(w: Writing, line: int) -> list[int]:
    """The articles a line placed, if no later line stands in the way of placing them otherwise."""
    sql = (
        "SELECT p.article, j.number, j.kind FROM placement p LEFT JOIN placement q ON q.article = p.article "
        "AND q.judgement > p.judgement AND q.judgement IN (SELECT number FROM judgement WHERE undone_by IS NULL) "
        "LEFT JOIN judgement j ON j.number = q.judgement WHERE p.judgement = :line ORDER BY p.article, j.number"
    )
    placed: dict[int, tuple[int, str] | None] = {}
    for article, number, kind in w.rows(sql, line=line):
        placed[article] = (number, kind) if number is not None else None
        if kind == "merge":
            raise Refused(f"its articles were merged into another story since; undo line {number} first")
    later = [found for found in placed.values() if found]
    if placed and len(later) == len(placed):
        raise Refused(f"its articles were moved since; undo line {later[-1][0]} first")
    return list(placed)


def all(  # noqa: A001 - the seam's name for it
    db: Database | Reading,
    *,
    about: str | None = None,
    kinds: Sequence[str] = (),
    limit: int = 100,
    before: int | None = None,
) -> list[Judgement]:
    """Return lines, the newest first, of a story, article or outlet where ``about`` names one.

    First assignments are left out unless ``kinds`` asks for "assign". ``before`` is the number of the last line seen.
    """
    wanted = kinds or [kind for kind in lines.KINDS if kind != "assign"]
    return lines.read(db, about=about, kinds=wanted, limit=limit, before=before, backwards=True)


def effective(db: Database | Reading, *, about: str | None = None, kinds: Sequence[str] = ()) -> list[Judgement]:
    """Return the lines that count, in order, assignments included unless ``kinds`` leaves them out."""
    return lines.read(db, about=about, kinds=kinds, effective=True)


def for_story(db: Database | Reading, story: str) -> Judgements:
    """Return the corrections that hold for a story, its merged ones included, as `twosource.pipeline` takes them."""
    ids = _ids(db, story)
    speakers: dict[Told, str] = {}
    names: dict[str, list[Pair]] = {"same_person": [], "other_person": []}
    told: dict[str, list[tuple[Told, Told]]] = {"same_statement": [], "other_statement": []}
    apart: list[tuple[Side, Side]] = []
    found = {line.number: line for name in ids for line in effective(db, about=name, kinds=list(CORRECTIONS))}
    for _, line in sorted(found.items()):
        payload = line.payload
        if line.kind == "speaker" and payload["article"]:
            speakers[payload["article"], payload["quotation"]] = payload["name"]
        elif line.kind in names:
            names[line.kind].append((payload["left"], payload["right"]))
        elif line.kind in told:
            told[line.kind].append((tuple(payload["left"]), tuple(payload["right"])))
        elif line.kind == "no_conflict":
            apart.append((tuple(payload["left"]), tuple(payload["right"])))
    return Judgements(
        speakers=speakers,
        same_people=tuple(names["same_person"]),
        other_people=tuple(names["other_person"]),
        same_statements=tuple(told["same_statement"]),
        other_statements=tuple(told["other_statement"]),
        no_conflicts=tuple(apart),
    )


def _ids(db: Database | Reading, story: str) -> list[str]:
    """The story, those merged into it, and its articles."""
    sql = (
        "WITH RECURSIVE behind (number, id) AS (SELECT number, id FROM story WHERE id = :id UNION "
        "SELECT s.number, s.id FROM story s JOIN behind b ON s.redirect = b.number) "
        "SELECT id FROM behind UNION SELECT a.id FROM behind b JOIN membership m ON m.story = b.number "
        "JOIN article a ON a.number = m.article"
    )
    return [row[0] for row in db.rows(sql, id=story)]


def replay(log: Iterable[Judgement]) -> dict[str, str]:
    """Return which article is in which story, by ids, when the effective lines are carried out from nothing."""
    seats: dict[str, str] = {}
    leads: dict[str, str] = {}
    for line in log:
        told = line.payload
        if line.kind == "split" and not line.effective:
            leads[told["into"]] = told["story"]
        if not line.effective:
            continue
        if line.kind == "assign":
            seats |= {a: _end(leads, s) for a, s in zip(line.placed, line.stories, strict=True)}
        elif line.kind == "merge":
            seats |= {a: told["into"] for a, s in seats.items() if s == told["story"]}
            leads[told["story"]] = told["into"]
        elif line.kind in {"split", "move"}:
            leads.pop(told["into"], None) if line.kind == "split" else None
            seats |= {a: _end(leads, told["into"]) for a in line.placed}
    return {article: _end(leads, story) for article, story in seats.items()}


def _end(leads: Mapping[str, str], story: str) -> str:
    seen: set[str] = set()
    while story in leads and story not in seen:
        seen.add(story)
        story = leads[story]
    return story
