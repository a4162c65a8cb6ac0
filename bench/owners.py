"""Whether the outlet of a text that nobody names is taken rightly from its furniture: the renderings of pages, whose
own metadata is the truth, and texts of stories, whose address is.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from measures import Measure
from twosource.article import Outlet
from twosource.clean.address import domain_of
from twosource.clean.owner import owner_in
from twosource.clean.page import read_page
from twosource.clean.phrases import table
from twosource.extract.outlets import publisher_of, squeezed
from twosource.lang import ENGLISH

Case = tuple[str, str | None, Outlet]


def owners(gold: Path) -> Iterator[Measure]:
    """Yield precision and recall on pages as text, and precision and number on texts of stories."""
    right, wrong, said = _counted(_pages(gold))
    found = len(right) + len(wrong)
    yield _measure("text: outlet from furniture P", 100 * len(right) / max(1, found), found, "news pages", wrong)
    yield _measure("text: outlet from furniture R", 100 * len(right) / max(1, said), said, "news pages")
    right, wrong, said = _counted(_stories(gold))
    found = len(right) + len(wrong)
    yield _measure("stories: outlet from furniture P", 100 * len(right) / max(1, found), found, "stories", wrong)
    yield _measure("stories: outlet from furniture R", 100 * len(right) / max(1, said), said, "stories")


def _measure(what: str, value: float, n: int, gold: str, misses: list[str] | None = None) -> Measure:
    return Measure(f"cleaning_{what}", value, gold, "development", n, misses=tuple(misses or ()))


def _pages(gold: Path) -> Iterator[Case]:
    with (gold / "cleaning" / "pages.jsonl").open(encoding="utf-8") as lines:
        for page in map(json.loads, lines):
            said = read_page(page["html"], table(ENGLISH)).metadata
            domain = domain_of(said.url)
            if said.outlet or domain:
                yield page["text"], None, Outlet(said.outlet or domain or "", domain)


def _stories(gold: Path) -> Iterator[Case]:
    """Distinct texts of the stories whose outlet is given."""
    seen: set[str] = set()
    for path in sorted((gold / "stories").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for story in map(json.loads, lines):
                if story.get("outlet") and story["text"] not in seen:
                    seen.add(story["text"])
                    domain = domain_of(story.get("url")) or domain_of(story["outlet"])
                    yield story["text"], story.get("title"), Outlet(story["outlet"], domain)


def _counted(cases: Iterator[Case]) -> tuple[list[str], list[str], int]:
    """The outlets taken that are right, those that are not, and the number of texts."""
    right: list[str] = []
    wrong: list[str] = []
    total = 0
    for text, title, truth in cases:
        total += 1
        owner = owner_in(text, (), title, ENGLISH)
        if owner:
            fits = _keys(owner.outlet) & _keys(truth)
            (right if fits else wrong).append(f"{owner.outlet.name} for {truth.name}: {owner.line}")
    return right, wrong, total


def _keys(outlet: Outlet) -> set[str]:
    named = filter(None, (publisher_of(outlet, ENGLISH), outlet.name, outlet.domain))
    return {squeezed(name) for name in named}


if __name__ == "__main__":
    for one in owners(Path(__file__).resolve().parents[2] / "shared" / "gold"):
        print(f"{one.name:56} {one.value:7.2f}   {one.n}", *one.misses, sep="\n    ")
