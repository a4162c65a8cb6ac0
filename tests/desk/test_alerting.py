"""Alerts: each thing is told once to each channel, whatever stops in between, and no channel holds up another."""

import hashlib
import hmac
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tests.faulty import Faulty, Slept, ok, status
from twosource.article import Article, Outlet
from twosource.desk.channels import bare, known_channel
from twosource.desk.delivery import MAIL, SECRET, Channels, Undeliverable, letter, mail_server, payload, subject
from twosource.desk.intake import take_in
from twosource.desk.newsroom import Desk
from twosource.sources.fetch import SIGNATURE, Fetcher, Limits
from twosource.store import alerts, open_store, stories

ATOM = "{http://www.w3.org/2005/Atom}"

OWN = (
    "Quarry blast closes the Hollin road\n\n"
    "The county surveyor said on Monday that {n} lorries were stuck above Hollin.\n\n"
    "“We had no warning of the blast at all,” driver Benna Oake told the {outlet}.\n\n{more}"
)
MORE = (
    "Stone lay on both lanes for half a mile, and a bus from Jura turned round in a farm yard at noon.",
    "By evening the sheriff had let through the milk, the post and one bride, all of them late.",
)


def report(name, n=12, outlet="Lamp", more=0):
    """A report of one event that differs in its count and in its last paragraph."""
    text = OWN.format(n=n, outlet=outlet, more=MORE[more])
    return Article(id=name, text=text, outlet=Outlet(outlet, None), published="2026-11-02")


class Newsroom:
    """A desk over a store, with what its terminal showed."""

    def __init__(self, db, fetcher, clock):
        self.db, self.clock = db, clock
        self.shown = []
        self.desk = Desk(
            db, clock=clock.wall, tell=self.shown.append, channels=Channels(fetcher, self.shown.append), fast=True
        )

    def save(self, query="", *channels, name="all", kinds=()):
        return alerts.save(self.db, name, query, channels or ["terminal"], self.clock.wall(), kinds=kinds)

    def take(self, *articles):
        """Take articles in and do all that is due; every ledger balances."""
        with self.desk.open("watch") as run:
            list(take_in(self.db, articles, run=run, clock=self.clock.wall))
            self.desk.gather(run, accounts=True)
            assert self.desk.close_run(run).balances
        said, self.shown[:] = list(self.shown), []
        return said

    def queued(self):
        return alerts.listed(self.db, limit=1_000)


@pytest.fixture
def server():
    with Faulty() as faulty:
        yield faulty


@pytest.fixture
def room(tmp_path, server):
    clock = Slept()
    limits = Limits(connect=1.0, total=2.0, post=0.5)
    with (
        open_store(tmp_path / "news.db") as db,
        Fetcher(limits=limits, allow_private=["127.0.0.0/8"], ports=[range(1, 65_536)]) as fetcher,
    ):
        yield Newsroom(db, fetcher, clock)


def test_a_story_is_told_when_it_has_two_reports_and_never_again(room):
    room.save(kinds=("new_story",))
    assert room.take(report("a")) == []
    (said,) = room.take(report("b", outlet="Courier"))
    assert said.startswith("New story: Quarry blast closes the Hollin road (2 reports, at most ")
    assert room.take(report("c", outlet="Herald")) == []
    assert room.take() == []


def test_a_source_count_that_reaches_two_is_told_once(room):
    room.save(kinds=("sources_passing_two",))
    room.take(report("a"), report("b", outlet="Courier"))
    other = replace(
        report("c", outlet="Herald"),
        text="Blast at the quarry, the Hollin road is closed\n\nOur own reporter saw the blast at the Hollin quarry "
        "from the church tower: a grey cloud, then stones on the road.\n\n"
        "County surveyor Ned Farrow said 12 lorries could not get by. “I will have it open by Friday,” Farrow "
        "told the Herald.",
    )
    said = room.take(other)
    (story,) = stories.listed(room.db, least=2)
    assert (story.size, story.origins >= 2) == (3, True)
    assert [line.partition(":")[0] for line in said] == ["Two independent sources"]
    assert room.take(report("d", outlet="Post")) == []


def test_a_conflict_is_told_once_with_both_sides(room):
    room.save(kinds=("new_conflict",))
    (said,) = room.take(report("a", n=12), report("b", n=19, outlet="Courier", more=1))
    assert said.startswith("Conflict: ")
    assert "“12" in said
    assert "“19" in said
    (queued,) = room.queued()
    sides = [(side["outlet"], side["words"]) for side in queued.alert.payload["sides"]]
    assert {outlet for outlet, _ in sides} == {"Lamp", "Courier"}
    assert all(f"{outlet}: “{words}”" in letter(queued) for outlet, words in sides)
    assert room.take(report("c", n=19, outlet="Herald", more=1)) == []


def test_a_speakers_words_are_told_once_to_who_asked_for_the_speaker(room):
    room.save("speaker:oake", name="oake", kinds=("speaker",))
    room.save("speaker:nobody", name="nobody")
    said = room.take(report("a"), report("b", outlet="Courier", more=1))
    assert len(said) == 2  # each report's own quotation
    assert all("Benna Oake: “We had no warning" in line.replace("““", "“") for line in said)
    assert room.take(report("c", outlet="Herald"))[0].startswith("Benna Oake: ")
    assert room.take() == []


def test_an_article_is_told_once_when_it_comes_and_not_what_was_there_before(room):
    room.take(report("old"))
    room.save("quarry", kinds=("search_hit",))
    (said,) = room.take(report("new", outlet="Courier"))
    assert said.startswith("all: Quarry blast closes the Hollin road")
    assert said.endswith("(Courier)")
    assert room.take(report("new", outlet="Courier")) == []  # known
    assert room.take(replace(report("x"), text="Nothing of that kind\n\nA calf was born at Ister.")) == []


def test_kinds_that_were_not_asked_for_are_not_told(room):
    room.save(kinds=("speaker",))
    assert room.take(report("a", n=1), report("b", n=9, outlet="Courier")) == []
    assert room.queued() == []


def test_the_feed_file_is_atom_and_holds_each_alert_once(room, tmp_path):
    file = tmp_path / "alerts.xml"
    room.save("", f"feed:{file}", "terminal")
    said = room.take(report("a", n=12), report("b", n=19, outlet="<Courier> & co", more=1))
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    entries = root.findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert sorted(titles) == sorted(said)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == len(said) >= 2
    assert root.findtext(f"{ATOM}updated")
    assert list(tmp_path.glob(".alerts.xml*")) == []
    room.take(report("c", outlet="Herald"))
    again = ElementTree.fromstring(file.read_text(encoding="utf-8")).findall(f"{ATOM}entry")
    assert len(again) == len(room.queued()) // 2


def test_a_webhook_gets_signed_json_and_its_address_is_shown_nowhere(room, server, monkeypatch):
    monkeypatch.setenv(SECRET, "mill-stone")
    hook = server.url("/hook/token-8821")
    server.script("/hook/token-8821", status(204))
    room.save("", hook, kinds=("new_story",))
    assert room.take(report("a"), report("b", outlet="Courier")) == []
    (question,) = server.asked("/hook/token-8821")
    told = json.loads(question.body)
    assert (told["schema"], told["kind"], told["reports"]) == ("twosource.alert/1", "new_story", 2)
    signed = hmac.new(b"mill-stone", question.body, hashlib.sha256).hexdigest()
    assert question.headers[SIGNATURE.lower()] == f"sha256={signed}"
    assert "mill-stone" not in question.raw.decode("latin-1")
    assert [queued.state for queued in room.queued()] == ["sent"]


def test_a_webhook_that_fails_is_tried_later_and_then_given_up(room, server):
    server.script("/hook/x", status(500))
    room.save("", server.url("/hook/x"), "terminal", kinds=("new_story",))
    said = room.take(report("a"), report("b", outlet="Courier"))
    assert [line for line in said if line.startswith("New story")]
    (failed,) = [line for line in said if "could not be sent" in line]
    assert failed == f"1 alert could not be sent to http://127.0.0.1:{server.port}/…: the webhook answered 500"
    for _ in range(8):
        room.clock.at += 86_400
        room.take()
    (hooked,) = [queued for queued in room.queued() if queued.alert.channel != "terminal"]
    assert (hooked.state, hooked.tries) == ("failed", alerts.TRIES)
    assert len(server.asked("/hook/x")) == alerts.TRIES
    assert "/hook/x" not in hooked.error


def test_a_channel_that_fails_is_asked_once_a_round_and_holds_up_no_other(room, server):
    server.script("/slow", [2.0])
    room.save("", server.url("/slow"), "terminal")
    said = room.take(report("a", n=12), report("b", n=19, outlet="Courier", more=1))
    assert len(server.asked("/slow")) == 1
    told = [line for line in said if "could not be sent" not in line]
    (failed,) = [line for line in said if "could not be sent" in line]
    assert failed.startswith(f"{len(told)} alerts could not be sent to ")
    server.script("/slow", ok(b""))
    room.clock.at += 3_600
    room.take()
    assert len(server.asked("/slow")) == 1 + len(told)
    assert {queued.state for queued in room.queued()} == {"sent"}


def test_what_a_stop_left_between_sending_and_marking_is_sent_again_under_the_same_key(room, server, monkeypatch):
    server.script("/hook", ok(b""))
    room.save("", server.url("/hook"), kinds=("new_story",))

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(alerts, "sent", killed)
        with pytest.raises(KeyboardInterrupt):
            room.take(report("a"), report("b", outlet="Courier"))
    room.clock.at += 60
    room.take()
    first, second = (json.loads(question.body) for question in server.asked("/hook"))
    assert first == second
    assert [queued.state for queued in room.queued()] == ["sent"]


def test_a_feed_file_that_cannot_be_written_waits_and_leaves_no_rest(room, tmp_path):
    folder = tmp_path / "feeds"
    folder.mkdir()
    room.save("", f"feed:{folder}/x.xml", kinds=("new_story",))
    folder.rmdir()
    (said,) = room.take(report("a"), report("b", outlet="Courier"))
    assert "could not be sent" in said
    folder.mkdir()
    room.clock.at += 3_600
    room.take()
    assert [file.name for file in folder.iterdir()] == ["x.xml"]


@pytest.mark.parametrize("said", ["", "smtp://", "http://mail.example", "smtps://host:port", "smtp//x", "\0"])
def test_without_a_mail_server_the_message_says_how_to_name_one(said):
    with pytest.raises(Undeliverable, match=MAIL):
        mail_server({MAIL: said})


def test_the_mail_server_is_read_from_the_environment_and_its_password_is_in_no_repr():
    server = mail_server({MAIL: "smtps://ada:p%40ss@mail.example"})
    assert (server.host, server.port, server.security, server.user) == ("mail.example", 465, "tls", "ada")
    assert server.password == "p@ss"
    assert "p@ss" not in repr(server)
    assert mail_server({MAIL: "smtp://mail.example:2525"}).port == 2525


def test_mail_that_cannot_go_waits_with_its_reason(room, monkeypatch):
    monkeypatch.delenv(MAIL, raising=False)
    room.save("", "mailto:ada@desk.example", kinds=("new_story",))
    (said,) = room.take(report("a"), report("b", outlet="Courier"))
    assert said.startswith("1 alert could not be sent to mailto:ada@desk.example: no mail server is named: set ")
    assert [(queued.state, queued.tries) for queued in room.queued()] == [("waiting", 1)]


def test_every_kind_of_alert_has_a_line_a_letter_and_json(room):
    room.save()
    room.save("speaker:oake", name="oake")
    room.take(report("a", n=12), report("b", n=19, outlet="Courier", more=1))
    kinds = {queued.alert.kind for queued in room.queued()}
    assert kinds >= {"new_story", "new_conflict", "speaker", "search_hit"}
    for queued in room.queued():
        assert "\n" not in subject(queued)
        assert letter(queued).startswith(subject(queued))
        assert json.loads(payload(queued))["kind"] == queued.alert.kind


@pytest.mark.parametrize(("channel", "shown"), [
    ("terminal", "terminal"), ("feed:/tmp/a.xml", "feed:/tmp/a.xml"), ("mailto:a@b.example", "mailto:a@b.example"),
    ("https://u:p@hooks.example/secret?token=1", "https://hooks.example/…"), ("http://127.0.0.1:9/x", "http://127.0.0.1:9/…"),
])  # fmt: skip
def test_a_channel_is_known_and_shown_without_its_secrets(channel, shown):
    assert known_channel(channel)
    assert bare(channel) == shown


@pytest.mark.parametrize(
    "channel", ["", "pigeon", "feed:", "mailto:", "mailto:nobody", "https:", "ftp://x", "TERMINAL"]
)
def test_what_is_no_channel_is_refused(channel):
    assert not known_channel(channel)
