"""What the program sees in two short reports of one event that a reader pastes (bench/short_reports.toml).

Each pair holds a conflict or two, and words that look like one and are none. A conflict is found where one is shown,
sure or possible, that touches the marked words in both reports; it is right where it touches some that conflict. The
baseline aligns each sentence with the likest one by TF-IDF and calls a conflict where each has a number that the other
has not; its threshold is the best one on these very pairs.
"""

import argparse
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from account_baseline import Bag, cosine, weights
from matching import Share
from measures import Measure
from program import Row
from twosource.account import Account, Place
from twosource.article import Article, Outlet, Span
from twosource.pipeline import account, read
from twosource.report import Report

PAIRS = Path(__file__).resolve().parent / "short_reports.toml"
HALVES = ("tune", "check")
GOLD = "own short reports"
ALIKE = 0.25
"""The baseline's threshold: of 0.1 to 0.5 the one with the best F1 on these pairs, 2026-11-22."""

_MARK = re.compile(r"<(\w):([^<>]{1,200})>")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[^\Wa-z])|\n")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")

Sides = tuple[Span, Span]
Marks = dict[str, Sides]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two short reports, the places that conflict, by number with their class, and those that do not, by letter."""

    half: str
    articles: tuple[Article, Article]
    marks: Marks
    conflicts: dict[str, str]
    compatible: dict[str, str]


def pairs(path: Path = PAIRS) -> list[Pair]:
    """Return the pairs of the file, in its order."""
    return [_pair(row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["story"]]


def _pair(row: Row) -> Pair:
    texts, days = row["reports"], row.get("days", [None, None])
    (left, here), (right, there) = (_bare(text.strip()) for text in texts)
    articles = [
        Article(id=name, text=text, outlet=Outlet(f"{name}.example"), published=day)
        for name, text, day in zip(("left", "right"), (left, right), days, strict=True)
    ]
    marks = {key: (here[key], there[key]) for key in here}
    return Pair(str(row["half"]), (articles[0], articles[1]), marks, dict(row["conflicts"]), dict(row["compatible"]))


def _bare(marked: str) -> tuple[str, dict[str, Span]]:
    """The text without its marks, and where the marked words stand in it."""
    text, at, found = "", 0, {}
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        found[mark[1]] = Span(len(text), len(text) + len(mark[2]))
        text, at = text + mark[2], mark.end()
    return text + marked[at:], found


@dataclass(slots=True)
class Seen:
    """What is shown of one pair: each as its two places and whether it is sure."""

    pair: Pair
    shown: list[tuple[Sides, bool]]
    account: Account | None = None
    reports: tuple[Report, ...] = ()

    def called(self, key: str) -> bool:
        return any(_touch(sides, self.pair.marks[key]) for sides, _ in self.shown)

    def right(self, sides: Sides) -> bool:
        return any(_touch(sides, self.pair.marks[key]) for key in self.pair.conflicts)


def _touch(shown: Sides, marked: Sides) -> bool:
    return all(a.overlaps(b) for a, b in zip(shown, marked, strict=True))


def seen(found: Sequence[Pair]) -> list[Seen]:
    """Return what the program shows of each pair."""
    return [_seen(pair) for pair in found]


def _seen(pair: Pair) -> Seen:
    reports = tuple(read(article) for article in pair.articles)
    made = account(reports)
    shown = [(_sides(one.left, one.right), one.certainty == "conflict") for one in made.conflicts]
    return Seen(pair, shown, made, reports)


def _sides(left: Place, right: Place) -> Sides:
    return (left.span, right.span) if left.article == "left" else (right.span, left.span)


def baseline(found: Sequence[Pair], alike: float = ALIKE) -> list[Seen]:
    """Return what sentence alignment and unequal numbers show of each pair."""
    return [Seen(pair, [(sides, True) for sides in _unequal(pair, alike)]) for pair in found]


def _unequal(pair: Pair, alike: float) -> Iterator[Sides]:
    cut = [_sentences(article.text) for article in pair.articles]
    weighed = weights(
        [article.text[s.start : s.end] for article, side in zip(pair.articles, cut, strict=True) for s in side]
    )
    told = [
        [(s, Bag.of(s.of(article.text), weighed), set(_NUMBER.findall(s.of(article.text)))) for s in side]
        for article, side in zip(pair.articles, cut, strict=True)
    ]
    for one in told[0]:
        other = max(told[1], key=lambda t: cosine(one[1], t[1]))
        if cosine(one[1], other[1]) >= alike and one[2] - other[2] and other[2] - one[2]:
            yield one[0], other[0]


def _sentences(text: str) -> list[Span]:
    edges = [0, *(m.start() for m in _SENTENCE.finditer(text)), len(text)]
    return [Span(a, b) for a, b in pairwise(edges) if text[a:b].strip()]


def short_reports(path: Path = PAIRS) -> Iterator[Measure]:
    """Yield, half by half, what is found and what of it is right, with the baseline's beside, in per cent."""
    found = pairs(path)
    for half in HALVES:
        mine = [pair for pair in found if pair.half == half]
        yield from scores(seen(mine), half)
        yield from scores(baseline(mine), half, " [TF-IDF]")


def scores(shown: Sequence[Seen], half: str, whose: str = "") -> Iterator[Measure]:
    """Yield the numbers of one half; ``whose`` stands behind the names of another program's."""
    classes: dict[str, Share] = defaultdict(Share)
    compatible, right, sure = Share(), Share(), Share()
    for one in shown:
        for key, kind in one.pair.conflicts.items():
            for share in (classes["conflicts"], classes[kind]):
                share.add(one.called(key), f"{kind}: {_shown(one.pair, key)}")
        for key, kind in one.pair.compatible.items():
            compatible.add(not one.called(key), f"{kind}: {_shown(one.pair, key)}")
        for sides, certain in one.shown:
            for share in (right, sure) if certain else (right,):
                share.add(one.right(sides), " | ".join(_texts(one.pair, sides)))
    named = {f"{name} found": share for name, share in classes.items()}
    named |= {"conflicts shown that are ones": right, "sure conflicts that are ones": sure}
    for name, share in named.items():
        pinned = not whose and name.startswith(("conflicts", "sure"))
        yield Measure(
            f"short, {half}: {name}{whose}", share.value, GOLD, half, share.n, misses=tuple(share.wrong), pinned=pinned
        )
    wrong = 100.0 - compatible.value
    yield Measure(
        f"short, {half}: compatible called conflict{whose}",
        wrong,
        GOLD,
        half,
        compatible.n,
        "lower",
        tuple(compatible.wrong),
        pinned=not whose,
    )


def _shown(pair: Pair, key: str) -> str:
    return " | ".join(_texts(pair, pair.marks[key]))


def _texts(pair: Pair, sides: Sides) -> list[str]:
    return [side.of(article.text) for side, article in zip(sides, pair.articles, strict=True)]


def main() -> int:
    """Print the numbers of both halves, and with ``--misses`` what was missed in the half rules may be mended on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help='print what was missed or wrong in "tune"')
    ask = parser.parse_args()
    for m in short_reports():
        print(f"{m.split:6} {m.name:55} {m.value:6.1f}  of {m.n}")
        if ask.misses and m.split == "tune" and not m.name.endswith("]"):
            print("".join(f"         {miss}\n" for miss in m.misses), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
