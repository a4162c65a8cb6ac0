"""Looking after a store: copies, what is to be forgotten, and whether it is sound."""

import json

import pytest

from tests.commands.room import article, rows, run
from twosource.console import DISK, DONE, FAILED, INTERRUPTED, USAGE

WORD = "quernstonewright"
"""A word that stands in one article alone."""


@pytest.fixture
def marked(room):
    """A store in which one word is everywhere: in a text, a title, an outlet, a name, a search, a correction."""
    told = {
        "title": f"The {WORD} speaks", "outlet": f"{WORD} Post", "url": f"https://x.example/{WORD}",
        "text": f"Ammonia leak in Lisava: {WORD} killed\n\nIn Lisava 14 people were hurt, “and the {WORD} was one,” "
                f"Una {WORD.title()} told the {WORD} Post on Wednesday. The health ministry said 14 people were hurt.",
        "published": "2025-10-15",
    }  # fmt: skip
    room.file("marked.jsonl", article("plain"), json.dumps({"id": "marked", **told}))
    assert run("add", "marked.jsonl", "--quiet").exit_code == DONE
    (home,) = (row["story"] for row in rows("list", "articles") if row["id"] == "marked")
    (story,) = (row["id"] for row in rows("list"))
    if home != story:
        run("merge", home, story, "--why", "one leak")
    run("search", "ammonia", "--save", "gas", "--to", "terminal")
    run("watch", "--once", "--fast", "--quiet")
    run("show", story)
    return room


def raw(room):
    """The bytes of the store's files."""
    return b"".join(file.read_bytes() for file in room.folder.glob("news.db*"))


@pytest.mark.parametrize("how", [["--article", "marked"], ["--outlet", f"{WORD.upper()} post"]])
def test_what_is_forgotten_is_in_no_list_no_search_and_no_byte_of_the_store(marked, how):
    assert rows("search", WORD)
    assert WORD.encode() in raw(marked).lower()
    done = run("forget", *how, "--yes")
    assert done.exit_code == DONE
    assert "1 article forgotten" in done.stderr
    assert rows("search", WORD) == rows("search", "--quotations", WORD) == rows("people", WORD) == []
    run("watch", "--once", "--fast", "--quiet")
    for what in ("articles", "reports", "accounts", "stories", "corrections"):
        assert WORD not in run("export", what).stdout.lower()
    for what in ("stories", "articles", "conflicts", "alerts", "log"):
        assert WORD not in run("list", what, "--limit", "1000").stdout.lower()
    assert WORD.encode() not in raw(marked).lower()
    assert WORD.encode("utf-16-le") not in raw(marked).lower()
    assert [row["reports"] for row in rows("list")] == [4]


def test_forgetting_asks_with_the_number_and_no_is_no(room):
    done = run("forget", "--older-than", "2100-01-01", text="n\n")
    assert done.exit_code == INTERRUPTED or done.exception
    assert "Forget 4 articles?" in done.stderr
    assert len(rows("list", "articles")) == 4
    assert run("forget", "--older-than", "2100-01-01", text="y\n").exit_code == DONE
    assert rows("list", "articles") == []
    assert rows("list", "--all") == []


def test_forgetting_a_feed(room):
    room.file("f.opml", '<opml version="2.0"><body><outline xmlUrl="https://f.example/feed"/></body></opml>')
    run("add", "f.opml")
    assert run("forget", "--feed", "https://f.example/feed", "--keep-articles", "--yes").exit_code == DONE
    assert rows("list", "feeds") == []
    assert len(rows("list", "articles")) == 4


@pytest.mark.parametrize("how", [["--article", "nobody"], ["--feed", "https://no.example/"], ["--outlet", "Nobody"],
                                 ["--article", ""], ["--outlet", ""]])  # fmt: skip
def test_what_is_not_there_cannot_be_forgotten_and_nothing_is(room, how):
    done = run("forget", *how, "--yes")
    assert done.exit_code == FAILED
    assert "twosource list" in done.stderr
    assert len(rows("list", "articles")) == 4


def test_forgetting_has_to_be_told_what(room):
    assert run("forget", "--yes").exit_code == USAGE
    assert run("forget", "--older-than", "soon", "--yes").exit_code == USAGE


@pytest.mark.parametrize("name", ["copy.db", "copy.zip"])
def test_a_copy_answers_as_the_store_does(room, story, name, monkeypatch):
    run("correct", "lock", story)
    before = {
        what: run("export", what).stdout for what in ("articles", "reports", "accounts", "stories", "corrections")
    }
    done = run("backup", name)
    assert done.exit_code == DONE
    assert "4 articles" in done.stderr
    assert run("backup", name).exit_code == DISK  # never over anything
    monkeypatch.setenv("TWOSOURCE_STORE", str(room.folder / "other.db"))
    assert run("restore", name).exit_code == DONE
    assert {what: run("export", what).stdout for what in before} == before
    assert run("doctor", "--thorough").exit_code == DONE
    assert run("restore", name).exit_code == DISK


@pytest.mark.parametrize("name", ["copy.db", "copy.zip"])
def test_a_copy_that_was_changed_is_refused_and_leaves_nothing(room, name):
    run("backup", name)
    whole = (room.folder / name).read_bytes()
    for at in (10, len(whole) // 2, len(whole) - 30):
        bad = bytes([*whole[:at], whole[at] ^ 0xFF, *whole[at + 1 :]])
        (room.folder / name).write_bytes(bad)
        done = run("restore", name, "--store", "new.db")
        assert done.exit_code == DISK, at
        assert not (room.folder / "new.db").exists()
    (room.folder / name).write_bytes(whole[: len(whole) // 2])
    assert run("restore", name, "--store", "new.db").exit_code == DISK
    assert not (room.folder / "new.db").exists()


def test_a_copy_that_is_not_there_or_cannot_be_written_is_named(room):
    assert run("restore", "nowhere.db", "--store", "new.db").exit_code == USAGE
    done = run("backup", "no/such/folder/copy.db")
    assert done.exit_code == DISK
    assert "copy.db" in done.stderr


def test_doctor_finds_nothing_wrong_and_says_what_it_looked_at(room):
    for how in ([], ["--thorough"]):
        found = rows("doctor", *how)
        assert {"database", "texts", "search", "stories", "runs"} <= {row["check"] for row in found}
        assert {row["state"] for row in found} == {"ok"}
    assert run("doctor").stdout.startswith("ok      database: ")


def test_doctor_finds_a_damaged_file(room):
    content = bytearray(room.store.read_bytes())
    content[20_000:60_000] = b"\xa5" * 40_000
    room.store.write_bytes(bytes(content))
    done = run("doctor", "--thorough")
    assert done.exit_code == DISK
    assert "restore" in done.stdout + done.stderr
    room.store.unlink()
