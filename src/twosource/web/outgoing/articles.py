"""One article for programs: what was read from it, with its text, and the facts as a table."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.article import hull
from twosource.render.json import dumps, report_json
from twosource.render.phrases import GAP
from twosource.report import Report
from twosource.web.answers import kept_answer, made
from twosource.web.outgoing.tables import MEDIA, Cell, Form, Table, written
from twosource.web.pages.articles import stored_at
from twosource.web.reading import Stored

router = APIRouter()

COLUMNS = ("kind", "id", "start", "end", "words", "speaker", "mode", "value", "unit", "rule")


@router.get("/article/{name}.json")
def article_json(request: Request, name: str) -> Response:
    """Answer with the report (`twosource.report/1`) and the text as received."""
    return _answer(request, name, "json")


@router.get("/article/{name}.csv")
def article_csv(request: Request, name: str) -> Response:
    """Answer with one row for each quotation and figure."""
    return _answer(request, name, "csv")


@router.get("/article/{name}.md")
def article_md(request: Request, name: str) -> Response:
    """Answer with the same rows as Markdown."""
    return _answer(request, name, "md")


def _answer(request: Request, name: str, form: Form) -> Response:
    stored = stored_at(request, name)
    read = f"{len(stored.report.quotations)} {stored.report.model}" if stored.report else ""
    key = ("article", form, stored.article.id, stored.article.sha256, read)
    return kept_answer(request, key, lambda: made(_written(stored, form), MEDIA[form]))


def _written(stored: Stored, form: Form) -> str:
    article, report = stored.article, stored.report
    if form == "json":
        unread = {"schema": None, "id": article.id, "sha256": article.sha256, "title": article.title,
                  "url": article.url, "published": article.published, "text": article.text}  # fmt: skip
        return (report_json(report, text=True) if report else dumps(unread)) + "\n"
    title = article.title or article.id
    return written(Table(name="facts", title=title, columns=COLUMNS, rows=_rows(report) if report else ()), form)


def _rows(report: Report) -> list[tuple[Cell, ...]]:
    text = report.article.text
    people = {p.id: p.name for p in report.people}
    quoted = (
        (
            "quotation",
            q.id,
            hull(q.content),
            GAP.join(s.of(text) for s in q.content),
            people.get(q.speaker or ""),
            q.mode,
            None,
            None,
            q.rule,
        )
        for q in report.quotations
    )
    counted = (("figure", f.id, f.span, f.span.of(text), None, None, f.value, f.unit, None) for f in report.figures)
    found = sorted((*quoted, *counted), key=lambda row: (row[2].start, row[2].end, row[1]))
    return [(kind, name, place.start, place.end, *rest) for kind, name, place, *rest in found]
