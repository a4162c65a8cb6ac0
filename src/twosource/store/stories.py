"""Who is in which story: assignments as articles arrive, merges, splits, moves and locks, all written to the log.

Ids never change: a merged story keeps its row and leads to the one that took it up. The machine's later changes never
go against a person's: it moves no article that a person placed or left where it is, merges no stories that a person
parted, and leaves locked stories alone (new articles still join them).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from twosource.article import stable_id
from twosource.store import articles, lines
from twosource.store.database import AT_ONCE, Database, Reading, Row, Value, Writing, json_text, listing
from twosource.store.features import packed_features
from twosource.store.lines import LONGEST, MACHINE, Refused
from twosource.store.settle import parts, refresh, resolved, retitle, settle, titled
from twosource.store.shelf import Member, Seated, Story, get, listed, live, members, resolve, stale

if TYPE_CHECKING:
    from twosource.stories import Assignment, Change, Features

__all__ = [
    "Member",
    "Seated",
    "Story",
    "assign",
    "change",
    "drop",
    "get",
    "listed",
    "live",
    "lock",
    "looked_at",
    "members",
    "merge",
    "move",
    "resolve",
    "split",
    "stale",
]


def assign(
    db: Database,
    assignments: Sequence["Assignment"],
    now: float,
    *,
    features: Mapping[str, "Features"] | None = None,
) -> int:
    """Write where arriving articles went, in one transaction, with their features; return how many were written.

    Articles that have a story already, or are not there any more, are passed over, so that a batch may come twice.
    """
    with db.writing() as w:
        there = _articles(w, [a.article for a in assignments], seated=False)
        fresh = list({a.article: a for a in assignments if a.article in there}.values())
        if fresh:
            _assign(w, fresh, there, features or {}, now)
    return len(fresh)


def _assign(
    w: Writing,
    fresh: Sequence["Assignment"],
    there: Mapping[str, Row],
    features: Mapping[str, "Features"],
    now: float,
) -> None:
    at = _stories(w, fresh, there, now)
    numbers = {a.article: there[a.article]["number"] for a in fresh}
    line = lines.write(w, "assign", {}, at=now, by=MACHINE)
    lines.place(w, line, ((numbers[a.article], at[a.story]) for a in fresh))
    w.run_many(
        "INSERT INTO membership (article, story, judgement, score, margin, why, at, features) "
        "VALUES (:article, :story, :line, :score, :margin, :why, :at, :features)",
        (
            {
                "article": numbers[a.article],
                "story": at[a.story],
                "line": line,
                "score": a.score,
                "margin": a.margin,
                "why": json_text([[r.code, r.said] for r in a.why]),
                "at": now,
                "features": packed_features(features.get(a.article)),
            }
            for a in fresh
        ),
    )
    articles.grouped(w, numbers.values())
    _grow(w, [(at[a.story], there[a.article]["at"]) for a in fresh], now)


def _articles(w: Writing, names: Sequence[str], *, seated: bool) -> dict[str, Row]:
    """Rows of those articles that are in a story, or in none."""
    found: dict[str, Row] = {}
    where = "m.article IS NOT NULL" if seated else "m.article IS NULL"
    for at in range(0, len(names), AT_ONCE):
        among = listing(names[at : at + AT_ONCE])
        sql = (
            "SELECT a.number, a.id, a.at, a.title, m.story, m.judgement, j.by FROM article a "
            "LEFT JOIN membership m ON m.article = a.number LEFT JOIN judgement j ON j.number = m.judgement "
            f"WHERE a.id IN {among.sql} AND {where}"
        )
        found |= {row["id"]: row for row in w.rows(sql, **among.values)}
    return found


def _stories(w: Writing, fresh: Sequence["Assignment"], there: Mapping[str, Row], now: float) -> dict[str, int]:
    """The number of each story assigned to, where its redirects lead; new ones are made."""
    first: dict[str, Row] = {}
    for a in fresh:
        first.setdefault(a.story, there[a.article])
    found: dict[str, int] = {}
    names = list(first)
    for at in range(0, len(names), AT_ONCE):
        among = listing(names[at : at + AT_ONCE])
        for row in w.rows(f"SELECT number, id, redirect FROM story WHERE id IN {among.sql}", **among.values):
            found[row["id"]] = row["number"] if row["redirect"] is None else resolved(w, row["number"])
    new = [name for name in names if name not in found]
    numbers = w.numbers("story", len(new))
    w.run_many(_STORY, (_new(n, name, _title(w, first[name]), now) for n, name in zip(numbers, new, strict=True)))
    return found | dict(zip(new, numbers, strict=True))


_STORY = "INSERT INTO story (number, id, title, made, changed) VALUES (:number, :id, :title, :now, :now)"


def _new(number: int, name: str, title: str | None, now: float) -> dict[str, Value]:
    return {"number": number, "id": name, "title": title, "now": now}


def _title(w: Writing, article: Row) -> str | None:
    if article["title"]:
        return titled(article["title"], b"")
    row = w.one("SELECT text FROM article WHERE number = :number", number=article["number"])
    return titled(None, row["text"]) if row else None


def _grow(w: Writing, joined: Sequence[tuple[int, float]], now: float) -> None:
    times: dict[int, list[float]] = {}
    for story, at in joined:
        times.setdefault(story, []).append(at)
    begun_anew = _begun_anew(w, times)
    w.run_many(
        "UPDATE story SET size = size + :n, changes = changes + 1, changed = :now, "
        "first = CASE WHEN first <= :first THEN first ELSE :first END, "
        "last = CASE WHEN last >= :last THEN last ELSE :last END WHERE number = :number",
        ({"number": story, "n": len(at), "first": min(at), "last": max(at), "now": now} for story, at in times.items()),
    )
    for story in begun_anew:
        retitle(w, story)


def _begun_anew(w: Writing, times: Mapping[int, Sequence[float]]) -> list[int]:
    """Stories that have no title yet, or whose first report is another one now."""
    found: list[int] = []
    for part in parts(list(times)):
        among = listing(part)
        rows = w.rows(f"SELECT number, first, title FROM story WHERE number IN {among.sql}", **among.values)
        found += [n for n, first, title in rows if title is None or (first is not None and min(times[n]) < first)]
    return found


def change(
    db: Database, changes: Sequence["Change"], now: float, by: str = MACHINE, *, looked: bool = False
) -> tuple[int | None, ...]:
    """Write changes to stories in one transaction; return the line of each, None where the machine was refused.

    A refused change of the machine is passed over: read the stories again (`live`) before the next look. ``looked``
    notes in the same transaction that all articles assigned so far were looked at again (`looked_at`).

    Raises:
        Refused: a person's change does not fit; nothing of the batch was written.

    """
    with db.writing() as w:
        written = tuple(_changed(w, c, now, by) for c in changes)
        if looked:
            w.run(
                "INSERT INTO progress (name, line) SELECT 'looked', coalesce(max(number), 0) FROM judgement WHERE true "
                "ON CONFLICT (name) DO UPDATE SET line = excluded.line"
            )
        return written


def looked_at(db: Database | Reading) -> int:
    """Return the last line of the log when stories were last looked at again; 0 before the first time."""
    row = db.one("SELECT line FROM progress WHERE name = 'looked'")
    return int(row[0]) if row else 0


def _changed(w: Writing, c: "Change", now: float, by: str) -> int | None:
    try:
        return _change(w, c.kind, c.story, c.into, c.articles, reason=c.why, score=c.score, now=now, by=by)
    except Refused:
        if by != MACHINE:
            raise
        return None


def merge(db: Database, story: str, into: str, *, by: str, now: float, reason: str = "") -> int:
    """Merge ``story`` into another one, to which its id leads from now on; return the line. Raises `Refused`."""
    with db.writing() as w:
        return _change(w, "merge", story, into, (), reason=reason, now=now, by=by)


def split(db: Database, story: str, chosen: Sequence[str], *, by: str, now: float, reason: str = "") -> tuple[str, int]:
    """Make a new story of some of a story's articles; return its id and the line. Raises `Refused`."""
    with db.writing() as w:
        n = 0
        while _row(w, into := stable_id("story", story, *sorted(chosen), n)):
            n += 1
        return into, _change(w, "split", story, into, chosen, reason=reason, now=now, by=by)


def move(db: Database, story: str, into: str, chosen: Sequence[str], *, by: str, now: float, reason: str = "") -> int:
    """Move articles of one story into another; return the line. Raises `Refused`."""
    with db.writing() as w:
        return _change(w, "move", story, into, chosen, reason=reason, now=now, by=by)


def lock(db: Database, story: str, *, locked: bool, by: str, now: float, reason: str = "") -> int:
    """Lock a story against the machine's later changes, or unlock it; return the line. Raises `Refused`."""
    with db.writing() as w:
        row = _there(w, story)
        if bool(row["locked"]) == locked:
            raise Refused(f"story {story} is {'' if locked else 'not '}locked")
        payload = {"story": row["id"]}
        line = lines.write(w, "lock" if locked else "unlock", payload, at=now, by=by, reason=reason, about=[row["id"]])
        settle(w, articles=(), stories=[row["number"]], now=now)
        return line


def _change(
    w: Writing,
    kind: lines.Kind,
    story: str,
    into: str,
    chosen: Sequence[str],
    *,
    reason: str,
    now: float,
    by: str,
    score: float | None = None,
) -> int:
    """Write one merge, split or move and put it into force."""
    source = _there(w, story)
    target = None if kind == "split" else _there(w, into)
    if target and source["number"] == target["number"]:
        raise Refused(f"{story} and {into} are one story")
    if by == MACHINE:
        _against(w, source, target)
    numbers = _all_of(w, source) if kind == "merge" else _some_of(w, source, chosen, by, whole=kind == "move")
    target = target or _made(w, into, now)
    names = (source["id"], target["id"])
    payload = dict(zip(("story", "into"), names, strict=True))
    line = lines.write(w, kind, payload, at=now, by=by, reason=reason, score=score, about=names)
    lines.place(w, line, ((number, target["number"]) for number in numbers))
    settle(w, articles=numbers, stories=(source["number"], target["number"]), now=now)
    return line


def _row(w: Writing, name: str) -> Row | None:
    return w.one("SELECT number, id, redirect, locked, size FROM story WHERE id = :id", id=name)


def _there(w: Writing, name: str) -> Row:
    """The story of that id, or the one it leads to."""
    row = _row(w, name)
    if row is not None and row["redirect"] is not None:
        end = resolved(w, row["number"])
        row = w.one("SELECT number, id, redirect, locked, size FROM story WHERE number = :number", number=end)
    if row is None:
        raise Refused(f"there is no story {name[:LONGEST]!r}")
    return row


def _made(w: Writing, name: str, now: float) -> Row:
    """The row of a new story."""
    if not 0 < len(name) <= LONGEST or _row(w, name):
        raise Refused(f"there is a story {name[:LONGEST]!r} already")
    w.run(_STORY, **_new(w.numbers("story", 1)[0], name, None, now))
    return _there(w, name)


def _all_of(w: Writing, story: Row) -> list[int]:
    rows = w.rows("SELECT article FROM membership WHERE story = :story ORDER BY article", story=story["number"])
    return [row[0] for row in rows]


def _some_of(w: Writing, story: Row, chosen: Sequence[str], by: str, *, whole: bool) -> list[int]:
    """Numbers of chosen articles, all of them in the story; the machine leaves those alone that a person placed."""
    found = _articles(w, list(dict.fromkeys(chosen)), seated=True)
    inside = {name: row for name, row in found.items() if row["story"] == story["number"]}
    if missing := [name for name in chosen if name not in inside]:
        raise Refused(f"article {missing[0][:LONGEST]!r} is not in story {story['id']}")
    if by == MACHINE and _decided(w, story, inside.values()):
        raise Refused("a person placed one of these articles, or left it where it is")
    if not inside or (not whole and len(inside) == story["size"]):
        raise Refused("some articles have to go and some to stay")
    return sorted(row["number"] for row in inside.values())


def _decided(w: Writing, story: Row, seats: Iterable[Row]) -> bool:
    """Tell whether a person placed one of the articles, or left it in the story when moving others."""
    sql = (
        "SELECT max(j.number) FROM judgement_about b JOIN judgement j ON j.number = b.judgement WHERE b.about = :story "
        "AND j.kind IN ('merge', 'split', 'move') AND j.by <> :machine AND j.undone_by IS NULL"
    )
    last = w.rows(sql, story=story["id"], machine=MACHINE)[0][0] or 0
    return any(row["by"] != MACHINE or row["judgement"] < last for row in seats)


def _against(w: Writing, source: Row, target: Row | None) -> None:
    """Refuse what goes against a person's word."""
    if source["locked"] or (target and target["locked"]):
        raise Refused("a person locked the story")
    if target is None:
        return
    sql = (
        "SELECT 1 FROM judgement j JOIN judgement_about a ON a.judgement = j.number AND a.about = :source "
        "JOIN judgement_about b ON b.judgement = j.number AND b.about = :target "
        "WHERE j.kind IN ('split', 'move') AND j.by <> :machine AND j.undone_by IS NULL"
    )
    if w.one(sql, source=source["id"], target=target["id"], machine=MACHINE):
        raise Refused("a person parted these stories")


def drop(w: Writing, numbers: Sequence[int], now: float | None = None) -> int:
    """Take articles that are about to be forgotten out of their stories; return how many were in one.

    Their stories get size, time and title anew; accounts, words of conflicts, quotes in notes and corrected speakers,
    which may hold words of these articles, go. To be called in the transaction that deletes the articles, before that.
    """
    touched: set[int] = set()
    left = 0
    for part in parts(numbers):
        among = listing(part)
        rows = w.rows(f"SELECT DISTINCT story FROM placement WHERE article IN {among.sql}", **among.values)
        touched |= {resolved(w, row["story"]) for row in rows} | {row["story"] for row in rows}
        _blank_reasons(w, touched)
        left += w.run(f"DELETE FROM membership WHERE article IN {among.sql}", **among.values)
        w.run(f"DELETE FROM placement WHERE article IN {among.sql}", **among.values)
        _blank_notes(w, part)
        _blank_corrections(w, part)
    for story in touched:
        _blank(w, story)
    refresh(w, touched, _moment(w) if now is None else now)
    return left


def _blank(w: Writing, story: int) -> None:
    w.run("DELETE FROM account WHERE story = :story", story=story)
    w.run("UPDATE story SET accounted = NULL, origins = NULL, conflicts = NULL WHERE number = :story", story=story)
    w.run("UPDATE account_conflict SET why = '', sides = '[]' WHERE story = :story", story=story)
    w.run("DELETE FROM alert WHERE story = :story", story=story)


def _blank_reasons(w: Writing, stories: Iterable[int]) -> None:
    """The machine's reasons name words that reports of both stories have; why a person did something is kept."""
    for part in parts(list(stories)):
        among = listing(part)
        w.run(
            "UPDATE judgement SET reason = '' WHERE by = :machine AND reason <> '' AND number IN (SELECT b.judgement "
            f"FROM judgement_about b JOIN story s ON s.id = b.about WHERE s.number IN {among.sql})",
            machine=MACHINE,
            **among.values,
        )


def _blank_notes(w: Writing, numbers: Sequence[int]) -> None:
    among = listing(numbers)
    w.run(f"UPDATE note SET target = '{{}}' WHERE article IN {among.sql}", **among.values)


def _blank_corrections(w: Writing, numbers: Sequence[int]) -> None:
    """Who spoke in an article that is gone is nobody's to say; that somebody corrected it stays in the log."""
    among = listing(numbers)
    w.run(
        "UPDATE judgement SET payload = :payload, reason = '' WHERE kind = 'speaker' AND number IN (SELECT b.judgement "
        f"FROM judgement_about b JOIN article a ON a.id = b.about WHERE a.number IN {among.sql})",
        payload=json_text({"article": "", "quotation": "", "name": ""}),
        **among.values,
    )


def _moment(w: Writing) -> float:
    """The latest time a story changed: forgetting needs no clock of its own, `changes` counts."""
    row = w.one("SELECT max(changed) FROM story")
    return float(row[0]) if row and row[0] is not None else 0.0
