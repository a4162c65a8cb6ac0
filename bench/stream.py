"""How fast the stream gives articles their stories, and what it holds in memory, on articles of an invented vocabulary.

Stories have words of their own, themes share words between stories, and the rest is drawn by Zipf's law. Titles and
names are left out: the vectors are made here as `features` makes them, so that assignment alone is timed. Beside it
stands a scan: the same comparison with one article of every live story, timed on a sample when the stream is full.
"""

import argparse
import resource
import time
from collections.abc import Iterator

import numpy as np

from measures import Measure
from twosource.article import Article
from twosource.stories import Features, Stream, features
from twosource.stories.features import BITS

ARTICLES = 100_000
STORIES = 17_000
THEMES = 400
DRAWN, RARE = 165, 80
"""Terms of one article, and those of them that no list calls common: medians of the four story sets are 127 to 170
and 62 to 82.
"""
SCANNED = 40
"""Articles that are compared with every live story."""
SPELLED = 2_000
"""Articles of words whose features are timed."""


def made(number: int, seed: int = 7) -> Iterator[tuple[str, int, Features]]:
    """Yield the id, the true story and the features of ``number`` articles; a story's articles come close together."""
    rng = np.random.default_rng(seed)
    stories = max(1, STORIES * number // ARTICLES)
    begun = rng.uniform(0, number, stories)
    which = rng.integers(0, stories, number)
    order = np.argsort(begun[which] + rng.exponential(number / 40, number))
    theme = rng.integers(0, THEMES, stories)
    for place in order.tolist():
        story = int(which[place])
        own = 1_000_000 + story * 40 + rng.choice(40, 24, replace=False)
        themed = 500_000 + int(theme[story]) * 60 + rng.choice(60, 20, replace=False)
        plain = np.unique(np.minimum(rng.zipf(1.15, DRAWN * 2), 200_000))[-(DRAWN - 44) :]
        drawn = np.concatenate((own, themed, rng.permutation(plain))) * 2_654_435_761 % (1 << BITS)
        terms = np.array(list(dict.fromkeys(drawn.tolist())), np.uint32)
        weights = (1 + rng.exponential(0.4, len(terms))).astype(np.float32)
        weights[: len(own)] *= 2.5
        weights /= np.linalg.norm(weights)
        yield f"a{place}", story, Features(terms.tobytes(), weights.tobytes(), min(RARE, len(terms)), "")


def spelled() -> float:
    """Return how many articles a second `features` reads, on texts of 400 words drawn from invented ones."""
    rng = np.random.default_rng(3)
    letters = np.array(list("aeiounrstlmdk"))
    words = ["".join(rng.choice(letters, rng.integers(3, 9))) for _ in range(20_000)]
    texts = [
        " ".join(
            words[min(int(i), 19_999)].capitalize() if k % 9 == 4 else words[min(int(i), 19_999)]
            for k, i in enumerate(rng.zipf(1.2, 400))
        )
        for _ in range(SPELLED)
    ]
    articles = [Article(id=str(i), text=text, title=text[:60]) for i, text in enumerate(texts)]
    start = time.process_time()
    for article in articles:
        features(article)
    return SPELLED / (time.process_time() - start)


def scan(stream: Stream, sample: list[Features]) -> float:
    """Return how many articles a second are compared with every live story."""
    everything = [article for story in stream.stories for article in stream.sample(story)[:1]]
    start = time.process_time()
    for found in sample:
        stream.index.products(found, everything)
    return len(sample) / (time.process_time() - start)


def stream_measures(number: int) -> Iterator[Measure]:
    """Yield speed, flatness, memory and the ratio to a scan."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    arriving = list(made(number))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stream, tenth, times = Stream(), number // 10, list[float]()
    for start in range(0, number, tenth):
        begun = time.process_time()
        for article, _, found in arriving[start : start + tenth]:
            stream.assign(article, found, None)
        times.append(time.process_time() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pace = number / sum(times)
    scanned = scan(stream, [found for _, _, found in arriving[-SCANNED:]])
    begun = time.process_time()
    stream._settled = number - min(number, 2_000)  # noqa: SLF001 - a look back at a part of them
    stream.repair(0.0)
    back = min(number, 2_000) / (time.process_time() - begun)
    yield from (
        _of("stream: articles assigned a second", pace, number),
        _of("stream: cost in the last tenth against the second", times[-1] / times[1], number, lower=True),
        _of("stream: live stories", len(stream.stories), number),
        _of("stream: articles looked back at a second", back, number),
        _of("stream: MB, with the features kept", (peak - before) / 1024, number, lower=True),
        _of("stream: MB, without them", (peak - held) / 1024, number, lower=True),
        _of("stream: times faster than a scan of all stories", pace / scanned, number),
        _of("stream: articles whose features are made a second", spelled(), SPELLED),
        _of("stream: articles in a story of one event alone, per cent", _pure(stream, arriving), number),
    )


def _pure(stream: Stream, arriving: list[tuple[str, int, Features]]) -> float:
    truth = {article: story for article, story, _ in arriving}
    pure = (len(a) for a in stream.stories.values() if len({truth[x] for x in a}) == 1)
    return 100 * sum(pure) / len(truth)


def _of(name: str, value: float, n: int, *, lower: bool = False) -> Measure:
    return Measure(name, round(value, 2), "invented articles", "this machine", n, "lower" if lower else "higher")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=ARTICLES)
    for measure in stream_measures(options.parse_args().articles):
        print(f"{measure.name:60} {measure.value:10,.2f}")


if __name__ == "__main__":
    main()
