"""What an outlet says of its own changes: lines that correct an earlier version, and the day of the last change.

Evidence: the language's phrases of correction, and words of revision ("Updated", "amended") before a full date.
"""

from dataclasses import dataclass
from datetime import date

from twosource.anchor import fold
from twosource.article import Block
from twosource.clean.lines import split_lines
from twosource.clean.phrases import table
from twosource.clean.published import MAX_QUOTED, days_on, revised_in
from twosource.clean.signs import is_correction
from twosource.lang import Language


@dataclass(frozen=True, slots=True)
class Change:
    """The first line that corrects an earlier version, where there is one, and the last day of a change."""

    line: str | None
    day: date | None


def changes_in(text: str, markup: tuple[Block, ...], title: str | None, lang: Language) -> Change:
    """Return what ``text`` says of its own changes."""
    known = table(lang)
    key = fold(text).casefold()
    phrases = known.correction.starts | known.correction.contains
    lines = []
    if any(map(key.__contains__, phrases)):
        lines = [line.text for line in split_lines(text) if is_correction(line, known)]
    days = [one.day for line in lines for one in list(days_on(line, lang))[:1] if one.standing == "revised"]
    stated = revised_in(text, markup, title, lang)
    days += [stated.day] if stated else []
    return Change(lines[0][:MAX_QUOTED] if lines else None, max(days, default=None))
