"""Notes and replies. They are on no page that is shared and in no export unless they are asked for."""

import time

from twosource.anchor import select
from twosource.article import Span
from twosource.store import articles, notes
from twosource.store.notes import StoredNote, Target
from twosource.web.api.asked import NewNote, NewReply, NewWords
from twosource.web.api.operations import Call, Nothing, Operations
from twosource.web.api.problems import Problem, not_there
from twosource.web.api.shapes import Notes, NoteShape
from twosource.web.api.shaping import note_shape

OPERATIONS = Operations()
operation = OPERATIONS.add


@operation("GET", "/stories/{story}/notes", "List a story's notes", tag="notes", answer=Notes)
def listed(call: Call[Nothing, Nothing]) -> Notes:
    """The notes of a story, of those merged into it, and on its articles, in order."""
    story = call.story()
    return Notes(story=story.id, notes=[note_shape(n) for n in notes.listed(call.db, story.id)])


@operation("POST", "/stories/{story}/notes", "Write a note", tag="notes", body=NewNote, answer=NoteShape, status=201)
def add(call: Call[Nothing, NewNote]) -> NoteShape:
    """Write a note on a story, on a line of its account, or on words of an article."""
    told = call.body
    target = Target(line=told.line)
    if told.article is not None:
        target = _on_words(call, told.article)
    return note_shape(notes.add(call.db, call.story().id, told.body, told.author, time.time(), target))


def _on_words(call: Call[Nothing, NewNote], name: str) -> Target:
    told = call.body
    found = articles.get(call.db, [name])
    if not found:
        raise not_there("article")
    if told.start is None or told.end is None:
        return Target(line=told.line, article=name)
    if not 0 <= told.start < told.end <= len(found[0].text):
        raise Problem(422, "bad_place", "There are no such words: the place lies outside the article's text.")
    return Target(line=told.line, article=name, selector=select(found[0].text, Span(told.start, told.end)))


@operation("GET", "/notes/{number}", "Show a note", tag="notes", answer=NoteShape)
def note(call: Call[Nothing, Nothing]) -> NoteShape:
    """One note."""
    return note_shape(_note(call))


def _note(call: Call[Nothing, Nothing]) -> StoredNote:
    found = notes.get(call.db, call.number())
    if found is None:
        raise not_there("note")
    return found


def _there(db_note: StoredNote | None) -> None:
    if db_note is None or db_note.gone:
        raise not_there("note")


@operation("POST", "/notes/{number}/replies", "Answer a note", tag="notes", body=NewReply, answer=NoteShape,
           status=201)  # fmt: skip
def reply(call: Call[Nothing, NewReply]) -> NoteShape:
    """Answer a note; the answer is on what that is on."""
    _there(notes.get(call.db, call.number()))
    return note_shape(notes.reply(call.db, call.number(), call.body.body, call.body.author, time.time()))


@operation("PATCH", "/notes/{number}", "Reword a note", tag="notes", body=NewWords, answer=NoteShape)
def edit(call: Call[Nothing, NewWords]) -> NoteShape:
    """Give a note other words; the older ones are not kept."""
    _there(notes.get(call.db, call.number()))
    return note_shape(notes.edit(call.db, call.number(), call.body.body, time.time()))


@operation("DELETE", "/notes/{number}", "Remove a note", tag="notes", status=204)
def remove(call: Call[Nothing, Nothing]) -> None:
    """Remove a note. One that somebody answered stays without its words and its author."""
    if not notes.remove(call.db, call.number()):
        raise not_there("note")
