"""The desk killed at any point: what the next run ends with is what a run ends with that nobody killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from twosource.store import accounts, open_store, runs, stories

ADD = ("add", "--quiet", "corpus.jsonl")
WATCH = ("watch", "--once", "--fast", "--quiet")
NEWS = (
    "Fire crews fought a blaze at the {place} paper mill on Monday; {n} workers were led to safety.",
    "“All {n} of them are accounted for,” fire chief Marta Lind told reporters at the gate.",
    "The owner, Sundholm Paper, said the cause was not known. Production will rest until Friday.",
)


SYLLABLES = ("ba", "do", "fen", "gil", "har", "ket", "lum", "mor", "nis", "pol", "rud", "sev", "tan", "vik", "zor")


def alone(n):
    """An article that has hardly a word in common with any other."""
    chance = random.Random(n)
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(40)]
    return " ".join(words[:8]).capitalize() + ".\n" + " ".join(words[8:]).capitalize() + "."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Many articles that stand alone and two events told by several outlets, as JSON Lines."""
    place = tmp_path_factory.mktemp("corpus")
    told = [(alone(n), n, "", f"lamp{n}") for n in range(140)]
    told += [("\n".join(NEWS), 41 + (n == 2), "Dorrit", f"herald{n}") for n in range(3)]
    told += [("\n".join(NEWS).replace("paper mill", "tannery"), 9, "Gower", f"echo{n}") for n in range(2)]
    with (place / "corpus.jsonl").open("w", encoding="utf-8") as out:
        for number, (text, n, town, outlet) in enumerate(told):
            line = {
                "id": f"x{number}",
                "outlet": outlet,
                "text": text.format(n=n, place=town),
                "published": "2030-03-04",
            }
            out.write(json.dumps(line) + "\n")
    return place


def run(corpus, store, command, point="", seconds=None):
    """Run a command; kill it after so many seconds, or let it kill itself at a named point."""
    env = {**os.environ, "TWOSOURCE_CRASH": point, "TWOSOURCE_STORE": str(store), "TWOSOURCE_STATE": str(corpus)}
    child = subprocess.Popen([sys.executable, "-m", "twosource", *command], cwd=corpus, env=env)
    if seconds is not None:
        time.sleep(seconds)
        child.kill()
    return child.wait()


def state(store):
    """All that two runs have to agree on."""
    with open_store(store) as db:
        assert db.check(thorough=True) == ()
        assert runs.last(db).balances
        rows = db.rows("SELECT a.id, s.id AS story FROM membership m JOIN article a ON a.number = m.article "
                       "JOIN story s ON s.number = m.story ORDER BY a.id")  # fmt: skip
        made = {s.id: accounts.get(db, s.id) for s in stories.listed(db, least=2, limit=1000)}
        return [tuple(row) for row in rows], made


@pytest.fixture(scope="module")
def whole(corpus, tmp_path_factory):
    """A store that nobody killed: after adding, and after the desk."""
    store = tmp_path_factory.mktemp("whole") / "news.db"
    started = time.monotonic()
    assert run(corpus, store, ADD) == 0
    took, added = time.monotonic() - started, state(store)
    assert run(corpus, store, WATCH) == 0
    return took, added, state(store)


@pytest.mark.parametrize("point", ["mid_batch", "mid_grouping:1", "mid_grouping:3", "after_repair:2", "after_commit:5",
                                   "mid_transaction:4", "mid_transaction:7"])  # fmt: skip
def test_adding_that_is_killed_at_a_named_point_ends_as_if_it_was_not(corpus, tmp_path, whole, point):
    store = tmp_path / "news.db"
    assert run(corpus, store, ADD, point) == -signal.SIGKILL
    assert run(corpus, store, ADD) == 0
    assert state(store) == whole[1]


def test_adding_that_is_killed_again_and_again_ends_as_if_it_was_not(corpus, tmp_path, whole):
    store = tmp_path / "news.db"
    chance = random.Random(3)
    for _ in range(18):
        run(corpus, store, ADD, seconds=chance.uniform(0.2, 1.0) * whole[0])
    assert run(corpus, store, ADD) == 0
    assert state(store) == whole[1]


@pytest.mark.parametrize("point", ["after_report:2", "mid_account:1"])
def test_a_desk_that_is_killed_while_it_reads_and_accounts_ends_as_if_it_was_not(corpus, tmp_path, whole, point):
    store = tmp_path / "news.db"
    assert run(corpus, store, ADD) == 0
    assert run(corpus, store, WATCH, point) == -signal.SIGKILL
    assert run(corpus, store, WATCH) == 0
    assert state(store) == whole[2]
    assert any(account for account in whole[2][1].values())
