"""What a line of the log is about, in words: the line that was corrected, who told it, and who was said to speak."""

from dataclasses import dataclass

from twosource.facts import Quotation
from twosource.render.labels import label_account
from twosource.report import Report
from twosource.store import accounts, reports
from twosource.store.database import Database
from twosource.store.lines import Judgement
from twosource.web import links
from twosource.web.templating import short
from twosource.web.titles import story_titles
from twosource.web.writing.renewing import stories_of

LONGEST = 400
"""Code points of a line's words that are shown."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A line of a report that a correction is about. ``label`` is "" where no account has it now."""

    words: str
    outlet: str
    label: str
    address: str
    speaker: str
    story: tuple[str, str]


def corrected(db: Database, line: Judgement) -> list[Corrected]:
    """Return the lines of reports that a line of the log names, with their story; those that are gone are left out."""
    named = [(line.payload.get("article"), line.payload.get("quotation"))]
    for part in ("left", "right"):
        side = line.payload.get(part)
        if isinstance(side, list | tuple) and len(side) == 2:
            named.append((side[0], side[1]))
    found = [_found(db, a, q) for a, q in named if isinstance(a, str) and isinstance(q, str)]
    return [one for one in found if one]


def _found(db: Database, article: str, quotation: str) -> Corrected | None:
    read = next(iter(reports.get(db, [article])), None)
    said = next((q for q in read.quotations if q.id == quotation), None) if read else None
    if read is None or said is None:
        return None
    home = next(iter(stories_of(db, [article])), "")
    title = story_titles(db, [home]).get(home, "") if home else ""
    outlet = read.article.outlet.name if read.article.outlet else "an outlet not named"
    account = accounts.get(db, home) if home else None
    return Corrected(
        short(_words(read, said), LONGEST),
        short(outlet, 80),
        label_account(account).place(article, quotation) if account else "",
        links.telling(home, quotation) if home else "",
        _speaker(read, said),
        (links.story(home), title) if home else ("", ""),
    )


def _words(read: Report, said: Quotation) -> str:
    return " […] ".join(" ".join(read.article.text[start:end].split()) for start, end in said.content)


def _speaker(read: Report, said: Quotation) -> str:
    return short(" ".join(read.article.text[start:end] for start, end in said.source), 120)
