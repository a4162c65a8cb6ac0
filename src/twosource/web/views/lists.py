"""All statements and all figures of a story, in pages."""

from typing import Any

from twosource.web import links
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views import figures, statements
from twosource.web.views.chips import outlet

A_PAGE = 100
"""Lines on one page."""


def all_statements(told: Told, wanted: statements.Wanted, report: str, start: int) -> dict[str, Any]:
    """Return the statements, those of most origins first; ``report`` is a letter: those it tells, in its own order."""
    article = next((a for a, letter in told.page.labels.letters.items() if letter == report), None)
    lines = statements.ranked(told)
    lines += [s for s in told.account.statements if not statements.is_shared(s)]
    if article is not None:
        lines = [s for s in told.account.statements if any(t.article == article for t in s.tellings)]
    shown = statements.shown(told, lines, wanted) if wanted.any else []
    kept = [line for line in shown if not line.hidden][start : start + A_PAGE] if wanted.any else []
    total = sum(not line.hidden for line in shown) if wanted.any else len(lines)
    return {
        "story": told.story,
        "title": short(told.page.view.title),
        "report": report if article else "",
        "report_outlet": outlet(told, article) if article else "",
        "statements": kept if wanted.any else statements.shown(told, lines[start : start + A_PAGE]),
        "total": total,
        "start": start,
        "further": _further(links.statements(told.story.id), start, total, report=report, **wanted._asdict()),
        "asked": _asked(start, report=report, **wanted._asdict()),
        "wanted": wanted,
        "choices": statements.choices(told, lines),
        "letters": list(told.page.labels.letters.values())[:60],
    }


def all_figures(told: Told, start: int) -> dict[str, Any]:
    """Return the figures, conflicts first, then those of most reports."""
    shared, single = figures.ranked(told)
    lines = [*shared, *single]
    return {
        "story": told.story,
        "title": short(told.page.view.title),
        "figures": figures.shown(told, lines[start : start + A_PAGE]),
        "total": len(lines),
        "start": start,
        "further": _further(f"{links.story(told.story.id)}/figures", start, len(lines)),
        "asked": _asked(start),
    }


def _further(address: str, start: int, total: int, **kept: str) -> str:
    if start + A_PAGE >= total:
        return ""
    return address + _asked(start + A_PAGE, **kept)


def _asked(start: int, **kept: str) -> str:
    """The query of these lines, empty where all is asked for from the beginning."""
    asked = [f"from={start}"] if start else []
    asked += [f"{name}={links.asked(value)}" for name, value in kept.items() if value]
    return f"?{'&'.join(asked)}" if asked else ""
