"""What the program makes of pairs of own-written reports that do, or do not, conflict (gold/conflicts.jsonl).

Each pair was judged by its writer; half of them look like a conflict and are none. Both are read as reports of one day
unless the pair says otherwise. Found: any conflict, sure or possible, is shown.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from measures import Measure
from program import Row
from twosource.article import Article, Outlet
from twosource.pipeline import account, read

GOLD = Path(__file__).resolve().parent.parent / "gold" / "conflicts.jsonl"
DAY = "2024-05-15"
ABOUT = ("own pairs", "written for development")


def judged(path: Path = GOLD) -> Iterator[tuple[Row, bool]]:
    """Yield each pair with whether a conflict is shown."""
    for line in path.read_text(encoding="utf-8").splitlines():
        pair: Row = json.loads(line)
        reports = [read(_article(pair, side)) for side in ("left", "right")]
        yield pair, bool(account(reports).conflicts)


def _article(pair: Row, side: str) -> Article:
    return Article(id=side, text=pair[side], outlet=Outlet(f"{side}.example"), published=pair.get(f"{side}_day", DAY))


def conflict_pairs(path: Path = GOLD) -> Iterator[Measure]:
    """Yield the share of conflicts found, and of what is shown that is one."""
    rows = list(judged(path))
    real = [shown for pair, shown in rows if pair["conflict"]]
    right = [pair["conflict"] for pair, shown in rows if shown]
    missed = tuple(f"{p['kind']}: {p['left'][:60]}" for p, shown in rows if p["conflict"] != shown)
    yield Measure("pairs: conflicts found", 100 * sum(real) / max(1, len(real)), *ABOUT, len(real), misses=missed)
    yield Measure("pairs: conflicts shown that are ones", 100 * sum(right) / max(1, len(right)), *ABOUT, len(right))


def main() -> int:
    """Print the two shares, and what was judged otherwise."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    for m in conflict_pairs():
        print(f"{m.name:42} {m.value:6.1f}  of {m.n}")
        print("".join(f"   {miss}\n" for miss in m.misses), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
