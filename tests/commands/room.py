"""What tests of the newsroom's commands share: a run of a command, and the house rules that hold after every test."""

import json
from pathlib import Path

from click.testing import CliRunner

from twosource.cli import main
from twosource.store import open_store, runs

LINES = (
    "The lock keeper at {place} said on Monday that {n} barges were waiting below the weir.",
    "“We opened the gate by hand,” Orla Tench told the Gazette, “and {n} boats went through before dark.”",
    "The canal board, which closed the cut in March, did not say when the {n} would be paid for.",
)


def run(*args, text=None):
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(a) for a in args], input=text)


def rows(*args):
    """What a command prints as JSON, a row a line."""
    done = run(*args, "--json")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def article(name, n=4, place="Withy", **more):
    """A line of JSON for an article of its own."""
    text = f"Barges wait at {place}\n\n" + "\n\n".join(LINES).format(n=n, place=place)
    return json.dumps({"id": name, "text": text, "published": "2030-03-04", **more})


class Room:
    """The folder of a newsroom, with its store."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.store = folder / "news.db"

    def file(self, name, *lines):
        """Write a file of lines."""
        (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return name

    def check(self):
        """Nothing that was seen is lost from the ledger of any run that ended, and the store is sound."""
        if not self.store.exists():
            return
        with open_store(self.store) as db:
            assert db.check(thorough=True) == ()
            assert all(one.balances for one in runs.listed(db, 1_000) if one.ended)
