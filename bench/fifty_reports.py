"""Times the account of many reports of one event, already read, and looks at how time grows with their number.

Issue 6 of the project asks for 50 reports of 800 words within 3 s and 1 GB on one core, near-linear in the number.
"""

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Iterator, Sequence

from made_story import made_story
from measures import Measure
from twosource.article import Article, Outlet
from twosource.pipeline import account, read
from twosource.report import Report

MANY = 50
FEW = 10
RUNS = 3
SECONDS = 3.0
MEGABYTES = 1024.0
ABOUT = ("made story, 800 words a report", "development")


def reports(count: int) -> list[Report]:
    """Return ``count`` reports of the made-up event, read."""
    return [read(_article(made.key, made.text)) for made in made_story(count)]


def _article(key: str, text: str) -> Article:
    return Article(id=key, text=text, outlet=Outlet(f"Outlet {key}"), published=f"2025-03-0{1 + int(key[1:]) % 3}")


def seconds(told: Sequence[Report], runs: int = RUNS) -> float:
    """Return the median CPU seconds of an account of ``told``; a first one, not counted, fills the caches."""
    account(told)
    taken = []
    for _ in range(runs):
        began = time.process_time()
        account(told)
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def fifty_reports() -> Iterator[Measure]:
    """Yield CPU seconds, peak megabytes of the whole process (reading included), and how much dearer a report is
    among fifty than among ten.
    """
    told = reports(MANY)
    few, many = seconds(told[:FEW]), seconds(told)
    yield Measure("speed: account of 50 reports, s", round(many, 2), *ABOUT, MANY, "lower")
    yield Measure("speed: account of 50 reports, peak MB", round(_peak()), *ABOUT, MANY, "lower")
    dearer = (many / MANY) / (few / FEW)
    yield Measure("speed: a report among 50 against among 10, times", round(dearer, 2), *ABOUT, MANY, "lower")


def _peak() -> float:
    """Megabytes resident at most in this process."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 if sys.platform.startswith("linux") else 1024 * 1024)


def main() -> int:
    """Print the numbers; exit code 1 where time or memory is over what was asked."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    found = list(fifty_reports())
    for m, most in zip(found, (SECONDS, MEGABYTES, None), strict=True):
        print(f"{m.name:52} {m.value:8.2f}" + (f"   at most {most:.0f}" if most else ""))
    return int(found[0].value > SECONDS or found[1].value > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
