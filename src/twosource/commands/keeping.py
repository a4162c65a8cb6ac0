"""Commands that look after a store: what is in it, copies of it, and what is to be forgotten."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twosource.commands.shared import as_json, in_store, opened, place, since, store_trouble, the_article, told
from twosource.console import DISK, DONE, EXIT_CODES, say, write

if TYPE_CHECKING:
    from twosource.store.database import Database


@click.command(epilog=EXIT_CODES, short_help="Copy the store, while it is in use.")
@click.argument("file", metavar="FILE")
@in_store
def backup(file: str, store: str | None) -> None:
    """Copy the store into FILE, also while others write; the copy is read back before it counts.

    A name that ends in .zip makes a copy that fills a store of either kind (a file or PostgreSQL).

    \b
    Examples:
      twosource backup news-monday.db
      twosource backup --store postgresql://localhost/news news.zip
    """  # noqa: D301
    from twosource.store import upkeep

    with opened(store, readonly=True) as db:
        made = upkeep.backup(db, Path(file))
    say(f"{made.file}: {_rows(made.rows)}; 'twosource restore {made.file}' fills an empty store from it")


@click.command(epilog=EXIT_CODES, short_help="Fill an empty store from a copy.")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
@in_store
def restore(file: str, store: str | None) -> None:
    """Fill a store that is not there yet, or empty, with the copy FILE; nothing is ever written over.

    \b
    Examples:
      twosource restore news-monday.db --store news.db
    """  # noqa: D301
    from twosource.store import upkeep

    with store_trouble():
        made = upkeep.restore(Path(file), place(store))
    say(f"{place(store)}: {_rows(made.rows)}")


def _rows(rows: dict[str, int]) -> str:
    from twosource.render.phrases import counted

    return f"{counted(rows.get('article', 0), 'article')}, {counted(rows.get('story', 0), 'story', 'stories')}"


@click.command(epilog=EXIT_CODES, short_help="Forget an article, a feed, an outlet, or what is old.")
@click.option("--article", metavar="ID", multiple=True, help="An article, by its id.")
@click.option("--feed", metavar="URL", multiple=True, help="A feed, and what it alone brought.")
@click.option("--outlet", metavar="NAME", multiple=True, help="All texts of an outlet.")
@click.option("--older-than", "before", metavar="DAY-or-AGE", callback=since, help="Articles older than that (90d).")
@click.option("--keep-articles", is_flag=True, help="With --feed: forget the feed alone.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@in_store
def forget(
    article: tuple[str, ...],
    feed: tuple[str, ...],
    outlet: tuple[str, ...],
    before: float | None,
    *,
    keep_articles: bool,
    yes: bool,
    store: str | None,
) -> None:
    """Forget articles for good: text, bytes, facts, and every line made of them. Stories are accounted anew.

    \b
    Examples:
      twosource forget --article a-1f2e3d4c5b6a
      twosource forget --older-than 180d --yes
    """  # noqa: D301
    from twosource.render.phrases import counted
    from twosource.store import forget as forgetting

    if not (article or feed or outlet or before is not None):
        raise click.UsageError("say what to forget: --article, --feed, --outlet or --older-than")
    with opened(store) as db:
        article = tuple(the_article(db, name) for name in article)
        many = _meant(db, article, () if keep_articles else feed, outlet, before)
        _known(db, feed, found=many > 0 or before is not None)
        what = " and ".join(filter(None, (counted(len(feed), "feed") if feed else "", counted(many, "article"))))
        if not yes:
            click.confirm(f"Forget {what}? This cannot be undone.", abort=True, err=True)
        gone = [*(forgetting.article(db, name) for name in article), *(forgetting.outlet(db, name) for name in outlet)]
        gone += [forgetting.feed(db, url, articles=not keep_articles) for url in feed]
        gone += [forgetting.older_than(db, before)] if before is not None else []
    originals = sum(one.originals for one in gone)
    say(
        f"{counted(sum(one.articles for one in gone), 'article')} forgotten, {counted(originals, 'original')} with them"
    )


def _meant(
    db: "Database", article: tuple[str, ...], feed: tuple[str, ...], outlet: tuple[str, ...], before: float | None
) -> int:
    """How many articles are to go; those that are meant in two ways count once."""
    from twosource.store.article_rows import outlet_key

    numbers: set[int] = set()
    for sql, values in (
        ("id = :value", article),
        ("feed = (SELECT number FROM feed WHERE url = :value)", feed),
        ("outlet_key = :value", tuple(map(outlet_key, outlet))),
        ("at < :value", () if before is None else (before,)),
    ):
        for value in values:
            numbers.update(row["number"] for row in db.rows(f"SELECT number FROM article WHERE {sql}", value=value))  # noqa: S608 - words of ours
    return len(numbers)


def _known(db: "Database", feed: tuple[str, ...], *, found: bool) -> None:
    """See that what is to be forgotten is there."""
    from twosource.errors import UnknownLabel

    for url in feed:
        if db.one("SELECT 1 FROM feed WHERE url = :url", url=url) is None:
            raise UnknownLabel(f"{url}: there is no such feed; 'twosource list feeds' lists them")
    if not (found or feed):
        raise UnknownLabel("the store has no article of that outlet; 'twosource list articles' lists them")


@click.command(epilog=EXIT_CODES, short_help="Check the store, and say what is in it.")
@click.option("--thorough", is_flag=True, help="Look at every page and index: minutes in a large store.")
@as_json
@in_store
@click.pass_context
def doctor(ctx: click.Context, *, thorough: bool, json: bool, store: str | None) -> None:
    """Check the store and what it needs, and say what to do about what is wrong.

    \b
    Examples:
      twosource doctor
      twosource doctor --thorough --store news.db
    """  # noqa: D301
    from twosource.store import health

    with opened(store, readonly=True) as db:
        found = health.doctor(db, thorough=thorough, now=time.time())
    if json:
        told([{"check": c.name, "state": c.state, "message": c.message} for c in found])
    else:
        for check in found:
            write(f"{check.state:6}  {check.name}: {check.message}\n")
    ctx.exit(DISK if any(check.state == "wrong" for check in found) else DONE)
