"""Commands that look into a store: lists, one story or article, searches, people."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from twosource.commands.shared import (
    as_json,
    in_store,
    iso,
    limited,
    lines,
    may_write,
    moment,
    opened,
    since,
    the_one,
    told,
)
from twosource.console import EXIT_CODES, USAGE, look, say, write

if TYPE_CHECKING:
    from twosource.account import Account
    from twosource.report import Report
    from twosource.store.database import Database
    from twosource.store.stories import Story

TABLES = ("stories", "articles", "feeds", "conflicts", "rejects", "runs", "log", "alerts", "searches")
"""What `list` lists, as in `twosource.commands.tables`, which is imported only when it is used."""

HINTS = {
    "stories": " of two reports and more; --all lists those of one, 'twosource add' puts articles in",
    "articles": "; 'twosource add' puts some in",
    "feeds": "; 'twosource add ADDRESS' follows one",
    "conflicts": "; 'twosource watch --once' makes the accounts that find them",
    "searches": "; 'twosource search QUERY --save NAME' keeps one",
}
"""What to do where a list is empty."""

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
    from twosource.render.phrases import counted

    with opened(store, readonly=True) as db:
        rows = tables.TABLES[what](db, tables.Asked(**asked))
    if json:
        told(rows)
        return
    lines(tables.line(row) for row in rows)
    if not rows:
        say(f"no {what} here" + HINTS.get(what, ""))
    elif len(rows) == asked["limit"]:
        say(f"the first {counted(len(rows), 'line')}; --limit shows more")


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
def show(*, name: str, html: str | None, original: bool, store: str | None, **forms: bool) -> None:
    """Show the account of the story ID (its first letters will do), or the article ID and what was read from it.

    The account is made now if it is older than the story. 'twosource why LABEL' then shows the evidence of a line.

    \b
    Examples:
      twosource show story-1f2e
      twosource show story-1f2e --html story.html
      twosource show a-0a1b2c3d4e5f
    """  # noqa: D301
    if sum(forms[form] for form in ("json", "markdown", "csv", "plain")) > 1:
        raise click.UsageError("choose one of --json, --markdown, --csv, --plain")
    anew = may_write(store)
    with opened(store, readonly=not anew) as db:
        one = the_one(db, name)
        if isinstance(one, str):
            _whole_story(name, html=html, **forms)
            _original(db, one) if original else write(_article(db, one, json=forms["json"], plain=forms["plain"]))
            return
        if original:
            raise click.UsageError(f"{name!r} is a story: --original is for an article")
        account, reports = _accounted(db, one, anew=anew)
    if html != "-":
        write(_rendered(account, reports, forms))
    if html:
        _page(account, reports, html)


def _whole_story(name: str, *, html: str | None, markdown: bool, csv: bool, **_others: bool) -> None:
    """Refuse what only a story has, asked of an article."""
    chosen = [option for option, given in (("--html", html), ("--markdown", markdown), ("--csv", csv)) if given]
    if chosen:
        raise click.UsageError(f"{name!r} is an article: {chosen[0]} is for a story")


def _page(account: "Account", reports: "list[Report]", file: str) -> None:
    from twosource.render.html import render_html

    page = render_html(account, reports)
    if file == "-":
        write(page)
    else:
        Path(file).write_text(page, encoding="utf-8", errors="backslashreplace", newline="")


def _original(db: "Database", name: str) -> None:
    from twosource.errors import InputError
    from twosource.store import articles

    kept = articles.original(db, name)
    if kept is None:
        raise InputError(name, "no other bytes were kept than those of its text")
    sys.stdout.buffer.write(kept.body)


def _accounted(db: "Database", story: "Story", *, anew: bool) -> "tuple[Account, list[Report]]":
    """The story's account and the reports it is made from, ``anew`` if it is due; also of a story of one report."""
    import time

    from twosource import pipeline, state
    from twosource.desk.accounting import Accounting
    from twosource.store import accounts, judgements, reports, stories

    owners = state.owners()
    members = [m.article for m in stories.members(db, story.id)]
    if anew:
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
    if (channels or kinds) and save is None:
        raise click.UsageError("--to and --of say what becomes of a saved search: give it a name with --save")
    try:
        if gone is not None:
            _forget(gone, store)
        elif save is not None:
            _save(save, query, channels, kinds, store)
        elif not query.strip():
            raise click.UsageError("say what to search for")
        else:
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
            raise UnknownLabel(f"{name!r}: there is no such saved search; 'twosource list searches' lists them")
    say(f"{name}: forgotten, and nobody is told any more")


def _save(name: str, query: str, channels: tuple[str, ...], kinds: tuple[str, ...], store: str | None) -> None:
    import time

    from twosource.desk.channels import bare
    from twosource.store import alerts

    placed = [_channel(channel) for channel in channels] or ["terminal"]
    with opened(store, make=True) as db:
        alerts.save(db, name, query, placed, time.time(), kinds=kinds)  # type: ignore[arg-type]
    say(f"{name}: saved; 'twosource watch' tells {', '.join(map(bare, placed))}")


def _channel(given: str) -> str:
    """The channel as it is kept: a feed file by its whole path.

    Raises:
        UsageError: there is no such channel, or no folder for its file.

    """
    from twosource.desk.channels import known_channel

    if not known_channel(given):
        raise click.UsageError(f"{given!r} is no channel: terminal, feed:FILE, mailto:ADDRESS or https://…")
    if not given.startswith("feed:"):
        return given
    file = Path(given.removeprefix("feed:")).absolute()
    if not file.parent.is_dir() or file.is_dir():
        raise click.UsageError(f"{given!r}: there is no such folder" if not file.is_dir() else f"{given}: is a folder")
    return f"feed:{file}"


def _search(query: str, store: str | None, *, quotations: bool, best: bool, limit: int, json: bool) -> None:
    from twosource.store import search as searching

    with opened(store, readonly=True) as db:
        if quotations:
            found = searching.quotations(db, query, limit=limit)
            rows = [asdict(hit) | {"at": iso(hit.at)} for hit in found]
            shown = [f"{moment(q.at)}  {q.name or '?'}: {q.words}  – {q.outlet or q.article}" for q in found]
        else:
            hits = searching.articles(db, query, limit=limit, order="best" if best else "newest")
            rows = [asdict(hit) | {"at": iso(hit.at)} for hit in hits]
            shown = [" · ".join(filter(None, (moment(h.at), h.id, h.outlet, h.title, h.shown))) for h in hits]
    if json:
        told(rows)
        return
    lines(shown)
    if not shown:
        say("nothing found" + _no_field(query))


def _no_field(query: str) -> str:
    """What to say of a word that looks like a field and is none: it was looked for as a word."""
    from typing import get_args

    from twosource.store.query import Field

    fields = [field for field in get_args(Field) if field != "words"]
    tried = (word.partition(":")[0].lstrip("-") for word in query.split() if ":" in word and "://" not in word)
    unknown = next((field for field in tried if field.isalpha() and field.lower() not in fields), None)
    return f"; there is no field {unknown}: (there are {', '.join(f'{f}:' for f in fields)})" if unknown else ""


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
    from twosource.render.phrases import counted
    from twosource.store import people as speakers

    with opened(store, readonly=True) as db:
        found = speakers.people(db, " ".join(name), limit=limit)
        said = speakers.said(db, found[0].number, limit=limit) if name and len(found) == 1 else []
    if json:
        told([asdict(s) | {"first": iso(s.first), "last": iso(s.last)} for s in found])
        told([asdict(q) | {"at": iso(q.at)} for q in said])
        return
    lines(
        f"{s.name} · {counted(s.quotations, 'quotation')} in {counted(s.outlets, 'outlet')} · "
        f"{moment(s.first)[:10]} – {moment(s.last)[:10]}"
        for s in found
    )
    lines(f"{moment(q.at)}  {q.outlet or q.article}: {q.words}" for q in said)
    if not found:
        say("nobody of that name is quoted" if name else "nobody is quoted yet: 'twosource watch' reads what came in")
