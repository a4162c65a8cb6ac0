"""The reports of a story as a list: outlet, headline, time, origin of the text, versions, how to open it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from twosource.account import AccountArticle
from twosource.align.omitted import unfinished
from twosource.render.phrases import day
from twosource.render.view import headline
from twosource.web import links
from twosource.web.deeplinks import web_page
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views.chips import mark, outlet

MOST = 60
"""Reports that are listed on the page of a story."""


@dataclass(frozen=True, slots=True)
class ReportShown:
    """One report of the story."""

    id: str
    letter: str
    anchor: str
    address: str
    outlet: str
    title: str
    published: str
    iso: str
    origin: str
    sightings: int
    versions: int
    partial: bool
    page: str | None
    host: str
    words: int
    first_seen: float
    mark: str
    fresh: bool


def reports(told: Told, since: float | None = None) -> list[ReportShown]:
    """Return the reports in the account's order; those first seen after ``since`` are fresh."""
    cut = unfinished(told.account)
    return [_report(told, a, since, partial=a.id in cut) for a in told.account.articles[:MOST]]


def _report(told: Told, article: AccountArticle, since: float | None, *, partial: bool) -> ReportShown:
    page = web_page(article.url)
    seen = told.seen.get(article.id, 0.0)
    return ReportShown(
        id=article.id,
        letter=told.page.letter(article.id),
        anchor=told.page.anchor(article.id),
        address=links.article(article.id),
        outlet=outlet(told, article.id),
        title=short(headline(article), 200),
        published=when(article),
        iso=short(article.published or "", 40),
        origin=short(told.page.view.origin(article.origin), 120),
        sightings=article.sightings,
        versions=len(article.versions),
        partial=partial,
        page=page,
        host=short(urlsplit(page or "").hostname or "", 60),
        words=len((article.text or "").split()),
        first_seen=seen,
        mark=mark(told, article.id),
        fresh=since is not None and seen > since,
    )


def when(article: AccountArticle) -> str:
    """Return when a report was published, in words: to the minute where that is told."""
    given = article.published
    if given:
        minute = f", {given[11:16]}" if len(given) >= 16 and given[10:11] in "T " else ""
        return short(f"{day(given)}{minute}", 60)
    return f"about {short(day(article.published_inferred), 60)}" if article.published_inferred else "undated"
