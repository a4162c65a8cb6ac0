"""Times what a person waits for, and how much twosource adds to the parse it rests on.

Prints medians with the budget beside each, then what the other benchmarks print, each in a process of its own. Nothing
is asserted, because a busy machine is no defect. Compare ratios, not absolutes.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import program
from twosource.article import Article

if TYPE_CHECKING:
    from spacy.language import Language as Parser

ROOT = Path(__file__).resolve().parent.parent
BUDGETS = {"help": "150 ms", "cold": "4 s", "memory": "800 MB", "warm": "1.5 s"}
"""What issue 2 of the project asks for on an idle machine with two cores."""

RATIOS = {"read": 0.28, "read, two processes": 0.56, "read --fast": 0.8}
"""Least speed in times that of the bare parse on one core (issue 3 of the project)."""

MOST = 900
"""Megabytes that a process may take (issue 3)."""

COPIES = 20
"""How often the inputs are read in one batch, so that two processes have something to share."""


def main() -> int:
    """Measure and print."""
    ask = _arguments()
    paths = sorted(ask.seeds.glob("*.txt")) or sorted((ROOT / "src" / "twosource" / "demo").glob("*.txt"))[:2]
    print(f"inputs: {', '.join(p.name for p in paths)} ({sum(len(_text(p).split()) for p in paths)} words)\n")
    _line("twosource --help", _runs([ask.cli, "--help"], 2 * ask.runs + 1), BUDGETS["help"])
    cold = _runs([ask.cli, "compare", "--json", *paths], ask.runs)
    _line("compare, cold", cold, f"{BUDGETS['cold']}, {BUDGETS['memory']}")
    batches = _batches(ask.cli, paths, ask.runs)
    bare = _warm(paths, ask.runs)
    for what, words, peak in batches:
        _rate(what, words, bare, RATIOS[what], f"; largest process {peak:.0f} MB (at most {MOST})")
    if not ask.alone:
        _others(ask.gold)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", type=Path, default=ROOT / ".venv" / "bin" / "twosource", help="the installed program")
    parser.add_argument(
        "--seeds", type=Path, default=ROOT.parent / "shared" / "seeds", help="a folder with two reports"
    )
    parser.add_argument(
        "--gold",
        type=Path,
        default=ROOT.parent / "shared" / "gold",
        help="a gold folder, whose pages and stories are timed",
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of each measurement")
    parser.add_argument("--alone", action="store_true", help="leave out the other benchmarks")
    return parser.parse_args()


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _runs(command: list[str | Path], runs: int) -> list[tuple[float, float]]:
    """Return wall seconds and peak resident megabytes of each run; a first one, not counted, fills the file cache."""
    return [_run(command) for _ in range(runs + 1)][1:]


def _run(command: list[str | Path]) -> tuple[float, float]:
    began = time.perf_counter()
    child = os.posix_spawn(
        command[0],
        [str(c) for c in command],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)],
    )
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    if status:
        sys.exit(f"exit {os.waitstatus_to_exitcode(status)}: {' '.join(str(c) for c in command)}")
    return wall, usage.ru_maxrss / (1024 if sys.platform.startswith("linux") else 1024 * 1024)


def _line(what: str, runs: list[tuple[float, float]], budget: str) -> None:
    walls = [w for w, _ in runs]
    peak = statistics.median(m for _, m in runs)
    spread = f"{min(walls):.3f} to {max(walls):.3f}"
    print(
        f"{what:28} {statistics.median(walls):8.3f} s  ({spread}, {len(runs)} runs)  {peak:5.0f} MB   budget {budget}"
    )


def _warm(paths: list[Path], runs: int) -> float:
    """Time the whole method in a process that has read before, and `read` beside the bare parse of the same words.

    Return the words a second of the bare parse.
    """
    from twosource import pipeline
    from twosource.anchor import fold

    articles = [Article(id=p.name, text=_text(p), published="2025-02-12") for p in paths]
    nlp = bare_parser()
    texts = [fold(line) for a in articles for line in a.text.splitlines() if line.strip()]
    words = sum(len(a.text.split()) for a in articles)
    whole = _timed(lambda: pipeline.account(pipeline.read(a) for a in articles), runs)
    print(
        f"{'compare, warm':28} {whole:8.3f} s  (median of {runs} runs in one process)          budget {BUDGETS['warm']}"
    )
    bare = words / _timed(lambda: list(nlp.pipe(texts)), runs)
    print(f"{'the bare parse':28} {bare:8.0f} words a second")
    _rate("read, warm", words / _timed(lambda: [pipeline.read(a) for a in articles], runs), bare, RATIOS["read"])
    fast = words / _timed(lambda: [pipeline.read(a, fast=True) for a in articles], runs)
    _rate("read --fast, warm", fast, bare, RATIOS["read --fast"])
    return bare


def _rate(what: str, words: float, bare: float, least: float, more: str = "") -> None:
    print(
        f"{what:28} {words:8.0f} words a second, {words / bare:.2f} times the bare parse (at least {least:.2f}){more}"
    )


def _batches(cli: Path, paths: list[Path], runs: int) -> list[tuple[str, float, float]]:
    """Time `twosource read` over a batch, without its start: in one process, in two, and by rules alone.

    Return words a second and the megabytes of the largest process of each. To be called before a model is loaded here:
    the system counts what the calling process holds as the child's own.
    """
    copies = [{"id": f"{p.name}.{n}", "text": _text(p)} for n in range(COPIES) for p in paths]
    words = sum(len(c["text"].split()) for c in copies)
    times = max(1, runs // 2)
    options: dict[str, list[str]] = {"read": [], "read, two processes": ["--jobs", "2"], "read --fast": ["--fast"]}
    found = []
    with tempfile.TemporaryDirectory() as name:
        short = program.write_lines(Path(name) / "short.jsonl", [{"id": n, "text": "It rained."} for n in ("a", "b")])
        batch = program.write_lines(Path(name) / "batch.jsonl", copies)
        for what, chosen in options.items():
            command = [cli, "read", "--jsonl", *chosen]
            start = min(_run([*command, short])[0] for _ in range(times))
            done = [_run([*command, batch]) for _ in range(times)]
            seconds = statistics.median(wall for wall, _ in done) - start
            found.append((what, words / seconds, max(megabytes for _, megabytes in done)))
    return found


def _others(gold: Path) -> None:
    """Run the benchmarks that stand by themselves."""
    stories = sorted((gold / "stories").glob("*.jsonl"))
    wanted: list[list[str | Path]] = [["fifty_reports.py"], ["reuse.py"], ["parsers.py"], ["pages.py"]]
    wanted += [["stream.py", "--quick"], ["store.py", "--quick"]]
    wanted += [["timing_figures.py", *stories]] if stories else []
    wanted += [["cleaning.py", "--speed", "--gold", gold]] if (gold / "cleaning").is_dir() else []
    for script, *args in wanted:
        print(f"\n{script}", flush=True)
        subprocess.run([sys.executable, ROOT / "bench" / script, *args], check=False)


def bare_parser() -> "Parser":
    """Load the parse model by itself, as anyone would."""
    import spacy

    from twosource.lang import ENGLISH

    for name in ENGLISH.models:
        if spacy.util.is_package(name):
            return spacy.load(name)
    sys.exit(f"none of {', '.join(ENGLISH.models)} is installed")


def _timed(act: Callable[[], object], runs: int) -> float:
    """Return the median wall seconds of an act that has been done once before."""
    act()
    walls = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        walls.append(time.perf_counter() - began)
    return statistics.median(walls)


if __name__ == "__main__":
    sys.exit(main())
