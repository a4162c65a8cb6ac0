"""Learns the numbers of `twosource.stories.model` from articles of known events, and tells how well they carry over.

Evidence: pairs of articles of one set, each pair with its product and with the crowding of both, as the stream has them
after its last look. Pairs of one event, and those of two events whose product is at least `HARD`, are told apart by
logistic regression, every set with the same weight; that gives `LIKENESS`, `CROWD` and `BASE`. Then the stream runs
again with every `JOIN` of `JOINS`, `ARRIVE` half a unit above it, and the best mean of BCubed and pair F1 is taken.

Each set is judged with numbers learned from the others. scikit-learn comes with the bench extra.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

import numpy as np

from stories_baseline import SETS, Labels, read, scores
from twosource.article import Article
from twosource.stories import Features, Stream, features, model, repair, stream
from twosource.stories.replay import PERIOD, seconds

HARD = 0.05
"""Least product of a pair of two events that is learned from: the others are easy, and there are too many of them."""
JOINS = (-1.2, -0.8, -0.4, 0.0, 0.4)
STEP = 0.5
"""`ARRIVE` less `JOIN`: so much surer must be who has no company yet."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The five numbers of the model."""

    likeness: float = model.LIKENESS
    crowd: float = model.CROWD
    base: float = model.BASE
    arrive: float = model.ARRIVE
    join: float = model.JOIN

    def __str__(self) -> str:
        return " ".join(f"{name.upper()} {getattr(self, name):.2f}" for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Known:
    """A set: ids, features and times in order of arrival, and the event of each article."""

    arriving: tuple[tuple[str, Features, float | None], ...]
    events: Labels


@contextmanager
def using(numbers: Numbers) -> Iterator[None]:
    """Let the stream decide by other numbers."""
    before = Numbers()
    try:
        _put(numbers)
        yield
    finally:
        _put(before)


def _put(numbers: Numbers) -> None:
    for name in numbers.__slots__:
        for module in (model, repair, stream):
            if hasattr(module, name.upper()):
                setattr(module, name.upper(), getattr(numbers, name))


def known(path: Path) -> Known:
    """Read a set, undated articles behind those they stand behind."""
    rows: list[tuple[float, dict[str, Any]]] = []
    for row in read(path):
        at = seconds(row.get("published"))
        rows.append((at if at is not None else rows[-1][0] if rows else -inf, row))
    rows.sort(key=lambda r: r[0])
    arriving = tuple(
        (r["id"], features(Article(id=r["id"], text=r["text"], title=r.get("title"))), seconds(r.get("published")))
        for _, r in rows
    )
    return Known(arriving, {r["id"]: str(r["event"]) for _, r in rows})


def streamed(found: Known, numbers: Numbers) -> Stream:
    """Return the stream after all articles of a set."""
    with using(numbers):
        made = Stream()
        for number, (article, its, at) in enumerate(found.arriving, 1):
            made.assign(article, its, at)
            if number % PERIOD == 0 or number == len(found.arriving):
                made.repair(0.0)
    return made


def judged(found: Known, numbers: Numbers) -> tuple[float, float]:
    """Return BCubed and pair F1 of a set, in per cent."""
    made = streamed(found, numbers)
    return scores(found.events, {article: made.story(article) for article in found.events})


def pairs(found: Known) -> tuple[np.ndarray, np.ndarray]:
    """Return product and sum of crowdings of the pairs that are learned from, and whether each is of one event."""
    made = streamed(found, Numbers())
    articles = [article for article, _, _ in found.arriving]
    crowds = np.array([made.crowding(article) for article in articles])
    events = np.array([found.events[article] for article in articles])
    left, right = np.triu_indices(len(articles), 1)
    products, same = made.index.matrix(articles)[left, right], events[left] == events[right]
    kept = same | (products > HARD)
    return np.stack((products, crowds[left] + crowds[right]), axis=1)[kept], same[kept]


def fitted(learned_from: Sequence[tuple[np.ndarray, np.ndarray]]) -> Numbers:
    """Return the first three numbers."""
    from sklearn.linear_model import LogisticRegression

    weights = np.concatenate([np.full(len(same), 1000 / len(same)) for _, same in learned_from])
    values = np.concatenate([those for those, _ in learned_from])
    spread = values.std(axis=0)
    fit = LogisticRegression(C=1000.0, max_iter=5000)
    fit.fit(values / spread, np.concatenate([same for _, same in learned_from]), sample_weight=weights)
    likeness, crowd = fit.coef_[0] / spread
    return Numbers(float(likeness), float(-crowd), float(fit.intercept_[0]))


def learned(sets: Sequence[Known], learned_from: Sequence[tuple[np.ndarray, np.ndarray]]) -> Numbers:
    """Return the five numbers learned from some sets."""
    three = fitted(learned_from)
    tried = [Numbers(three.likeness, three.crowd, three.base, join + STEP, join) for join in JOINS]
    return max(tried, key=lambda numbers: sum(sum(judged(found, numbers)) for found in sets))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    gold: Path = options.parse_args().gold
    sets = [known(gold / "stories" / f"{name}.jsonl") for name in SETS]
    two = [pairs(found) for found in sets]
    print(f"shipped: {Numbers()}")
    print(f"learned from all: {learned(sets, two)}")
    for i, name in enumerate(SETS):
        others = learned([s for j, s in enumerate(sets) if j != i], [t for j, t in enumerate(two) if j != i])
        own, shipped = judged(sets[i], others), judged(sets[i], Numbers())
        print(
            f"{name:14} learned from the others {own[0]:5.1f} {own[1]:5.1f}   shipped {shipped[0]:5.1f} "
            f"{shipped[1]:5.1f}   {others}",
            flush=True,
        )


if __name__ == "__main__":
    main()
