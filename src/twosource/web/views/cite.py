"""A place as a citation to paste: plain, Markdown, HTML. Words are the outlet's, and escaped for each form."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from twosource.align.passages import sentences
from twosource.anchor import visible
from twosource.article import Spans, hull
from twosource.render.phrases import GAP, day
from twosource.render.view import headline
from twosource.web.reading import Told

LONGEST = 600
"""Code points of the words in a citation."""

LEAST = 60
"""Code points of the outlet's own words below which a citation has their whole sentence."""

MOST_SEARCHED = 20_000
"""Code points of a paragraph in which sentences are looked for."""

_MARKS = "\"'“”„‘’«»"


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in three forms."""

    plain: str
    markdown: str
    html: str


def cite(told: Told, article: str, content: Spans, *, speaker: str, page: str | None) -> Citation:
    """Return the words at ``content`` as a citation; ``speaker`` is who said them, "" for the outlet's own words."""
    text = told.page.report[article].article.text
    content = content if speaker else _sentence(told, article, content)
    words = " ".join(visible(GAP.join(" ".join(s.of(text).split()) for s in content)).split())
    words = words if len(words) <= LONGEST else words[:LONGEST].rpartition(" ")[0] + " …"
    bare = words.strip(_MARKS)
    known = told.page.view.articles[article]
    title = " ".join(visible(headline(known)[:300]).split())
    outlet = " ".join(visible(told.page.view.outlet(article)[:120]).split())
    dates = [day(known.published) or "undated"]
    if seen := told.seen.get(article):
        dates.append(f"read {day(datetime.fromtimestamp(seen, UTC).date().isoformat())}")
    when = visible(", ".join(dates)[:80])
    who = f"{speaker}, in " if speaker else ""
    at = page or ""
    plain = f"“{bare}” – {who}{outlet}, “{title}”, {when}" + (f", {at}" if at else "")
    markdown = f"> {_md(bare)}\n\n{_md(who)}*{_md(outlet)}*, " + (f"[{_md(title)}](<{at}>)" if at else _md(title))
    html = f"<blockquote>{escape(bare)}</blockquote><p>{escape(who)}<cite>{escape(outlet)}</cite>, "
    html += f'<a href="{escape(at)}">{escape(title)}</a>' if at else escape(title)
    return Citation(plain, f"{markdown}, {_md(when)}", f"{html}, {escape(when)}</p>")


def _sentence(told: Told, article: str, content: Spans) -> Spans:
    """The sentences around a few words of the outlet's own, such as a figure, which say nothing by themselves."""
    report, whole = told.page.report[article], hull(content)
    home = next((b.span for b in report.blocks if b.span.covers(whole)), None)
    if home is None or whole.width >= LEAST or home.width > MOST_SEARCHED:
        return content
    touched = tuple(s for s in sentences(report.article.text, home) if s.overlaps(whole))
    return (hull(touched),) if touched else content


def _md(words: str) -> str:
    r"""Words with every character that Markdown could take for its own written with a backslash."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~$&-])", r"\\\1", words)
