"""Accounts kept for stories: the whole, a summary for lists, and each conflict with the time it was first seen.

An account is kept without the texts of its articles; they are joined again when it is read. ``basis`` is a digest of
what it was made from, so that nobody makes it again for nothing. A conflict keeps its first time while its id is the
same, also when it was away for a while, or its story was merged.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from twosource.account import Account, Conflict, FigureTelling, Place, Telling
from twosource.article import Span, digest
from twosource.store import articles
from twosource.store.database import AT_ONCE, Database, Reading, Row, Value, Writing, json_text, listing
from twosource.store.encoded import decoded, encoded
from twosource.store.settle import resolved

WORDS = 300
"""Code points of each side of a conflict that the feed of conflicts shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a list of stories tells of an account.

    ``origins`` is the number of separately written reports. Of statements and figures told by several reports,
    ``solid`` rest on two origins or more, ``one_origin`` on one. ``possible`` counts possible conflicts. ``apart``:
    no common event was found, so that the reports cannot bear each other out.
    """

    reports: int
    origins: int
    statements: int
    figures: int
    solid: int
    one_origin: int
    conflicts: int
    possible: int
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A stored account in short: what it was made from and when, and whether a newer one is due."""

    story: str
    basis: str
    at: float
    summary: Summary
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a new account brought: the summaries before (None: it is the first) and after, and ids of new conflicts."""

    before: Summary | None
    after: Summary
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict: the article, who published it, the place, and the first `WORDS` code points there."""

    article: str
    outlet: str | None
    span: Span
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A conflict in the feed of conflicts. ``gone``: when the account stopped to show it, None while it does."""

    number: int
    id: str
    story: str
    title: str | None
    kind: str
    certainty: str
    why: str
    first_seen: float
    gone: float | None
    sides: tuple[Side, ...]

    @property
    def cursor(self) -> tuple[float, int]:
        """Where the next page begins."""
        return self.first_seen, self.number


def put(
    db: Database, story: str, account: Account, basis: str, now: float, *, changes: int | None = None
) -> News | None:
    """Keep the account of a story, in one transaction, in place of an older one.

    ``changes`` is the story's count when its reports were read: if the story changed since, the account is kept and
    still counts as stale. None where it cannot be kept: no such story, or an article of it was forgotten meanwhile.
    """
    with db.writing() as w:
        return put_within(w, story, account, basis, now, changes=changes)


def put_within(
    w: Writing, story: str, account: Account, basis: str, now: float, *, changes: int | None = None
) -> News | None:
    """As `put`, inside a transaction that is open already."""
    row = _story(w, story)
    if row is None or not _all_there(w, account):
        return None
    before = w.one("SELECT summary FROM account WHERE story = :story", story=row["number"])
    after = summarised(account)
    _write(w, row["number"], account, basis, after, now)
    counted = row["changes"] if changes is None else min(changes, row["changes"])
    _accounted(w, row["number"], after, counted)
    new = _write_conflicts(w, row["number"], account, now)
    return News(before=_summary(before["summary"]) if before else None, after=after, conflicts=new)


def _story(db: Database | Reading, story: str) -> Row | None:
    """The row of the story, or of the one it was merged into."""
    row = db.one("SELECT number FROM story WHERE id = :id", id=story)
    if row is None:
        return None
    return db.one("SELECT number, id, changes FROM story WHERE number = :number", number=resolved(db, row[0]))


def _all_there(w: Writing, account: Account) -> bool:
    ids = [a.id for a in account.articles]
    return len(_known(w, ids)) == len(set(ids))


def _known(db: Reading, ids: Sequence[str]) -> dict[str, str | None]:
    """Outlets of the articles that are there, by id."""
    found: dict[str, str | None] = {}
    for at in range(0, len(ids), AT_ONCE):
        among = listing(ids[at : at + AT_ONCE])
        rows = db.rows(f"SELECT id, outlet FROM article WHERE id IN {among.sql}", **among.values)
        found |= {row["id"]: row["outlet"] for row in rows}
    return found


def _write(w: Writing, story: int, account: Account, basis: str, summary: Summary, now: float) -> None:
    bare = replace(account, articles=tuple(replace(a, text=None) for a in account.articles))
    w.run("DELETE FROM account WHERE story = :story", story=story)
    w.run(
        "INSERT INTO account (story, basis, made, reports, origins, conflicts, summary, json) "
        "VALUES (:story, :basis, :now, :reports, :origins, :conflicts, :summary, :json)",
        story=story,
        basis=basis,
        now=now,
        reports=summary.reports,
        origins=summary.origins,
        conflicts=summary.conflicts,
        summary=json_text(msgspec.to_builtins(summary)),
        json=encoded(bare),
    )


def _accounted(w: Writing, story: int, summary: Summary, changes: int) -> None:
    w.run(
        "UPDATE story SET accounted = :changes, origins = :origins, conflicts = :conflicts WHERE number = :story",
        story=story,
        changes=changes,
        origins=summary.origins,
        conflicts=summary.conflicts,
    )


def summarised(account: Account) -> Summary:
    """Return the summary of an account."""
    told = [*(_told(s.tellings) for s in account.statements), *(_told(f.tellings) for f in account.figures)]
    certain = sum(c.certainty == "conflict" for c in account.conflicts)
    return Summary(
        reports=account.lineage.reports,
        origins=account.lineage.independent_reports,
        statements=len(account.statements),
        figures=len(account.figures),
        solid=sum(reports > 1 and origins > 1 for reports, origins in told),
        one_origin=sum(reports > 1 and origins == 1 for reports, origins in told),
        conflicts=certain,
        possible=len(account.conflicts) - certain,
        apart=any(note.code == "no_common_event" for note in account.notes),
    )


def _told(tellings: Iterable[Telling | FigureTelling]) -> tuple[int, int]:
    """How many reports tell a line, and on how many origins it rests."""
    pairs = [(t.article, t.origin) for t in tellings]
    return len({article for article, _ in pairs}), len({origin for _, origin in pairs})


def _summary(told: str) -> Summary:
    return msgspec.convert(json.loads(told), Summary)


def _write_conflicts(w: Writing, story: int, account: Account, now: float) -> tuple[str, ...]:
    """Bring the story's conflicts up to date; return the ids that no account had before."""
    ids = list({c.id: c for c in account.conflicts})
    first = _first_seen(w, ids)
    outlets = _known(w, [a.id for a in account.articles])
    texts = {a.id: a.text or "" for a in account.articles}
    w.run("UPDATE account_conflict SET gone = :now WHERE story = :story AND gone IS NULL", story=story, now=now)
    w.run_many(
        "INSERT INTO account_conflict (story, id, kind, certainty, why, sides, first_seen, gone) "
        "VALUES (:story, :id, :kind, :certainty, :why, :sides, :first, NULL) ON CONFLICT (story, id) DO UPDATE SET "
        "kind = excluded.kind, certainty = excluded.certainty, why = excluded.why, sides = excluded.sides, gone = NULL",
        (
            {
                "story": story,
                "id": c.id,
                "kind": c.kind,
                "certainty": c.certainty,
                "why": c.why,
                "sides": _sides(c, outlets, texts),
                "first": first.get(c.id, now),
            }
            for c in {c.id: c for c in account.conflicts}.values()
        ),
    )
    return tuple(name for name in ids if name not in first)


def _first_seen(w: Writing, ids: Sequence[str]) -> dict[str, float]:
    """When each conflict was first seen, in whatever story."""
    found: dict[str, float] = {}
    for at in range(0, len(ids), AT_ONCE):
        among = listing(ids[at : at + AT_ONCE])
        sql = f"SELECT id, min(first_seen) FROM account_conflict WHERE id IN {among.sql} GROUP BY id"
        found |= {row[0]: row[1] for row in w.rows(sql, **among.values)}
    return found


def _sides(conflict: Conflict, outlets: Mapping[str, str | None], texts: Mapping[str, str]) -> str:
    return json_text([_side(place, outlets, texts) for place in (conflict.left, conflict.right)])


def _side(place: Place, outlets: Mapping[str, str | None], texts: Mapping[str, str]) -> list[Any]:
    words = place.span.of(texts.get(place.article, ""))[:WORDS]
    return [place.article, outlets.get(place.article), list(place.span), words]


def unchanged(db: Database, story: str, basis: str, *, changes: int | None = None) -> bool:
    """Tell whether the kept account rests on that basis; if so it counts as up to date, and need not be made again."""
    with db.writing() as w:
        row = _story(w, story)
        kept = w.one("SELECT basis FROM account WHERE story = :story", story=row["number"]) if row else None
        if row is None or kept is None or kept["basis"] != basis:
            return False
        counted = row["changes"] if changes is None else min(changes, row["changes"])
        w.run("UPDATE story SET accounted = :changes WHERE number = :story", changes=counted, story=row["number"])
        return True


def basis_of(parts: Iterable[str]) -> str:
    """Return a digest of what an account is made from (ids, digests, versions, corrections), in whatever order."""
    return digest("\x1f".join(sorted(parts)))


def get(db: Database | Reading, story: str) -> Account | None:
    """Return the account of a story, or of the one it was merged into, with texts; None without one.

    Raises:
        Damaged: the stored account is broken.

    """
    row = _story(db, story)
    kept = db.one("SELECT json FROM account WHERE story = :story", story=row["number"]) if row else None
    if kept is None:
        return None
    bare = decoded(kept["json"], Account)
    texts = {a.id: a.text for a in articles.get(db, [a.id for a in bare.articles])}
    return replace(bare, articles=tuple(replace(a, text=texts.get(a.id)) for a in bare.articles))


def made(db: Database | Reading, stories: Iterable[str]) -> dict[str, Made]:
    """Return what is known of the accounts of those stories (ids of live ones), by id, without reading them."""
    wanted = list(dict.fromkeys(stories))
    found: dict[str, Made] = {}
    for at in range(0, len(wanted), AT_ONCE):
        among = listing(wanted[at : at + AT_ONCE])
        sql = (
            "SELECT s.id, c.basis, c.made, c.summary, s.accounted, s.changes FROM story s "
            f"JOIN account c ON c.story = s.number WHERE s.id IN {among.sql}"
        )
        for name, basis, when, summary, counted, changes in db.rows(sql, **among.values):
            found[name] = Made(
                story=name,
                basis=basis,
                at=when,
                summary=_summary(summary),
                stale=counted is None or counted < changes,
            )
    return found


def conflicts(
    db: Database | Reading,
    *,
    story: str | None = None,
    since: float | None = None,
    certain: bool = False,
    gone: bool = False,
    limit: int = 50,
    before: tuple[float, int] | None = None,
) -> list[Dispute]:
    """Return conflicts that accounts show, the latest first; ``gone`` adds those that they showed once.

    ``certain`` leaves out possible ones, ``since`` those first seen earlier; ``before`` is the last one's cursor.
    """
    where, values = ["s.redirect IS NULL"], dict[str, Value](limit=limit)
    if not gone:
        where.append("c.gone IS NULL")
    if certain:
        where.append("c.certainty = 'conflict'")
    if since is not None:
        where.append("c.first_seen >= :since")
        values["since"] = since
    if before is not None:
        where.append("(c.first_seen, c.number) < (:at, :number)")
        values |= {"at": before[0], "number": before[1]}
    if story is not None:
        row = _story(db, story)
        where.append("c.story = :story")
        values["story"] = row["number"] if row else None
    sql = (
        "SELECT c.number, c.id, s.id AS story, s.title, c.kind, c.certainty, c.why, c.first_seen, c.gone, c.sides "
        f"FROM account_conflict c JOIN story s ON s.number = c.story WHERE {' AND '.join(where)} "
        "ORDER BY c.first_seen DESC, c.number DESC LIMIT :limit"
    )
    return [_dispute(row) for row in db.rows(sql, **values)]


def _dispute(row: Row) -> Dispute:
    told = {name: row[name] for name in row.keys() if name != "sides"}  # noqa: SIM118 - a row is no mapping
    sides = ((article, outlet, Span(*span), words) for article, outlet, span, words in json.loads(row["sides"]))
    return Dispute(**told, sides=tuple(Side(*side) for side in sides))
