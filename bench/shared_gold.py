"""Runs the scoring script of a gold folder part by part, and the seeds alone, and reads the numbers it prints."""

import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType

import program
from matching import Share, Words
from measures import Measure, measures
from own_story import FURNITURE, told
from program import ProgramFailed, Row

LIMIT = 1800
"""Seconds for one part."""

SPLITS = {
    "attribution": ("PolNeAR", "dev"),
    "instances": ("PolNeAR instances", "validation"),
    "speakers": ("account gold, 7 stories", "development"),
    "accounts": ("account gold, 7 stories", "development"),
    "independence": ("same-event pairs", "development"),
    "cleaning": ("news pages", "development"),
    "dates": ("WikiWars", "development"),
    "quantities": ("Recognizers specifications", "development"),
    "perturb": ("reports with one number changed", "development"),
}
"""What each part is measured on; the parts that exist so far."""

BROKEN = re.compile(r"^  exit (?!1:)|SCORING FAILED|MISSING account|^[\w.]+(?:Error|Exception)\b")
"""Printed lines after which the numbers mean nothing: a crash, or no output. Exit code 1 alone is none: one input
was refused, the others were read."""

SEEDS = "seeds"
SEED_GOLD = ("seed story", "development")


def part(name: str, cli: Path, gold: Path, kept: Path | None = None) -> Iterator[Measure]:
    """Run one part of the folder's own script; what it writes stays in the folder ``kept``, where one is given.

    Raises:
        ProgramFailed: the script failed, or printed what could not be scored.
    """
    with tempfile.TemporaryDirectory() as gone:
        out = kept or Path(gone)
        done = _script(gold, cli, out, name)
        figures = out / "figures.json"
        if done.returncode or not figures.exists():
            raise ProgramFailed((done.stderr or done.stdout)[-400:])
        printed: dict[str, str] = json.loads(figures.read_text(encoding="utf-8"))
    if trouble := [line for line in done.stdout.splitlines() if BROKEN.search(line)]:
        raise ProgramFailed("; ".join(trouble[:3]))
    for key, text in printed.items():
        about = SEED_GOLD if key.startswith("seed_") else SPLITS[name]
        yield from (m for m in measures(key, text, *about) if key != "read_speed")


def _script(gold: Path, cli: Path, out: Path, name: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(gold / "evaluate.py"), "--cli", str(cli.absolute()), "--out", str(out), name]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False, env=environment)
    except subprocess.TimeoutExpired as error:
        raise ProgramFailed(f"no end within {LIMIT} s") from error


def seeds(cli: Path, gold: Path) -> Iterator[Measure]:
    """The two reports the project began with, scored alone: found, speaker, aligned."""
    score = scorer(gold)
    articles = [
        {"id": p.name, "published": "2025-02-12", "text": p.read_bytes().decode()}
        for p in sorted((gold.parent / SEEDS).glob("*.txt"))
    ]
    read, account = program.read(cli, articles), program.compare(cli, articles)
    kept = (gold / "accounts" / "seeds.json").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "gold").mkdir()
        (folder / "gold" / "seeds.json").write_text(kept, encoding="utf-8")
        reports = program.write_lines(folder / "reports.jsonl", read.values())
        accounts = program.write_lines(folder / "accounts.jsonl", [{"story": SEEDS, **account}])
        texts = program.write_lines(folder / "texts.jsonl", articles)
        printed = captured(score.speakers, str(folder / "gold"), str(reports))
        yield from _renamed(measures("speakers", printed, *SEED_GOLD))
        printed = captured(score.accounts, str(folder / "gold"), str(accounts), str(texts))
        yield from _renamed(measures("accounts", printed, *SEED_GOLD))
    yield from _asked(json.loads(kept), read, account)


def _asked(gold: Row, reports: dict[str, Row], account: Row) -> Iterator[Measure]:
    """What the seeds must show and no score counts: quoted words whole, and no statement out of page furniture."""
    docs = {a["key"]: a["doc"] for a in gold["articles"]}
    words = {doc: Words(reports[doc]["text"]) for doc in docs.values()}
    quoted = Share()
    for _, t in told(gold):
        doc = docs[t["article"]]
        contents = [words[doc].of(q["content"]) for q in reports[doc]["quotations"]]
        for span in t.get("quoted") or ():
            wanted = words[doc].of([span])
            quoted.add(any(wanted <= content for content in contents), f"{t['article']} {span}")
    yield Measure("seeds: quoted spans found", quoted.value, *SEED_GOLD, quoted.n, misses=tuple(quoted.wrong))
    furniture = {docs[key]: _furniture(gold, key, words[docs[key]]) for key in gold["blocks"]}
    tellings = [t for s in account["statements"] for t in s["tellings"]]
    taken = sum(bool(words[t["article"]].of(t["content"]) & furniture[t["article"]]) for t in tellings)
    yield Measure("seeds: statements out of furniture", taken, *SEED_GOLD, len(tellings), "lower")


def _furniture(gold: Row, key: str, words: Words) -> frozenset[int]:
    return words.of(b["span"] for b in gold["blocks"][key] if b["kind"] in FURNITURE)


def _renamed(found: Iterator[Measure]) -> Iterator[Measure]:
    for m in found:
        what = m.name.partition(": ")[2]
        yield Measure(f"seeds: {what}", m.value, m.gold, m.split, m.n, m.better)


def captured(score: "object", *args: str) -> str:
    """Return what a function of the folder's score.py prints."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        score(*args)  # type: ignore[operator]
    return printed.getvalue()


def scorer(gold: Path) -> ModuleType:
    """Load the folder's score.py without leaving anything there."""
    spec = importlib.util.spec_from_file_location("gold_score", gold / "score.py")
    if spec is None or spec.loader is None:
        raise ProgramFailed(f"{gold}/score.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module
