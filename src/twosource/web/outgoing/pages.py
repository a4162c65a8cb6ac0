"""Pages that are no list of the store's, for programs: lists of one story, a stored text, what was changed in it, and
our own prose. What a page and its forms show is made once, by the functions of the page.
"""

from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from twosource.web.asking import told_at
from twosource.web.outgoing.listing import tabled
from twosource.web.outgoing.stories import account
from twosource.web.outgoing.tables import Form, Table
from twosource.web.pages.articles import changed_at, stored_at
from twosource.web.pages.keys import KEYS
from twosource.web.pages.stories import start_of, wanted_of
from twosource.web.templating import render
from twosource.web.views.article import blocks_of
from twosource.web.views.changes import changed_lines
from twosource.web.views.gaps import all_only
from twosource.web.views.lists import all_figures, all_statements
from twosource.web.views.statements import StatementShown

router = APIRouter()

STATEMENTS = ("id", "label", "speaker", "relation", "reports", "origins", "rests_on", "words", "tellings", "conflicts",
              "page")  # fmt: skip
FIGURES = ("id", "label", "subject", "unit", "agreement", "reports", "origins", "values", "tellings", "page")
ONLY = ("report", "outlet", "what", "who", "cue", "before", "words", "after", "page")
BLOCKS = ("kind", "start", "end", "words")
CHANGES = ("change", "words", "unchanged")


def statements(request: Request) -> Table:
    """Return a page of a story's statements, with the filters of the page."""
    told = told_at(request, request.path_params["story"])
    report = request.query_params.get("report", "")[:8]
    found = all_statements(told, wanted_of(request), report, start_of(request))
    rows = [_statement(s) for s in found["statements"]]
    next_ = _next(request, found["further"])
    return Table(name="statements", title=f"Statements: {found['title']}", columns=STATEMENTS, rows=rows, next=next_)


def _statement(s: StatementShown) -> tuple[str | int, ...]:
    first = s.wordings[0] if s.wordings else None
    words = " ".join(filter(None, (first.cue, "".join(p.text for p in first.pieces)))) if first else ""
    tellings = " ".join(c.label for w in s.wordings for c in (*w.chips, *w.further, *w.same_origin))
    against = " ".join(label for _, label in s.conflicts)
    return (s.id, s.label, s.speaker, s.relation, s.reports, s.origins, "; ".join(s.rests_on), words, tellings, against,
            s.address)  # fmt: skip


def figures(request: Request) -> Table:
    """Return a page of a story's figures."""
    told = told_at(request, request.path_params["story"])
    found = all_figures(told, start_of(request))
    rows = [
        (f.id, f.label, f.subject, f.unit, f.agreement, f.reports, f.origins, "; ".join(v.words for v in f.values),
         " ".join(c.label for v in f.values for c in v.chips), f.address)
        for f in found["figures"]
    ]  # fmt: skip
    next_ = _next(request, found["further"])
    return Table(name="figures", title=f"Figures: {found['title']}", columns=FIGURES, rows=rows, next=next_)


def only(request: Request) -> Table:
    """Return what one report of a story alone tells."""
    found = all_only(told_at(request, request.path_params["story"]))
    rows = [
        (g.report.label, g.report.outlet, o.what, o.who, o.cue, o.before, o.words, o.after, o.address)
        for g in found["only"]
        for o in g.lines
    ]
    return Table(name="only", title=f"Told by one alone: {found['title']}", columns=ONLY, rows=rows)


def _next(request: Request, further: str) -> str | None:
    """The address of the lines after these in the form that was asked for; ``further`` is the page's."""
    path, mark, query = further.partition("?")
    ending = request.scope["path"].rpartition(".")[2]
    return f"{path}.{ending}{mark}{query}" if further else None


def text(request: Request) -> Table:
    """Return the blocks of a stored text, each with its place."""
    stored = stored_at(request, request.path_params["name"])
    whole = stored.article.text
    rows = [(b.kind, b.start, b.end, b.span.of(whole)) for b in blocks_of(stored.report, whole)]
    return Table(name="blocks", title=stored.article.title or stored.article.id, columns=BLOCKS, rows=rows)


def changes(request: Request) -> Table:
    """Return the lines that were changed from one version of an article to the next; unchanged ones are counted."""
    before, after = changed_at(request, request.path_params["name"], request.path_params["version"])
    marks = {"left_out": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
    rows = [
        (line.op, "".join(f"{marks[p.op][0]}{p.text}{marks[p.op][1]}" for p in line.pieces), line.hidden or None)
        for line in changed_lines(before.article.text, after.article.text)
    ]
    title = after.article.title or after.article.id
    return Table(
        name="lines", title=f"Version {before.version} to {after.version}: {title}", columns=CHANGES, rows=rows
    )


def keys(_request: Request) -> Table:
    """Return the map of keys."""
    return Table(name="keys", title="Keys", columns=("keys", "does"), rows=KEYS)


def method(_request: Request) -> Table:
    """Return the method page by headings: its words stand in the page alone."""
    return Table(name="sections", title="Method", columns=("heading", "words"), rows=prose(render("method.html")))


def prose(page: str) -> list[tuple[str, str]]:
    """Return the paragraphs and list lines of a page of ours, each with the heading that it stands under."""
    reading = _Prose()
    reading.feed(page)
    return [(heading, " ".join(words.split())) for heading, words in reading.found]


class _Prose(HTMLParser):
    """Collects what stands in headings, paragraphs and list lines of ``main``."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._heading, self._words, self._inside = "", "", False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._inside = self._inside or tag == "main"
        self._words = "" if tag in {"h1", "h2", "h3", "p", "li"} else self._words

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag in {"h1", "h2", "h3"}:
            self._heading = self._words.strip()
        elif self._inside and tag in {"p", "li"}:
            self.found.append((self._heading, self._words))
        self._inside = self._inside and tag != "main"

    def handle_data(self, data: str) -> None:
        self._words += data


def _paper(form: Form) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return account(request, request.path_params["story"], form)

    return endpoint


def all_stories(request: Request) -> Response:
    """Lead from the address that the forms of the list of stories have to its page, the first one."""
    query = request.url.query
    return RedirectResponse("/" + (f"?{query}" if query else ""), 307)


for _form in get_args(Form):
    router.add_route(f"/story/{{story}}/print.{_form}", _paper(_form), methods=["GET"])
router.add_route("/stories", all_stories, methods=["GET"])
tabled(router, "/story/{story}/statements", statements)
tabled(router, "/story/{story}/figures", figures)
tabled(router, "/story/{story}/only", only)
tabled(router, "/article/{name}/text", text)
tabled(router, "/article/{name}/changes/{version}", changes)
tabled(router, "/keys", keys)
tabled(router, "/method", method)
