"""What simple counters of sources make of the same pairs: shared word sequences, headlines, headline and summary.

Each calls a pair dependent, and copied, where its measure reaches one threshold. For sequences the threshold that
serves them best on these very pairs is taken; the other two are those of programs in use.
"""

import argparse
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import shared_gold
from measures import LOWER, Better, Measure
from program import Row

SEQUENCE = 8
"""Words of a sequence."""

HEADLINE, SUMMARY = 0.55, 0.7
"""Jaccard of words from which two headlines, and two headlines with summaries, are taken for one story."""

TRIED = [n / 100 for n in range(2, 100, 2)]
COPIED = {"copy", "partial_copy"}
SET, SPLIT = "same-event pairs", "development"


def lineage_baselines(gold: Path) -> Iterator[Measure]:
    """Score the three baselines on the folder's labelled pairs; those marked unsure are left out, as in the score."""
    pairs = [p for p in _lines(gold / "independence.jsonl") if not p.get("unsure")]
    texts = {r["id"]: r for name in ("news_cluster", "basil") for r in _lines(gold / "stories" / f"{name}.jsonl")}
    shares = _measured(pairs, texts, _containment)
    best = max(TRIED, key=lambda least: (_f1(pairs, shares, least, COPIED), -least))
    yield from _scores(f"{SEQUENCE}-gram containment", pairs, shares, best)
    yield from _scores("headline Jaccard", pairs, _measured(pairs, texts, _headlines), HEADLINE)
    yield from _scores("title and summary Jaccard", pairs, _measured(pairs, texts, _summaries), SUMMARY)


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _measured(pairs: list[Row], texts: dict[str, Row], like: Callable[[Row, Row], float]) -> list[float]:
    return [like(texts[p["left"]], texts[p["right"]]) for p in pairs]


def _scores(name: str, pairs: list[Row], shares: list[float], least: float) -> Iterator[Measure]:
    alone = [share < least for p, share in zip(pairs, shares, strict=True) if p["relation"] == "independent"]
    copies = [share < least for p, share in zip(pairs, shares, strict=True) if p["relation"] in COPIED]
    others = {p["relation"] for p in pairs} - {"independent"}
    numbers = (
        ("copied text (copy, partial_copy) F1", _f1(pairs, shares, least, COPIED), len(copies)),
        ("not independent (any link) F1", _f1(pairs, shares, least, others), len(pairs) - len(alone)),
        ("independent kept independent", 100 * sum(alone) / max(1, len(alone)), len(alone)),
        ("called independent, is a copy", sum(copies), len(copies)),
    )
    for what, value, n in numbers:
        better: Better = "lower" if what in LOWER else "higher"
        yield Measure(f"independence: {what} [{name}]", value, SET, SPLIT, n, better, pinned=False)


def _f1(pairs: list[Row], shares: list[float], least: float, wanted: set[str]) -> float:
    found = [share >= least for share in shares]
    gold = [p["relation"] in wanted for p in pairs]
    both = sum(f and g for f, g in zip(found, gold, strict=True))
    return 200 * both / max(1, sum(found) + sum(gold))


# --- the measures -----------------------------------------------------------------------------------------------


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _containment(left: Row, right: Row) -> float:
    """Part of the shorter text's sequences that the other has."""
    a, b = (_sequences(_words(r["text"])) for r in (left, right))
    return len(a & b) / max(1, min(len(a), len(b)))


def _sequences(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + SEQUENCE]) for at in range(len(words) - SEQUENCE + 1)}


def _headlines(left: Row, right: Row) -> float:
    return _jaccard(_title(left), _title(right))


def _summaries(left: Row, right: Row) -> float:
    """Headline and first paragraph, as a feed gives them."""
    return _jaccard(*(f"{_title(r)} {_paragraphs(r)[1:2]}" for r in (left, right)))


def _jaccard(left: str, right: str) -> float:
    a, b = set(_words(left)), set(_words(right))
    return len(a & b) / max(1, len(a | b))


def _title(article: Row) -> str:
    return article.get("title") or next(iter(_paragraphs(article)), "")


def _paragraphs(article: Row) -> list[str]:
    return [line for line in article["text"].splitlines() if line.strip()]


def main() -> None:
    """Print the baselines and, where a program is given, what it makes of the same pairs."""
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=root.parent / "shared" / "gold", help="a gold folder")
    parser.add_argument("--cli", type=Path, help="the installed program, to print its numbers beside (two minutes)")
    ask = parser.parse_args()
    if not (ask.gold / "independence.jsonl").exists():
        print(f"{ask.gold} is not there")
        return
    ours = shared_gold.part("independence", ask.cli, ask.gold) if ask.cli else iter(())
    for m in (*lineage_baselines(ask.gold), *ours):
        print(f"{m.name:72} {m.value:6.1f}   n {m.n or ''}")


if __name__ == "__main__":
    main()
