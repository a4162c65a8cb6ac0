"""Accounts of stories: made when a story has two reports and changed since, from reports that are kept once read.

Only articles that joined a story are read, because reading is what costs (notes on scale: fifteen times all else).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twosource import pipeline
from twosource.account import Account
from twosource.article import Article
from twosource.desk.alerting import Subscribers
from twosource.desk.intake import Clock
from twosource.desk.pace import Pace
from twosource.facts import Note
from twosource.judgements import Judgements
from twosource.lineage.owners import Owners
from twosource.parallel import read_each
from twosource.render.json import dumps
from twosource.report import Report
from twosource.store import accounts, articles, judgements, reports, stories
from twosource.store.accounts import News
from twosource.store.alerts import queue_within
from twosource.store.crashing import point
from twosource.store.database import Database
from twosource.store.stories import Member, Story
from twosource.version import VERSION

MOST_REPORTS = 200
"""Reports that one account joins: the newest ones. 50 reports of 800 words take 3 s, and time grows about linearly."""


@dataclass(frozen=True, slots=True)
class Accounted:
    """A story whose account was made: what it brought, and how many alerts were queued for it."""

    story: str
    account: Account
    news: News
    alerts: int


class Accounting:
    """Makes the accounts of one store. ``jobs`` processes read, ``fast`` without the tagger."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        *,
        owners: Owners | None = None,
        jobs: int = 1,
        fast: bool = False,
        pace: Pace | None = None,
    ) -> None:
        """Take the store; nothing is read yet."""
        self._db = db
        self._pace = pace or Pace()
        self._clock = clock
        self._owners = owners
        self._jobs = jobs
        self._fast = fast
        self._reader = f"{VERSION} {'rules' if fast else 'whole'}"
        self._set_aside: set[tuple[str, int]] = set()

    def account(self, most: int) -> Iterator[Accounted]:
        """Make the accounts that are due, at most ``most``, the longest due first, and yield each that changed."""
        waiting = stories.stale(self._db, most + len(self._set_aside)) if most else []
        due = [s for s in waiting if (s.id, s.changes) not in self._set_aside][:most]
        members = {story.id: stories.members(self._db, story.id)[-MOST_REPORTS:] for story in due}
        read = self._read([m for found in members.values() for m in found])
        for number, story in enumerate(due if read else (), 1):
            if self._pace.stopped():
                return
            self._pace.show(f"making accounts: {number:,} of {len(due):,}")
            made = self._made(story, members[story.id])
            if made:
                yield made

    def one(self, story: Story) -> None:
        """Make the account of one story now, if it is due."""
        members = stories.members(self._db, story.id)[-MOST_REPORTS:]
        if self._read(members):
            self._made(story, members)

    def _read(self, members: Sequence[Member]) -> bool:
        """Read the articles that have no report by this reader, and keep each as soon as it is read; tell whether all
        are read: work that is to end leaves the rest for another time.
        """
        numbers = {m.article: m.number for m in members}
        missing = reports.missing(self._db, numbers, self._reader)
        unread = (article for name in missing for article in articles.get(self._db, [name]))
        self._pace.show(f"reading: {len(missing):,} articles") if missing else None
        for number, (article, found) in enumerate(read_each(unread, jobs=self._jobs, fast=self._fast), 1):
            self._pace.show(f"reading: {number:,} of {len(missing):,} articles")
            report = _unread(article, found) if isinstance(found, Exception) else found
            reports.put(self._db, numbers[article.id], report, self._reader, now=self._clock())
            point("after_report")
            if self._pace.stopped():
                return False
        return True

    def _made(self, story: Story, members: Sequence[Member]) -> Accounted | None:
        judged = judgements.for_story(self._db, story.id)
        basis = self._basis(members, judged)
        if accounts.unchanged(self._db, story.id, basis, changes=story.changes):
            return None
        told = reports.get(self._db, [m.article for m in members])
        try:
            account = pipeline.account(told, self._owners, judged)
        except Exception:  # noqa: BLE001 - one story never stops the others; it is tried again when it changes
            self._set_aside.add((story.id, story.changes))
            return None
        subscribers = Subscribers(self._db, story, members, account)
        now = self._clock()
        with self._db.writing() as w:
            news = accounts.put_within(w, story.id, account, basis, now, changes=story.changes)
            if news is None:
                return None
            queued = queue_within(w, subscribers.alerts(news), now)
            point("mid_account")
        return Accounted(story.id, account, news, queued.new)

    def _basis(self, members: Sequence[Member], judged: Judgements) -> str:
        """A digest of all that an account is made from."""
        corrections = dumps({name: list(getattr(judged, name)) for name in judged.__dataclass_fields__})
        names = json.dumps(sorted(judged.speakers.values()))
        return accounts.basis_of([self._reader, corrections, names, repr(self._owners), *(m.article for m in members)])


def _unread(article: Article, fault: Exception) -> Report:
    """What stands for the report of an article whose reading broke off, so that it is not tried for ever."""
    note = Note("not_read", f"reading broke off by a fault of twosource itself ({type(fault).__name__})")
    return Report(article=article, language=None, model=None, blocks=(), notes=(note,))
