"""Lines of one report alone, put so that each can be read by itself: who says it with which cue, what a figure counts.

Evidence: the telling or figure that stands at the line's place; of a figure, the sentence it stands in.
"""

from dataclasses import dataclass

from twosource.account import Only, Place
from twosource.align.passages import sentences
from twosource.article import Span
from twosource.render.annotate import in_place
from twosource.render.labels import CountedHere, ToldHere
from twosource.render.view import View

AROUND = 90
"""Code points of a figure's sentence that are shown before it and behind it."""

REACH = 400
"""Code points before and behind a figure in which its sentence is looked for."""


@dataclass(frozen=True, slots=True)
class Alone:
    """One line ready to show: who says it, or what is counted; the cue that must stand before; the words and, of a
    figure, those around them in its sentence.
    """

    who: str
    cue: str
    before: str
    words: str
    after: str


def alone(view: View, only: Only) -> Alone:
    """Return a line of one report alone with what it needs to be understood; all of it safe to show in a line."""
    place = Place(only.article, only.span)
    words, cue = in_place(view.at(place)), in_place(view.cue_at(place))
    here = view.labels.subjects.get(view.labels.near(place))
    if only.what == "statement" and isinstance(here, ToldHere):
        return Alone(_who(view, here, cue, only.span), cue, "", words, "")
    if only.what == "figure":
        what = in_place(view.subject(here.tellings[0][0])) if isinstance(here, CountedHere) else ""
        before, after = _around(view.text(only.article) or "", only.span)
        return Alone("" if what.startswith("“") else what, "", before, words, after)
    return Alone("", cue, "", words, "")


def _who(view: View, here: ToldHere, cue: str, within: Span) -> str:
    """The speaker with the telling's cue, in the text's own order, where the cue does not stand before the words."""
    statement, telling = here.tellings[0]
    name = in_place(view.speaker(statement.speaker))
    text = view.text(telling.article)
    if cue or text is None or not telling.cue or any(span.overlaps(within) for span in telling.cue):
        return name
    said = in_place(" ".join(span.of(text) for span in telling.cue)).strip(" ,:;")
    first = bool(telling.source) and min(telling.cue) < min(telling.source)
    return f"{said} {name}" if first else f"{name} {said}"


def _around(text: str, span: Span) -> tuple[str, str]:
    """What stands before and behind a place in its sentence, cut at words."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - REACH)
    stop = text.find("\n", span.end)
    line = Span(start, min(len(text) if stop < 0 else stop, span.end + REACH))
    whole = next((s for s in sentences(text, line) if s.overlaps(span)), line)
    before, after = in_place(text[whole.start : span.start]), in_place(text[span.end : whole.end])
    before = before if len(before) <= AROUND else "… " + before[-AROUND:].partition(" ")[2]
    return before, after if len(after) <= AROUND else after[:AROUND].rpartition(" ")[0] + " …"
