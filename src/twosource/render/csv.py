"""An account's tellings, figures and omissions as one tidy table: one row a telling, places in code points.

Spreadsheets run a cell that begins like a formula, also after spaces, quotation marks and in full-width forms (RFC 4180
quoting does not help), so such text gets a leading apostrophe; numbers are left alone, because we parsed them. Control
and bidi characters are written out. ``raw`` switches both off, for programs that want the exact words.
"""

import csv
import io
from collections.abc import Iterator

from twosource.account import Account, FigureLine, FigureTelling, Omission, Statement, Telling
from twosource.anchor import fold, visible
from twosource.article import Spans, hull
from twosource.render.view import View

COLUMNS = (
    "kind",
    "id",
    "label",
    "article",
    "outlet",
    "published",
    "speaker",
    "mode",
    "cue",
    "text",
    "start",
    "end",
    "spans",
    "value",
    "low",
    "high",
    "of",
    "hedge",
    "unit",
    "subject",
    "relation",
    "origin",
    "rule",
    "score",
)
"""The header. ``id`` is the statement's or figure line's, ``relation`` its relation or agreement; ``start`` and ``end``
are the hull of ``spans`` (``start-end`` joined by ``;``). A row of kind ``omission`` is one of a report that leaves the
line ``id`` out: ``value`` of ``of`` reports tell it."""

_FORMULA = frozenset("=+-@\t\r\n|%＝＋－＠")
_LEADING = " \"'"

Row = dict[str, str | int | float | None]


def render_csv(account: Account, *, raw: bool = False, on_terminal: bool = False) -> str:
    """Return header and rows by RFC 4180 (lines end in CR LF), statements first, each in the account's order.

    ``on_terminal`` writes controls out even where ``raw`` words are asked for: nothing of a text steers a terminal.
    """
    view, out = View(account), io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS)
    table.writeheader()
    for row in _rows(view):
        table.writerow({column: _cell(cell, raw=raw, on_terminal=on_terminal) for column, cell in row.items()})
    return out.getvalue()


def guarded(cell: str | float | None) -> str | float | None:
    """Return a cell that no spreadsheet takes for a formula; numbers as they are."""
    if not isinstance(cell, str):
        return cell
    bare = fold(cell).lstrip(_LEADING)
    risky = cell[:1] in _FORMULA or bare[:1] in _FORMULA
    return f"'{visible(cell)}" if risky else visible(cell)


def _cell(cell: str | float | None, *, raw: bool, on_terminal: bool) -> str | float | None:
    if not raw:
        return guarded(cell)
    return visible(cell) if on_terminal and isinstance(cell, str) else cell


def _rows(view: View) -> Iterator[Row]:
    for statement in view.account.statements:
        yield from (_told(view, statement, telling) for telling in statement.tellings)
    for line in view.account.figures:
        yield from (_counted(view, line, figure) for figure in line.tellings)
    yield from (_omitted(view, omission) for omission in view.account.omissions)


def _omitted(view: View, omission: Omission) -> Row:
    """What a report leaves out: no place, for there is none; ``value`` of the ``of`` whole reports tell it."""
    article = view.articles[omission.article]
    line = view.lines[omission.line]
    return {
        "kind": "omission",
        "id": omission.line,
        "label": view.labels.line(omission.line),
        "article": omission.article,
        "outlet": view.outlet(omission.article),
        "published": article.published,
        "speaker": view.speaker(line.speaker) if isinstance(line, Statement) and line.speaker else None,
        "value": omission.tellers,
        "of": omission.reports,
        "subject": line.subject if isinstance(line, FigureLine) else None,
    }


def _shared(view: View, article: str, spans: Spans) -> Row:
    whole = hull(spans)
    return {
        "article": article,
        "outlet": view.outlet(article),
        "published": view.articles[article].published if article in view.articles else None,
        "text": view.words(article, spans) if view.text(article) is not None else None,
        "start": whole.start,
        "end": whole.end,
        "spans": ";".join(f"{s.start}-{s.end}" for s in spans),
    }


def _told(view: View, statement: Statement, telling: Telling) -> Row:
    return {
        "kind": "statement",
        "id": statement.id,
        "label": view.labels.place(telling.article, telling.quotation),
        **_shared(view, telling.article, telling.content),
        "speaker": view.speaker(statement.speaker) if statement.speaker else None,
        "mode": telling.mode,
        "cue": _cue(view, telling),
        "relation": statement.relation,
        "origin": telling.origin,
        "rule": telling.rule,
        "score": telling.score,
    }


def _cue(view: View, telling: Telling) -> str | None:
    """The cue with the "not" or "whether" that belongs to it, or as it stands; None where there is no text or cue."""
    known = telling.cue and view.text(telling.article) is not None
    return (view.cue(telling) or view.words(telling.article, telling.cue)) if known else None


def _counted(view: View, line: FigureLine, figure: FigureTelling) -> Row:
    return {
        "kind": "figure",
        "id": line.id,
        "label": view.labels.place(figure.article, figure.figure),
        **_shared(view, figure.article, (figure.span,)),
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "of": figure.of,
        "hedge": figure.hedge,
        "unit": line.unit,
        "subject": line.subject,
        "relation": line.agreement,
        "origin": figure.origin,
    }
