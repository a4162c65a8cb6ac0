"""Notes that people write on a story: on the whole, on a line of its account, or on words of an article; and replies.

A note stays with its story and follows it into the one it is merged into; a note on an article's words is also shown
where that article is now. Editing keeps no older words, and removing takes them out: what somebody takes back is gone.
"""

import json
import unicodedata
from dataclasses import dataclass

import msgspec

from twosource.anchor import Selector
from twosource.errors import TwosourceError
from twosource.store.database import Database, Reading, Row, Writing, json_text
from twosource.store.settle import resolved

LONGEST = 100_000
"""UTF-8 bytes of a note."""

NAME = 200
"""Code points of an author's name, and of the id of a line."""

QUOTE = 2_000
"""Code points of the words a selector may hold."""

DEEPEST = 50
"""Replies to replies; deeper ones are refused."""

MOST = 10_000
"""Notes of one story that are returned."""


class NoteRefused(TwosourceError):
    """A note cannot be kept; its text says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a note is on: a line of the account (a statement's, figure's or conflict's id), words of an article
    (``selector``, as `twosource.anchor.select` gives it), or with neither the story as a whole.
    """

    line: str | None = None
    article: str | None = None
    selector: Selector | None = None


WHOLE = Target()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredNote:
    """A note. Times are seconds of UTC; ``edited`` is the last time it was. ``gone``: removed, with body and author,
    and kept only because somebody replied. ``reply_to`` is the number of the note it answers.
    """

    number: int
    story: str
    target: Target
    body: str
    author: str
    at: float
    edited: float | None
    reply_to: int | None
    gone: bool


def add(db: Database, story: str, body: str, author: str, now: float, target: Target = WHOLE) -> StoredNote:
    """Write a note on a story, or on something in it. Raises `NoteRefused`."""
    _check(body, author, target)
    with db.writing() as w:
        number = _number(w, story)
        article = _article(w, target.article)
        return _insert(w, number, article, target, body, author, now)


def reply(db: Database, to: int, body: str, author: str, now: float) -> StoredNote:
    """Answer a note; the answer is on what that is on. Raises `NoteRefused`."""
    _check(body, author, WHOLE)
    with db.writing() as w:
        row = _row(w, to)
        if _depth(w, to) >= DEEPEST:
            raise NoteRefused(f"more than {DEEPEST} replies one below the other")
        return _insert(w, row["story"], row["article"], _target(row["target"]), body, author, now, to)


def edit(db: Database, number: int, body: str, now: float) -> StoredNote:
    """Give a note other words. Raises `NoteRefused`."""
    _check(body, "-", WHOLE)
    with db.writing() as w:
        _row(w, number)
        w.run("UPDATE note SET body = :body, edited = :now WHERE number = :number", number=number, body=body, now=now)
        return _read(w, number)


def remove(db: Database, number: int) -> bool:
    """Remove a note; tell whether there was one. One that has replies stays without words and author."""
    with db.writing() as w:
        if w.one("SELECT 1 FROM note WHERE number = :number AND gone = 0", number=number) is None:
            return False
        w.run("UPDATE note SET gone = 1, body = '', author = '', target = '{}' WHERE number = :number", number=number)
        _prune(w, number)
        return True


def listed(db: Database | Reading, story: str) -> list[StoredNote]:
    """Return the notes of a story in order: its own, those of stories merged into it, and those on its articles."""
    row = db.one("SELECT number FROM story WHERE id = :id", id=story)
    if row is None:
        return []
    sql = (
        "WITH RECURSIVE behind (number) AS (SELECT number FROM story WHERE number = :story UNION "
        "SELECT s.number FROM story s JOIN behind b ON s.redirect = b.number) "
        f"{_NOTES} WHERE n.story IN (SELECT number FROM behind) "
        "OR n.article IN (SELECT m.article FROM membership m WHERE m.story = :story) ORDER BY n.number LIMIT :most"
    )
    return [_note(found) for found in db.rows(sql, story=resolved(db, row[0]), most=MOST)]


def get(db: Database | Reading, number: int) -> StoredNote | None:
    """Return the note of that number."""
    row = db.one(f"{_NOTES} WHERE n.number = :number", number=number)
    return _note(row) if row else None


_NOTES = (
    "SELECT n.number, s.id AS story, n.target, n.body, n.author, n.at, n.edited, n.reply_to, n.gone "
    "FROM note n JOIN story s ON s.number = n.story"
)


def _check(body: str, author: str, target: Target) -> None:
    """Refuse what cannot be kept or shown as it is."""
    if not body.strip():
        raise NoteRefused("the note is empty")
    if not author.strip() or len(author) > NAME:
        raise NoteRefused(f"a note needs an author's name of at most {NAME} characters")
    texts = [body, author, target.line or "", target.article or ""]
    if target.selector:
        quote = target.selector.quote
        texts += [quote.exact, quote.prefix, quote.suffix]
        if any(len(words) > QUOTE for words in texts[4:]):
            raise NoteRefused(f"a note is on at most {QUOTE:,} characters of words")
        if target.article is None:
            raise NoteRefused("words to be noted have to be an article's")
    for text in texts[:2]:
        _check_characters(text)
    if len(body.encode("utf-8", "surrogatepass")) > LONGEST:
        raise NoteRefused(f"a note of more than {LONGEST // 1000} kB")
    if len(target.line or "") > NAME or len(target.article or "") > NAME:
        raise NoteRefused("no line or article has so long an id")


def _check_characters(text: str) -> None:
    for char in text:
        if char not in "\n\r\t" and unicodedata.category(char) in {"Cc", "Cs"}:
            raise NoteRefused(f"a note cannot hold the character U+{ord(char):04X}")


def _number(w: Writing, story: str) -> int:
    row = w.one("SELECT number FROM story WHERE id = :id", id=story)
    if row is None:
        raise NoteRefused(f"there is no story {story[:NAME]!r}")
    return resolved(w, row[0])


def _article(w: Writing, name: str | None) -> int | None:
    if name is None:
        return None
    row = w.one("SELECT number FROM article WHERE id = :id", id=name)
    if row is None:
        raise NoteRefused(f"there is no article {name[:NAME]!r}")
    return int(row[0])


def _row(w: Writing, number: int) -> Row:
    row = w.one("SELECT * FROM note WHERE number = :number AND gone = 0", number=number)
    if row is None:
        raise NoteRefused(f"there is no note {number}")
    return row


def _insert(
    w: Writing,
    story: int,
    article: int | None,
    target: Target,
    body: str,
    author: str,
    now: float,
    to: int | None = None,
) -> StoredNote:
    number = w.insert(
        "INSERT INTO note (story, article, target, body, author, at, reply_to) "
        "VALUES (:story, :article, :target, :body, :author, :now, :to) RETURNING number",
        story=story,
        article=article,
        target=json_text(msgspec.to_builtins(target)),
        body=body,
        author=author,
        now=now,
        to=to,
    )
    return _read(w, number)


def _read(w: Writing, number: int) -> StoredNote:
    return _note(w.rows(f"{_NOTES} WHERE n.number = :number", number=number)[0])


def _depth(w: Writing, number: int) -> int:
    depth, at = 0, number
    while depth < DEEPEST and (row := w.one("SELECT reply_to FROM note WHERE number = :n", n=at)) and row[0]:
        depth, at = depth + 1, row[0]
    return depth


def _prune(w: Writing, number: int) -> None:
    """Take out removed notes that nobody answers, up to the first that somebody does."""
    at: int | None = number
    while at is not None:
        row = w.one("SELECT reply_to, gone FROM note WHERE number = :n", n=at)
        if row is None or not row["gone"] or w.one("SELECT 1 FROM note WHERE reply_to = :n", n=at):
            return
        w.run("DELETE FROM note WHERE number = :n", n=at)
        at = row["reply_to"]


def _target(told: str) -> Target:
    return msgspec.convert(json.loads(told), Target)


def _note(row: Row) -> StoredNote:
    told = {name: row[name] for name in row.keys() if name not in {"target", "gone"}}  # noqa: SIM118 - a row is no mapping
    return StoredNote(**told, target=_target(row["target"]), gone=bool(row["gone"]))
