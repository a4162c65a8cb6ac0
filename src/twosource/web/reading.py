"""What pages ask of the newsroom: lists of stories, one story as it was told, one article with its versions.

The answers come from a store; this module is the one place of the pages that asks it.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from threading import Lock
from typing import Literal, Protocol

from twosource.account import Account, Statement, Telling
from twosource.article import Article
from twosource.render.page import Page, shortened
from twosource.report import Report
from twosource.store.accounts import Summary
from twosource.store.related import Related
from twosource.store.shelf import Story
from twosource.web.lately import Lately

Order = Literal["newest", "origins", "coverage"]

PART = "."
"""Stands between a quotation's id and the place of one of its parts in an address."""

RELATED_SECONDS = 60.0
"""Seconds for which related stories are taken as they were: looking costs up to 20 ms, each page in a crowd asks."""

MOST_RELATED = 1_000
"""Stories whose related ones are held."""

MOST_TOLD = 24
"""Stories held read and indexed at once: of fifty reports each, about 100 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article as the store has it. ``story`` is the id of the story it is in; times are seconds in UTC.

    ``versions`` are all that were received of it under one address, the newest first, itself among them.
    """

    article: Article
    report: Report | None
    story: str | None
    first_seen: float
    version: int = 1
    versions: tuple["Edition", ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of an article: its id, its number from 1, and when it came."""

    id: str
    version: int
    first_seen: float
    published: str | None = None


class Newsroom(Protocol):
    """What a store must be able to tell."""

    def stories(self, order: Order, *, limit: int, before: tuple[float, int] | None = None) -> list[Story]:
        """Return stories, the highest of the order first."""

    def story(self, story_id: str) -> Story | None:
        """Return the story of that id, or the one that it was merged into."""

    def summaries(self, stories: Sequence[Story]) -> Mapping[str, Summary]:
        """Return what the accounts of stories come to, by id; those without one are left out."""

    def made(self, story: Story) -> str:
        """Return what changes whenever the account of a story is made anew."""

    def told(self, story: Story) -> tuple[Account | None, Sequence[Report]]:
        """Return a story's account, None while there is none, and the reports that it has."""

    def stored(self, article_id: str) -> Stored | None:
        """Return an article with its report."""

    def seen(self, story: Story) -> Mapping[str, float]:
        """Return when each article of a story was first seen."""

    def home_of(self, fact: str) -> str | None:
        """Return the id of the story in which a quotation or figure of that id stands today."""

    def changed(self, since: float, *, limit: int) -> list[Story]:
        """Return stories that changed after ``since`` (seconds UTC), the latest change first."""

    def outlets(self, stories: Sequence[Story]) -> Mapping[int, tuple[str, ...]]:
        """Return the outlets of each story by its number, in the order of their first reports."""

    def marks(self) -> Mapping[str, str]:
        """Return which outlets a person marked as "hidden" or "distrusted", by name."""

    def related(self, story: Story) -> Sequence[Related]:
        """Return stories related to one, the closest first."""

    def waiting(self) -> int:
        """Return how many articles have no story yet."""


@dataclass(frozen=True)
class Told:
    """A story with its account, indexed for pages; ``tag`` changes whenever the story, its account or ``marks`` do.

    ``marks`` are those that a person gave to outlets, by name.
    """

    story: Story
    account: Account
    reports: Sequence[Report]
    seen: Mapping[str, float]
    tag: str
    marks: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def page(self) -> Page:
        """The account with what pages look up in it; names and headlines are cut where they are absurdly long."""
        return Page(shortened(self.account), self.reports)

    @cached_property
    def quoted(self) -> Mapping[str, list[tuple[Statement, Telling]]]:
        """The statements and tellings of each quotation by its id, in order of place: long ones may be in several."""
        found: dict[str, list[tuple[Statement, Telling]]] = {}
        for statement in self.account.statements:
            for telling in statement.tellings:
                found.setdefault(telling.quotation, []).append((statement, telling))
        return {name: sorted(told, key=lambda pair: pair[1].content) for name, told in found.items()}

    def name_of(self, telling: Telling) -> str:
        """Return what a telling is called in addresses: its quotation, and where it begins if that has several."""
        alone = len(self.quoted[telling.quotation]) == 1
        return telling.quotation if alone else f"{telling.quotation}{PART}{telling.content[0].start}"

    def called(self, name: str) -> list[tuple[Statement, Telling]]:
        """Return the statements and tellings of that name; those of the whole quotation where the part is gone."""
        quotation, part, start = name.partition(PART)
        told = self.quoted.get(quotation if not part or start.isdecimal() else name, [])
        return [pair for pair in told if str(pair[1].content[0].start) == start] or told


class Shelf:
    """A newsroom with the stories that were asked for last at hand."""

    def __init__(self, newsroom: Newsroom, clock: Callable[[], float] = time.monotonic) -> None:
        """Read from ``newsroom``."""
        self.newsroom = newsroom
        self.lately = Lately()
        self._reading: dict[str, Lock] = {}
        self._clock = clock
        self._related: OrderedDict[str, tuple[float, Sequence[Related]]] = OrderedDict()
        self._held: OrderedDict[str, Told] = OrderedDict()
        self._lock = Lock()

    def told(self, story: Story) -> Told | None:
        """Return a story as it was told, None where there is no account of it yet.

        One thread reads what is new; while it does, others get the story as it was a moment ago.
        """
        asked = self.lately.now()
        marks = self.newsroom.marks()
        tag = f"{tag_of(story)} {self.newsroom.made(story)} {marks_tag(marks)}"
        if (held := self._look(story.id, tag)) is None:
            with self._lock:
                turn = self._reading.setdefault(story.id, Lock())
            if not turn.acquire(blocking=False):
                if former := self._look(story.id, self.lately.former(story.id)):
                    return former
                turn.acquire()
            try:
                held = self._look(story.id, tag) or self._read(story, tag, marks)
            finally:
                with self._lock:
                    self._reading.pop(story.id, None)
                turn.release()
        if held is not None:
            self.lately.right(story.id, tag, asked)
        return held

    def _look(self, story_id: str, tag: str | None) -> Told | None:
        with self._lock:
            held = self._held.get(story_id)
            if held is None or held.tag != tag:
                return None
            self._held.move_to_end(story_id)
            return held

    def _read(self, story: Story, tag: str, marks: Mapping[str, str]) -> Told | None:
        account, reports = self.newsroom.told(story)
        if account is None:
            return None
        told = Told(story, account, reports, self.newsroom.seen(story), tag, marks)
        with self._lock:
            self._held[story.id] = told
            while len(self._held) > MOST_TOLD:
                self._held.popitem(last=False)
        return told

    def related(self, story: Story) -> Sequence[Related]:
        """Return stories related to one, as they were at most `RELATED_SECONDS` ago."""
        now = self._clock()
        with self._lock:
            held = self._related.get(story.id)
        if held is not None and now - held[0] < RELATED_SECONDS:
            return held[1]
        found = self.newsroom.related(story)
        with self._lock:
            self._related[story.id] = now, found
            while len(self._related) > MOST_RELATED:
                self._related.popitem(last=False)
        return found


def marks_tag(marks: Mapping[str, str]) -> str:
    """Return what changes whenever a mark of an outlet does; "" where there is none."""
    return sha256(repr(sorted(marks.items())).encode("utf-8", "surrogatepass")).hexdigest()[:12] if marks else ""


def tag_of(story: Story) -> str:
    """Return what changes whenever a story does, as far as a list shows it."""
    return f"{story.id} {story.changes} {story.stale} {story.origins} {story.conflicts} {story.size}"
