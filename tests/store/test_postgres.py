"""A store on a server: how it is reached, and what is told when it is not. What it does beside is in the contract."""

import subprocess
import sys

import pytest

from tests.store import server
from tests.store.made import NOW, incoming
from twosource.errors import Busy, StoreError, TooNew
from twosource.store import articles, open_store, schema
from twosource.store.schema import Step
from twosource.store.wording import Phrase


def test_without_psycopg_the_message_says_what_to_install():
    code = (
        "import sys; sys.modules['psycopg'] = None\nfrom twosource.store import open_store\n"
        "from twosource.errors import StoreError\n"
        "try: open_store('postgresql://localhost/x')\nexcept StoreError as wrong: print(wrong)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'twosource[postgres]'" in done.stdout


def test_files_need_no_psycopg(tmp_path):
    code = (
        "import sys; sys.modules['psycopg'] = None\nfrom twosource.store import open_store\n"
        f"open_store({str(tmp_path / 'news.db')!r}).close()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://bob:hush@127.0.0.1:1/news",
        "postgresql://127.0.0.1:1/news?password=hush&connect_timeout=1",
        "postgresql://bob:hush@[::1/news",
        "postgresql://bob:hush@127.0.0.1:1/news?schema=a;drop",
        "postgresql://bob:hush@127.0.0.1:1/news?nonsense=1",
    ],
)
def test_a_server_that_cannot_be_used_is_named_without_its_password(address):
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as told:
        open_store(address)
    assert "hush" not in str(told.value)


def test_a_store_is_made_once_and_not_at_all_for_reading(postgres):
    with pytest.raises(StoreError, match="there is no store"):
        open_store(f"{postgres}&schema=nobody", readonly=True)
    for _ in range(2):
        with open_store(f"{postgres}&schema=once") as db:
            articles.add(db, [incoming(1)], now=NOW)
            assert len(articles.listed(db)) == 1


def test_an_older_store_is_brought_up_and_a_newer_one_refused(postgres, monkeypatch):
    place = f"{postgres}&schema=older"
    with open_store(place) as db:
        articles.add(db, [incoming(1)], now=NOW)
    with monkeypatch.context() as later:
        later.setattr(schema, "STEPS", (*schema.STEPS, Step(("ALTER TABLE feed ADD COLUMN colour TEXT",))))
        later.setattr(schema, "VERSION", schema.VERSION + 1)
        with pytest.raises(StoreError, match="open it once for writing"):
            open_store(place, readonly=True)
        with open_store(place) as db:
            assert db.rows("SELECT colour FROM feed") == []
            assert len(articles.listed(db)) == 1
    with pytest.raises(TooNew, match=f"version {schema.VERSION + 1}"):
        open_store(place)


def test_three_processes_write_overlapping_articles(postgres):
    place = f"{postgres}&schema=three"
    code = (
        "import sys; sys.path.insert(0, '.')\nfrom twosource.store import articles, open_store\n"
        "from tests.store.made import NOW, incoming\ndb = open_store(sys.argv[1]); first = int(sys.argv[2])\n"
        "for n in range(first, first + 40): articles.add(db, [incoming(n), incoming(n + 1)], now=NOW)\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, place, str(first)]) for first in (0, 20, 40)]
    assert [w.wait(60) for w in writers] == [0, 0, 0]
    with open_store(place) as db:
        assert sorted(a.id for a in articles.listed(db, limit=999)) == sorted(f"pears-{n}" for n in range(81))
        assert db.check(thorough=True) == ()


def test_a_writer_that_waits_too_long_is_told_so(postgres, monkeypatch):
    from twosource.store import postgres as module

    monkeypatch.setattr(module, "WAIT", 0.2)
    place = f"{postgres}&schema=waiting"
    with open_store(place) as one, open_store(place) as other, one.writing():
        with pytest.raises(Busy), other.writing():
            pass
        assert other.rows("SELECT 1 FROM run") == []


def test_after_the_server_was_restarted_the_store_goes_on():
    pytest.importorskip("psycopg")
    if server.programs() is None:
        pytest.skip(server.MISSING)
    with server.running() as address, open_store(address) as db:
        articles.add(db, [incoming(1)], now=NOW)
        with pytest.raises(StoreError), db.writing() as w:
            w.rows("SELECT pg_terminate_backend(pg_backend_pid())")
        assert len(articles.listed(db)) == 1
        articles.add(db, [incoming(2)], now=NOW)
        assert len(articles.listed(db)) == 2


def test_a_text_of_endless_different_words_is_stored_and_found_by_its_first(postgres):
    words = " ".join(f"wort{n}é" for n in range(150_000))
    with open_store(f"{postgres}&schema=endless") as db:
        articles.add(db, [incoming(1, text=words), incoming(2, text="é " * 300_000)], now=NOW)
        sought = db.words("article_words", "a.number", ((Phrase(("wort7e", "wort8e")),),))
        assert db.one(f"SELECT a.id FROM article a WHERE {sought.sql}", **sought.values)["id"] == "pears-1"
