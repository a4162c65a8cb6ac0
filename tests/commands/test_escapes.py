"""Words of articles, names and inputs that would steer a terminal: nowhere in what the newsroom's commands print."""

import json
import re

import pytest

from tests.commands.room import rows, run
from twosource.console import DONE
from twosource.store import alerts, open_store

EVIL = (
    "\x1b[31mred\x1b[0m", "\x1b]52;c;aGk=\x07clip", "\x9b2Jc1", "\u202egnp.exe", "\u2066isolate", "nul\0byte",
    "\ud800lone", "bell\x07", "line\nfeed\ttab\rback", "\u2028apart", "\u200bzero", "=HYPERLINK(1)", "\u05d0\u05d1",
    "e" + "\u0301" * 40,
)  # fmt: skip

TEXT = (
    "{evil} dyke {n} breached\n\nThe dyke warden of {evil} said on Monday that {sheep} sheep drowned at dyke {n}.\n\n"
    "“And {evil} the pumps at {n} stood still,” {evil} Quist told the {evil} Post, which asked for {n} days."
)

STEERS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066\u2067\ud800-\udfff]"
)
"""Whatever may move a cursor, reorder a line or end it; a line feed ends lines of ours."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Lines of JSON in which every field of every article is hostile."""
    file = tmp_path_factory.mktemp("hostile") / "evil.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number, evil in enumerate(EVIL):
            for side in (0, 1):
                told = {
                    "id": f"{evil}-{number}-{side}",
                    "outlet": f"{evil} Post {side}",
                    "title": f"{evil} title",
                    "url": f"https://x{number}{side}.example/{evil}",
                    "published": "2030-03-04",
                    "text": TEXT.format(evil=evil, n=number, sheep=number + 20 + side),
                }
                out.write(json.dumps(told) + "\n")
        out.write('{"id": "\\u001b[2Jx", "text": 3}\n')
    return file


def assert_tame(*args):
    """Run a command; nothing that it prints steers."""
    done = run(*args)
    for printed in (done.stdout, done.stderr):
        assert not STEERS.search(printed), (args, STEERS.search(printed))
    return done


def test_no_word_of_an_article_steers_the_terminal(empty, hostile):
    assert_tame("add", hostile)
    assert_tame("watch", "--once", "--fast")
    for name in EVIL:
        run("search", "dyke", "--save", name, "--to", "terminal")
    for what in ("stories", "articles", "conflicts", "rejects", "runs", "searches"):
        done = assert_tame("list", what, "--all", "--limit", "1000")
        assert done.stdout
        assert all(line.strip() for line in done.stdout.splitlines())
    for args in (["search", "dyke"], ["search", "--quotations", "pumps"], ["people"], ["people", "Quist"], ["doctor"]):
        assert assert_tame(*args).exit_code == DONE
    articles = rows("list", "articles", "--limit", "1000")
    assert len(articles) == 2 * len(EVIL)
    for listed in articles[:6]:
        assert_tame("show", listed["id"])
        assert_tame("show", listed["story"])
        assert_tame("split", listed["story"], listed["id"], "--by", "\x1b[31mme", "--why", "\u202ewhy")
    assert_tame("list", "log")


def test_what_programs_get_is_plain_ascii_and_whole(empty, hostile):
    run("add", hostile, "--quiet")
    done = run("list", "articles", "--json", "--limit", "1000")
    assert done.stdout.isascii()
    assert {json.loads(line)["title"] for line in done.stdout.splitlines()} >= {f"{EVIL[0]} title", f"{EVIL[3]} title"}
    assert run("export", "articles").stdout.isascii()


def test_no_alert_steers_the_terminal(empty, hostile):
    run("add", hostile, "--quiet")
    run("search", "", "--save", "\x1b[31mall", "--to", "terminal")
    done = assert_tame("watch", "--once", "--fast")
    assert "New story: " in done.stderr
    assert_tame("list", "alerts", "--limit", "1000")
    with open_store(empty.store) as db:
        assert all(queued.state == "sent" for queued in alerts.listed(db, limit=1_000))


@pytest.mark.parametrize("word", [word for word in EVIL if not re.search("[\0\ud800]", word)])  # what a shell can give
@pytest.mark.parametrize("args", [["show"], ["search"], ["people"], ["undo"], ["add"], ["retry", "--reason"],
                                  ["forget", "-y", "--article"], ["forget", "-y", "--outlet"], ["list", "--outlet"],
                                  ["correct", "lock"], ["merge", "x"], ["search", "x", "--save", "a", "--to"],
                                  ["search", "--forget"], ["list", "--store"], ["backup"]])  # fmt: skip
def test_no_argument_that_is_repeated_steers_the_terminal(room, args, word):
    done = run(*args, word)
    assert not isinstance(done.exception, ValueError | UnicodeError | OSError), done.exception
    assert not STEERS.search(done.stdout), args
    if "Usage:" not in done.stderr:  # usage is click's, which repeats what the user typed
        assert not STEERS.search(done.stderr), (args, done.stderr)
