"""Commands that look into a store: lists, one story or article, searches, people."""

import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from twosource.commands.shared import as_json, in_store, iso, limited, moment, opened, since, the_story, told
from twosource.console import DONE, EXIT_CODES, USAGE, look, say, write

if TYPE_CHECKING:
    from twosource.account import Account
    from twosource.report import Report
    from twosource.store.database import Database
    from twosource.store.stories import Story

TABLES = ("stories", "articles", "feeds", "conflicts", "rejects", "runs", "log", "alerts", "searches")
"""What `list` lists, as in `twosource.commands.tables`, which is imported only when it is used."""

KINDS = ("new_story", "new_conflict", "speaker", "sources_passing_two", "search_hit")


@click.command("list", epilog=EXIT_CODES, short_help="List stories, articles, feeds, conflicts, rejects, runs.")
@click.argument("what", type=click.Choice(TABLES), default="stories", metavar="[WHAT]")
@click.option(
    "--by",
    "order",
    type=click.Choice(["newest", "origins", "coverage", "changed"]),
    default="newest",
    help="Order of stories.",
)
@click.option("--outlet", metavar="NAME", help="Of articles: this outlet's alone.")
@click.option("--since", metavar="DAY-or-AGE", callback=since, help="Only newer: 2026-11-22, 36h, 7d, 2w.")
@click.option("--all", "every", is_flag=True, help="Of stories: also those of one report.")
@limited
@as_json
@in_store
def list_(what: str, *, json: bool, store: str | None, **asked: Any) -> None:  # noqa: ANN401 - the fields of Asked
    """List what is in the store, the newest first.

    WHAT is stories (unless another is named), articles, feeds, conflicts, rejects (what could not be used), runs (and
    where all that they saw went), log (who changed what), alerts, or searches (the saved ones).

    \b
    Examples:
      twosource list
      twosource list --by origins --since 2d
      twosource list rejects --json
    """  # noqa: D301
    from twosource.commands import tables

    with opened(store, readonly=True) as db:
        rows = tables.TABLES[what](db, tables.Asked(**asked))
    if json:
        told(rows)
    else:
        _lines(tables.line(row) for row in rows)
        if not rows:
            say(f"no {what} here" + ("; 'twosource add' puts articles in" if what in ("stories", "articles") else ""))


def _lines(lines: Iterable[str]) -> None:
    """Print lines cut to the terminal's width; into a pipe, whole."""
    from twosource.render.lines import Sheet, shown

    how = look(plain=False)
    sheet = Sheet(how)
    for line in lines:
        sheet.add([(shown(line), "")], hang=2, most=2)
    write(sheet.text() if sheet.lines else "")


@click.command(epilog=EXIT_CODES, short_help="Show a story's account, or an article.")
@click.argument("name", metavar="ID")
@click.option("--json", is_flag=True, help="One line of JSON (twosource.account/1 or twosource.report/1).")
@click.option("--markdown", is_flag=True, help="A story as Markdown, every line with its place.")
@click.option("--csv", is_flag=True, help="A story as one table of tellings and figures.")
@click.option("--html", metavar="FILE", help="Also write a story as one self-contained page.")
@click.option("--plain", is_flag=True, help="As on a terminal, in ASCII and without colour.")
@click.option("--all", "whole", is_flag=True, help="As on a terminal, without '+ N more'.")
@click.option("--original", is_flag=True, help="Of an article: the bytes it came as.")
@in_store
@click.pass_context
def show(
    ctx: click.Context, /, *, name: str, html: str | None, original: bool, store: str | None, **forms: bool
) -> None:
    """Show the account of the story ID (its first letters will do), or the article ID and what was read from it.

    The account is made now if it is older than the story. 'twosource why LABEL' then shows the evidence of a line.

    \b
    Examples:
      twosource show story-1f2e
      twosource show story-1f2e --html story.html
      twosource show art-0a1b2c3d4e5f
    """  # noqa: D301
    from twosource.store import articles, stories

    if sum(forms[form] for form in ("json", "markdown", "csv", "plain")) > 1:
        raise click.UsageError("choose one of --json, --markdown, --csv, --plain")
    with opened(store) as db:
        if stories.get(db, name) is None and (article := articles.get(db, [name])):
            if original:
                _original(db, name)
            else:
                write(_article(db, article[0].id, json=forms["json"], plain=forms["plain"]))
            ctx.exit(DONE)
        story = the_story(db, name)
        account, reports = _accounted(db, story)
    write(_rendered(account, reports, forms))
    if html:
        from twosource.render.html import render_html

        Path(html).write_text(render_html(account, reports), encoding="utf-8", errors="backslashreplace", newline="")
    ctx.exit(DONE)


def _original(db: "Database", name: str) -> None:
    from twosource.errors import InputError
    from twosource.store import articles

    kept = articles.original(db, name)
    if kept is None:
        raise InputError(name, "no other bytes were kept than those of its text")
    sys.stdout.buffer.write(kept.body)


def _accounted(db: "Database", story: "Story") -> "tuple[Account, list[Report]]":
    """The story's account and the reports it is made from, both as of now; also of a story of one report."""
    import time

    from twosource import pipeline, state
    from twosource.desk.accounting import Accounting
    from twosource.store import accounts, judgements, reports, stories

    owners = state.owners()
    members = [m.article for m in stories.members(db, story.id)]
    Accounting(db, time.time, owners=owners).one(story)
    kept = accounts.get(db, story.id)
    found = reports.get(db, members if kept is None else [a.id for a in kept.articles])
    account = kept or pipeline.account(found, owners, judgements.for_story(db, story.id))
    state.save(account)
    return account, found


def _rendered(account: "Account", reports: "list[Report]", forms: dict[str, bool]) -> str:
    if forms["json"]:
        from twosource.render.json import account_json

        return account_json(account) + "\n"
    if forms["markdown"]:
        from twosource.render.markdown import render_markdown

        return render_markdown(account)
    if forms["csv"]:
        from twosource.render.csv import render_csv

        return render_csv(account)
    from twosource.render.terminal import render_terminal

    return render_terminal(account, look(plain=forms["plain"]), reports, whole=forms["whole"])


def _article(db: "Database", name: str, *, json: bool, plain: bool) -> str:
    from twosource.pipeline import read
    from twosource.render.json import report_json
    from twosource.render.listing import render_listing
    from twosource.store import articles, reports

    kept = reports.get(db, [name])
    report = kept[0] if kept else read(articles.get(db, [name])[0])
    return report_json(report, text=True) + "\n" if json else render_listing(report, look(plain=plain))


@click.command(
    epilog=EXIT_CODES,
    short_help="Search articles and quotations.",
    context_settings={"ignore_unknown_options": True},  # a minus before a word is part of the query
)
@click.argument("words", nargs=-1, metavar="QUERY...")
@click.option("--quotations", is_flag=True, help="What was said, not articles.")
@click.option("--best", is_flag=True, help="The best first, not the newest.")
@click.option("--save", metavar="NAME", help="Keep the search under a name, and alert on it (with --to).")
@click.option("--to", "channels", multiple=True, metavar="CHANNEL",
              help="terminal, feed:FILE, mailto:ADDRESS or https://…")  # fmt: skip
@click.option("--of", "kinds", multiple=True, type=click.Choice(KINDS), help="Alert on these alone.")
@click.option("--forget", "gone", metavar="NAME", help="Forget a saved search.")
@limited
@as_json
@in_store
@click.pass_context
def search(
    ctx: click.Context, /, *, words: tuple[str, ...], save: str | None, channels: tuple[str, ...],
    kinds: tuple[str, ...], gone: str | None, store: str | None, **asked: Any,  # noqa: ANN401 - how hits are shown
) -> None:  # fmt: skip
    """Search by words (all of them), "a phrase", -word, this OR that, begin*; and by speaker:NAME outlet:NAME
    after:2026-11 before:DAY said:"words in a quotation" figure:>100 unit:drones story:ID lang:en feed:WORDS.

    With --save the search is kept, and 'twosource watch' tells its channels of new stories, conflicts, words of a
    speaker, source counts that reach two, and articles. Without QUERY --save is for everything.

    \b
    Examples:
      twosource search '"harbour bridge" speaker:Novak after:2026-11-01'
      twosource search --quotations said:crack
      twosource search bridge --save bridges --to feed:bridges.xml --of new_conflict
    """  # noqa: D301
    from twosource.store.query import QuerySyntax

    query = " ".join(words)
    if gone:
        _forget(gone, store)
    elif save:
        _save(save, query, channels, kinds, store)
    elif not query.strip():
        raise click.UsageError("say what to search for")
    else:
        try:
            _search(query, store, **asked)
        except QuerySyntax as wrong:
            say("this cannot be searched for")
            click.echo(wrong.shown(), err=True)
            ctx.exit(USAGE)


def _forget(name: str, store: str | None) -> None:
    from twosource.errors import UnknownLabel
    from twosource.store import alerts

    with opened(store) as db:
        if not alerts.remove(db, name):
            raise UnknownLabel(f"{name!r}: there is no such saved search")


def _save(name: str, query: str, channels: tuple[str, ...], kinds: tuple[str, ...], store: str | None) -> None:
    import time

    from twosource.desk.delivery import known_channel
    from twosource.store import alerts

    for channel in channels:
        if not known_channel(channel):
            raise click.UsageError(f"{channel!r} is no channel: terminal, feed:FILE, mailto:ADDRESS or https://…")
    placed = [f"feed:{Path(c[5:]).absolute()}" if c.startswith("feed:") else c for c in channels]
    with opened(store) as db:
        alerts.save(db, name, query, placed or ["terminal"], time.time(), kinds=kinds)  # type: ignore[arg-type]


def _search(query: str, store: str | None, *, quotations: bool, best: bool, limit: int, json: bool) -> None:
    from twosource.store import search as searching

    with opened(store, readonly=True) as db:
        if quotations:
            found = searching.quotations(db, query, limit=limit)
            rows = [asdict(hit) | {"at": iso(hit.at)} for hit in found]
            lines = [f"{moment(q.at)}  {q.name or '?'}: {q.words}  – {q.outlet or q.article}" for q in found]
        else:
            hits = searching.articles(db, query, limit=limit, order="best" if best else "newest")
            rows = [asdict(hit) | {"at": iso(hit.at)} for hit in hits]
            lines = [f"{moment(h.at)}  {h.title or ''}  {h.outlet or ''}  {h.id}  … {h.shown}" for h in hits]
    if json:
        told(rows)
    else:
        _lines(lines)
        if not lines:
            say("nothing found")


@click.command(epilog=EXIT_CODES, short_help="List who is quoted, or what one of them said.")
@click.argument("name", nargs=-1, metavar="[NAME]")
@limited
@as_json
@in_store
def people(name: tuple[str, ...], *, limit: int, json: bool, store: str | None) -> None:
    """List who is quoted most, or those whose name begins so; where NAME finds one alone, also what they said.

    \b
    Examples:
      twosource people
      twosource people novak
    """  # noqa: D301
    from twosource.store import people as speakers

    with opened(store, readonly=True) as db:
        found = speakers.people(db, " ".join(name), limit=limit)
        said = speakers.said(db, found[0].number, limit=limit) if name and len(found) == 1 else []
    if json:
        told([asdict(s) | {"first": iso(s.first), "last": iso(s.last)} for s in found])
        told([asdict(q) | {"at": iso(q.at)} for q in said])
        return
    _lines(
        f"{s.quotations:,} quotations in {s.outlets:,} outlets  {s.name}  "
        f"{moment(s.first)[:10]} – {moment(s.last)[:10]}"
        for s in found
    )
    _lines(f"{moment(q.at)}  {q.outlet or q.article}: {q.words}" for q in said)
    if not found:
        say("nobody of that name is quoted" if name else "nobody is quoted yet: 'twosource watch' reads what came in")
