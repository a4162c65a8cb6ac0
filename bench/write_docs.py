"""Writes what README.md and docs/ show of the program: its output on the bundled story, and the tables of numbers.

``--check`` writes nothing and fails where a page differs from what would be written.
"""

import argparse
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import attribution_errors
import floors as pinned
from floors import Floor
from measures import whose

ROOT = Path(__file__).resolve().parent.parent
README, EVALUATION = ROOT / "README.md", ROOT / "docs" / "evaluation.md"
BESIDE = ROOT / "bench" / "beside.json"
"""What is shown beside the floors, as last measured: other programs' numbers, classes of errors."""

SECTIONS = {
    "attribution": ("attribution", "instances"),
    "speakers": ("speakers", "calibration"),
    "account": ("accounts", "statement origins"),
    "conflicts": ("conflicts", "perturb", "perturb own"),
    "lineage": ("independence",),
    "cleaning": ("cleaning_html", "cleaning_text", "cleaning_stories"),
    "figures": ("quantities",),
    "times": ("dates_wikiwars",),
    "seeds": ("seeds", "seed_blocks", "seed_times"),
    "stories": (
        *(f"stories {name}" for name in ("news_cluster", "wikinews", "basil", "ecbplus", "mixed")),
        "stories, mean of sets",
    ),
    "own": (
        *("story", "cases", "pairs", "short, tune", "short, check"),
        *("own statement origins, tune", "own statement origins, check"),
        *("positions", "feeds", "archives"),
    ),
}
"""The tables of docs/evaluation.md: the mark of each, and with what the names of its numbers begin."""

HEADLINES = (
    ("attribution: attribution found (Jaccard >= .5) F1", "attributions found, F1"),
    ("attribution: speech attributions found", "of those with a verb of speech, found"),
    ("speakers: statements found", "statements found"),
    ("speakers: speaker right, of all", "statements found with the right speaker"),
    ("accounts: statements aligned, groups F1", "same statement in several reports, F1"),
    ("story: statements aligned, pairs F1", "same statement in several reports, F1"),
    ("accounts: figures aligned, groups F1", "same figure in several reports, F1"),
    ("accounts: conflicts P", "conflicts shown that are ones"),
    ("accounts: conflicts R", "conflicts found"),
    ("independence: copied text (copy, partial_copy) F1", "copied text, F1"),
    ("accounts: independent reports right", "number of independent reports right"),
    ("stories, mean of sets: BCubed F1", "stories on a stream, BCubed F1"),
    ("cleaning_html: article body F1", "article body of a page, F1"),
    ("dates_wikiwars: time expressions value F1", "time expressions with their value, F1"),
)
"""The numbers shown in the README, with the words it uses for them: one a stage, the weak ones with the strong."""

LEAST_SHARE = 0.1
"""Per cent of words from which on a class of errors is shown."""

SHOWN = 46
"""Most lines of output in the README, so that all of it stays under 120."""


def main() -> int:
    """Write or check the pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only tell whether the pages are as they would be written")
    parser.add_argument(
        "--cli", type=Path, default=Path(sys.executable).with_name("twosource"), help="the installed program"
    )
    ask = parser.parse_args()
    kept = pinned.load(ROOT / "bench" / "floors.json")
    wanted = pages(kept, demo_output(ask.cli))
    stale = [path for path, text in wanted.items() if path.read_text(encoding="utf-8") != text]
    if ask.check:
        for path in stale:
            print(
                f"{path.relative_to(ROOT)} is not up to date: run {Path(sys.executable).name} bench/write_docs.py",
                file=sys.stderr,
            )
        return int(bool(stale))
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
    print(f"{len(stale)} pages written")
    return 0


def demo_output(cli: Path) -> str:
    """Return the beginning of what ``twosource demo`` prints in 80 columns, up to the end of a section."""
    environment = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"}
    command = [str(cli), "demo", "--no-keep", "--quiet"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120, env=environment)
    lines = [line.rstrip() for line in done.stdout.strip("\n").splitlines()]
    ends = [n for n, line in enumerate(lines[: SHOWN + 1]) if not line]
    return "\n".join([*lines[: ends[-1] if ends else SHOWN], "…"]) if len(lines) > SHOWN else "\n".join(lines)


def pages(kept: dict[str, Floor], output: str) -> dict[Path, str]:
    """Return each page as it should read now."""
    readme = between(README.read_text(encoding="utf-8"), "output", f"```text\n{output}\n```")
    return {README: between(readme, "table", headline_table(kept)), EVALUATION: evaluation(kept)}


def write_tables(kept: dict[str, Floor]) -> None:
    """Write the tables of measured numbers, leaving the output as it stands."""
    readme = between(README.read_text(encoding="utf-8"), "table", headline_table(kept))
    README.write_text(readme, encoding="utf-8")
    EVALUATION.write_text(evaluation(kept), encoding="utf-8")


def evaluation(kept: Mapping[str, Floor]) -> str:
    """Return the page of the evaluation with every table as it should read now."""
    beside = pinned.load(BESIDE)
    page = EVALUATION.read_text(encoding="utf-8")
    for mark, starts in SECTIONS.items():
        page = between(page, mark, number_table(kept, beside, starts))
    page = between(page, "cleaning errors", class_table(beside, SECTIONS["cleaning"]))
    return between(page, "attribution errors", error_table(attribution_errors.load()))


def between(page: str, mark: str, text: str) -> str:
    """Return the page with ``text`` between the comments ``<!-- mark -->`` and ``<!-- end mark -->``.

    Raises:
        ValueError: the page has no such place.
    """
    start, end = f"<!-- {mark} -->", f"<!-- end {mark} -->"
    if page.count(start) != 1 or page.count(end) != 1:
        raise ValueError(f"no single place marked {start}")
    head, rest = page.split(start)
    return f"{head}{start}\n{text}\n{end}{rest.split(end)[1]}"


def headline_table(kept: dict[str, Floor]) -> str:
    """Return the short table of the README."""
    rows = [(words, kept[name]) for name, words in HEADLINES if name in kept]
    return _table(("what", "measured", "on", "split", "n"), ((w, _shown(f), f.gold, f.split, _n(f)) for w, f in rows))


def number_table(kept: Mapping[str, Floor], beside: Mapping[str, Floor], starts: Iterable[str]) -> str:
    """Return a table of the floors whose names begin so, each with the numbers of other programs for the same."""
    others: dict[str, list[str]] = defaultdict(list)
    about: dict[str, Floor] = {}
    for f in beside.values():
        name, by = whose(f.name)
        if by is not None and _starts(name, starts):
            others[name].append(f"{by} {f.value:.1f}")
            about[name] = f
    names = sorted({name for name in kept if _starts(name, starts)} | about.keys())
    rows = []
    for name in names:
        ours, f = kept.get(name), kept.get(name) or about[name]
        row = (
            name,
            _shown(ours) if ours else "",
            "; ".join(sorted(others.get(name, ()))),
            f.gold,
            f.split,
            _n(f),
            f.date,
        )
        rows.append(row if others else (*row[:2], *row[3:]))
    head = ("number", "floor", *(["others"] if others else []), "gold", "split", "n", "since")
    return _table(head, rows)


def _starts(name: str, starts: Iterable[str]) -> bool:
    return name.partition(": ")[0] in tuple(starts)


def class_table(beside: Mapping[str, Floor], starts: Iterable[str]) -> str:
    """Return a table of classes of errors that have a share worth showing, the largest first."""
    rows = [
        f for f in beside.values() if whose(f.name)[1] is None and _starts(f.name, starts) and f.value >= LEAST_SHARE
    ]
    rows.sort(key=lambda f: (-f.value, f.name))
    return _table(("class", "per cent of words", "of"), ((f.name, f"{f.value:.1f}", _n(f)) for f in rows))


def error_table(counts: Mapping[str, Mapping[str, int]]) -> str:
    """Return the table of counts by class: of the last version, of the one before, and the change."""
    versions = list(counts)[-2:]
    if not versions:
        return _table(("class", "count"), ())
    now, was = counts[versions[-1]], counts[versions[0]] if len(versions) > 1 else {}
    order = [name for name in attribution_errors.CLASSES if name in now]
    head = ("class", versions[-1], *versions[:-1], *(["change"] if was else []))
    rows = [
        (name, f"{now[name]}", *([f"{was.get(name, 0)}", _change(now, was, name)] if was else [])) for name in order
    ]
    return _table(head, [*rows, *_sums(now, was)])


def _sums(now: Mapping[str, int], was: Mapping[str, int]) -> Iterable[tuple[str, ...]]:
    """Yield a row for each kind of error with the sum of its classes."""
    for kind in dict.fromkeys(name.partition(": ")[0] for name in now):
        both = [{"": sum(n for name, n in counts.items() if name.startswith(f"{kind}: "))} for counts in (now, was)]
        then = [f"{both[1]['']}", _change(both[0], both[1], "")] if was else []
        yield (f"all {kind}", f"{both[0]['']}", *then)


def _change(now: Mapping[str, int], was: Mapping[str, int], name: str) -> str:
    return f"{now[name] - was.get(name, 0):+d}"


def _shown(floor: Floor) -> str:
    return f"{floor.value:.1f}" if floor.better == "higher" else f"at most {floor.value:.0f}"


def _n(floor: Floor) -> str:
    return "" if floor.n is None else f"{floor.n:,}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(re.sub(r'[|]', '/', cell) for cell in line)} |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
