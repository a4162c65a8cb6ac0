"""Cleaning of news pages, from HTML and from text: quality beside trafilatura's modes in the same run, outlet by
outlet, with each outlet left out in turn, by class of error, and speed.

Body is what stands in blocks of kind body and heading; precision and recall are means over pages of shared runs of four
words.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from left_out import SWEPT, all_text, best_for_others, constant, outlet_of, without
from measures import Better, Measure
from owners import owners
from twosource.article import Article, Block
from twosource.clean import label_blocks
from twosource.clean.page import read_page
from twosource.clean.phrases import Table, table
from twosource.clean.plain import PROSE, label_text
from twosource.lang import ENGLISH

ROOT = Path(__file__).resolve().parent.parent
RUN = 4
"""Words of a shared run."""

TRUE = 0.5
"""Share of a line's runs that the gold must hold for the line to be of the report."""

MODES = (("fast", True, False), ("default", False, False), ("precision", False, True))
"""Trafilatura's modes: what they are called, and whether they are fast and precise."""

LOST = ("boilerplate", "teaser", "caption", "credit", "byline", "dateline", "dek", "headline")
KEPT = tuple(f"{shape} {place}" for shape in ("paragraphs", "short lines") for place in ("before", "inside", "after"))
"""Classes of error: what a line of the report was taken for, and where furniture was kept, seen from the report."""

_WORD = re.compile(r"\w+")

Page = Mapping[str, Any]
Blocks = Sequence[Block]


@dataclass(frozen=True, slots=True)
class Scored:
    """Precision (None where nothing was taken) and recall of one page."""

    precision: float | None
    recall: float | None


def cleaning(gold: Path) -> Iterator[Measure]:
    """Yield the numbers for the development pages in ``gold``, named as the folder's script names its own."""
    pages = _pages(gold)
    yield from _against(pages)
    yield from _by_outlet(pages)
    for kind in ("html", "text"):
        yield from _left_out(pages, kind)
        yield from _errors(pages, kind)
    yield from owners(gold)


def cleaning_speed(gold: Path) -> Iterator[Measure]:
    """Yield what the same pages cost; processor time."""
    yield from _speed(_pages(gold))


def _pages(gold: Path) -> list[Page]:
    with (gold / "cleaning" / "pages.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _measure(
    what: str,
    value: float,
    n: int,
    *,
    lower: bool = False,
    pinned: bool = True,
    scale: float = 100,
    misses: Iterable[str] = (),
) -> Measure:
    better: Better = "lower" if lower else "higher"
    name = f"cleaning_{what}"
    return Measure(name, scale * value, "news pages", "development", n, better, tuple(misses), pinned)


def body(text: str, blocks: Blocks) -> str:
    """Return the words of the report, one block a line."""
    return "\n".join(block.span.of(text) for block in blocks if block.kind in ("body", "heading"))


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words with their numbers; a shorter text is one run."""
    words = _WORD.findall(text.lower())
    return Counter(tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))) if words else Counter()


def score(page: Page, said: str) -> Scored:
    """Score one extraction."""
    true, taken = runs(truth(page)), runs(said)
    shared = (true & taken).total()
    return Scored(shared / taken.total() if taken else None, shared / true.total() if true else None)


def truth(page: Page) -> str:
    """Return the report of the gold."""
    return page["body"] if isinstance(page["body"], str) else "\n".join(page["body"])


def averages(scores: Sequence[Scored]) -> tuple[float, float, float]:
    """Return mean precision, mean recall, and their F1."""
    right = [s.precision for s in scores if s.precision is not None]
    found = [s.recall for s in scores if s.recall is not None]
    p, r = sum(right) / max(1, len(right)), sum(found) / max(1, len(found))
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def f1(scores: Sequence[Scored]) -> float:
    """Return F1 of the means."""
    return averages(scores)[2]


def labelled(page: Page, kind: str, known: Table) -> tuple[str, Blocks]:
    """Return the received text of a page, or its plain rendering, with its blocks."""
    if kind == "html":
        read = read_page(page["html"], known)
        return read.text, read.blocks
    return page["text"], label_text(page["text"], None, known)


def _scored(pages: Iterable[Page], kind: str, known: Table) -> dict[str, list[Scored]]:
    """The scores of the pages by outlet."""
    found: dict[str, list[Scored]] = defaultdict(list)
    for page in pages:
        found[outlet_of(page)].append(score(page, body(*labelled(page, kind, known))))
    return dict(found)


def _all(by_outlet: Mapping[str, Sequence[Scored]]) -> list[Scored]:
    return [s for scores in by_outlet.values() for s in scores]


def _against(pages: Sequence[Page]) -> Iterator[Measure]:
    """Ours from HTML and from text, and trafilatura's modes from HTML."""
    for kind in ("html", "text"):
        p, r, f = averages(_all(_scored(pages, kind, table(ENGLISH))))
        for name, value in (("P", p), ("R", r), ("F1", f)):
            yield _measure(f"{kind}: article body {name}", value, len(pages))
    import trafilatura

    for mode, fast, precise in MODES:
        scores = [
            score(p, trafilatura.extract(p["html"], fast=fast, favor_precision=precise, include_comments=False) or "")
            for p in pages
        ]
        for name, value in zip(("P", "R", "F1"), averages(scores), strict=True):
            what = f"html: article body {name} [trafilatura {mode}]"
            yield _measure(what, value, len(pages), pinned=False)


def _by_outlet(pages: Sequence[Page]) -> Iterator[Measure]:
    """The mean and the lowest F1 over outlets, and each of them as a miss to be printed."""
    for kind in ("html", "text"):
        each = {outlet: f1(scores) for outlet, scores in _scored(pages, kind, table(ENGLISH)).items()}
        shown = [f"{outlet} {100 * value:.1f}" for outlet, value in sorted(each.items(), key=lambda pair: pair[1])]
        yield _measure(
            f"{kind}: article body F1, mean of outlets", sum(each.values()) / len(each), len(each), misses=shown
        )
        yield _measure(f"{kind}: article body F1, lowest outlet", min(each.values()), len(each))


def _left_out(pages: Sequence[Page], kind: str) -> Iterator[Measure]:
    """F1 with phrases and constants that no page of the outlet could have taught."""
    module, name, values = SWEPT[kind]
    by_value: dict[float, dict[str, list[Scored]]] = {}
    for value in values:
        with constant(module, name, value):
            by_value[value] = _scored(pages, kind, table(ENGLISH))
    texts, scores, gone = all_text(pages), [], []
    for outlet in texts:
        known, less = without(table(ENGLISH), outlet, texts)
        gone.append(f"{outlet}: {less} phrases")
        with constant(module, name, best_for_others(by_value, outlet, f1)):
            scores += _all(_scored([p for p in pages if outlet_of(p) == outlet], kind, known))
    p, r, f = averages(scores)
    for what, number in (("P", p), ("R", r), ("F1", f)):
        yield _measure(
            f"{kind}: article body {what}, outlet left out", number, len(pages), misses=gone if what == "F1" else ()
        )


def _errors(pages: Sequence[Page], kind: str) -> Iterator[Measure]:
    """Words of furniture kept, in percent of all words kept, and of the report lost, in percent of all its words."""
    kept: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    taken = true = 0
    for page in pages:
        for words, right, of_report, name in _lines(page, kind):
            taken += words * of_report
            true += words * right
            if of_report and not right:
                kept[name] += words
            elif right and not of_report:
                lost[name] += words
    for name in KEPT:
        what = f"{kind}: furniture kept, {name} the report"
        yield _measure(what, kept[name] / max(1, taken), taken, lower=True, pinned=False)
    for name in LOST:
        what = f"{kind}: report lost, taken for {name}"
        yield _measure(what, lost[name] / max(1, true), true, lower=True, pinned=False)


def _lines(page: Page, kind: str) -> Iterator[tuple[int, bool, bool, str]]:
    """Of each block: words, whether the gold has it, whether we take it, and the class of error that would be."""
    text, blocks = labelled(page, kind, table(ENGLISH))
    gold, whole = runs(truth(page)), {" ".join(_WORD.findall(line.lower())) for line in truth(page).split("\n")}
    shown = [_WORD.findall(block.span.of(text).lower()) for block in blocks]
    right = [_is_true(words, gold, whole) for words in shown]
    places = [i for i, one in enumerate(right) if one]
    for i, (block, words) in enumerate(zip(blocks, shown, strict=True)):
        of_report = block.kind in ("body", "heading")
        yield len(words), right[i], of_report, _place(i, len(words), places) if of_report else block.kind


def _place(at: int, words: int, report: Sequence[int]) -> str:
    """The class of a line that was kept and is not of the report, by its length and where it stands."""
    place = "before" if not report or at < report[0] else "after" if at > report[-1] else "inside"
    return f"{'paragraphs' if words >= PROSE else 'short lines'} {place}"


def _is_true(words: Sequence[str], gold: Counter[tuple[str, ...]], whole: set[str]) -> bool:
    if len(words) < RUN:
        return " ".join(words) in whole
    own = [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]
    return sum(run in gold for run in own) >= TRUE * len(own)


def _speed(pages: Sequence[Page]) -> Iterator[Measure]:
    """Pages beside trafilatura's fast mode, page by page in turns, and megabytes of text a second; processor time."""
    import trafilatura

    ours = theirs = 0.0
    for page in pages:
        ours += _seconds(lambda p=page: read_page(p["html"], table(ENGLISH)))  # type: ignore[misc]
        theirs += _seconds(lambda p=page: trafilatura.extract(p["html"], fast=True, include_comments=False))  # type: ignore[misc]
    texts = [Article(id=page["id"], text=page["text"]) for page in pages]
    size = sum(len(article.text.encode()) for article in texts)
    text = _seconds(lambda: [label_blocks(article, ENGLISH) for article in texts])
    yield _measure("html: speed, times that of trafilatura fast", theirs / ours, len(pages), scale=1)
    yield _measure("html: milliseconds a page", ours / len(pages), len(pages), scale=1000, lower=True)
    yield _measure("text: megabytes a second", size / text / 1e6, len(pages), scale=1)


def _seconds(act: Callable[[], object]) -> float:
    """The least processor time of three turns."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        act()
        best = min(best, time.process_time() - begun)
    return best


def main() -> int:
    """Print the numbers, and what is behind them."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="the folder of gold files")
    ask.add_argument("--speed", action="store_true", help="only what it costs")
    asked = ask.parse_args()
    for m in (*(() if asked.speed else cleaning(asked.gold)), *cleaning_speed(asked.gold)):
        print(f"{m.name:56} {m.value:7.2f}   {m.n}")
        print("".join(f"    {miss}\n" for miss in m.misses), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
