"""Commands by which people correct the machine: stories and what is in them, speakers, persons, statements; and undo.

Every correction is a line of a log with a name and a reason, and can be undone.
"""

import time
from typing import TYPE_CHECKING

import click

from twosource.commands.shared import by_whom, in_store, opened, says_why, the_story
from twosource.console import EXIT_CODES, say

if TYPE_CHECKING:
    from twosource.render.labels import Labels
    from twosource.store.database import Database


@click.command(epilog=EXIT_CODES, short_help="Make a story of some of a story's articles.")
@click.argument("story", metavar="STORY")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--into", metavar="STORY", help="Move them into this story, not into a new one.")
@by_whom
@says_why
@in_store
def split(story: str, articles: tuple[str, ...], into: str | None, by: str, reason: str, store: str | None) -> None:
    """Take ARTICLEs (by id) out of STORY, into a new story or an existing one.

    \b
    Examples:
      twosource split story-1f2e art-0a1b2c3d4e5f art-9f8e7d6c5b4a --why "another bridge"
      twosource split story-1f2e art-0a1b2c3d4e5f --into story-77aa
    """  # noqa: D301
    from twosource.store import stories

    with opened(store) as db:
        source = the_story(db, story).id
        if into:
            target = the_story(db, into).id
            line = stories.move(db, source, target, articles, by=by, now=time.time(), reason=reason)
        else:
            target, line = stories.split(db, source, articles, by=by, now=time.time(), reason=reason)
    say(f"{target}: {len(articles)} of {source} (line {line}; 'twosource undo {line}' takes it back)")


@click.command(epilog=EXIT_CODES, short_help="Make two stories one.")
@click.argument("story", metavar="STORY")
@click.argument("into", metavar="INTO")
@by_whom
@says_why
@in_store
def merge(story: str, into: str, by: str, reason: str, store: str | None) -> None:
    """Merge STORY into the story INTO, to which its id leads from then on.

    \b
    Examples:
      twosource merge story-1f2e story-77aa
    """  # noqa: D301
    from twosource.store import stories

    with opened(store) as db:
        one, other = the_story(db, story).id, the_story(db, into).id
        line = stories.merge(db, one, other, by=by, now=time.time(), reason=reason)
    say(f"{one} leads to {other} (line {line}; 'twosource undo {line}' takes it back)")


@click.command(epilog=EXIT_CODES, short_help="Correct who spoke, who is one person, what is one statement.")
@click.argument("what", type=click.Choice(["speaker", "same-person", "other-person", "same-statement",
                                           "other-statement", "lock", "unlock"]), metavar="WHAT")  # fmt: skip
@click.argument("story", metavar="STORY")
@click.argument("about", nargs=-1, metavar="[ABOUT...]")
@by_whom
@says_why
@in_store
def correct(what: str, story: str, about: tuple[str, ...], by: str, reason: str, store: str | None) -> None:
    """Correct a line of STORY's account; it is made anew when it is next shown.

    Tellings are named by the labels that 'twosource show STORY' prints (A7). WHAT and ABOUT are: speaker A7 "Jane Roe"
    ("" for nobody); same-person "J. Roe" "Jane Roe"; other-person NAME NAME; same-statement A7 B3; other-statement
    A7 B3. lock keeps the machine from splitting and merging the story; unlock ends that.

    \b
    Examples:
      twosource correct speaker story-1f2e A7 "Jana Novak"
      twosource correct other-person story-1f2e "P. Novak" "Jana Novak"
      twosource correct lock story-1f2e
    """  # noqa: D301
    from twosource.store import judgements, stories

    wanted = 0 if what in ("lock", "unlock") else 2
    if len(about) != wanted:
        raise click.UsageError(f"{what} is about {wanted} things, and {len(about)} are given")
    with opened(store) as db:
        name, now = the_story(db, story).id, time.time()
        if wanted:
            kind, payload = _payload(db, what, name, about)
            line = judgements.put(db, kind, payload, by=by, now=now, reason=reason).number  # type: ignore[arg-type]
        else:
            line = stories.lock(db, name, locked=what == "lock", by=by, now=now, reason=reason)
    say(f"{name}: {what} (line {line}; 'twosource undo {line}' takes it back)")


def _payload(db: "Database", what: str, story: str, about: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """The kind and payload of a correction, with labels turned into places."""
    from twosource.store import accounts

    kind = what.replace("-", "_")
    if what.endswith("person"):
        return kind, {"story": story, "left": about[0], "right": about[1]}
    account = accounts.get(db, story)
    if account is None:
        raise click.UsageError(f"{story} has no account yet: 'twosource show {story}' makes it and prints the labels")
    from twosource.render.labels import label_account

    labels = label_account(account)
    article, quotation = _telling(labels, about[0])
    if what == "speaker":
        return kind, {"article": article, "quotation": quotation, "name": about[1].strip()}
    return kind, {"story": story, "left": [article, quotation], "right": list(_telling(labels, about[1]))}


def _telling(labels: "Labels", label: str) -> tuple[str, str]:
    """The article and quotation of a label such as A7."""
    from twosource.account import Telling

    _, line = labels.find(label)
    if not isinstance(line, Telling):
        raise click.UsageError(f"{label} is no telling of a statement: take a label such as A7")
    return line.article, line.quotation


@click.command(epilog=EXIT_CODES, short_help="Take back a correction, merge, split or move.")
@click.argument("line", type=click.IntRange(1), required=False)
@by_whom
@says_why
@in_store
def undo(line: int | None, by: str, reason: str, store: str | None) -> None:
    """Take back LINE of the log ('twosource list log'), or the last one that a person wrote.

    Undoing an undo brings the first line back into force.

    \b
    Examples:
      twosource undo
      twosource undo 41
    """  # noqa: D301
    from twosource.errors import UnknownLabel
    from twosource.store import judgements
    from twosource.store.lines import MACHINE

    with opened(store) as db:
        number = line
        if number is None:
            recent = judgements.all(db, limit=1_000)
            number = next((j.number for j in recent if j.by != MACHINE and j.effective), None)
        if number is None:
            raise UnknownLabel("nothing to take back: no person has changed anything")
        made = judgements.undo(db, number, by=by, now=time.time(), reason=reason)
    say(f"line {number} is taken back (by line {made.number})")
