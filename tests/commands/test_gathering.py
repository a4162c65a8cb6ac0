"""Bringing articles in by hand: add, retry, and watch without a network."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from reanchor import DEMO
from tests.commands.room import article, rows, run
from twosource.console import DISK, DONE, FAILED, USAGE
from twosource.desk.newsroom import LOCK
from twosource.store import open_store, quarantine, runs


def ledger(*args):
    """The ledger that a command prints."""
    done = run(*args, "--json")
    (line,) = done.stdout.splitlines()
    return json.loads(line)


def test_adding_ends_with_the_ledger_and_what_to_do_next(empty):
    done = run("add", DEMO)
    assert done.exit_code == DONE
    assert done.stdout == ""
    assert "4 articles seen: 4 stored, 0 known, 0 rejected, 0 deferred" in done.stderr
    assert "1 account to be made: 'twosource watch --once'" in done.stderr


def test_what_is_added_again_is_known(empty):
    empty.file("a.jsonl", article("a"), article("b", n=9, place="Osier"))
    first, second = ledger("add", "a.jsonl"), ledger("add", "a.jsonl")
    assert (first["seen"], first["stored"], first["known"], first["grouped"]) == (2, 2, 0, 2)
    assert (second["seen"], second["stored"], second["known"], second["grouped"]) == (2, 0, 2, 0)
    assert first["ended"]


def test_quiet_says_only_what_is_wrong(empty):
    empty.file("a.jsonl", article("a"), "no json")
    done = run("add", "a.jsonl", "--quiet")
    assert done.exit_code == FAILED
    assert done.stderr == "twosource: a.jsonl:2: is not JSON: Expecting value (column 1)\n"


def test_two_versions_of_an_article_in_one_file_are_both_kept(empty):
    empty.file("a.jsonl", article("a"), article("a", n=5))
    assert ledger("add", "a.jsonl")["stored"] == 2
    assert len(rows("list", "articles")) == 2
    assert ledger("add", "a.jsonl")["known"] == 2


def test_one_bad_input_spoils_no_other_and_each_is_counted_by_its_reason(empty):
    empty.file("good.jsonl", article("a"), "not json", article("b", n=7))
    empty.file("empty.txt")
    (empty.folder / "list.opml").write_text("<opml", encoding="utf-8")
    (empty.folder / "bits.txt").write_bytes(b"\0\1" * 400)
    inputs = ("nowhere.txt", "good.jsonl", "list.opml", "nowhere.opml", "bits.txt", "empty.txt")
    done = run("add", *inputs)
    assert done.exit_code == FAILED
    for name in ("nowhere.txt", "good.jsonl:2", "list.opml", "nowhere.opml", "bits.txt", "empty.txt"):
        assert f"twosource: {name}: " in done.stderr
    (told, *_) = rows("list", "runs")
    assert (told["seen"], told["stored"]) == (8, 2)
    assert told["rejected"] == {"unreadable": 4, "not_an_article": 2}
    assert told["ended"]


@pytest.mark.parametrize("name", ["pipe.opml", "pipe.txt"])
def test_a_pipe_is_refused_and_not_waited_for(empty, name):
    os.mkfifo(empty.folder / name)
    done = run("add", name)
    assert done.exit_code == FAILED
    assert name in done.stderr


def test_a_list_of_feeds_is_followed_and_nothing_is_asked(empty):
    outlines = "".join(f'<outline text="F{n}" xmlUrl="https://f{n}.example/feed"/>' for n in range(3))
    empty.file("feeds.opml", f'<opml version="2.0"><head/><body>{outlines}</body></opml>')
    assert run("add", "feeds.opml").exit_code == DONE
    assert [feed["url"] for feed in rows("list", "feeds")] == [f"https://f{n}.example/feed" for n in range(3)]
    assert run("export", "feeds").stdout.count("xmlUrl=") == 3


def test_adding_while_a_newsroom_runs_leaves_the_grouping_to_it(room):
    room.file("a.jsonl", article("a"))
    with open_store(room.store) as db, db.holding(LOCK):
        runs.begin(db, "watch", time.time())
        done = run("add", "a.jsonl")
        assert done.exit_code == DONE
        assert "1 stored" in done.stderr
        assert "the 'twosource watch' that runs goes on with them" in done.stderr
        runs.begin(db, "desk", time.time())
        assert "asks no feed" in run("add", "a.jsonl").stderr
        assert run("watch", "--once", "--quiet").exit_code == DISK
    assert rows("list", "articles")[0]["story"] is None
    assert run("watch", "--once", "--fast", "--quiet").exit_code == DONE
    assert rows("list", "articles")[0]["story"]


def test_what_stands_in_quarantine_is_read_again_from_any_folder(empty, monkeypatch):
    empty.file("a.jsonl", article("a"), "half a li", "another ha")
    assert run("add", "a.jsonl", "--quiet").exit_code == FAILED
    assert [row["reason"] for row in rows("list", "rejects")] == ["unreadable", "unreadable"]
    empty.file("a.jsonl", article("a"), article("b", n=6), "another ha")
    (empty.folder / "elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    told = ledger("retry")
    assert (told["seen"], told["stored"], told["known"], told["rejected"]) == (3, 1, 1, {"unreadable": 1})
    (kept,) = rows("list", "rejects")
    assert kept["name"] == f"{empty.folder}/a.jsonl:3"


def test_the_same_reject_is_kept_once_however_often_it_comes(empty):
    empty.file("a.jsonl", "half a li")
    for _ in range(3):
        run("add", "a.jsonl")
    (kept,) = rows("list", "rejects")
    assert kept["name"].endswith("a.jsonl:1")


def test_retrying_what_is_not_there_names_it_and_what_is(empty):
    empty.file("a.jsonl", "half a li")
    run("add", "a.jsonl")
    for args, said in ((("99",), "there is no reject 99"), (("--reason", "tides"), "'tides'; there are: unreadable")):
        done = run("retry", *args)
        assert done.exit_code == FAILED
        assert said in done.stderr
    (empty.folder / "a.jsonl").unlink()
    done = run("retry", "1")
    assert done.exit_code == FAILED
    assert "is not there any more" in done.stderr
    assert rows("list", "rejects")[0]["tries"] == 2


def test_retrying_a_feeds_page_queues_it(empty):
    empty.file("a.jsonl", article("a"))
    run("add", "a.jsonl")
    with open_store(empty.store) as db:
        quarantine.put(
            db, [quarantine.Reject(source="file", name="standard input:3", reason="x", message="y")], now=1.0
        )
    done = run("retry", "--reason", "x")
    assert "standard input:3: is not there any more: give it again" in done.stderr


def test_watching_once_tells_what_it_made(empty):
    empty.file("a.jsonl", article("a", outlet="Lamp"), article("b", outlet="Herald"))
    run("add", "a.jsonl")
    done = run("watch", "--once", "--fast")
    assert done.exit_code == DONE
    assert "1 account made, 0 alerts" in done.stderr
    assert ledger("watch", "--once", "--fast")["accounts"] == 0


def test_watching_keeps_no_longer_than_it_is_told(empty):
    old = article("old", published="2020-01-01")
    empty.file("a.jsonl", old, *(article(f"n{n}", n=n, published="2026-11-01") for n in range(3)))
    run("add", "a.jsonl")
    assert run("watch", "--once", "--fast", "--keep", "soon").exit_code == USAGE
    assert ledger("watch", "--once", "--fast", "--keep", "3y")["forgotten"] == 1
    assert {row["id"] for row in rows("list", "articles")} == {"n0", "n1", "n2"}


def test_retention_that_would_empty_the_store_is_left_to_people(empty):
    empty.file("a.jsonl", *(article(f"n{n}", n=n, published="2020-01-01") for n in range(3)))
    run("add", "a.jsonl")
    done = run("watch", "--once", "--fast", "--keep", "30d")
    assert "3 of 3 articles are older than is kept" in done.stderr
    assert len(rows("list", "articles")) == 3


@pytest.mark.parametrize("command", [["watch", "--once"], ["show", "x"], ["retry"], ["undo"], ["doctor"], ["list"],
                                     ["search", "x"], ["people"], ["split", "a", "b"], ["merge", "a", "b"],
                                     ["correct", "lock", "a"], ["forget", "--article", "a", "-y"],
                                     ["export", "articles"], ["backup", "x.db"]])  # fmt: skip
def test_without_a_store_nothing_is_made_and_adding_is_advised(empty, command):
    done = run(*command)
    assert done.exit_code == DISK
    assert f"{empty.store}: there is no store yet; 'twosource add' makes one" in done.stderr
    assert not empty.store.exists()


@pytest.mark.parametrize("command", [["add", "a.jsonl"], ["list"], ["doctor"], ["watch", "--once"], ["search", "x"]])
def test_another_programs_file_is_named_and_left_as_it_is(empty, command):
    empty.file("a.jsonl", article("a"))
    empty.file("other.txt", "shopping list")
    done = run(*command, "--store", "other.txt")
    assert done.exit_code == DISK
    assert "other.txt is no store of twosource" in done.stderr
    assert (empty.folder / "other.txt").read_text() == "shopping list\n"


@pytest.mark.parametrize(("place", "code", "said"), [
    ("", USAGE, "is neither"), ("redis://user:secret@host", USAGE, "redis://…"), ("no/such/news.db", DISK, "no folder"),
    ("a\0b", USAGE, "is neither"),
])  # fmt: skip
def test_a_place_that_is_no_store_is_named(empty, place, code, said):
    empty.file("a.jsonl", article("a"))
    done = run("add", "a.jsonl", "--store", place)
    assert done.exit_code == code
    assert said in done.stderr
    assert "secret" not in done.stderr


def twosource(*args, **more):
    return subprocess.Popen([sys.executable, "-m", "twosource", *args], stderr=subprocess.PIPE, text=True, **more)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_that_is_asked_to_end_ends_with_its_ledger(room, sent):
    child = twosource("watch", "--fast")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and child.poll() is None and not begun(room):
        time.sleep(0.05)
    child.send_signal(sent)
    _, said = child.communicate(timeout=20)
    assert child.returncode == DONE, said
    assert "ending after this step; once more ends at once" in said
    assert "0 articles seen" in said
    assert rows("list", "runs")[0]["ended"]


def begun(room):
    with open_store(room.store, readonly=True) as db:
        last = runs.last(db)
    return last is not None and last.command == "watch" and last.ended is None


def test_a_full_disk_is_said_and_the_next_run_goes_on(empty):
    empty.file("a.jsonl", *(article(f"x{n}", n=n, place=f"Withy{n}") for n in range(300)))
    limited = ["bash", "-c", f"ulimit -f 500; exec {sys.executable} -m twosource add a.jsonl"]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert done.returncode == DISK
    assert "nothing is lost" in done.stderr
    assert run("doctor").exit_code == DONE
    told = ledger("add", "a.jsonl")
    assert told["stored"] + told["known"] == told["seen"] == 300
    assert len(rows("list", "articles", "--limit", "1000")) == 300
