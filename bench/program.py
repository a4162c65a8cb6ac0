"""Runs the installed command line and reads what it prints."""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
LIMIT = 900
"""Seconds after which a run of the program is given up."""


class ProgramFailed(Exception):
    """The program ended with a code that was not expected; the text holds the end of its messages."""


def run(cli: Path, args: list[str], ok: tuple[int, ...] = (0,)) -> str:
    """Return what ``twosource args`` prints.

    Raises:
        ProgramFailed: another exit code than ``ok``, or no end within the limit.
    """
    try:
        done = subprocess.run([cli, *args], capture_output=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise ProgramFailed(f"no end within {LIMIT} s: twosource {' '.join(args)[:80]}") from error
    if done.returncode not in ok:
        raise ProgramFailed(f"exit {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
    return done.stdout.decode()


def read(cli: Path, articles: Iterable[Row], options: Sequence[str] = ()) -> dict[str, Row]:
    """Return the reports of articles given as JSON lines, by article id; each has its received text."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_lines(Path(folder) / "in.jsonl", articles)
        printed = run(cli, ["read", "--jsonl", "--text", *options, str(path)])
    return {r["id"]: r for r in map(json.loads, printed.splitlines())}


def compare(cli: Path, articles: Iterable[Row]) -> Row:
    """Return the account of articles given as JSON lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_lines(Path(folder) / "in.jsonl", articles)
        account: Row = json.loads(run(cli, ["compare", "--json", str(path)], ok=(0, 3)))
    return account


def write_lines(path: Path, rows: Iterable[Row]) -> Path:
    """Write JSON lines and return where."""
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return path


def lines(path: Path) -> list[Row]:
    """Read JSON lines."""
    return [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines() if x.strip()]
