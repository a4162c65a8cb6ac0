"""Pages that feeds announced, from the queue into the store: each is stored, tried again later, or given up.

Where a page cannot be had, what the feed itself holds of the article is stored in its place and says so.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from twosource.article import Article
from twosource.desk.intake import Clock, reason_of
from twosource.desk.polling import SHORTEST, retry_at
from twosource.desk.subscriptions import UNTRIED, WORKERS, entry_of
from twosource.errors import FetchError, InputError
from twosource.sources.arrived import page_article
from twosource.sources.feeds import Entry, Feed, entry_article
from twosource.sources.fetch import HTML, Fetched, Fetcher, Request
from twosource.store import articles, feeds, runs
from twosource.store.article_rows import Incoming
from twosource.store.articles import Outcome
from twosource.store.database import Database
from twosource.store.feeds import Pending
from twosource.store.quarantine import Reject

AT_ONCE = 200
"""Pages that one round fetches, so that stories and accounts are made in between."""

TRIES = 8
"""Times a page is asked for before the feed's own text has to do: with doubled waits about a day and a half."""

Result = Outcome | FetchError | InputError
"""What became of a page: stored or known; to be tried again (`FetchError`); given up (`InputError`)."""


def fetch_pages(db: Database, fetcher: Fetcher, *, run: int, clock: Clock) -> Iterator[tuple[Pending, Result]]:
    """Fetch the pages that are due and yield each with what became of it; each is durable when it is yielded."""
    due = {str(page.number): page for page in feeds.pending(db, clock(), AT_ONCE)}
    for page in due.values():
        if page.url is None:
            yield page, _own_text(db, page, None, run, clock())
    asked = (Request(url=p.url, accept=HTML, key=key) for key, p in due.items() if p.url is not None)
    for request, got in fetcher.get_all(asked, workers=WORKERS):
        page = due[request.key]
        if isinstance(got, FetchError):
            yield page, _failed(db, page, got, run, clock())
        else:
            yield page, _read(db, page, got, run, clock())


def _read(db: Database, page: Pending, got: Fetched, run: int, now: float) -> Result:
    entry = entry_of(page.claimed)
    found = page_article(
        got.body, got.url, got.media_type, got.charset, page.outlet, entry,
        now=datetime.fromtimestamp(now, UTC),
    )  # fmt: skip
    if isinstance(found, InputError):
        return _own_text(db, page, found, run, now, got)
    body = Incoming(
        article=found, body=got.body, media_type=got.media_type, charset=got.charset,
        feed=page.feed, entry_key=page.key, guid=entry.guid, claims=_claims(entry),
    )  # fmt: skip
    return _stored(db, body, run, now)


def _failed(db: Database, page: Pending, wrong: FetchError, run: int, now: float) -> Result:
    """Try again later; where that is no use, or was tried often enough, take what the feed has."""
    if wrong.code in UNTRIED:
        feeds.postponed(db, page.number, next_try=now + (wrong.retry_after or SHORTEST), now=now, tried=False)
        return wrong
    if wrong.permanent or page.tries + 1 >= TRIES:
        return _own_text(db, page, wrong, run, now)
    feeds.postponed(db, page.number, next_try=retry_at(now, page.tries + 1, wrong.retry_after), now=now)
    return wrong


def _own_text(
    db: Database, page: Pending, wrong: InputError | FetchError | None, run: int, now: float, got: Fetched | None = None
) -> Result:
    """Store what the feed itself holds of the article; where that is nothing, give the page up."""
    entry = entry_of(page.claimed)
    own = entry_article(entry, Feed(url=page.feed_url, title=page.outlet), page.outlet)
    if isinstance(own, InputError):
        return _given_up(db, page, wrong or own, run, now, got)
    found = _remarked(own, wrong) if wrong else own
    given = Incoming(
        article=found, feed=page.feed, entry_key=page.key, guid=entry.guid, claims=_claims(entry),
        body=got.body if got else None, media_type=got.media_type if got else None,
        charset=got.charset if got else None,
    )  # fmt: skip
    return _stored(db, given, run, now)


def _remarked(own: Article, wrong: InputError | FetchError) -> Article:
    return replace(own, remarks=(*own.remarks, ("page_not_read", f"its page could not be read: {wrong.reason}")))


def _stored(db: Database, given: Incoming, run: int, now: float) -> Outcome:
    (outcome,) = articles.add(db, [given], run=run, now=now)
    runs.noted(db, run, deferred=-1)
    return outcome


def _given_up(
    db: Database, page: Pending, wrong: InputError | FetchError, run: int, now: float, got: Fetched | None
) -> InputError:
    url = page.url or page.feed_url
    reject = Reject(
        source="feed", name=url, url=page.url, reason=wrong.code if isinstance(wrong, FetchError) else reason_of(wrong),
        message=wrong.reason, claimed=page.claimed,
        body=got.body if got else None, media_type=got.media_type if got else None,
    )  # fmt: skip
    feeds.rejected(db, page.number, reject, run=run, now=now)
    runs.noted(db, run, deferred=-1)
    return InputError(url, wrong.reason)


def _claims(entry: Entry) -> dict[str, str]:
    """What the feed says of the article and nobody checked."""
    told = {
        "canonical": entry.canonical, "source": entry.source_name, "source_url": entry.source_url,
        "author": entry.author, "claimed_published": entry.claimed_published,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}
