"""Articles of mixed stories, made up word by word: as many as asked for, with the copies that newsrooms make.

The words are invented and as frequent as words are (Zipf), stock phrases recur, outlets put furniture below everything,
wire texts are cut, reordered, edited and padded, and separate reports quote one interview. Seeded, so always the same.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

SEED = 20261122
WORDS = 30_000
"""Distinct words."""

PHRASES = 3_000
"""Stock phrases of three to seven words; one stands in every forty words or so."""

OUTLETS = 80
WIDE = 150
"""Sites that carry one text between them, whatever the size of the corpus."""

SMALL = [
    "the",
    "a",
    "of",
    "to",
    "in",
    "and",
    "that",
    "it",
    "was",
    "on",
    "for",
    "is",
    "with",
    "as",
    "at",
    "by",
    "from",
    "he",
    "she",
    "they",
    "his",
    "her",
    "be",
    "has",
    "had",
    "have",
    "not",
    "but",
    "who",
    "which",
    "were",
    "said",
]


@dataclass(frozen=True, slots=True)
class Made:
    """A made article: ``body`` without the outlet's furniture, ``text`` with it."""

    outlet: str
    story: int
    body: str
    text: str


class Newsroom:
    """Makes words, sentences, texts and their copies."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._words = [*SMALL, *self._invented(WORDS)]
        self._totals = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        self._phrases = [self._salad(self._random.randint(3, 7)) for _ in range(PHRASES)]
        self._phrase_totals = list(accumulate(1 / (rank + 10) for rank in range(PHRASES)))
        self._furniture = {f"outlet{n}": self.text(2, self._random.randint(0, 6)) for n in range(OUTLETS)}

    def _invented(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        syllables = [c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s", "l")]
        while len(found) < count:
            found["".join(self._random.choices(syllables, k=self._random.choice((1, 2, 2, 3, 3))))] = None
        return list(found)

    def _salad(self, count: int) -> list[str]:
        last = self._totals[-1]
        return [self._words[bisect(self._totals, self._random.random() * last)] for _ in range(count)]

    def sentence(self) -> str:
        """Eight to thirty words, some of them in stock phrases."""
        words: list[str] = []
        while len(words) < self._random.randint(8, 30):
            if self._random.random() < 0.1:
                words += self._phrases[bisect(self._phrase_totals, self._random.random() * self._phrase_totals[-1])]
            else:
                words += self._salad(4)
        return " ".join(words).capitalize() + "."

    def text(self, least: int, more: int = 0) -> list[str]:
        """So many sentences."""
        return [self.sentence() for _ in range(least + self._random.randint(0, more))]

    def copied(self, text: list[str]) -> list[str]:
        """One of the ways in which a text is taken over."""
        way = self._random.choice(("whole", "cut", "edited", "shuffled", "padded", "part"))
        if way == "cut":
            return text[: max(3, int(len(text) * self._random.uniform(0.3, 0.9)))]
        if way == "edited":
            return [self._edited(s, self._random.uniform(0.02, 0.12)) for s in text]
        if way == "shuffled":
            return self._random.sample(text, len(text))
        if way == "padded":
            return [*self.text(1, 2), *text, *self.text(2, 8)]
        if way == "part":
            first = self._random.randrange(max(1, len(text) - 4))
            return [*self.text(6, 8), *text[first : first + 4], *self.text(4, 8)]
        return text

    def _edited(self, sentence: str, share: float) -> str:
        return " ".join(self._salad(1)[0] if self._random.random() < share else w for w in sentence.split(" "))

    def made(self, story: int, sentences: list[str]) -> Made:
        """The sentences as an article of some outlet."""
        outlet = f"outlet{self._random.randrange(OUTLETS)}"
        body = " ".join(sentences)
        return Made(outlet, story, body, "\n".join([body, *self._furniture[outlet]]))

    def story(self, number: int) -> Iterator[Made]:
        """Reports of one story: a wire text and copies of it, and own texts of which some quote one interview."""
        wire = self.text(12, 14)
        spoken = self.text(1, 2)
        yield self.made(number, wire)
        for _ in range(min(12, int(self._random.paretovariate(1.1)) - 1)):
            yield self.made(number, self.copied(wire))
        for _ in range(self._random.randint(0, 3)):
            own = self.text(12, 14)
            if self._random.random() < 0.5:
                own[5:5] = spoken
            yield self.made(number, own)


def articles(count: int, seed: int = SEED) -> list[Made]:
    """Return so many articles, stories mixed; one text stands on `WIDE` sites where there is room for it."""
    room = Newsroom(seed)
    found: list[Made] = []
    if count >= 4 * WIDE:
        wide = room.text(12, 14)
        found += (room.made(-1, room.copied(wide)) for _ in range(WIDE))
    story = 0
    while len(found) < count:
        found += room.story(story)
        story += 1
    shuffled = random.Random(seed + 1)  # noqa: S311
    found = found[:count]
    shuffled.shuffle(found)
    return found
