"""What is asked of a store when it is timed: searches as people type them, and each kind by itself, also harsh ones."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import store_corpus
from store_corpus import Newsroom
from twosource.store import Database, articles, people, search, stories

Act = Callable[[], object]

TYPED = "a search as typed"
"""The mix whose p95 has an aim: words of a title, names, phrases, a few with a speaker, by rank, or of quotations."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Makes searches of a store; titles and names are drawn from what it holds."""

    db: Database
    room: Newsroom
    chance: random.Random
    titles: tuple[str, ...]
    names: tuple[str, ...]

    def kinds(self) -> Mapping[str, Callable[[], Act]]:
        """Return each kind of search by its name; "harsh" are words drawn by frequency, as nobody would type them."""
        word, some, name, typed = self.room.frequent, self.subject, self.speaker, self.typed
        return {
            TYPED: self.as_typed,
            "two typed words": lambda: self.found(typed()),
            "either of two words": lambda: self.found(f"{some()} OR {some()}"),
            "a phrase of a title": lambda: self.found(self.phrase()),
            "typed word, outlet and days": lambda: self.found(f"{some()} {self.outlet()} {self.days()}"),
            "speaker": lambda: self.found(name()),
            "speaker and typed word": lambda: self.found(f"{name()} {some()}"),
            "one word minus another": lambda: self.found(f"{some()} -{some()}"),
            "said:": lambda: self.found(f"said:{some()}"),
            "said: and speaker:": lambda: self.found(f"said:{some()} {name()}"),
            "the best of two typed words": lambda: self.found(typed(), "best"),
            "quotations by typed word": lambda: self.quoted(some()),
            "quotations by speaker and word": lambda: self.quoted(f"{name()} {some()}"),
            "stories of two typed words": lambda: self.stories(typed()),
            "figure and unit": lambda: self.found(f"figure:>{self.chance.randrange(1000)} unit:drones"),
            "harsh: one word": lambda: self.found(word()),
            "harsh: two words": lambda: self.found(word(2)),
            "harsh: two frequent words": lambda: self.found(f"{self.often()} {self.often()}"),
            "harsh: phrase of frequent words": lambda: self.found(f'"{word(2)}"'),
            "harsh: word and outlet": lambda: self.found(f"{word()} {self.outlet()}"),
            "harsh: minus": lambda: self.found(f"{word()} -{word()}"),
            "harsh: begun word": lambda: self.found(f"{some()[:4]}*"),
            "harsh: said: and speaker:": lambda: self.found(f"said:{word()} {name()}"),
            "harsh: the best of one word": lambda: self.found(word(), "best"),
            "harsh: stories of a word": lambda: self.stories(word()),
            "an article by its id": self.article,
            "the newest of an outlet": self.newest,
            "speakers by beginning": self.begun,
        }

    def as_typed(self) -> Act:
        """Return a search of the realistic mix."""
        kind = self.chance.random()
        if kind < 0.4:
            return self.found(self.typed())
        if kind < 0.6:
            return self.found(self.chance.choice(self.names))
        if kind < 0.75:
            return self.found(self.phrase())
        if kind < 0.85:
            return self.found(self.subject())
        if kind < 0.9:
            return self.found(f"{self.typed()} {self.speaker()}")
        return self.found(self.typed(), "best") if kind < 0.95 else self.quoted(self.subject())

    def found(self, query: str, order: search.Order = "newest") -> Act:
        """Return a search of articles."""
        return lambda: search.articles(self.db, query, order=order)

    def quoted(self, query: str) -> Act:
        """Return a search of quotations."""
        return lambda: search.quotations(self.db, query)

    def stories(self, query: str) -> Act:
        """Return a search of stories."""
        return lambda: stories.listed(self.db, query=search.parse(query), limit=20)

    def subject(self) -> str:
        """Return a word of somebody's title that says what it is about."""
        return self.chance.choice(self._title()[:5])

    def typed(self) -> str:
        """Return two or three such words of one title."""
        return " ".join(self.chance.sample(self._title()[:5], self.chance.choice((2, 2, 3))))

    def phrase(self) -> str:
        """Return two or three words of a title in a row."""
        title, at = self._title(), self.chance.randrange(4)
        return '"' + " ".join(title[at : at + self.chance.choice((2, 3))]) + '"'

    def _title(self) -> list[str]:
        return self.chance.choice(self.titles).split()

    def speaker(self) -> str:
        """Return the condition that somebody is quoted."""
        return f'speaker:"{self.chance.choice(self.names)}"'

    def often(self) -> str:
        """Return one of the most frequent words."""
        return self.room.vocabulary[self.chance.randrange(200)]

    def outlet(self) -> str:
        """Return the condition for an outlet."""
        return f'outlet:"outlet {self.chance.randrange(store_corpus.OUTLETS)}"'

    def days(self) -> str:
        """Return the condition for three days."""
        first = store_corpus.BEGIN + self.chance.random() * store_corpus.GAP * self.room.many
        return f"after:{_day(first)} before:{_day(first + 3 * 86_400)}"

    def article(self) -> Act:
        """Return the look at one article."""
        number = self.chance.randrange(self.room.many)
        return lambda: articles.get(self.db, [f"made-{number}"])

    def newest(self) -> Act:
        """Return the list of an outlet."""
        outlet = f"Outlet {self.chance.randrange(store_corpus.OUTLETS)} News"
        return lambda: articles.listed(self.db, outlet=outlet, limit=20)

    def begun(self) -> Act:
        """Return the search for speakers whose names begin so."""
        name = self.chance.choice(self.names)[:4]
        return lambda: people.people(self.db, name)


def _day(at: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(at))


def asker(db: Database, room: Newsroom, seed: int = 2) -> Asker:
    """Draw titles from all articles, and names by how often they are quoted."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    last = db.rows("SELECT max(number) FROM quotation")[0][0]
    title = "SELECT title FROM article WHERE number = :number"
    name = "SELECT p.name FROM quotation q JOIN speaker p ON p.number = q.speaker WHERE q.number = :number"
    titles = [db.one(title, number=chance.randrange(1, room.many + 1)) for _ in range(300)]
    names = [db.one(name, number=chance.randrange(1, last + 1)) for _ in range(300)]
    return Asker(db, room, chance, tuple(str(t[0]) for t in titles if t), tuple(str(n[0]) for n in names if n))
