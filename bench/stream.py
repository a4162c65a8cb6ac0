"""How fast the stream gives articles their stories and looks back at them, and what it holds in memory.

The articles are of an invented vocabulary: stories have words of their own, themes share words between stories, and the
rest is drawn by Zipf's law. Titles and names are left out: the vectors are made here as `features` makes them, so that
the stream alone is timed. It is filled first, each article in its true story; then as many arrive while old stories
leave, so that the number of live ones stays the same and cost can be compared from beginning to end. Beside it stands a
scan: the same comparison with one article of every live story, timed on a sample.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from measures import Measure
from twosource.article import Article
from twosource.stories import Features, Stream, features
from twosource.stories.features import BITS
from twosource.stories.replay import PERIOD
from twosource.stories.stream import WINDOW

LIVE = 100_000
"""Articles that are live at any time, and as many that arrive."""
QUICK = 20_000
"""The same where time is short."""
EACH = 100 / 17
"""Articles of one story."""
SPREAD = 40
"""Part of the live articles that arrive while a story gets about two thirds of its own."""
THEMES = 400
DRAWN, RARE = 165, 80
"""Terms of one article, and those of them that no list calls common: medians of the four story sets are 127 to 170
and 62 to 82.
"""
SCANNED = 40
"""Articles that are compared with every live story."""
SPELLED = 2_000
"""Articles of words whose features are timed."""

Arrival = tuple[str, int, Features]


def made(number: int, seed: int = 7) -> Iterator[Arrival]:
    """Yield id, true story and features of twice ``number`` articles; those of one story come close together."""
    rng = np.random.default_rng(seed)
    stories = int(2 * number / EACH)
    which = rng.integers(0, stories, 2 * number)
    begun = rng.uniform(0, 2 * number, stories)
    order = np.argsort(begun[which] + rng.exponential(number / SPREAD, 2 * number))
    theme = rng.integers(0, THEMES, stories)
    for place in order.tolist():
        story = int(which[place])
        own = 1_000_000 + story * 40 + rng.permutation(40)[:24]
        themed = 500_000 + int(theme[story]) * 60 + rng.permutation(60)[:20]
        plain = np.unique(np.minimum(rng.zipf(1.15, DRAWN * 2), 200_000))[-(DRAWN - 44) :]
        drawn = np.concatenate((own, themed, rng.permutation(plain))) * 2_654_435_761 % (1 << BITS)
        terms = np.array(list(dict.fromkeys(drawn.tolist())), np.uint32)
        weights = (1 + rng.exponential(0.4, len(terms))).astype(np.float32)
        weights[: len(own)] *= 2.5
        weights /= np.linalg.norm(weights)
        yield f"a{place}", story, Features(terms.tobytes(), weights.tobytes(), min(RARE, len(terms)), "")


def spelled() -> float:
    """Return how many articles a second `features` reads, on texts of 400 words drawn from invented ones, of which as
    many were read before.
    """
    rng = np.random.default_rng(3)
    letters = np.array(list("aeiounrstlmdk"))
    words = ["".join(rng.choice(letters, rng.integers(3, 9))) for _ in range(20_000)]
    texts = [
        " ".join(
            words[min(int(i), 19_999)].capitalize() if k % 9 == 4 else words[min(int(i), 19_999)]
            for k, i in enumerate(rng.zipf(1.2, 400))
        )
        for _ in range(2 * SPELLED)
    ]
    articles = [Article(id=str(i), text=text, title=text[:60]) for i, text in enumerate(texts)]
    for article in articles[SPELLED:]:
        features(article)
    start = time.process_time()
    for article in articles[:SPELLED]:
        features(article)
    return SPELLED / (time.process_time() - start)


@dataclass(slots=True)
class Run:
    """A stream that is always as full: its articles with their true stories, and what each batch took, in seconds."""

    live: int
    stream: Stream = field(default_factory=Stream)
    truth: dict[str, int] = field(default_factory=dict)
    assigned: list[float] = field(default_factory=list)
    looked: list[float] = field(default_factory=list)

    def fill(self, arriving: Iterator[Arrival]) -> None:
        """Restore a stream with the first of the articles, each in its true story."""
        self.stream = Stream.restore(
            (article, f"t{story}", found, self._at(place))
            for place, (article, story, found) in enumerate(self._known(islice(arriving, self.live)))
        )

    def _at(self, place: int) -> float:
        """The time of an arrival: so that, with what a story lives after its last article, ``live`` are live."""
        return place * WINDOW / (self.live * (1 - 2.4 / SPREAD))

    def _known(self, arriving: Iterator[Arrival]) -> Iterator[Arrival]:
        for article, story, found in arriving:
            self.truth[article] = story
            yield article, story, found

    def go_on(self, arriving: Iterator[Arrival]) -> None:
        """Let the rest arrive, with a look back after each batch, as at the desk."""
        place = self.live
        while batch := list(self._known(islice(arriving, PERIOD))):
            begun = time.process_time()
            for behind, (article, _, found) in enumerate(batch):
                self.stream.assign(article, found, self._at(place + behind))
            self.assigned.append(time.process_time() - begun)
            begun = time.process_time()
            place += len(batch)
            self.stream.repair(self._at(place))
            self.stream.expire(self._at(place))
            self.looked.append(time.process_time() - begun)

    def pure(self) -> float:
        """Return the share of live articles in stories of one event alone, per cent."""
        pure = (len(a) for a in self.stream.stories.values() if len({self.truth[x] for x in a}) == 1)
        return 100 * sum(pure) / len(self.stream.seats)

    def scan(self) -> float:
        """Return how many articles a second are compared with every live story."""
        everything = self.stream.index.slots(articles[0] for articles in self.stream.stories.values())
        start = time.process_time()
        for article in list(self.stream.seats)[-SCANNED:]:
            self.stream.index.products(self.stream.seats[article].found, everything)
        return SCANNED / (time.process_time() - start)


def flatness(took: list[float]) -> float:
    """Return what the last tenth took, by what the second took."""
    tenth = len(took) // 10
    return sum(took[-tenth:]) / sum(took[tenth : 2 * tenth])


def stream_measures(number: int = QUICK) -> Iterator[Measure]:
    """Yield speed, flatness, memory and the ratio to a scan, with ``number`` live articles."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run, arriving = Run(number), made(number)
    run.fill(arriving)
    stories = [len(run.stream.stories)]
    run.go_on(arriving)
    stories.append(len(run.stream.stories))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assigned, looked = sum(run.assigned), sum(run.looked)
    both = [a + b for a, b in zip(run.assigned, run.looked, strict=True)]
    yield from (
        _of("stream: articles assigned a second", number / assigned, number),
        _of("stream: articles looked back at a second", number / looked, number),
        _of("stream: articles assigned and looked back at a second", number / (assigned + looked), number),
        _of("stream: assignment in the last tenth against the second", flatness(run.assigned), number, lower=True),
        _of("stream: cost in the last tenth against the second", flatness(both), number, lower=True),
        _of("stream: live stories at the beginning", stories[0], number),
        _of("stream: live stories at the end", stories[1], number),
        _of("stream: live articles at the end", len(run.stream.seats), number),
        _of("stream: MB, with the features kept", (peak - before) / 1024, number, lower=True),
        _of("stream: times faster than a scan of all stories", number / assigned / run.scan(), number),
        _of("stream: articles whose features are made a second", spelled(), SPELLED),
        _of("stream: articles in a story of one event alone, per cent", run.pure(), number),
    )


def _of(name: str, value: float, n: int, *, lower: bool = False) -> Measure:
    return Measure(name, round(value, 2), "invented articles", "this machine", n, "lower" if lower else "higher")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=LIVE, help="live articles, and as many that arrive")
    options.add_argument("--quick", action="store_true", help=f"no more than {QUICK:,}")
    chosen = options.parse_args()
    for measure in stream_measures(QUICK if chosen.quick else chosen.articles):
        print(f"{measure.name:60} {measure.value:10,.2f}")


if __name__ == "__main__":
    main()
