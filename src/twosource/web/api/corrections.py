"""What people correct: written to the log, in force at once, and taken back by a further line."""

import time

from twosource.store import judgements, lines
from twosource.store.judgements import Judgement
from twosource.web.api.asked import LogAsked, NewCorrection, Said
from twosource.web.api.cursors import cursor_of, number_of
from twosource.web.api.operations import Call, Nothing, Operations
from twosource.web.api.problems import not_there
from twosource.web.api.shapes import LineShape, Log
from twosource.web.api.shaping import line_shape
from twosource.web.writing.corrections import correct, undo, whose
from twosource.web.writing.renewing import renew_about

OPERATIONS = Operations()
operation = OPERATIONS.add


@operation("GET", "/corrections", "List changes and corrections", tag="corrections", query=LogAsked, answer=Log)
def log(call: Call[LogAsked, Nothing]) -> Log:
    """The log, the newest line first: the machine's changes of stories and what people corrected, with what was taken
    back. An article's first assignment is not in it.
    """
    asked = call.query
    found = judgements.all(call.db, about=asked.about, limit=asked.limit + 1, before=number_of("log", asked.cursor))
    shown = found[: asked.limit]
    further = cursor_of("log", (0, shown[-1].number)) if len(found) > asked.limit else None
    return Log(lines=[line_shape(j) for j in shown], next=further)


@operation("POST", "/corrections", "Correct", tag="corrections", body=NewCorrection, answer=LineShape, status=201)
def add(call: Call[Nothing, NewCorrection]) -> LineShape:
    """Write a correction. The accounts it concerns are made anew by the desk, or at once with `renew`."""
    told = call.body
    made = correct(call.db, told, by=whose(told.by), now=time.time(), reason=told.reason)
    if told.renew:
        renew_about(call.db, made)
    return line_shape(made)


@operation("GET", "/corrections/{number}", "Show a line of the log", tag="corrections", answer=LineShape)
def line(call: Call[Nothing, Nothing]) -> LineShape:
    """One line."""
    return line_shape(_line(call))


def _line(call: Call[Nothing, Nothing]) -> Judgement:
    found = lines.read(call.db, after=call.number() - 1, before=call.number() + 1, limit=1)
    if not found:
        raise not_there("line")
    return found[0]


@operation("POST", "/corrections/{number}/undo", "Take a line back", tag="corrections", body=Said, answer=LineShape,
           status=201)  # fmt: skip
def taken_back(call: Call[Nothing, Said]) -> LineShape:
    """Undo a line by another one; undoing that one brings the first back into force."""
    if not lines.read(call.db, after=call.number() - 1, before=call.number() + 1, limit=1):
        raise not_there("line")
    told = call.body
    made = undo(call.db, call.number(), by=whose(told.by), now=time.time(), reason=told.reason)
    if told.renew:
        renew_about(call.db, made)
    return line_shape(made)
