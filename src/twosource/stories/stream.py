"""The stream: every article gets a story when it arrives; a later look may change that, people's word never.

Evidence: the features of the articles that are live, and what people decided. Nothing is read or written here, and
there is no clock: the time of an article and the time of a look come from the caller.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice
from math import inf, isfinite

from twosource.article import stable_id
from twosource.stories.features import Features
from twosource.stories.index import Index
from twosource.stories.judgements import Assignment, Change, Gone
from twosource.stories.model import ARRIVE, JOIN, SLACK, crowding, log_odds
from twosource.stories.reasons import joined
from twosource.stories.regroup import Kind, changes
from twosource.stories.repair import neighbourhoods, regrouped

NEAR = 24
"""Stories looked at for an article that arrives. One article stands for each at first: BCubed and pair F1 93.3 and 88.6
on the mean of the story sets, against 92.7 and 88.1 with the 64 nearest articles whatever their stories (2026-11-22).
"""

WINDOW = 90 * 86_400.0
"""Seconds without a new article after which a story leaves, and articles of which apart two are not of one story."""

MOST_LIVE = 150_000
"""Live articles; when there are more, the stories leave that have waited longest for a new one."""

AFTER_ALL = 0.95
"""Share of `MOST_LIVE` that is left then, so that it does not happen at every article."""

TRIED = 4
"""Stories whose members are compared with an article that arrives."""

OLDEST, NEWEST = 4, 12
"""Members of a story that stand for it: its first, and its last."""


@dataclass(slots=True)
class Seat:
    """A live article: its story, its features, its time, its place in the order of arrival, and whether a person left
    it in its story, from where the machine takes it no more.
    """

    story: str
    found: Features
    at: float | None
    number: int
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """The stories nearest to an article with their mean log-odds, best first, the log-odds with that article of each
    which is least like it, and how crowded its field is.
    """

    ranked: list[tuple[float, str]]
    least: dict[str, float]
    crowding: float


class Stream:
    """Live stories in memory."""

    def __init__(self, taken: Callable[[str], bool] | None = None) -> None:
        """Begin without a story.

        ``taken`` tells of an id whether any story ever had it, also one that left long ago: such an id is never given
        again. Without it the stream knows the ids that left while it was in memory.
        """
        self.index = Index()
        self.seats: dict[str, Seat] = {}
        self.stories: dict[str, list[str]] = {}
        self.redirects: dict[str, str] = {}
        self.locked: set[str] = set()
        self._times: list[tuple[float, str]] = []
        self._arrived = 0
        self._settled = 0
        self._left: set[str] = set()
        self.taken = taken or self._left.__contains__

    def assign(self, article_id: str, found: Features, at: float | None) -> Assignment:
        """Give an article its story; ``at`` is its time in seconds UTC, None where nobody knows. One that has a story
        keeps it.

        A locked story takes new articles, as any other: locked is what is in it.
        """
        if article_id in self.seats:
            return Assignment(article_id, self.story(article_id), log_odds(1.0, 0.0), 0.0, (), new=False)
        ranked = self.around(article_id, found, at).ranked
        lowest = log_odds(0.0, 0.0)
        score, story = ranked[0] if ranked else (lowest, "")
        second = ranked[1][0] if len(ranked) > 1 else lowest
        new = score < ARRIVE
        why = joined(self, found, story, score, new=new)
        if new:
            story = self.fresh(article_id)
        self._seat(article_id, story, found, at)
        return Assignment(article_id, story, score, score - second, why, new)

    def around(self, article_id: str, found: Features, at: float | None) -> Around:
        """Look at the stories nearest to an article, its own without itself.

        Of those behind the first only such are compared as a look back would lay out beside it.
        """
        best = self.index.near(found, NEAR, article_id)
        crowd = crowding(best.values())
        ranked: list[tuple[float, str]] = []
        least: dict[str, float] = {}
        for story, product in islice(best.items(), TRIED):
            if ranked and log_odds(product, 2 * crowd) < JOIN - SLACK:
                break
            if self._in_reach(story, at) and (sample := [a for a in self.sample(story) if a != article_id]):
                mean, lowest = product, product
                if len(sample) > 1:
                    products = self.index.products(found, self.index.slots(sample))
                    mean, lowest = float(products.sum()) / len(sample), float(products.min())
                ranked.append((log_odds(mean, 2 * crowd), story))
                least[story] = log_odds(lowest, 2 * crowd)
        ranked.sort(key=lambda r: -r[0])
        return Around(ranked, least, crowd)

    def crowding(self, article_id: str) -> float:
        """Return how crowded the field of a live article is."""
        return crowding(self.index.near(self.seats[article_id].found, NEAR, article_id).values())

    def look(self, article_id: str) -> Around:
        """Look at the stories nearest to a live article."""
        seat = self.seats[article_id]
        return self.around(article_id, seat.found, seat.at)

    def _in_reach(self, story: str, at: float | None) -> bool:
        """Tell whether a story has an undated article, or one within `WINDOW` of ``at``."""
        if at is None:
            return True
        times = (self.seats[a].at for a in reversed(self.sample(story)))
        return any(t is None or abs(t - at) <= WINDOW for t in times)

    def sample(self, story: str) -> list[str]:
        """Return the articles that stand for a story."""
        members = self.stories[story]
        return members if len(members) <= OLDEST + NEWEST else members[:OLDEST] + members[-NEWEST:]

    def age(self, story: str) -> int:
        """Return the place of a story's oldest article in the order of arrival."""
        return self.seats[self.stories[story][0]].number

    def in_order(self, articles: Iterable[str]) -> list[str]:
        """Return articles in order of arrival."""
        return sorted(articles, key=lambda a: self.seats[a].number)

    def fresh(self, article_id: str) -> str:
        """Return an id for a story that begins with ``article_id``: never one that was given before."""
        story, n = stable_id("story", article_id), 1
        while story in self.stories or story in self.redirects or self.taken(story):
            n += 1
            story = stable_id("story", article_id, n)
        return story

    def _seat(self, article_id: str, story: str, found: Features, at: float | None) -> None:
        self._arrived += 1
        self.seats[article_id] = Seat(story, found, at if at is None or isfinite(at) else None, self._arrived)
        self.index.add(article_id, found, story)
        if self.seats[article_id].at is not None:
            heappush(self._times, (self.seats[article_id].at or 0.0, article_id))
        self.stories.setdefault(story, []).append(article_id)

    def place(self, articles: Iterable[str], story: str, into: str) -> None:
        """Bring articles of one story into another; a story that is empty then leads to the other.

        Nobody is asked: `move`, `merge` and `split` are for people, `repair` for the machine.
        """
        gone = set(articles)
        for article in gone:
            self.seats[article].story = into
            self.index.assign(article, into)
        self.stories[into] = self.in_order([*self.stories.get(into, ()), *gone])
        self.stories[story] = [a for a in self.stories[story] if a not in gone]
        if not self.stories[story]:
            del self.stories[story]
            self.redirects[story] = into
            self.locked.discard(story)

    def repair(self, now: float) -> tuple[Change, ...]:  # noqa: ARG002 - the caller's contract; no rule needs the time yet
        """Look again at the stories that articles joined since the last look; return what changed, in order."""
        fresh = self.unsettled()
        self._settled = self._arrived
        crowds: dict[str, float] = {}
        told: list[Change] = []
        for stories in neighbourhoods(self, fresh):
            told += changes(self, regrouped(self, stories, crowds))
        return tuple(told)

    def unsettled(self) -> list[str]:
        """Return the articles that came since the last look, in order of arrival."""
        late = []
        for article in reversed(self.seats):
            if self.seats[article].number <= self._settled:
                break
            late.append(article)
        return late[::-1]

    def expire(self, now: float) -> tuple[Gone, ...]:
        """Let the stories go that nothing joined for `WINDOW`; above `MOST_LIVE`, those that waited longest as well.

        They are forgotten here, with the redirects to them; no article joins them any more.
        """
        leaving: dict[str, None] = {}
        while self._times and self._times[0][0] < now - WINDOW:
            _, article = heappop(self._times)
            if article in self.seats and self._latest(story := self.story(article)) < now - WINDOW:
                leaving[story] = None
        left = len(self.seats) - sum(len(self.stories[s]) for s in leaving)
        if left > MOST_LIVE:
            for story in sorted(self.stories, key=lambda s: self.seats[self.stories[s][-1]].number):
                if left > AFTER_ALL * MOST_LIVE and story not in leaving:
                    leaving[story] = None
                    left -= len(self.stories[story])
        return tuple(self._let_go(leaving))

    def _latest(self, story: str) -> float:
        """The time of a story's last article; an undated one is taken as of now."""
        times = [self.seats[a].at for a in self.stories[story]]
        return max(inf if t is None else t for t in times)

    def _let_go(self, leaving: Collection[str]) -> Iterator[Gone]:
        if not leaving:
            return
        gone = set(leaving)
        lost = [old for old in self.redirects if self.resolve(old) in gone]
        self._left.update(gone, lost)
        for old in lost:
            del self.redirects[old]
        self.locked -= gone
        for story in leaving:
            articles = self.stories.pop(story)
            for article in articles:
                self.index.drop(article, self.seats.pop(article).found)
            yield Gone(story, tuple(articles))

    def story(self, article_id: str) -> str:
        """Return the story of a live article; KeyError for any other."""
        return self.seats[article_id].story

    def members(self, story: str) -> tuple[str, ...]:
        """Return the articles of a live story, or of the one it was merged into, in order of arrival; else KeyError."""
        return tuple(self.stories[self.resolve(story)])

    def resolve(self, story: str) -> str:
        """Return the id under which a story is found now: where its redirects lead."""
        while story in self.redirects:
            story = self.redirects[story]
        return story

    # What people do. They may touch locked stories; whatever stories they touch stay as they leave them: the machine
    # adds later articles, and takes away nothing that was there.

    def merge(self, story: str, into: str) -> Change:
        """Bring all of ``story`` into another one, by a person's word. KeyError for a story that is not live."""
        old, new = self.resolve(story), self.resolve(into)
        if old == new:
            raise ValueError(f"{story} and {into} are one story already")
        return self._by_person("merge", old, new, self.members(old))

    def split(self, story: str, articles: Sequence[str]) -> Change:
        """Make a new story of some articles of ``story``, by a person's word.

        KeyError for a story that is not live; ValueError where the articles are none, all, or not all of that story.
        """
        old = self.resolve(story)
        chosen = self._chosen(old, articles)
        if len(chosen) == len(self.stories[old]):
            raise ValueError(f"{story} has no other articles: nothing to split")
        return self._by_person("split", old, self.fresh(chosen[0]), chosen)

    def move(self, article: str, story: str) -> Change:
        """Bring one article into another story, by a person's word. KeyError for what is not live."""
        old, new = self.story(article), self.resolve(story)
        if old == new:
            raise ValueError(f"{article} is in {story} already")
        kept = len(self.stories[new]) and len(self.stories[old]) > 1
        return self._by_person("move" if kept else "merge", old, new, (article,))

    def lock(self, story: str) -> None:
        """Keep the machine from merging or splitting a live story; KeyError for any other."""
        found = self.resolve(story)
        self.stories[found]
        self.locked.add(found)

    def unlock(self, story: str) -> None:
        """Let the machine look at a story again."""
        self.locked.discard(self.resolve(story))

    def _chosen(self, story: str, articles: Sequence[str]) -> list[str]:
        chosen = [a for a in self.stories[story] if a in set(articles)]
        if not chosen or len(chosen) != len(set(articles)):
            raise ValueError(f"not all of these articles are in {story}, or there is none")
        return chosen

    def _by_person(self, kind: Kind, old: str, new: str, articles: Sequence[str]) -> Change:
        touched = {*self.stories[old], *self.stories.get(new, ())}
        self.place(articles, old, new)
        for article in touched:
            self.seats[article].pinned = True
        return Change(kind, old, new, tuple(articles), 0.0, "a person said so")

    @classmethod
    def restore(
        cls,
        rows: Iterable[tuple[str, str, Features, float | None]],
        *,
        redirects: Mapping[str, str] | None = None,
        locked: Iterable[str] = (),
        pinned: Iterable[str] = (),
        unsettled: Iterable[str] = (),
        taken: Callable[[str], bool] | None = None,
    ) -> "Stream":
        """Return the stream of those live articles: (article, story, features, time) in order of arrival.

        With ``redirects``, ``locked`` and ``taken`` (the attributes of the same name), the ``pinned`` articles and
        those that are `unsettled`, it goes on exactly as the stream they were taken from.
        """
        stream = cls(taken)
        for article, story, found, at in rows:
            stream._seat(article, story, found, at)
        for article in pinned:
            if article in stream.seats:
                stream.seats[article].pinned = True
        late = [stream.seats[a].number for a in unsettled if a in stream.seats]
        stream._settled = min(late) - 1 if late else stream._arrived
        stream.redirects.update(redirects or {})
        stream.locked.update(s for s in locked if s in stream.stories)
        return stream

    @property
    def pinned(self) -> tuple[str, ...]:
        """The articles that people left where they are, in order of arrival."""
        return tuple(article for article, seat in self.seats.items() if seat.pinned)
