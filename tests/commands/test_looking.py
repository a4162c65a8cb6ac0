"""Looking into a store: list, show, search, people, and what they say where there is nothing."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from tests.commands.room import article, rows, run
from twosource.commands.looking import TABLES
from twosource.console import DONE, FAILED, USAGE
from twosource.store import alerts, open_store

FIELDS = {
    "stories": {"id", "last", "reports", "origins", "conflicts", "account_due", "locked", "title"},
    "articles": {"id", "at", "outlet", "title", "begins", "url", "story"},
    "feeds": {"url", "status", "kind", "title", "outlet", "ok", "next", "error"},
    "conflicts": {"id", "seen", "certainty", "kind", "why", "sides", "story", "title"},
    "rejects": {"number", "at", "reason", "name", "message", "tries"},
    "runs": {"number", "command", "started", "ended", "seen", "stored", "known", "rejected", "deferred"},
    "log": {"number", "at", "by", "kind", "about", "articles", "reason", "undone_by"},
    "alerts": {"number", "at", "state", "kind", "key", "channel", "error"},
    "searches": {"name", "query", "of", "to"},
}


@pytest.fixture
def full(room, story):
    """A store with something in every table."""
    room.file("more.jsonl", article("m1"), "half a li")
    room.file("feeds.opml", '<opml version="2.0"><body><outline xmlUrl="https://f.example/feed"/></body></opml>')
    run("search", "--save", "all", "--to", "terminal")
    run("add", "more.jsonl", "feeds.opml")
    run("correct", "lock", story)
    with open_store(room.store) as db:
        alerts.queue(db, [alerts.Alert(kind="new_story", key=story, channel="terminal")], 1.8e9)
    return room


@pytest.mark.parametrize("what", sorted(TABLES))
def test_every_table_is_lines_for_people_and_objects_for_programs(full, what):
    listed = rows("list", what)
    assert listed
    assert all(set(row) == FIELDS[what] for row in listed)
    done = run("list", what)
    assert done.exit_code == DONE
    assert len(done.stdout.splitlines()) == len(listed)


@pytest.mark.parametrize("what", sorted(TABLES))
def test_an_empty_table_says_so_on_standard_error_alone(empty, what):
    empty.file("a.txt", "")
    run("add", "a.txt")
    run("retry")
    if what in ("rejects", "runs"):
        assert rows("list", what)
        return
    done = run("list", what)
    assert (done.exit_code, done.stdout) == (DONE, "")
    assert f"no {what} here" in done.stderr
    assert rows("list", what) == []


def test_a_story_in_the_list_has_its_counts_and_a_time_without_noise(room, story):
    (line,) = run("list").stdout.splitlines()
    assert line.startswith(f"{story} · 2025-10-15 ")
    assert "4 reports · 3 origins · 1 conflict · " in line
    assert ":00:00" not in line


def test_an_article_without_a_title_is_listed_with_its_first_words(room):
    (listed,) = (row for row in rows("list", "articles") if row["outlet"] == "Harrow Courier")
    assert listed["title"] is None
    assert listed["begins"] == "Two dead as ammonia leaks from Lisava harbour cold store"
    assert listed["begins"] in run("list", "articles").stdout


def test_a_story_whose_account_is_older_than_it_says_so(room, story):
    assert not rows("list")[0]["account_due"]
    names = [row["id"] for row in rows("list", "articles")]
    run("split", story, names[0])
    assert [row["account_due"] for row in rows("list") if row["id"] == story] == [True]
    assert "account due" in run("list").stdout


def test_a_list_that_was_cut_says_so(room):
    done = run("list", "articles", "--limit", "2")
    assert len(done.stdout.splitlines()) == 2
    assert "--limit shows more" in done.stderr
    assert run("list", "articles", "--limit", "100000").exit_code == DONE
    assert run("list", "--limit", "100001").exit_code == USAGE
    assert run("list", "articles", "--since", "2025-10-16").stdout == ""
    assert len(rows("list", "articles", "--outlet", "the LANTERN")) == 1
    for age in ("999999y", "1h", "1970-01-01", "9999-12-31T23:59:59+14:00"):
        assert run("list", "articles", "--since", age).exit_code == DONE
    for wrong in ("soon", "0001-01-01", "12345678d", ""):
        assert run("list", "--since", wrong).exit_code == USAGE


def test_show_takes_the_first_letters_of_an_id(room, story):
    whole = run("show", story)
    assert whole.exit_code == DONE
    assert run("show", story[:9]).stdout == run("show", story[6:10]).stdout == whole.stdout
    name = rows("list", "articles")[0]["id"]
    assert run("show", name[:7]).stdout == run("show", name).stdout
    for wrong in ("story-zz", "", "a", "nobody", "x" * 10_000):
        done = run("show", wrong)
        assert done.exit_code == FAILED
        assert "'twosource list'" in done.stderr or "give more of it" in done.stderr


def test_show_prints_every_form_of_an_account(room, story):
    account = json.loads(run("show", story, "--json").stdout)
    assert account["schema"] == "twosource.account/1"
    assert len(account["articles"]) == 4
    assert run("show", story, "--markdown").stdout.startswith("#")
    assert len(list(csv.reader(io.StringIO(run("show", story, "--csv").stdout)))) > 10
    assert run("show", story, "--plain").stdout.isascii()
    assert run("show", story, "--html", "story.html").exit_code == DONE
    assert (room.folder / "story.html").read_text(encoding="utf-8") == run("show", story, "--html", "-").stdout
    assert run("show", story, "--json", "--csv").exit_code == USAGE
    assert run("show", story, "--original").exit_code == USAGE


def test_why_answers_from_the_story_that_was_shown(room, story):
    run("show", story)
    done = run("why", "con1")
    assert done.exit_code == DONE
    assert "Nineteen" in done.stdout


def test_show_of_an_article_is_what_was_read_from_it(room):
    (listed,) = (row for row in rows("list", "articles") if row["outlet"] == "The Lantern")
    report = json.loads(run("show", listed["id"], "--json").stdout)
    assert report["schema"] == "twosource.report/1"
    assert "‘They were told in March’" in json.dumps(report, ensure_ascii=False)
    for option in ("--csv", "--markdown"):
        assert run("show", listed["id"], option).exit_code == USAGE
    done = run("show", listed["id"], "--original")
    assert done.exit_code == FAILED
    assert "no other bytes were kept" in done.stderr


@pytest.mark.parametrize(("query", "many"), [
    (["ammonia"], 4), (['"ammonia leak"'], 1), (["ammonia", "-strike"], 2), (["nothere", "OR", "ammonia"], 4),
    (["ammon*"], 4), (["speaker:Orsansky"], 3), (["outlet:lantern"], 1), (["after:2025-10-15"], 4),
    (["before:2025-10-15"], 0), (["on:2025-10-15"], 4), (["figure:14"], 3), (["figure:>100000"], 2), (["lang:en"], 4),
    (['said:"no danger"'], 2), (["AMMÓNIA"], 4),
])  # fmt: skip
def test_search_finds_by_every_field(room, query, many):
    assert len(rows("search", *query)) == many


def test_search_shows_quotations_with_who_said_them(room):
    found = rows("search", "--quotations", "speaker:Belkan")
    assert {row["name"] for row in found} == {"Ruta Belkan"}
    assert "Ruta Belkan: " in run("search", "--quotations", "speaker:Belkan").stdout


@pytest.mark.parametrize("query", ["(((", '"open', "on:yesterday", "figure:many", "-", "*", "OR", "speaker:", "a.b",
                                   "who's", "AND", "NEAR(", "x^y", "\0", "\ud800", ":", "-\""])  # fmt: skip
def test_search_takes_any_words_or_points_at_what_is_wrong(room, query):
    done = run("search", "--", query)
    assert done.exit_code in (DONE, USAGE)
    if done.exit_code == USAGE:
        assert "this cannot be searched for" in done.stderr
        assert "^" in done.stderr
    else:
        assert done.stdout or "nothing found" in done.stderr


def test_search_for_a_field_that_is_none_says_which_there_are(room):
    done = run("search", "author:voss")
    assert (done.exit_code, done.stdout) == (DONE, "")
    assert "there is no field author: (there are said:, speaker:" in done.stderr
    assert "no field" not in run("search", "https://nowhere.example").stderr
    assert run("search", "").exit_code == USAGE


def test_searches_are_saved_listed_and_forgotten(room):
    hook = "https://hooks.example/secret-token"
    done = run("search", "ammonia", "--save", "gas", "--to", hook, "--to", "feed:gas.xml", "--of", "new_story")
    assert done.exit_code == DONE
    (saved,) = rows("list", "searches")
    assert saved == {"name": "gas", "query": "ammonia", "of": ["new_story"],
                     "to": ["https://hooks.example/…", f"feed:{room.folder}/gas.xml"]}  # fmt: skip
    assert "secret-token" not in done.stderr + run("list", "searches").stdout
    assert run("search", "--forget", "gas").exit_code == DONE
    assert rows("list", "searches") == []
    assert run("search", "--forget", "gas").exit_code == FAILED


@pytest.mark.parametrize("args", [
    ["x", "--save", "a", "--to", "pigeon"], ["x", "--save", "a", "--to", "feed:"], ["x", "--to", "terminal"],
    ["x", "--save", "a", "--to", "feed:no/such/folder/x.xml"], ["x", "--save", "a", "--to", "feed:."],
    ["x", "--save", "a", "--to", "mailto:nobody"], ["x", "--save", "a", "--of", "weather"], ["(((", "--save", "a"],
])  # fmt: skip
def test_a_search_that_cannot_be_saved_is_a_mistake_in_usage(room, args):
    assert run("search", *args).exit_code == USAGE
    assert rows("list", "searches") == []


def test_people_are_listed_and_one_alone_with_what_they_said(room):
    everyone = rows("people")
    assert everyone[0]["quotations"] >= everyone[-1]["quotations"]
    done = run("people", "Ruta Belkan")
    assert done.stdout.startswith("Ruta Belkan · ")
    assert "We are tired of working beside a bomb" in done.stdout
    assert "1 quotations" not in run("people").stdout
    assert "nobody of that name" in run("people", "Nobody At All").stderr


def test_export_writes_every_form(full, story):
    accounts = [json.loads(line) for line in run("export", "accounts").stdout.splitlines()]
    stories = [json.loads(line) for line in run("export", "stories").stdout.splitlines()]
    reports = [json.loads(line) for line in run("export", "reports").stdout.splitlines()]
    assert {a["schema"] for a in accounts} == {"twosource.account/1"}
    assert {r["schema"] for r in reports} == {"twosource.report/1"}
    assert {s["id"]: len(s["articles"]) for s in stories}[story] == 4
    (line,) = run("export", "corrections").stdout.splitlines()
    assert json.loads(line)["by"] == "ada"
    outlines = ElementTree.fromstring(run("export", "feeds").stdout).iter("outline")
    assert [outline.get("xmlUrl") for outline in outlines] == ["https://f.example/feed"]
    assert run("export", "weather").exit_code == USAGE


def test_what_is_exported_makes_the_same_articles_and_stories_in_another_store(room, monkeypatch):
    twice = (article("v"), article("v", n=5))
    urls = [article(f"u{n}", n=n, url=f"https://u.example/{n}") for n in range(3)]
    room.file("more.jsonl", *twice, *urls)
    run("add", "more.jsonl")
    articles, stories = run("export", "articles").stdout, run("export", "stories").stdout
    (room.folder / "all.jsonl").write_text(articles, encoding="utf-8")
    assert run("add", "all.jsonl", "--quiet").exit_code == DONE
    assert rows("list", "runs")[0]["known"] == len(articles.splitlines()) == 9
    monkeypatch.setenv("TWOSOURCE_STORE", str(room.folder / "other.db"))
    assert run("add", "all.jsonl", "--quiet").exit_code == DONE
    assert run("export", "articles").stdout == articles
    kept = [{**json.loads(line), "title": None} for line in stories.splitlines()]
    assert [{**json.loads(line), "title": None} for line in run("export", "stories").stdout.splitlines()] == kept
