"""Writes what README.md and docs/ show of the program: its output on the bundled story, and the tables of numbers.

``--check`` writes nothing and fails where a page differs from what would be written.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import floors as pinned
from floors import Floor

ROOT = Path(__file__).resolve().parent.parent
README, EVALUATION = ROOT / "README.md", ROOT / "docs" / "evaluation.md"
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
    ("cleaning_html: article body F1", "article body of a page, F1"),
    ("dates_wikiwars: time expressions value F1", "time expressions with their value, F1"),
)
"""The numbers shown in the README, with the words it uses for them: one a stage, the weak ones with the strong."""

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
    readme = between(readme, "table", headline_table(kept))
    return {
        README: readme,
        EVALUATION: between(EVALUATION.read_text(encoding="utf-8"), "table", full_table(kept.values())),
    }


def write_tables(kept: dict[str, Floor]) -> None:
    """Write the tables of measured numbers, leaving the output as it stands."""
    for path, table in ((README, headline_table(kept)), (EVALUATION, full_table(kept.values()))):
        path.write_text(between(path.read_text(encoding="utf-8"), "table", table), encoding="utf-8")


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


def full_table(kept: Iterable[Floor]) -> str:
    """Return the table of all floors, by part."""
    rows = sorted(kept, key=lambda f: (f.gold, f.name))
    shown = ((f.name, _shown(f), f.gold, f.split, _n(f), f.date) for f in rows)
    return _table(("number", "floor", "gold", "split", "n", "since"), shown)


def _shown(floor: Floor) -> str:
    return f"{floor.value:.1f}" if floor.better == "higher" else f"at most {floor.value:.0f}"


def _n(floor: Floor) -> str:
    return "" if floor.n is None else f"{floor.n:,}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(re.sub(r'[|]', '/', cell) for cell in line)} |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
