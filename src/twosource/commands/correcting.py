"""Commands by which people correct the machine: stories and what is in them, speakers, persons, statements; and undo.

Every correction is a line of a log with a name and a reason, and can be undone.
"""

import time
from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING

import click

from twosource.commands.shared import by_whom, in_store, opened, says_why, the_article, the_story
from twosource.console import EXIT_CODES, say

if TYPE_CHECKING:
    from twosource.account import Account
    from twosource.render.labels import Labels
    from twosource.store.database import Database

ABOUT = {
    "speaker": ("A7", '"Jane Roe"'),
    "same-person": ('"J. Roe"', '"Jane Roe"'),
    "other-person": ('"J. Roe"', '"Jane Roe"'),
    "same-statement": ("A7", "B3"),
    "other-statement": ("A7", "B3"),
    "no-conflict": ("con1",),
    "lock": (),
    "unlock": (),
}
"""What may be corrected, and what each correction is about, as an example."""

MARKS = "“”„\"'‘’,"
"""What stands around quoted words, and is not repeated with them."""

SHOWN = 60
"""Columns of a telling that are repeated to whoever corrects it."""


@click.command(epilog=EXIT_CODES, short_help="Make a story of some of a story's articles.")
@click.argument("story", metavar="STORY")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--into", metavar="STORY", help="Move them into this story, not into a new one.")
@by_whom
@says_why
@in_store
def split(story: str, articles: tuple[str, ...], into: str | None, by: str, reason: str, store: str | None) -> None:
    """Take ARTICLEs out of STORY, into a new story or an existing one; of each id the first letters will do.

    \b
    Examples:
      twosource split story-1f2e a-0a1b2c3d4e5f a-9f8e7d6c5b4a --why "another bridge"
      twosource split story-1f2e a-0a1b --into story-77aa
    """  # noqa: D301
    from twosource.render.phrases import counted
    from twosource.store import stories

    with opened(store) as db:
        source = the_story(db, story).id
        moved = list(dict.fromkeys(the_article(db, name) for name in articles))
        if into:
            target = the_story(db, into).id
            line = stories.move(db, source, target, moved, by=by, now=time.time(), reason=reason)
        else:
            target, line = stories.split(db, source, moved, by=by, now=time.time(), reason=reason)
    say(f"{counted(len(moved), 'article')} of {source} in {target} now ({_way_back(line)})")


def _way_back(line: int) -> str:
    return f"line {line}; 'twosource undo {line}' takes it back"


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
    say(f"{one} leads to {other} ({_way_back(line)})")


@click.command(epilog=EXIT_CODES, short_help="Correct who spoke, who is one person, what is one statement.")
@click.argument("what", type=click.Choice(list(ABOUT)), metavar="WHAT")
@click.argument("story", metavar="STORY")
@click.argument("about", nargs=-1, metavar="[ABOUT...]")
@by_whom
@says_why
@in_store
def correct(what: str, story: str, about: tuple[str, ...], by: str, reason: str, store: str | None) -> None:
    """Correct a line of STORY's account; it is made anew when it is next shown.

    Tellings are named by the labels that 'twosource show STORY' prints (A7). WHAT and ABOUT are: speaker A7 "Jane Roe"
    ("" for nobody); same-person "J. Roe" "Jane Roe"; other-person NAME NAME; same-statement A7 B3; other-statement
    A7 B3; no-conflict con1. lock keeps the machine from splitting and merging the story; unlock ends that.

    \b
    Examples:
      twosource correct speaker story-1f2e A7 "Jana Novak"
      twosource correct other-person story-1f2e "P. Novak" "Jana Novak"
      twosource correct no-conflict story-1f2e con2 --why "the toll rose"
      twosource correct lock story-1f2e
    """  # noqa: D301
    from twosource.store import judgements, stories

    if len(about) != len(ABOUT[what]):
        raise click.UsageError(f"write: twosource correct {what} {' '.join(('STORY', *ABOUT[what]))}")
    with opened(store) as db:
        name, now = the_story(db, story).id, time.time()
        if about:
            kind, payload, shown = _payload(db, what, name, about)
            line = judgements.put(db, kind, payload, by=by, now=now, reason=reason).number  # type: ignore[arg-type]
        else:
            shown = f"{name} is {what}ed"
            line = stories.lock(db, name, locked=what == "lock", by=by, now=now, reason=reason)
    say(f"{shown} ({_way_back(line)})")


def _payload(db: "Database", what: str, story: str, about: tuple[str, ...]) -> tuple[str, dict[str, object], str]:
    """The kind and payload of a correction, with labels turned into places, and the correction in words."""
    from twosource.render.labels import label_account

    account, kind = _account(db, story), what.replace("-", "_")
    if what.endswith("person"):
        for name in about:
            _named(account, name)
        shown = f"{about[0]} and {about[1]} are {'one person' if kind == 'same_person' else 'two persons'}"
        return kind, {"story": story, "left": about[0], "right": about[1]}, shown
    labels = label_account(account)
    if what == "no-conflict":
        return kind, *_sides(labels, story, about[0])
    here, words = _telling(account, labels, about[0])
    if what == "speaker":
        shown = f"{words}: said by {about[1].strip() or 'nobody the text names'}"
        return kind, {"article": here[0], "quotation": here[1], "name": about[1].strip()}, shown
    other, others = _telling(account, labels, about[1])
    shown = f"{words} and {others} are {'one statement' if kind == 'same_statement' else 'two statements'}"
    return kind, {"story": story, "left": list(here), "right": list(other)}, shown


def _sides(labels: "Labels", story: str, label: str) -> tuple[dict[str, object], str]:
    """The payload that says of a conflict such as con1 that it is none, and that in words."""
    from twosource.account import Conflict

    name, found = labels.find(label)
    if not isinstance(found, Conflict):
        raise click.UsageError(f"{label!r} is no conflict: take a label such as con1 of 'twosource show'")
    left, right = ([side.article, *side.span] for side in (found.left, found.right))
    return {"story": story, "left": left, "right": right}, f"{name} is no conflict"


def _account(db: "Database", story: str) -> "Account":
    """The account whose labels people see: the one shown last, if it is of this story, else the one in the store.

    A desk that runs meanwhile makes a new one, in which A7 may be another telling than the one that was looked at.
    """
    from twosource import state
    from twosource.errors import StateError
    from twosource.store import accounts, stories

    try:
        last = state.load()
    except StateError:
        last = None
    members = {member.article for member in stories.members(db, story)}
    account = last if last and members & {a.id for a in last.articles} else accounts.get(db, story)
    if account is None:
        raise click.UsageError(f"{story} has no account yet: 'twosource show {story}' makes it and prints the labels")
    return account


def _named(account: "Account", name: str) -> None:
    """See that somebody in the account is called so."""
    from twosource.errors import UnknownLabel

    known = {form for person in account.people for form in (person.name, *chain(*person.forms.values()))}
    if name not in known:
        near = get_close_matches(name, known, n=4, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "take a name as 'twosource show' prints it"
        raise UnknownLabel(f"nobody in the story is called {name!r}; {hint}")


def _telling(account: "Account", labels: "Labels", label: str) -> tuple[tuple[str, str], str]:
    """The article and quotation of a label such as A7, and its label with its first words."""
    from twosource.render.labels import ToldHere
    from twosource.render.lines import clipped

    name, here = labels.find(label)
    if not isinstance(here, ToldHere):
        raise click.UsageError(f"{label!r} is nothing that is said: take a label such as A7 of 'twosource show'")
    texts = {article.id: article.text or "" for article in account.articles}
    words = " ".join(span.of(texts[here.article]) for span in here.tellings[0][1].content)
    return (here.article, here.quotation), f"{name} “{clipped(' '.join(words.split()).strip(MARKS), SHOWN)}”"


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
