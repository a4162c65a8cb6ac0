"""The command that takes what is in a store out of it, in forms that other programs read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from twosource.commands.shared import in_store, iso, opened, since
from twosource.console import EXIT_CODES, write

if TYPE_CHECKING:
    from twosource.store.database import Database, Row

FORMS = ("articles", "reports", "accounts", "stories", "corrections", "feeds")

PAGE = 200
"""Rows that are read at a time."""


@click.command(epilog=EXIT_CODES, short_help="Write articles, reports, accounts, corrections or feeds out.")
@click.argument("what", type=click.Choice(FORMS), metavar="WHAT")
@click.option("--since", "after", metavar="DAY-or-AGE", callback=since, help="Only newer: 2026-11-22, 36h, 7d, 2w.")
@click.option("--outlet", metavar="NAME", help="Of articles and reports: this outlet's alone.")
@in_store
def export(what: str, *, after: float | None, outlet: str | None, store: str | None) -> None:
    """Write WHAT to standard output: articles (JSON Lines that 'twosource add' and 'twosource read' take), reports
    (twosource.report/1), accounts (twosource.account/1), stories (twosource.story/1), corrections (the log of who
    changed what), or feeds (OPML, for other readers).

    \b
    Examples:
      twosource export articles --since 7d > week.jsonl
      twosource export feeds > subscriptions.opml
    """  # noqa: D301
    with opened(store, readonly=True) as db:
        if what == "feeds":
            write(_opml(db))
            return
        for line in _LINES[what](db, after, outlet):
            write(line + "\n")


def _opml(db: "Database") -> str:
    from twosource.sources.opml import Subscription, write_opml
    from twosource.store import feeds

    listed = [Subscription(feed.url, feed.title, feed.site) for feed in feeds.all(db) if feed.kind == "feed"]
    return write_opml(listed, "twosource")


def _kept(db: "Database", after: float | None, outlet: str | None) -> "Iterator[list[Row]]":
    """Ids and keys of articles in the order in which they came, page by page: so they may come into another store."""
    from twosource.store.article_rows import outlet_key

    sql = (
        "SELECT number, id, key FROM article WHERE number > :last AND (:after IS NULL OR at >= :after) "
        "AND (:outlet IS NULL OR outlet_key = :outlet) ORDER BY number LIMIT :page"
    )
    wanted = None if outlet is None else outlet_key(outlet)
    last = 0
    while page := db.rows(sql, last=last, after=after, outlet=wanted, page=PAGE):
        yield list(page)
        last = page[-1]["number"]


def _articles(db: "Database", after: float | None, outlet: str | None) -> Iterator[str]:
    from twosource.render.json import dumps
    from twosource.store import articles

    for page in _kept(db, after, outlet):
        keys = {row["id"]: row["key"] for row in page}
        for article in articles.get(db, list(keys)):
            own = keys[article.id].removeprefix("id:") if keys[article.id].startswith("id:") else article.id
            told: dict[str, Any] = {
                "id": own, "outlet": article.outlet.name if article.outlet else None, "url": article.url,
                "title": article.title, "published": article.published, "modified": article.modified,
                "text": article.text,
            }  # fmt: skip
            yield dumps({name: value for name, value in told.items() if value is not None})


def _reports(db: "Database", after: float | None, outlet: str | None) -> Iterator[str]:
    from twosource.render.json import report_json
    from twosource.store import reports

    for page in _kept(db, after, outlet):
        for report in reports.get(db, [row["id"] for row in page]):
            yield report_json(report, text=True)


def _stories(db: "Database", after: float | None, _outlet: str | None) -> Iterator[str]:
    from twosource.render.stories import story_json
    from twosource.store import stories
    from twosource.stories.replay import StoryLine

    for story in _listed(db, after):
        placed = tuple(member.article for member in stories.members(db, story.id))
        first, last = ((iso(when) or "")[:10] or None for when in (story.first, story.last))
        yield story_json(StoryLine(story.id, placed, first, last, story.title))


def _accounts(db: "Database", after: float | None, _outlet: str | None) -> Iterator[str]:
    from twosource.render.json import account_json
    from twosource.store import accounts

    for story in _listed(db, after):
        if account := accounts.get(db, story.id):
            yield account_json(account)


def _listed(db: "Database", after: float | None) -> Iterator[Any]:
    from twosource.store import shelf

    before = None
    while page := shelf.listed(db, since=after, limit=PAGE, before=before):
        yield from page
        before = page[-1].cursor("newest")


def _corrections(db: "Database", after: float | None, _outlet: str | None) -> Iterator[str]:
    from twosource.render.json import dumps
    from twosource.store import judgements

    for line in reversed(judgements.all(db, limit=2**31)):
        if after is None or line.at >= after:
            told = {
                "number": line.number, "at": iso(line.at), "by": line.by, "kind": line.kind, "reason": line.reason,
                "about": dict(line.payload), "articles": list(line.placed), "undoes": line.undoes,
                "undone_by": line.undone_by,
            }  # fmt: skip
            yield dumps(told)


_LINES = {
    "articles": _articles,
    "reports": _reports,
    "stories": _stories,
    "accounts": _accounts,
    "corrections": _corrections,
}
