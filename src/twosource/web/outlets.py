"""What a store knows of outlets: how much they published, whom they quote, from whom they copy, and who copies them.

From the articles' own words and the lineage of accounts; a person may hide or distrust an outlet, which is shown as
such and changes no count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from twosource.account import Account, Link
from twosource.store.database import Database, Row, listing
from twosource.store.encoded import decoded

MOST_ACCOUNTS = 60
"""Accounts that are looked at for who copies whom: those of the outlet's latest stories; 60 take about 0.2 s."""

MOST_QUOTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletKnown:
    """An outlet: its folded name, the name its latest article gives, how many articles, first and last time (seconds
    UTC), and its mark ("hidden", "distrusted" or "").
    """

    key: str
    name: str
    articles: int
    first: float
    last: float
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Dependence:
    """How often reports of an outlet and of another depend on each other, and in how many stories."""

    other: str
    what: str
    times: int


_OUTLETS = (
    "SELECT o.outlet_key, a.outlet, o.articles, o.first, o.last FROM (SELECT outlet_key, count(*) AS articles, "
    "min(at) AS first, max(at) AS last, max(number) AS latest FROM article WHERE outlet_key IS NOT NULL {where} "
    "GROUP BY outlet_key) AS o JOIN article a ON a.number = o.latest "
)


def outlets(db: Database, *, limit: int, offset: int = 0) -> list[OutletKnown]:
    """Return outlets, those with the most articles first."""
    sql = _OUTLETS.format(where="") + "ORDER BY o.articles DESC, o.outlet_key LIMIT :limit OFFSET :offset"
    return _known(db, db.rows(sql, limit=limit, offset=offset))


def outlet(db: Database, key: str) -> OutletKnown | None:
    """Return the outlet of that folded name."""
    found = _known(db, db.rows(_OUTLETS.format(where="AND outlet_key = :key"), key=key))
    return found[0] if found else None


def _known(db: Database, rows: list[Row]) -> list[OutletKnown]:
    marks = marked(db, [row["outlet"] for row in rows])
    return [
        OutletKnown(
            key=row["outlet_key"], name=row["outlet"] or row["outlet_key"], articles=row["articles"],
            first=row["first"], last=row["last"], mark=marks.get(row["outlet"], ""),
        )
        for row in rows
    ]  # fmt: skip


def marked(db: Database, names: Iterable[str | None]) -> Mapping[str, str]:
    """Return the marks of those of the outlets that have one."""
    among = listing([name for name in dict.fromkeys(names) if name])
    sql = f"SELECT outlet, mark FROM outlet_mark WHERE outlet IN {among.sql}"  # noqa: S608 - a list of parameters
    return {row["outlet"]: row["mark"] for row in db.rows(sql, **among.values)}


def names(db: Database, keys: Iterable[str]) -> Mapping[str, str]:
    """Return what outlets of those folded names call themselves."""
    among = listing([key for key in dict.fromkeys(keys) if key])
    sql = f"SELECT outlet_key, max(outlet) AS outlet FROM article WHERE outlet_key IN {among.sql} GROUP BY outlet_key"  # noqa: S608
    return {row["outlet_key"]: row["outlet"] for row in db.rows(sql, **among.values)}


def quoted_most(db: Database, key: str) -> list[tuple[str, str, int]]:
    """Return whom an outlet quotes most: name, kind, how often."""
    sql = (
        "SELECT p.name, p.kind, o.quotations FROM speaker_outlet o JOIN speaker p ON p.number = o.speaker "
        "WHERE o.outlet = :key AND o.quotations > 0 AND p.kind IN ('person', 'organisation') "
        "ORDER BY o.quotations DESC, p.name LIMIT :most"
    )
    return [(row["name"], row["kind"], row["quotations"]) for row in db.rows(sql, key=key, most=MOST_QUOTED)]


def dependences(db: Database, key: str, name: str) -> list[Dependence]:
    """Return on whom an outlet's reports depend, and whose depend on them, in its latest stories; most often first."""
    sql = (
        "SELECT c.json FROM (SELECT m.story AS story, max(a.at) AS latest FROM article a "
        "JOIN membership m ON m.article = a.number WHERE a.outlet_key = :key GROUP BY m.story) AS t "
        "JOIN account c ON c.story = t.story ORDER BY t.latest DESC LIMIT :most"
    )
    counts: dict[tuple[str, str], int] = {}
    for row in db.rows(sql, key=key, most=MOST_ACCOUNTS):
        for pair in _pairs(decoded(row["json"], Account), name):
            counts[pair] = counts.get(pair, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Dependence(other, what, times) for (other, what), times in ranked]


def _pairs(account: Account, name: str) -> Iterable[tuple[str, str]]:
    """The other side and what it is, for each link of an account that touches the outlet."""
    called = {a.id: a.outlet or "" for a in account.articles}
    for link in account.lineage.links:
        left, right = called.get(link.left, ""), called.get(link.right, "")
        if name in (left, right) and left != right:
            yield (right if left == name else left) or "an outlet without a name", _what(link, mine_left=left == name)


def _what(link: Link, *, mine_left: bool) -> str:
    if link.kind in ("same_press_material", "same_interview_or_briefing"):
        return "rests on the same release, interview or briefing as"
    if link.direction == "common_source" or link.direction is None:
        return f"carries the same text as{f' (from {link.agency})' if link.agency else ''}"
    takes = (link.direction == "left_from_right") == mine_left
    if link.kind == "cites_other":
        return "cites" if takes else "is cited by"
    return "takes text from" if takes else "gives text to"
