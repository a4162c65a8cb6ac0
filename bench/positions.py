"""What the program makes of own-written pairs of reports in which one person says something else later, or does not.

Each pair was judged by its writer (bench/positions.toml); half of them look like a change of position and are none.
Both reports are read by the whole path. Counted: a change called sure, and any that is shown.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from measures import Measure
from twosource.align.positions import Change, changes
from twosource.align.utterances import Said
from twosource.article import Article, Outlet
from twosource.pipeline import read

PAIRS = Path(__file__).with_suffix(".toml")
ABOUT = ("own pairs", "written for development")
KINDS = ("intent", "stance", "denial", "certainty", "figure", "update", "silence")
Pair = dict[str, Any]


def judged(path: Path = PAIRS) -> Iterator[tuple[Pair, tuple[Change, ...]]]:
    """Yield each pair with the changes that are found in it."""
    for n, pair in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["pair"]):
        yield pair, changes(list(_said(pair, n)))


def _said(pair: Pair, number: int) -> Iterator[Said]:
    for at, (day, text) in enumerate(pair["reports"]):
        article = Article(id=f"{number}-{at}", text=text, published=day, outlet=Outlet(f"outlet {at}"))
        report = read(article)
        people = {p.id for p in report.people if p.name.split()[-1] == pair["person"].split()[-1]}
        yield from (Said(report, q, day) for q in report.quotations if q.speaker in people)


def positions(rows: Sequence[tuple[Pair, tuple[Change, ...]]]) -> Iterator[Measure]:
    """Yield precision and recall of changes, of those called sure and of all that are shown, and recall by kind."""
    for grade, certain in (("sure", ("sure",)), ("shown", ("sure", "possible"))):
        seen = [(p["kind"], {c.kind for c in found if c.certainty in certain}) for p, found in rows]
        real = [kind in kinds for kind, kinds in seen if kind != "none"]
        right = [kind == shown for kind, kinds in seen for shown in kinds]
        wrong = tuple(f"{p['person']}: {p['kind']}, {p.get('hard', '')}" for p, f in rows if _wrong(p, f, certain))
        yield Measure(f"positions: {grade}, precision", _share(right), *ABOUT, len(right), misses=wrong)
        yield Measure(f"positions: {grade}, recall", _share(real), *ABOUT, len(real))
    for kind in KINDS:
        real = [any(c.kind == kind for c in found) for pair, found in rows if pair["kind"] == kind]
        right = [pair["kind"] == kind for pair, found in rows if any(c.kind == kind for c in found)]
        yield Measure(f"positions: {kind} shown, recall", _share(real), *ABOUT, len(real), pinned=False)
        yield Measure(f"positions: {kind} shown, precision", _share(right), *ABOUT, len(right), pinned=False)


def _wrong(pair: Pair, found: Sequence[Change], certain: Sequence[str]) -> bool:
    kinds = {c.kind for c in found if c.certainty in certain}
    return kinds != ({pair["kind"]} - {"none"})


def _share(judgements: Sequence[bool]) -> float:
    return 100 * sum(judgements) / max(1, len(judgements))


def main() -> int:
    """Print the shares, and what was judged otherwise."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    for m in positions(list(judged())):
        print(f"{m.name:48} {m.value:6.1f}  of {m.n}")
        print("".join(f"   {miss}\n" for miss in m.misses), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
