"""Notes for pages that are shared, printed or kept: there only where ``notes=yes`` asks for them."""

from collections.abc import Iterable, Sequence

from starlette.requests import Request

from twosource.anchor import visible
from twosource.render.noted import NoteLine
from twosource.store import notes
from twosource.store.notes import StoredNote
from twosource.web.api.operations import database_of
from twosource.web.api.problems import Problem
from twosource.web.moments import minute
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views.chips import outlet

QUOTED = 300
"""Code points of noted words that are shown."""


def wanted(request: Request) -> bool:
    """Tell whether notes are asked for."""
    return request.query_params.get("notes") == "yes"


def asked_for(request: Request, told: Told) -> list[StoredNote]:
    """Return the notes of a story, replies behind what they answer; none where they are not asked for."""
    if not wanted(request):
        return []
    try:
        return _threaded(n for n in notes.listed(database_of(request), told.story.id) if not n.gone)
    except Problem:
        return []


def _threaded(found: Iterable[StoredNote]) -> list[StoredNote]:
    """Notes in order, each followed by all that was answered to it."""
    first: dict[int, int] = {}
    for n in (kept := list(found)):
        first[n.number] = first.get(n.reply_to or 0, n.number)
    return sorted(kept, key=lambda n: (first[n.number], n.number))


def note_lines(told: Told, found: Sequence[StoredNote]) -> tuple[NoteLine, ...]:
    """Return notes as pages show them."""
    here = {n.number for n in found}
    return tuple(_line(told, n, reply=n.reply_to in here) for n in found)


def _line(told: Told, n: StoredNote, *, reply: bool) -> NoteLine:
    on, label, target = _on(told, n)
    words = n.target.selector.quote.exact[:QUOTED] if n.target.selector else ""
    return NoteLine(
        author=short(n.author, 120),
        at=minute(n.at),
        body=n.body,
        on=on,
        label=label,
        target=target,
        words=visible(" ".join(words.split())),
        reply=reply,
    )


def _on(told: Told, n: StoredNote) -> tuple[str, str, str]:
    """What a note is on, the label of that, and the id that it has in the page of one file."""
    line, article = n.target.line, n.target.article
    if article in told.page.view.articles and article:
        return outlet(told, article), told.page.letter(article), told.page.anchor(article)
    if not line:
        return "a report that is not here" if article else "the whole story", "", ""
    if said := told.called(line):
        return "a statement", told.page.labels.line(said[0][0].id), said[0][0].id
    account = told.account
    for statement in (s for s in account.statements if s.id == line):
        return "a statement", told.page.labels.line(statement.id), statement.id
    for figure in (f for f in account.figures if f.id == line or any(t.figure == line for t in f.tellings)):
        return "a figure", told.page.labels.line(figure.id), figure.id
    for conflict in (c for c in account.conflicts if c.id == line):
        return "a conflict", told.page.labels.line(conflict.id), conflict.id
    return "a line that is told differently now", "", ""
