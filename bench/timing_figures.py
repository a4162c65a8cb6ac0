"""Times figures and times of the calendar against the parse they rest on, in one run over the same articles.

The budget is a tenth of the parse. Nothing is remembered from one run to the next, because figures and times share what
they find in a paragraph.
"""

import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import program
from measures import Measure
from twosource.article import Article
from twosource.clean import label_blocks
from twosource.extract.figures import find_figures
from twosource.extract.sentences import parsing
from twosource.extract.timegrammar import sighted
from twosource.extract.times import find_times
from twosource.lang import ENGLISH

RUNS = 5
SAMPLE = 40
"""Articles of a folder that are read: enough for a stable ratio within half a minute."""

BUDGET = 10.0
"""Most that figures and times may cost, in per cent of the parse."""


def timing(articles: Sequence[Article]) -> Iterator[Measure]:
    """Return what figures and times cost in per cent of the parse: the median of several runs after a first one."""
    _shares(articles)
    runs = [_shares(articles) for _ in range(RUNS)]
    cost = statistics.median(figures + times for figures, times in runs)
    yield Measure(
        "cost: figures and times, per cent of the parse", cost, "articles", "development", len(articles), "lower"
    )


def _shares(articles: Sequence[Article]) -> tuple[float, float]:
    """Return the seconds of figures and of times as shares of those of the parse, in per cent."""
    parse = figures = times = 0.0
    sighted.cache_clear()
    for article in articles:
        blocks = label_blocks(article, ENGLISH)
        began = time.perf_counter()
        with parsing(article, blocks, ENGLISH) as parsed:
            read = time.perf_counter()
            find_figures(article, parsed.paragraphs, ENGLISH)
            counted = time.perf_counter()
            find_times(article, parsed.paragraphs, ENGLISH, blocks)
            done = time.perf_counter()
        parse, figures, times = parse + read - began, figures + counted - read, times + done - counted
    return 100 * figures / parse, 100 * times / parse


def main() -> int:
    """Print the cost for the articles of JSON Lines files."""
    rows = [row for path in sys.argv[1:] for row in program.lines(Path(path))][:SAMPLE]
    articles = [Article(id=r["id"], text=r["text"], published=r.get("published")) for r in rows]
    for m in timing(articles):
        print(f"{m.name:50} {m.value:5.1f}  (budget {BUDGET}, {m.n} articles)")
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: timing_figures.py ARTICLES.jsonl ...")
    sys.exit(main())
