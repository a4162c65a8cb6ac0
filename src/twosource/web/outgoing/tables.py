"""A list as rows and columns, for programs, spreadsheets and notes.

Words of articles are escaped for each form: no cell is a formula, no text adds markup.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.render.csv import guarded
from twosource.render.json import dumps
from twosource.render.markdown import escaped

Form = Literal["json", "csv", "md"]

MEDIA: dict[Form, str] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
"""Media types by form."""

LONGEST = 2_000
"""Code points of a cell in Markdown; JSON and CSV have all."""

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list. ``name`` is what its rows are in the JSON ("conflicts"); ``next`` leads to the rows after these."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    next: str | None = None


def written(table: Table, form: Form) -> str:
    """Return the table in that form."""
    return {"json": _json, "csv": _csv, "md": _markdown}[form](table)


def _json(table: Table) -> str:
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return dumps({"title": table.title, table.name: rows, "next": table.next}) + "\n"


def _csv(table: Table) -> str:
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(table.columns)
    sheet.writerows([_guarded(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _guarded(cell: Cell) -> str | float | None:
    return ("yes" if cell else "no") if isinstance(cell, bool) else guarded(cell)


def _markdown(table: Table) -> str:
    head = [f"# {escaped(table.title)}", "", f"| {' | '.join(table.columns)} |", "|" + "---|" * len(table.columns)]
    rows = (f"| {' | '.join(_marked(cell) for cell in row)} |" for row in table.rows)
    return "\n".join([*head, *rows]) + "\n"


def _marked(cell: Cell) -> str:
    if cell is None:
        return ""
    return escaped(cell[:LONGEST]) if isinstance(cell, str) else str(_guarded(cell))
