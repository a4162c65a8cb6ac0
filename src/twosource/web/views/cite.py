"""A place as a citation to paste: plain, Markdown, HTML. Words are the outlet's, and escaped for each form.

Marks of quotation mean that these are somebody's very words. So a speaker is named for words that the outlet quotes;
what it reports, denies or doubts in its own words is cited as its own, by the whole sentence with its "denied".
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from twosource.account import Telling
from twosource.align.passages import sentences
from twosource.anchor import visible
from twosource.article import Span, Spans, hull
from twosource.render.phrases import GAP, day
from twosource.render.view import headline
from twosource.web.reading import Told

LONGEST = 600
"""Code points of the words in a citation."""

MOST_SEARCHED = 20_000
"""Code points of a paragraph in which sentences are looked for."""

_DOUBLE = '"“”„«»'
"""Marks within which no further ones are set around an outlet's sentence: the dash behind it ends it as well."""

_MARKS = "\"'“”„‘’«»"


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in three forms."""

    plain: str
    markdown: str
    html: str


def cite(
    told: Told, article: str, content: Spans, *, page: str | None, telling: Telling | None = None, speaker: str = ""
) -> Citation:
    """Return the words at ``content`` as a citation. ``telling`` is the one they are, if any, ``speaker`` its speaker's
    name, "" where nobody is known.
    """
    quoted = bool(telling and speaker and telling.mode == "direct" and not told.page.view.cue(telling))
    if not quoted:
        around = (*telling.cue, *telling.source) if telling else ()
        content = _sentences(told, article, (*content, *around)) or content
    text = told.page.report[article].article.text
    pieces = (" ".join(s.of(text).split()).strip(_MARKS if quoted else " ") for s in content)
    words = " ".join(visible(GAP.join(pieces)).split())
    words = words if len(words) <= LONGEST else words[:LONGEST].rpartition(" ")[0] + " …"
    marked = f"“{words}”" if quoted or not any(mark in words for mark in _DOUBLE) else words
    known = told.page.view.articles[article]
    title = " ".join(visible(headline(known)[:300]).split())
    outlet = " ".join(visible(told.page.view.outlet(article)[:120]).split())
    dates = [day(known.published) or "undated"]
    if seen := told.seen.get(article):
        dates.append(f"read {day(datetime.fromtimestamp(seen, UTC).date().isoformat())}")
    when = visible(", ".join(dates)[:80])
    who = f"{speaker}, in " if quoted else ""
    of = f", reporting {speaker}" if speaker and not quoted else ""
    at = page or ""
    plain = f"{marked} – {who}{outlet}{of}, “{title}”, {when}" + (f", {at}" if at else "")
    markdown = f"> {_md(words)}\n\n{_md(who)}*{_md(outlet)}*{_md(of)}, "
    markdown += f"[{_md(title)}](<{at}>)" if at else _md(title)
    html = f"<blockquote>{escape(words)}</blockquote><p>{escape(who)}<cite>{escape(outlet)}</cite>{escape(of)}, "
    html += f'<a href="{escape(at)}">{escape(title)}</a>' if at else escape(title)
    return Citation(plain, f"{markdown}, {_md(when)}", f"{html}, {escape(when)}</p>")


def _sentences(told: Told, article: str, places: Spans) -> Spans:
    """The sentences that ``places`` touch, for each block from the first to the last."""
    report = told.page.report[article]
    homes = (b.span for b in report.blocks if b.span.width <= MOST_SEARCHED and any(map(b.span.overlaps, places)))
    return tuple(_whole(report.article.text, home, places) for home in homes)


def _whole(text: str, home: Span, places: Spans) -> Span:
    """The sentences of one block from the first touched to the last; what stands there where none is seen."""
    touched = tuple(s for s in sentences(text, home) if any(map(s.overlaps, places)))
    return hull(touched or tuple(place for place in places if place.overlaps(home)))


def _md(words: str) -> str:
    r"""Words with every character that Markdown could take for its own written with a backslash."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~$&-])", r"\\\1", words)
