"""Text reuse over many articles of mixed stories: time, memory and growth of the index, and what it misses.

Recall is that against comparing every word of every two articles of a sample with one another. MinHash with banding, as
`rensa` and `datasketch` have it, is measured on the same articles where one of them is installed.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path

from many_articles import Made, articles
from measures import Measure
from twosource.lineage.corpus import LEAST, SHINGLE, reuse_pairs
from twosource.lineage.reuse import Run, bridged, covered

COUNT = 10_000
SAMPLE = 40
"""Stories of the sample; the text that stands on very many sites is in it, too."""

SMALL = 0.3
"""Share of the shorter text below which a pair shares a quotation or a few paragraphs, not a text."""

SET, SPLIT = "made articles of mixed stories", "seeded"
Pairs = set[tuple[int, int]]


def reuse(count: int = COUNT) -> Iterator[Measure]:
    """Run the index alone in a process of its own on ``count`` and on a quarter of them; return its numbers."""
    seconds, megabytes, found = _alone(count)
    small, _, _ = _alone(count // 4)
    growth = seconds / count / (small / (count // 4))
    yield _less("seconds for all pairs", seconds, count)
    yield _less("peak memory, MB", megabytes, count)
    yield _less("cost of an article, times that at a quarter as many", growth, count)
    yield _more("pairs found", found, count)
    yield from _recalls(articles(count))


def _more(what: str, value: float, n: int) -> Measure:
    return Measure(f"reuse: {what}", value, SET, SPLIT, n)


def _less(what: str, value: float, n: int) -> Measure:
    return Measure(f"reuse: {what}", value, SET, SPLIT, n, "lower")


def _alone(count: int) -> tuple[float, float, int]:
    """Seconds, peak megabytes of the whole process, and pairs found, without the making of the articles."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--alone", str(count)],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes, found = done.stdout.split()
    return float(seconds), float(megabytes), int(found)


def alone(count: int) -> None:
    """Print what `_alone` reads."""
    made = articles(count)
    texts, outlets = [m.text for m in made], [m.outlet for m in made]
    began = time.process_time()
    found = sum(1 for _ in reuse_pairs(texts, outlets))
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform.startswith("linux") else 1024**2)
    sys.stdout.write(f"{seconds:.3f} {peak:.1f} {found}\n")


# --- recall -----------------------------------------------------------------------------------------------------


def _recalls(made: list[Made]) -> Iterator[Measure]:
    """Recall and speed of the index and of each library that is there."""
    stories = set(range(-1, SAMPLE))
    sample = [n for n, m in enumerate(made) if m.story in stories]
    truth = {pair for pair in combinations(sample, 2) if _common(made[pair[0]].body, made[pair[1]].body) >= LEAST}
    small = {p for p in truth if _common(made[p[0]].body, made[p[1]].body) < SMALL * _shorter(made, p)}
    chosen = set(sample)
    for name, search in SEARCHES.items():
        began = time.process_time()
        try:
            found = {p for p in search(made) if p[0] in chosen and p[1] in chosen}
        except ModuleNotFoundError:
            print(f"{name}: skipped, not installed")
            continue
        rate = len(made) / (time.process_time() - began)
        yield _more(f"recall, {name}", 100 * len(found & truth) / len(truth), len(truth))
        yield _more(f"recall of small shares, {name}", 100 * len(found & small) / len(small), len(small))
        yield _less(f"pairs without a shared passage, {name}", len(found - truth), len(found))
        yield _more(f"articles a second, {name}", rate, len(made))


def _shorter(made: list[Made], pair: tuple[int, int]) -> int:
    return min(len(made[n].body.split()) for n in pair)


def _common(left: str, right: str) -> int:
    """Words in common by brute force: every shingle of one text is looked up in the other."""
    a, b = (text.lower().replace(".", "").split() for text in (left, right))
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(b) - SHINGLE + 1):
        places[tuple(b[at : at + SHINGLE])].append(at)
    runs: list[Run] = []
    at = 0
    while at <= len(a) - SHINGLE:
        best = max((_length(a, b, at, start) for start in places.get(tuple(a[at : at + SHINGLE]), ())), default=(0, 0))
        if best[0] >= SHINGLE:
            runs.append(Run(at, best[1], best[0]))
        at += max(1, best[0] - SHINGLE + 1)
    groups = bridged([run for run in runs if run.length >= SHINGLE])
    long = [g for g in groups if g[-1].left + g[-1].length - g[0].left >= 2 * SHINGLE]
    here = covered([(g[0].left, g[-1].left + g[-1].length) for g in long])
    return min(here, covered([(g[0].right, g[-1].right + g[-1].length) for g in long]))


def _length(a: list[str], b: list[str], at: int, start: int) -> tuple[int, int]:
    length = 0
    while at + length < len(a) and start + length < len(b) and a[at + length] == b[start + length]:
        length += 1
    return length, start


# --- ways of searching ------------------------------------------------------------------------------------------


def _ours(made: list[Made]) -> Pairs:
    return {(r.left, r.right) for r in reuse_pairs([m.text for m in made], [m.outlet for m in made])}


def _rensa(made: list[Made]) -> Pairs:
    import rensa

    def signature(shingles: list[str]) -> list[int]:
        sketch = rensa.RMinHash(num_perm=128, seed=1)
        sketch.update(shingles)
        return list(sketch.digest())

    return _banded(made, signature)


def _datasketch(made: list[Made]) -> Pairs:
    from datasketch import MinHash

    def signature(shingles: list[str]) -> list[int]:
        sketch = MinHash(num_perm=128, seed=1)
        sketch.update_batch([s.encode() for s in shingles])
        return list(sketch.hashvalues)

    return _banded(made, signature)


def _banded(made: list[Made], signature: Callable[[list[str]], list[int]]) -> Pairs:
    """MinHash of 3-word shingles, 32 bands of 4 rows: pairs with one band in common. Furniture is left out for it."""
    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, article in enumerate(made):
        words = article.body.lower().replace(".", "").split()
        rows = signature([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
        for band in range(32):
            buckets[band, *rows[4 * band : 4 * band + 4]].append(number)
    return set(_pairs(buckets.values()))


def _pairs(groups: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    for group in groups:
        yield from combinations(group, 2)


SEARCHES: dict[str, Callable[[list[Made]], Pairs]] = {
    "twosource": _ours,
    "rensa": _rensa,
    "datasketch": _datasketch,
}


def main() -> None:
    """Print every number."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT, help="articles to make")
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    ask = parser.parse_args()
    if ask.alone:
        alone(ask.alone)
        return
    for m in reuse(ask.count):
        print(f"{m.name:52} {m.value:10.1f}   {m.split}, n {m.n}")


if __name__ == "__main__":
    main()
