"""The command line: parse, call, print.

Everything heavy is imported inside the commands, so that ``--help`` answers at once.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from twosource.commands.correcting import correct, merge, split, undo
from twosource.commands.exporting import export
from twosource.commands.gathering import add, retry, watch
from twosource.commands.keeping import backup, doctor, forget, restore
from twosource.commands.looking import list_, people, search, show
from twosource.commands.serving import serve
from twosource.console import (
    DISK,
    DONE,
    EXIT_CODES,
    FAIL_ON,
    FAILED,
    NO_COMMON_EVENT,
    Commands,
    look,
    say,
    write,
)
from twosource.inputs import Inputs, Reading
from twosource.version import VERSION

if TYPE_CHECKING:
    from twosource.account import Account
    from twosource.lineage.owners import Owners
    from twosource.report import Report

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How an account is to be printed and kept; field for field the options of ``compare`` and ``demo``."""

    json: bool
    markdown: bool
    csv: bool
    plain: bool
    whole: bool
    text: bool
    raw: bool
    html: str | None
    fail_on: tuple[str, ...]
    owners: str | None
    no_keep: bool

    @property
    def form(self) -> str:
        """The one form that goes to standard output."""
        chosen = [form for form in ("json", "markdown", "csv", "plain") if getattr(self, form)]
        chosen += ["html -"] * (self.html == "-")
        if len(chosen) > 1:
            raise click.UsageError(f"choose one of {', '.join(f'--{form}' for form in chosen)}")
        return chosen[0] if chosen else "terminal"


def options(*added: Callable[[F], F]) -> Callable[[F], F]:
    """Return a decorator that adds click options in the order they are listed."""

    def decorate(command: F) -> F:
        for option in reversed(added):
            command = option(command)
        return command

    return decorate


def _dates(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise click.BadParameter(f"{value!r} is no date: write YYYY-MM-DD or RFC 3339") from None
    return values


is_quiet = click.option("--quiet", "-q", is_flag=True, help="Only errors on standard error: no remarks, no progress.")

describes_inputs = options(
    click.option("--outlet", multiple=True, metavar="NAME", help="Who published it: once, or once for each input."),
    click.option("--published", multiple=True, metavar="DATE", callback=_dates, help="When: YYYY-MM-DD or RFC 3339."),
    click.option("--url", multiple=True, metavar="URL", help="Where."),
    click.option(
        "--jobs", "-j", type=click.IntRange(1, 64), default=1, help="Read so many at once, each in a process."
    ),
    click.option("--fast", is_flag=True, help="Read by rules alone: about twice as fast, finds less."),
    is_quiet,
)

prints_account = options(
    click.option("--json", is_flag=True, help="One line of JSON (twosource.account/1)."),
    click.option("--markdown", is_flag=True, help="Markdown, every line with its place."),
    click.option("--csv", is_flag=True, help="One table of tellings and figures."),
    click.option("--plain", is_flag=True, help="As on a terminal, in ASCII and without colour."),
    click.option("--all", "whole", is_flag=True, help="As on a terminal, without '+ N more'."),
    click.option("--text", is_flag=True, help="With --json: the texts too (pages always have theirs)."),
    click.option("--raw", is_flag=True, help="With --csv: exact words, no guard against formulas."),
    click.option("--html", metavar="FILE", help="Also write one self-contained page."),
    click.option(
        "--fail-on", type=click.Choice(["conflict", "single-origin"]), multiple=True, help="Then exit with 4."
    ),
    click.option("--owners", metavar="FILE", help="Who owns which outlets: corrects the built-in list."),
    click.option("--no-keep", is_flag=True, help="Do not keep the account for 'twosource why'."),
)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(VERSION, "--version", "-V", message="twosource %(version)s")
def main() -> None:
    """Read every report of one event, get one account: who said what, what agrees, what conflicts, how many sources.

    \b
    Examples:
      twosource demo                             four reports of an invented event
      twosource compare a.txt b.html             what two reports share, where they differ
      twosource compare reports/ --html out.html a folder; a page to share as well
      twosource why A7                           the evidence behind one line
      twosource read a.txt --jsonl               one report's facts, for programs

    Nothing leaves this machine, and no line is a verdict.
    """  # noqa: D301 - \b is click's mark


@main.command(epilog=EXIT_CODES, short_help="Read reports one by one.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--jsonl", is_flag=True, help="One report a line (twosource.report/1), in input order.")
@click.option("--text", is_flag=True, help="With --jsonl: the article's text too (pages always have theirs).")
@click.option("--plain", is_flag=True, help="As on a terminal, in ASCII and without colour.")
@describes_inputs
@click.pass_context
def read(
    ctx: click.Context,
    /,
    *,
    inputs: tuple[str, ...],
    jsonl: bool,
    text: bool,
    plain: bool,
    **given: Any,  # noqa: ANN401 - the options of describes_inputs
) -> None:
    """Read each INPUT by itself: who said what, to whom, which figures and times.

    An INPUT is a text or HTML file, JSON Lines, a directory of these, or - for standard input.

    \b
    Examples:
      twosource read report.txt
      cat reports.jsonl | twosource read --jsonl - > read.jsonl
    """  # noqa: D301
    from twosource.render.json import report_json
    from twosource.render.listing import render_listing

    reading = _reading(inputs, given)
    terminal, gap = look(plain=plain), ""
    for report in reading.reports():
        if jsonl:
            write(report_json(report, text=text) + "\n")
        else:
            write(gap + render_listing(report, terminal))
            gap = "\n\n"
    ctx.exit(reading.code())


@main.command(epilog=EXIT_CODES, short_help="Join two to fifty reports of one event.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@prints_account
@describes_inputs
@click.pass_context
def compare(
    ctx: click.Context,
    /,
    *,
    inputs: tuple[str, ...],
    **given: Any,  # noqa: ANN401 - the options of describes_inputs and the fields of Wanted
) -> None:
    """Join two to fifty reports of one event into one account.

    Articles get letters by date of publication; A7 is the seventh telling in article A. Every line has a label for
    'twosource why': con1 a conflict, said2 a statement, fig3 a figure, org1 an origin, who4 a person.

    \b
    Examples:
      twosource compare a.txt b.txt --outlet "The Gazette" --outlet "Evening Lamp"
      twosource compare *.html --json > account.json
      twosource compare wire.txt ours.txt --fail-on conflict && publish
    """  # noqa: D301
    reading = _reading(inputs, given)
    ctx.exit(_account(reading, Wanted(**given)))


@main.command(epilog=EXIT_CODES, short_help="Group reports of many events into stories.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--jsonl", is_flag=True, help="One story a line (twosource.story/1), in order of their first reports.")
@click.option("--plain", is_flag=True, help="As on a terminal, in ASCII and without colour.")
@is_quiet
@click.pass_context
def stories(ctx: click.Context, /, *, inputs: tuple[str, ...], jsonl: bool, plain: bool, quiet: bool) -> None:
    """Group the reports of many events into stories, as if they came in one by one by date of publication.

    What is printed is how things stand after the last one. Undated reports come in where they stand in the input.

    \b
    Examples:
      twosource stories archive/
      twosource stories --jsonl reports.jsonl > stories.jsonl
    """  # noqa: D301
    from twosource.render.stories import render_stories, story_json
    from twosource.stories.replay import replay

    reading = Reading(Inputs(inputs), quiet=quiet)
    lines = replay(reading.articles())
    if jsonl:
        for line in lines:
            write(story_json(line) + "\n")
    elif lines:
        write(render_stories(lines, look(plain=plain)))
    ctx.exit(reading.code())


@main.command(epilog=EXIT_CODES, short_help="Compare four bundled reports of an invented event.")
@prints_account
@is_quiet
@click.pass_context
def demo(ctx: click.Context, /, *, quiet: bool, **wanted: Any) -> None:  # noqa: ANN401 - the fields of Wanted
    """Compare the four bundled reports of an invented event.

    \b
    Examples:
      twosource demo
      twosource demo --html demo.html
      twosource why con1
    """  # noqa: D301
    from importlib.resources import as_file, files

    with as_file(files("twosource") / "demo") as folder:
        ctx.exit(_account(Reading(Inputs((str(folder),)), quiet=quiet), Wanted(**wanted)))


for _command in (
    *(add, watch, serve, retry, list_, show, search, people),
    *(correct, split, merge, undo, forget, export, backup, restore, doctor),
):
    main.add_command(_command)


def _reading(inputs: tuple[str, ...], given: dict[str, Any]) -> Reading:
    """Take the options of `describes_inputs` out of ``given``."""
    outlet, published, url = (given.pop(option) for option in ("outlet", "published", "url"))
    ways = {option: given.pop(option) for option in ("quiet", "jobs", "fast")}
    return Reading(Inputs(inputs, outlet, published, url), **ways)


def _account(reading: Reading, wanted: Wanted) -> int:
    """Read, join, print and keep; return the exit code."""
    from twosource import state

    form = wanted.form
    owners = state.owners(wanted.owners)
    reports = reading.story()
    if len(reports) < 2:
        say(f"a comparison needs two articles, and {'one' if reports else 'none'} could be read")
        return FAILED
    account = _joined(reading, reports, owners)
    if form != "html -":
        write(_rendered(form, account, reports, wanted))
    written = _write_page(account, reports, wanted.html)
    if not wanted.no_keep:
        _keep(account)
    return (reading.code() or _judged(account, wanted.fail_on)) if written else DISK


def _joined(reading: Reading, reports: "Sequence[Report]", owners: "Owners | None") -> "Account":
    from twosource.pipeline import account

    reading.progress.show(f"joining {len(reports)} reports")
    joined = account(reports, owners)
    reading.progress.clear()
    return joined


def _rendered(form: str, account: "Account", reports: "Sequence[Report]", wanted: Wanted) -> str:
    if form == "json":
        from twosource.render.json import account_json

        pages = {r.article.text for r in reports if r.article.from_page}
        texts = None if wanted.text else {a.id for a in account.articles if a.text in pages}
        return account_json(account, texts=texts) + "\n"
    if form == "markdown":
        from twosource.render.markdown import render_markdown

        return render_markdown(account)
    if form == "csv":
        from twosource.render.csv import render_csv

        return render_csv(account, raw=wanted.raw, on_terminal=sys.stdout.isatty())
    from twosource.render.terminal import render_terminal

    return render_terminal(account, look(plain=form == "plain"), reports, whole=wanted.whole)


def _write_page(account: "Account", reports: "Sequence[Report]", file: str | None) -> bool:
    """Write the page where one is wanted; False where the disk will not have it."""
    if file is None:
        return True
    from twosource.render.html import render_html

    page = render_html(account, reports)
    if file == "-":
        write(page)
        return True
    try:
        Path(file).write_text(page, encoding="utf-8", errors="backslashreplace", newline="")
    except (OSError, ValueError) as wrong:
        say(f"{file}: cannot be written ({getattr(wrong, 'strerror', None) or wrong})")
        return False
    return True


def _keep(account: "Account") -> None:
    """Keep the account for ``why``; that it cannot be kept spoils nothing."""
    from twosource import state
    from twosource.errors import StateError

    try:
        state.save(account)
    except StateError as wrong:
        say(f"{wrong} ('twosource why' will not know it)")


def _judged(account: "Account", fail_on: Sequence[str]) -> int:
    """The exit code of what the account says."""
    if apart := next((note for note in account.notes if note.code == "no_common_event"), None):
        from twosource.render.view import View

        say(View(account).message(apart))
        return NO_COMMON_EVENT
    conflict = any(c.certainty == "conflict" for c in account.conflicts)
    single = account.lineage.independent_reports <= 1
    held = ("conflict" in fail_on and conflict) or ("single-origin" in fail_on and single)
    return FAIL_ON if held else DONE


@main.command(epilog=EXIT_CODES, short_help="Show the evidence behind one line.")
@click.argument("label", metavar="LABEL-or-ID")
@click.argument("inputs", nargs=-1, metavar="[INPUT...]")
@click.option("--from", "saved", metavar="ACCOUNT.json", help="A saved account: compare --json --text.")
@click.option("--plain", is_flag=True, help="As on a terminal, in ASCII and without colour.")
@describes_inputs
@click.pass_context
def why(
    ctx: click.Context,
    /,
    *,
    label: str,
    saved: str | None,
    inputs: tuple[str, ...],
    plain: bool,
    **given: Any,  # noqa: ANN401 - the options of describes_inputs
) -> None:
    """Show the evidence behind a line: the source paragraph, the words underlined, the rule and what it saw.

    LABEL is as the account prints it (A7, con1, said2, fig3, org1, link1, who4, only5, or A for an article), in any
    case; an id from the JSON, or its first six characters, will do too. Without INPUT or --from it is asked of the
    last account compared.

    \b
    Examples:
      twosource why A7
      twosource why con1 --from account.json
      twosource why A7 a.txt b.txt
    """  # noqa: D301
    from twosource.render.labels import label_account
    from twosource.render.why import render_why

    if saved and inputs:
        raise click.UsageError("give either --from or inputs")
    reading = _reading(inputs, given)
    account = _asked(saved, reading)
    if account is None:
        ctx.exit(FAILED)
    write(render_why(account, *label_account(account).find(label), look(plain=plain)))
    ctx.exit(reading.code())


def _asked(saved: str | None, reading: Reading) -> "Account | None":
    """The account that is asked about, or None with a message."""
    from twosource import state

    if reading.inputs.names:
        reports = reading.story()
        return _joined(reading, reports, state.owners()) if reports else None
    if saved:
        return _saved(saved)
    last = state.load()
    if last is None:
        say("no account is kept yet: run 'twosource compare' first, or give inputs or --from")
    elif not reading.quiet:
        say(_kept(last))
    return last


def _kept(account: "Account") -> str:
    """Which account it is that `why` answers from when none is given."""
    from twosource import state
    from twosource.render.phrases import counted, day
    from twosource.render.view import View

    when = state.kept_at()
    kept = f", kept {day(when.date().isoformat())} {when:%H:%M}" if when else ""
    return f"from the last account: “{View(account).title}”, {counted(account.lineage.reports, 'report')}{kept}"


def _saved(file: str) -> "Account":
    from twosource.errors import InputError, StateError
    from twosource.render.json import MAX_SAVED, account_from_json

    try:
        with Path(file).open("rb") as stream:
            return account_from_json(stream.read(MAX_SAVED + 1))
    except (OSError, ValueError) as wrong:
        raise InputError(file, f"cannot be read ({getattr(wrong, 'strerror', None) or wrong})") from None
    except StateError as wrong:
        raise InputError(file, str(wrong)) from None
