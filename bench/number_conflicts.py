"""What becomes of sentence pairs whose numbers differ, label by label, with a bag-of-words rule beside.

Each pair is read as two reports of one day, in one process. "Called conflict" is a certain conflict of kind number, as
the shared folder's own script counts it. The baseline calls a conflict where the two sentences are alike by TF-IDF
cosine at one threshold and a number of the one stands in no place of the other.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from measures import Better, Measure
from program import Row, lines
from twosource.article import Article, Outlet
from twosource.pipeline import account, read

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = "2003-06-01"
"""The day on which both reports are dated, as in the shared folder's script."""

ALIKE = 0.5
"""The baseline's threshold: of 0.3 to 0.8 the one with the best F1 on these pairs, so an upper bound; 2026-11-22."""

MOST_COMPATIBLE = 5.0
"""Per cent of compatible pairs that may be called conflict (issue 6 of the project)."""


@dataclass(slots=True)
class Called:
    """How many pairs of a label there are, and how many were called a conflict."""

    pairs: int = 0
    sure: int = 0
    any_kind: int = 0
    baseline: int = 0


def called(gold: Path) -> dict[tuple[str, str], Called]:
    """Return the table: (sample, label) to what was called a conflict; pairs marked unsure are left out."""
    rows = [row for row in lines(gold / "number_conflicts.jsonl") if not row.get("unsure") and "left_text" in row]
    simple = baseline(rows)
    table: dict[tuple[str, str], Called] = defaultdict(Called)
    for row, by_words in zip(rows, simple, strict=True):
        found = account([read(_article("one", row["left_text"])), read(_article("two", row["right_text"]))]).conflicts
        cell = table[row.get("sample", "random"), row["label"]]
        cell.pairs += 1
        cell.sure += any(one.kind == "number" and one.certainty == "conflict" for one in found)
        cell.any_kind += bool(found)
        cell.baseline += by_words
    return dict(sorted(table.items()))


def _article(key: str, text: str) -> Article:
    return Article(id=key, text=text, outlet=Outlet(f"{key}.example"), published=PUBLISHED)


def baseline(rows: Sequence[Row]) -> list[bool]:
    """Tell for each pair whether words and digits alone would call it a conflict."""
    from account_baseline import Bag, cosine, weights

    texts = [str(row[side]) for row in rows for side in ("left_text", "right_text")]
    weighed = weights(texts)
    bags = [Bag.of(text, weighed) for text in texts]
    numbers = [set(re.findall(r"\d[\d,.]*", text)) for text in texts]
    return [
        cosine(bags[i], bags[i + 1]) >= ALIKE
        and bool(numbers[i] - numbers[i + 1])
        and bool(numbers[i + 1] - numbers[i])
        for i in range(0, len(texts), 2)
    ]


def number_conflicts(gold: Path) -> Iterator[Measure]:
    """Yield the shares called conflict, by label over both samples, of the program and of the baseline, in per cent."""
    labels: dict[str, Called] = defaultdict(Called)
    for (_, label), cell in called(gold).items():
        total = labels[label]
        total.pairs += cell.pairs
        total.sure += cell.sure
        total.baseline += cell.baseline
    for label, cell in sorted(labels.items()):
        better: Better = "higher" if label == "conflict" else "lower"
        about: tuple[str, str, int, Better] = ("number pairs", "development", cell.pairs, better)
        yield Measure(f"conflicts: {label} called conflict", 100 * cell.sure / cell.pairs, *about)
        simple = 100 * cell.baseline / cell.pairs
        yield Measure(f"conflicts: {label} called conflict [TF-IDF]", simple, *about, pinned=False)


def main() -> int:
    """Print the table; exit code 1 where too many compatible pairs are called a conflict."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="a gold folder")
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
    ask = parser.parse_args()
    if ask.json:
        print(json.dumps({m.name: m.value for m in number_conflicts(ask.gold)}, indent=1))
        return 0
    table = called(ask.gold)
    print(f"{'sample':10} {'label':20} {'pairs':>5} {'called conflict':>16} {'any conflict':>13} {'baseline':>9}")
    for (sample, label), c in table.items():
        print(f"{sample:10} {label:20} {c.pairs:5} {c.sure:16} {c.any_kind:13} {c.baseline:9}")
    compatible = [c for (_, label), c in table.items() if label == "compatible"]
    share = 100 * sum(c.sure for c in compatible) / max(1, sum(c.pairs for c in compatible))
    print(f"\ncompatible called conflict {share:.1f} % (at most {MOST_COMPATIBLE:.0f} %)")
    return int(share > MOST_COMPATIBLE)


if __name__ == "__main__":
    sys.exit(main())
