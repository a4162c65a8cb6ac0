"""Alerts: what a new account or a new article means to those who saved a search.

A saved search is a query and the kinds of news wanted of it: a story that begins, a conflict, a source count that
reaches two, words of a speaker, an article. Each is queued once for each channel, in the transaction of what it tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from twosource.account import Account, Conflict
from twosource.render.lines import clipped
from twosource.store import alerts, search
from twosource.store.accounts import News
from twosource.store.alerts import Alert, Kind, SavedSearch
from twosource.store.database import Database
from twosource.store.query import Term, parse
from twosource.store.search import Hit
from twosource.store.stories import Member, Story

TWO = 2
"""Independent sources at which a claim stands: the newsroom rule the program is named after."""

SHOWN = 80
"""Columns of a text without a title that stand in its place."""

HITS_AT_ONCE = 500
"""New articles that saved searches are held against at a time."""

QUOTED_AT_ONCE = 50
"""Quotations of one speaker in one story that are looked at."""


class Subscribers:
    """Those whose saved searches find a story. Looked up before the transaction that queues what they are told."""

    def __init__(self, db: Database, story: Story, members: Sequence[Member], account: Account) -> None:
        """Find the saved searches that one of the story's articles answers."""
        self._db = db
        self._story = story
        self._account = account
        numbers = [m.number for m in members]
        self._found = [saved for saved in alerts.all(db) if _finds(db, saved, numbers)]
        self._spoken = {saved.name: list(_quotations(db, saved, story)) for saved in self._found}

    def alerts(self, news: News) -> Iterator[Alert]:
        """Yield what each of them is told of a new account."""
        for saved in self._found:
            for kind, key, payload in self._told(saved, news):
                if not saved.kinds or kind in saved.kinds:
                    yield from _to_all(saved, kind, key, payload, story=self._story.id)

    def _told(self, saved: SavedSearch, news: News) -> Iterator[tuple[Kind, str, dict[str, Any]]]:
        about = {"story": self._story.id, "title": self._story.title, "search": saved.name}
        counts = {"reports": news.after.reports, "origins": news.after.origins}
        if news.before is None:
            yield "new_story", self._story.id, about | counts
        if news.after.origins >= TWO and (news.before is None or news.before.origins < TWO):
            yield "sources_passing_two", self._story.id, about | counts
        fresh = set(news.conflicts)
        for conflict in self._account.conflicts:
            if conflict.id in fresh:
                yield "new_conflict", conflict.id, about | self._shown(conflict)
        for key, words, name in self._spoken[saved.name]:
            yield "speaker", key, about | {"speaker": name, "words": words}

    def _shown(self, conflict: Conflict) -> dict[str, Any]:
        """Both sides of a conflict in the outlets' own words."""
        texts = {a.id: (a.outlet or a.id, a.text or "") for a in self._account.articles}
        sides = [
            {"outlet": texts[place.article][0], "words": place.span.of(texts[place.article][1])}
            for place in (conflict.left, conflict.right)
        ]
        return {"why": conflict.why, "certainty": conflict.certainty, "sides": sides}


def alert_hits(db: Database, now: float) -> int:
    """Queue what saved searches for articles find among new ones; return how many alerts that made."""
    queued = 0
    for saved in alerts.all(db):
        if saved.kinds and "search_hit" not in saved.kinds:
            continue
        rows = db.rows(
            "SELECT number FROM article WHERE number > :seen ORDER BY number LIMIT :most",
            seen=saved.seen, most=HITS_AT_ONCE,
        )  # fmt: skip
        numbers = [row["number"] for row in rows]
        if not numbers:
            continue
        found = _hits(db, saved, numbers) if saved.query.strip() else []
        told = [
            alert
            for hit in found
            for alert in _to_all(saved, "search_hit", hit.id, _article(saved, hit), article=hit.id)
        ]
        queued += alerts.queue(db, told, now).new
        alerts.told_up_to(db, saved.name, numbers[-1])
    return queued


def _hits(db: Database, saved: SavedSearch, numbers: Sequence[int]) -> list[Hit]:
    return search.articles(db, saved.query, among=numbers, limit=HITS_AT_ONCE)


def _article(saved: SavedSearch, hit: Hit) -> dict[str, Any]:
    title = hit.title or clipped(" ".join(hit.shown.split()), SHOWN)
    return {"search": saved.name, "title": title, "outlet": hit.outlet, "url": hit.url, "story": hit.story}


def _to_all(saved: SavedSearch, kind: Kind, key: str, payload: dict[str, Any], **about: str) -> Iterator[Alert]:
    """The alert for each of the channels; ``about`` is the story or the article, by id."""
    for channel in saved.channels:
        yield Alert(kind=kind, key=key, channel=channel, payload=payload, **about)


def _finds(db: Database, saved: SavedSearch, numbers: Sequence[int]) -> bool:
    return not saved.query.strip() or bool(search.articles(db, saved.query, among=numbers, limit=1))


def _quotations(db: Database, saved: SavedSearch, story: Story) -> Iterator[tuple[str, str, str]]:
    """What a search for a speaker finds in the story: key, words, and who said them."""
    if not saved.query.strip() or all(term.field != "speaker" for term in parse(saved.query).terms):
        return
    query = parse(saved.query)
    here = replace(query, groups=(*query.groups, (Term("story", story.id),)))
    for quoted in search.quotations(db, here, limit=QUOTED_AT_ONCE):
        yield f"{quoted.article}/{quoted.id}", quoted.words, quoted.name or ""
