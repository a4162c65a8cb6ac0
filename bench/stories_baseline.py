"""The stories of the shared folder by the simplest method that could work: TF-IDF and average linkage, all at once.

It sees every article before it decides, and its threshold (cosine distance 0.85) is the best one on these very sets;
the stream decides on each article as it comes. scikit-learn and scipy come with the bench extra.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import program
from measures import Measure

SETS = ("news_cluster", "wikinews", "basil", "ecbplus", "mixed")
DISTANCE = 0.85
"""Cosine distance up to which groups are joined."""

Labels = Mapping[str, str]


def read(path: Path) -> list[dict[str, Any]]:
    """Return the articles of a set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def batch(articles: Sequence[Mapping[str, Any]]) -> Labels:
    """Return the baseline's group of each article id."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform([a["text"] for a in articles])
    apart = np.clip(1 - (vectors @ vectors.T).toarray(), 0, None)
    np.fill_diagonal(apart, 0)
    groups = fcluster(linkage(squareform((apart + apart.T) / 2, checks=False), "average"), DISTANCE, "distance")
    return {a["id"]: str(group) for a, group in zip(articles, groups, strict=True)}


def streamed(cli: Path, path: Path) -> Labels:
    """Return the program's story of each article id."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "in.jsonl"
        kept = ("id", "outlet", "url", "title", "published", "text")
        lines = (json.dumps({k: a[k] for k in kept if a[k] is not None}) for a in read(path))
        given.write_text("\n".join(lines) + "\n", encoding="utf-8")
        printed = program.run(cli, ["stories", "--jsonl", str(given)])
    stories = [json.loads(line) for line in printed.splitlines()]
    return {article: story["id"] for story in stories for article in story["articles"]}


def scores(gold: Labels, found: Labels) -> tuple[float, float]:
    """Return BCubed F1 and pair F1 in per cent; an article that is not in ``found`` is a story of its own."""
    own = {a: found.get(a, f"lost {a}") for a in gold}
    both = Counter((gold[a], own[a]) for a in gold)
    events, stories = Counter(gold.values()), Counter(own.values())
    precision = sum(both[gold[a], own[a]] / stories[own[a]] for a in gold) / len(gold)
    recall = sum(both[gold[a], own[a]] / events[gold[a]] for a in gold) / len(gold)
    shared, in_events, in_stories = (sum(n * (n - 1) for n in counts.values()) for counts in (both, events, stories))
    return 200 * precision * recall / (precision + recall), 200 * shared / max(1, in_events + in_stories)


def story_measures(cli: Path, gold: Path) -> Iterator[Measure]:
    """Yield BCubed and pair F1 of each set, and their means, of the program and of the baseline."""
    totals: dict[str, list[tuple[float, float]]] = {"": [], " [batch TF-IDF]": []}
    for name in SETS:
        articles = read(gold / "stories" / f"{name}.jsonl")
        events = {a["id"]: str(a["event"]) for a in articles}
        for whose, found in (
            ("", streamed(cli, gold / "stories" / f"{name}.jsonl")),
            (" [batch TF-IDF]", batch(articles)),
        ):
            cubed, pair = scores(events, found)
            totals[whose].append((cubed, pair))
            yield _measure(f"stories {name}: BCubed F1{whose}", cubed, len(articles))
            yield _measure(f"stories {name}: pair F1{whose}", pair, len(articles))
    for whose, found_scores in totals.items():
        for what, values in zip(("BCubed", "pair"), zip(*found_scores, strict=True), strict=True):
            yield _measure(f"stories, mean of sets: {what} F1{whose}", sum(values) / len(values), len(values))


def _measure(name: str, value: float, n: int) -> Measure:
    return Measure(name, round(value, 1), "story sets", "development", n, pinned="[" not in name)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cli", type=Path, default=Path(sys.executable).with_name("twosource"))
    options.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    chosen = options.parse_args()
    for measure in story_measures(chosen.cli, chosen.gold):
        print(f"{measure.name:60} {measure.value:6.1f}")


if __name__ == "__main__":
    main()
