"""Scores figures on the Recognizers specifications twice: as they stand, and with the differences set aside that news
use and our contract want.

The specifications are of chat: they label each kind of number by itself, hedges included. `DIFFERENCES` says where we
do otherwise on purpose. The first score is the shared gold's own; the second counts what is right by the contract.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import program
from matching import Share, Tally, Words
from measures import Measure
from program import Row

DIFFERENCES = (
    'A hedge is told beside the number, not in its span: "more than 30" is 30, hedge over.',
    'A measure belongs to the figure it measures: "3 years", where a set of bare numbers labels the 3.',
    'A unit without a number ("in dollars", "a small percent") is no figure.',
    'Dates, machine addresses, telephone numbers and labels ("version two") are no figures.',
    '"Two out of five" is a part and its whole, both told; the specifications have one fraction.',
)

SET_ASIDE = ", differences set aside"
"""How the names of the second score end; those of the first are the ones of the folder's script."""

GOLD = ("Recognizers specifications", "development")
BARE = frozenset(("NumberModel", "NumberRangeModel"))
"""Sets that label numbers without their measures."""

# fmt: off
HEDGES = frozenset(
    (
        "about", "above", "at", "below", "bigger", "but", "equal", "equaling", "equals",
        "exceeding", "fewer", "greater", "higher", "is", "larger", "least", "less", "lower",
        "more", "most", "no", "not", "of", "or", "over", "smaller", "surpass",
        "than", "to", "under", "up", "and", "just",
    )
)
# fmt: on
"""Words that may stand in a labelled span beside the number itself."""

NO_FIGURE = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{3} \d{4}\b"
    r"|\b(?:version|exercise|nr|no)\b\.? ?[\w,]{1,20}",
    re.IGNORECASE,
)
PARTED = re.compile(r"\bout of\b", re.IGNORECASE)

Span = frozenset[int]


@dataclass(slots=True)
class Scores:
    """Spans of all sets together, and whole cases set by set."""

    spans: Tally = field(default_factory=Tally)
    cases: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))

    def add(self, case: Row, gold: Mapping[Span, float | None], found: Mapping[Span, float | None]) -> None:
        """Count one case: ``gold`` and ``found`` give the value of every span."""
        name = f"{case['set']} {case['row']}"
        self.spans.add(gold, found, len(gold.keys() & found.keys()), name)
        right = gold.keys() == found.keys() and all(_same(value, found[span]) for span, value in gold.items())
        self.cases[case["set"]].add(right, name)

    def measures(self, how: str) -> Iterator[Measure]:
        """Return the numbers; ``how`` ends their names."""
        wrong = tuple(self.spans.wrong)
        yield Measure(f"quantities: figure spans F1{how}", self.spans.f1, *GOLD, self.spans.gold, misses=wrong)
        for name, share in sorted(self.cases.items()):
            right = f"quantities: {name} cases right{how}"
            yield Measure(right, share.value, *GOLD, share.n, misses=tuple(share.wrong))


def quantities(cli: Path, gold: Path) -> Iterator[Measure]:
    """Read the cases with the installed program and return both scores."""
    cases = program.lines(gold / "quantities" / "recognizers.jsonl")
    articles = [{"id": f"{c['set']}/{c['row']}", "text": c["text"]} for c in cases]
    reports = program.read(cli, articles)
    given, ours = Scores(), Scores()
    for case in cases:
        words = Words(case["text"])
        labelled = {words.of([(r["start"], r["end"])]): _value(r) for r in case["results"] if r["start"] is not None}
        figures = reports[f"{case['set']}/{case['row']}"]["figures"]
        told = {words.of([f["span"]]): f["value"] for f in figures}
        given.add(case, labelled, _touching(told, labelled))
        ours.add(case, *_set_aside(case, words, labelled, told))
    yield from given.measures("")
    yield from ours.measures(SET_ASIDE)


def _value(result: Row) -> float | None:
    shown = ((result["resolution"] or {}).get("value") or "").rstrip("%").replace(",", "")
    try:
        return float(shown)
    except ValueError:
        return None


def _same(gold: float | None, found: float | None) -> bool:
    return gold is None or (found is not None and abs(gold - found) <= 1e-6 * max(1.0, abs(gold)))


def _touching(told: Mapping[Span, float | None], gold: Mapping[Span, float | None]) -> dict[Span, float | None]:
    """Keep what touches a label: a set labels its own kind of figure only."""
    return {span: value for span, value in told.items() if any(span & labelled for labelled in gold)}


def _set_aside(
    case: Row, words: Words, gold: Mapping[Span, float | None], told: Mapping[Span, float | None]
) -> tuple[dict[Span, float | None], dict[Span, float | None]]:
    """Return labels and figures without those that differ on purpose, labels written as the contract would."""
    text = case["text"]
    nothing = [words.of([m.span()]) for m in NO_FIGURE.finditer(text)]
    by_word = {n: m.group().lower() for n, m in enumerate(re.finditer(r"\w+", text))}
    labels: dict[Span, float | None] = {}
    for span, value in gold.items():
        shown = " ".join(by_word[n] for n in sorted(span))
        if any(span <= other for other in nothing) or PARTED.search(shown) or not _numbered(case, shown, value):
            continue
        labels[_as_told(case, span, by_word, told)] = value
    figures = _touching(told, labels)
    return labels, figures


def _numbered(case: Row, shown: str, value: float | None) -> bool:
    """Tell whether a label holds a number; only ranges have labels without a value that do."""
    return value is not None or case["set"] == "NumberRangeModel" or any(c.isdigit() for c in shown)


def _as_told(case: Row, span: Span, by_word: Mapping[int, str], told: Mapping[Span, float | None]) -> Span:
    """Return the figure that differs from the label in hedge words alone, or in its measure; else the label."""
    for figure in told:
        more, less = figure - span, span - figure
        measured = case["set"] in BARE and not any(by_word[n][0].isdigit() for n in more)
        if figure & span and (measured or not more) and all(by_word[n] in HEDGES for n in less):
            return figure
    return span


def main() -> int:
    """Print both scores and the differences."""
    cli, gold = (Path(a) for a in sys.argv[1:3])
    for m in quantities(cli, gold):
        print(f"{m.name:60} {m.value:5.1f}  ({m.n})")
    print("\nDifferences:", *DIFFERENCES, sep="\n- ")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: quantities.py PATH/TO/twosource GOLD_FOLDER")
    sys.exit(main())
