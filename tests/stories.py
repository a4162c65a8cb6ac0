"""The bundled story as articles and reports, read once for all tests."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files

from twosource.account import Account
from twosource.article import Article, Span
from twosource.pipeline import account, read
from twosource.report import Report
from twosource.sources.files import articles


@cache
def story_articles() -> tuple[Article, ...]:
    """Return the four articles of the bundled story."""
    with as_file(files("twosource") / "demo") as folder:
        found = tuple(articles([str(folder)]))
    assert all(isinstance(a, Article) for a in found), found
    return found  # type: ignore[return-value]


@cache
def story_reports() -> tuple[Report, ...]:
    """Return them read."""
    return tuple(read(a) for a in story_articles())


@cache
def story_account() -> Account:
    """Return their account."""
    return account(story_reports())


def fact_spans(report: Report) -> Iterator[tuple[str, Span]]:
    """Yield every span of every fact of a report with what it is."""
    for q in report.quotations:
        yield from (("content", s) for s in q.content)
        yield from (("cue", s) for s in q.cue)
        yield from (("source", s) for s in q.source)
        if q.told_to:
            yield "told_to", q.told_to.span
    yield from (("mention", s) for p in report.people for s in p.mentions)
    yield from (("figure", f.span) for f in report.figures)
    yield from (("subject", f.subject) for f in report.figures if f.subject)
    yield from (("time", t.span) for t in report.times)
    yield from (("credit", c.span) for c in report.credits)
