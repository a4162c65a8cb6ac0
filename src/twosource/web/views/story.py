"""All that the page of a story shows, gathered."""

from collections.abc import Sequence
from typing import Any

from twosource.render import framed
from twosource.render.page import Page
from twosource.render.sections import SECTIONS
from twosource.store.related import Related
from twosource.web.moments import minute, visit
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views import conflicts, figures, gaps, lineage, matrix, reports, statements, timeline
from twosource.web.views.summary import counts, first_lines, tally

FEW_ALONE = 3
"""Statements of one report alone that are shown for each report, where there are at most `FEW` reports."""

FEW = 8

MOST_NOTES = 20
"""Notes of the account that are shown."""

MOST_ROWS = 10
"""Speakers in the table of voice."""

MOST_COLUMNS = 6
"""Reports up to which the table of voice has a column for each; of more, each has a line."""

FIRST_NOTES = frozenset({"no_common_event", "language_not_supported"})
"""Notes that stand under the headline: what follows them is not what it seems."""

MOST_LINES = 20
"""Lines of naming, voice and cues."""


def contents(
    told: Told, wanted: statements.Wanted, related: Sequence[Related] = (), since: float | None = None
) -> dict[str, Any]:
    """Return every value that the template of a story asks for; what came after ``since`` (seconds UTC) is marked."""
    page: Page = told.page
    shared, single = figures.ranked(told)
    ranked = statements.ranked(told)
    moments, further_moments = timeline.moments(told)
    few = len(told.account.articles) <= FEW
    return {
        "story": told.story,
        "title": short(page.view.title),
        "lang": SECTIONS["lang"](page),
        "counts": counts(told),
        "glance": first_lines(told),
        "tally": tally(told) if len(told.account.articles) > 1 else [],
        "notes": _notes(told, first=False),
        "warnings": _notes(told, first=True),
        "conflicts": conflicts.shown(told, told.account.conflicts[: conflicts.MOST]),
        "statements": statements.shown(told, ranked[: statements.MOST], wanted),
        "further_statements": max(0, len(ranked) - statements.MOST),
        "alone": statements.alone(told, FEW_ALONE if few else 0),
        "choices": statements.choices(told, ranked),
        "wanted": wanted,
        "figures": figures.shown(told, shared[: figures.MOST]),
        "figures_alone": figures.shown(told, single[: figures.MOST_ALONE if few else 0]),
        "further_figures": max(0, len(shared) - figures.MOST)
        + max(0, len(single) - (figures.MOST_ALONE if few else 0)),
        "omitted": gaps.omitted(told),
        "too_short": gaps.too_short(told),
        "only": gaps.only(told),
        "lanes": lineage.drawn(told),
        "ticks": SECTIONS["ticks"](page),
        "begins": SECTIONS["begins"](page),
        "owners": SECTIONS["owners"](page),
        "origins": lineage.undrawn(told),
        "sources": lineage.addresses_by_name(told),
        "dependences": lineage.dependences(told),
        "matrix": matrix.matrix(told),
        "letters": matrix.LETTERS,
        "moments": moments,
        "further_moments": further_moments,
        "columns": _framing_columns(told),
        "voice": _voice(told) if len(told.account.articles) <= MOST_COLUMNS else [],
        "voices": framed.voices(page.view)[:MOST_LINES],
        "naming": framed.naming(page.view)[:MOST_LINES],
        "cues": framed.loaded_cues(page.view)[:MOST_LINES],
        "reports": reports.reports(told, since),
        "related": related,
        "since": f"{minute(since)} UTC" if since is not None else "",
        "visit": visit(max(told.seen.values(), default=0.0)),
    }


def _notes(told: Told, *, first: bool) -> list[dict[str, str]]:
    """Notes for the top of the page, that say why little of it can be right, or those for its end."""
    view = told.page.view
    return [
        {
            "message": short(view.message(n), 400),
            "letter": told.page.letter(n.article) if n.article in view.articles else "",
        }
        for n in [n for n in told.account.notes if (n.code in FIRST_NOTES) is first][:MOST_NOTES]
    ]


def _framing_columns(told: Told) -> list[str]:
    return [told.page.letter(a.id) for a in told.account.articles[:MOST_COLUMNS]]


def _voice(told: Told) -> list[dict[str, Any]]:
    """Rows of the table of voice; a speaker without any cell is left out."""
    rows = ({"name": short(row["name"], 100), "cells": row["cells"]} for row in SECTIONS["voice"](told.page))
    return [row for row in rows if any(row["cells"])][:MOST_ROWS]
