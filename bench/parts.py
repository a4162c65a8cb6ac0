"""The parts of an evaluation: what each runs, in which process, and under which names it prints numbers.

A part of a gold folder runs the folder's own script, then whatever stands beside its numbers: other programs on the
same texts, a second way of scoring, classes of errors.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import parsers
import shared_gold
from account_baseline import account_baseline
from attribution_baseline import attribution_baseline
from attribution_errors import attribution_errors
from calibration import calibration
from cleaning import cleaning
from conflict_pairs import conflict_pairs
from lineage_baselines import lineage_baselines
from measures import Measure
from number_conflicts import number_conflicts
from own_cases import cases
from own_story import story
from perturbation import perturbation
from positions import judged, positions
from quantities import quantities
from short_reports import short_reports
from statement_origins import against_accounts, own_stories
from stories_baseline import SETS, story_measures

ROOT = Path(__file__).resolve().parent.parent
Part = Callable[[Path, Path], Iterator[Measure]]
"""Takes the installed program and the gold folder, yields the numbers."""

PREFIXES = {
    "speakers": ("speakers", "seed_blocks", "seed_times"),
    "cleaning": ("cleaning_html", "cleaning_text", "cleaning_stories"),
    "dates": ("dates_wikiwars",),
    "perturb_own": ("perturb own",),
    "short": ("short, tune", "short, check"),
    "accounts": ("accounts", "statement origins"),
    "origins_own": ("own statement origins, tune", "own statement origins, check"),
    "parsers": ("feeds", "archives"),
    "stories": (*(f"stories {name}" for name in SETS), "stories, mean of sets"),
}
"""With what the names of a part's numbers begin, where that is not the part's name."""


def prefixes(name: str) -> tuple[str, ...]:
    """Return what stands before the colon in the names of the part's numbers."""
    return PREFIXES.get(name, (name,))


def _story(cli: Path, _: Path) -> Iterator[Measure]:
    return story(cli, ROOT / "gold", ROOT / "src" / "twosource" / "demo")


def _cases(cli: Path, _: Path) -> Iterator[Measure]:
    return cases(cli, ROOT / "gold")


def _perturb_own(_: Path, __: Path) -> Iterator[Measure]:
    return perturbation()


def _pairs(_: Path, __: Path) -> Iterator[Measure]:
    return conflict_pairs()


def _positions(_: Path, __: Path) -> Iterator[Measure]:
    return positions(list(judged()))


def _short(_: Path, __: Path) -> Iterator[Measure]:
    return short_reports()


def _origins_own(_: Path, __: Path) -> Iterator[Measure]:
    return own_stories()


def _parsers(_: Path, __: Path) -> Iterator[Measure]:
    return parsers.measured()


def _stories(cli: Path, gold: Path) -> Iterator[Measure]:
    return story_measures(cli, gold)


def _shared(name: str) -> Part:
    return lambda cli, gold: shared_gold.part(name, cli, gold)


def _attribution(cli: Path, gold: Path) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as out:
        yield from shared_gold.part("attribution", cli, gold, Path(out))
        yield from attribution_errors(gold, Path(out) / "a_out.jsonl")
    yield from attribution_baseline("attribution", cli, gold)


def _instances(cli: Path, gold: Path) -> Iterator[Measure]:
    yield from shared_gold.part("instances", cli, gold)
    yield from attribution_baseline("instances", cli, gold)


def _accounts(cli: Path, gold: Path) -> Iterator[Measure]:
    yield from shared_gold.part("accounts", cli, gold)
    yield from account_baseline(gold)
    yield from against_accounts(gold)


def _independence(cli: Path, gold: Path) -> Iterator[Measure]:
    yield from shared_gold.part("independence", cli, gold)
    yield from lineage_baselines(gold)


def _cleaning(cli: Path, gold: Path) -> Iterator[Measure]:
    return _once(shared_gold.part("cleaning", cli, gold), cleaning(gold))


def _quantities(cli: Path, gold: Path) -> Iterator[Measure]:
    return _once(shared_gold.part("quantities", cli, gold), quantities(cli, gold))


def _conflicts(_: Path, gold: Path) -> Iterator[Measure]:
    return number_conflicts(gold)


def _calibration(_: Path, gold: Path) -> Iterator[Measure]:
    return calibration(gold)


def _once(*sources: Iterator[Measure]) -> Iterator[Measure]:
    """Yield each number once, the folder's own where both give it."""
    seen: set[str] = set()
    for found in sources:
        for m in found:
            if m.name not in seen:
                seen.add(m.name)
                yield m


OWN: dict[str, Part] = {
    "story": _story,
    "cases": _cases,
    "perturb_own": _perturb_own,
    "pairs": _pairs,
    "positions": _positions,
    "short": _short,
    "origins_own": _origins_own,
    "parsers": _parsers,
}
"""The parts that need nothing but this repository."""

PARTS: dict[str, Part] = {
    **OWN,
    "seeds": shared_gold.seeds,
    "attribution": _attribution,
    "instances": _instances,
    "speakers": _shared("speakers"),
    "calibration": _calibration,
    "accounts": _accounts,
    "conflicts": _conflicts,
    "independence": _independence,
    "cleaning": _cleaning,
    "dates": _shared("dates"),
    "quantities": _quantities,
    "perturb": _shared("perturb"),
    "stories": _stories,
}
