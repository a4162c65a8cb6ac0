"""A made-up newsroom for timing the store: articles in the order they came, their stories, and what was read of them.

Words have the frequencies of a natural language (Zipf). A story has words and people of its own, so that words that
stand in one title meet in other texts too, as in real news. An article comes within hours of its publication, one in
twenty long after it, as from an archive.
"""

import random
import time
from collections.abc import Iterator
from itertools import accumulate

from twosource.article import Article, Outlet, Span
from twosource.facts import Figure, Person, Quotation
from twosource.report import Report
from twosource.store.article_rows import Incoming

WORDS = 300
VOCABULARY = 60_000
FRAME = 200
"""Words from the top of the vocabulary on that carry no subject: they are not among a story's own."""

OUTLETS = 200
PEOPLE = 5_000
SIZE = 6
"""Articles of a story, on average."""

QUOTATIONS, FIGURES = 6, 4
BEGIN = 1_900_000_000.0
GAP = 300.0
"""Seconds between two articles: 100,000 come in a year."""

SYLLABLES = tuple(a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er"))
UNITS = ("people", "drones", "%", "USD", "years")


def word(n: int) -> str:
    """Return the word of that rank."""
    made = ""
    while True:
        n, last = divmod(n, len(SYLLABLES))
        made = SYLLABLES[last] + made
        if not n:
            return made


class Newsroom:
    """Makes articles and reports, the same for the same seed; ``chance`` also draws what is asked of them."""

    def __init__(self, many: int, seed: int = 1) -> None:
        self.many = many
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.vocabulary = [word(n) for n in range(VOCABULARY)]
        self._weights = list(accumulate(1 / (n + 2.7) for n in range(VOCABULARY)))
        self._own_weights = list(accumulate(1 / (n + FRAME) for n in range(VOCABULARY - FRAME)))
        rest = self.vocabulary[FRAME:]
        self.names = [f"{self.chance.choice(rest).title()} {self.chance.choice(rest).title()}" for _ in range(PEOPLE)]
        self._name_weights = list(accumulate(1 / (n + 2) for n in range(PEOPLE)))

    def frequent(self, n: int = 1) -> str:
        """Return words drawn by their frequency."""
        return " ".join(self.chance.choices(self.vocabulary, cum_weights=self._weights, k=n))

    def own(self, n: int) -> list[str]:
        """Return words that carry a subject, drawn by their frequency."""
        return self.chance.choices(self.vocabulary[FRAME:], cum_weights=self._own_weights, k=n)

    def name(self) -> str:
        """Return the name of somebody, drawn by how often they are quoted."""
        return self.chance.choices(self.names, cum_weights=self._name_weights)[0]

    def articles(self) -> Iterator[tuple[Incoming, str, tuple[str, ...]]]:
        """Yield each article with the id of its story and the names it quotes."""
        live: list[tuple[str, list[str], tuple[str, ...]]] = []
        for n in range(self.many):
            if not live or self.chance.random() < 1 / SIZE:
                people = tuple(dict.fromkeys(self.name() for _ in range(3)))
                live = [*live[-60:], (f"story-{n}", self.own(40), people)]
            story, own, people = self.chance.choice(live)
            yield self._incoming(n, own, people), story, people

    def _incoming(self, n: int, own: list[str], people: tuple[str, ...]) -> Incoming:
        chance = self.chance
        words = chance.choices(self.vocabulary, cum_weights=self._weights, k=WORDS - 60) + chance.choices(own, k=50)
        chance.shuffle(words)
        for at, person in enumerate(people):
            words.insert(40 * at, person)
        title = " ".join([*chance.sample(own, 5), self.frequent(3)]).capitalize()
        late = chance.expovariate(1 / 3600) if n % 20 else chance.uniform(0, 3e7)
        text, outlet = " ".join(words), n % OUTLETS
        return Incoming(
            article=Article(
                id=f"made-{n}",
                text=text,
                title=title,
                outlet=Outlet(f"Outlet {outlet} News", f"outlet{outlet}.example"),
                url=f"https://outlet{outlet}.example/{n}",
                published=time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(BEGIN + GAP * n - late)),
            ),
            body=f"<p>{text}</p>".encode(),
            media_type="text/html",
        )


def report(article: Article, number: int, names: tuple[str, ...], chance: random.Random) -> Report:
    """Return a report with quotations of the named and some figures."""
    people = tuple(Person(f"p{i}", name, "person") for i, name in enumerate(names))
    starts = range(0, len(article.text) - 160, len(article.text) // QUOTATIONS)
    return Report(
        article=article,
        language="en",
        model=None,
        blocks=(),
        people=people,
        quotations=tuple(
            Quotation(
                id=f"q{number}-{i}",
                act="said",
                mode="direct",
                content=(Span(start, start + 150),),
                speaker=f"p{i % len(people)}",
                score=0.9,
                rule="made",
            )
            for i, start in enumerate(starts)
        ),
        figures=tuple(
            Figure(
                id=f"f{number}-{i}",
                span=Span(i, i + 2),
                value=float(int(chance.paretovariate(0.6))),
                unit=chance.choice(UNITS),
            )
            for i in range(FIGURES)
        ),
    )
