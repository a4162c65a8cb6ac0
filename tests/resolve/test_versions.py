"""Versions of one article: which inputs they are, which is the newest, and what is said to have changed."""

from dataclasses import replace
from itertools import permutations
from random import Random

import pytest

from tests.growth import grows_linearly
from tests.made import made_account
from tests.written import lines
from twosource.article import Article, Outlet
from twosource.clean.address import page_key
from twosource.render.json import account_from_json, account_json
from twosource.report import Report
from twosource.resolve.articles import gather
from twosource.resolve.versions import newest_of

HEADLINE = "Ferry runs aground off Skarvik"
BODY = [
    "A ferry with 84 people on board ran aground off Skarvik on Monday night, the coast guard said.",
    "Three passengers were taken to hospital with cuts and bruises, according to the clinic in Orrin.",
    "The master, Tilda Maro, told the harbour office that a buoy had gone dark during the storm.",
    "Divers are to look at the hull on Tuesday, and the crossing stays closed until they are done.",
]
OTHER = [
    "Bakers in Orrin sold twice as many rolls as in any week of the year, their guild said on Friday.",
    "Nobody in the trade could say why, and two of the shops ran out of flour before noon.",
    "A miller from the hills brought a cart of rye down by himself and sold it off the road in an hour.",
    "The guild wants the town to open the old mill again, which has stood empty for eleven years.",
]


def report(name, body=BODY, outlet="The Lantern", domain=None, **more):
    text = "\n".join([HEADLINE, *body])
    article = Article(
        id=name, text=text, outlet=Outlet(outlet, domain) if outlet else None, origin=f"{name}.txt", **more
    )
    return Report(article=article, language="en", model=None, blocks=lines(text))


def changed(at, old, new, body=BODY):
    return [line.replace(old, new) if i == at else line for i, line in enumerate(body)]


def kept(*reports):
    return [r.id for r in gather(reports).reports]


FIRST = report("first", published="2031-04-02T08:00:00Z")
SECOND = report("second", changed(1, "Three", "Five"), published="2031-04-02T11:30:00Z")


def test_near_identical_text_of_one_outlet_is_a_version_and_only_the_newest_is_a_report():
    assert kept(FIRST, SECOND) == ["second"]


def test_which_version_is_the_report_does_not_depend_on_order():
    third = report("third", changed(1, "Three", "Nine"), published="2031-04-02T12:30:00+02:00")
    found = {tuple(gather(order).versions.items()) for order in permutations((FIRST, SECOND, third))}
    assert len(found) == 1
    [(newest, older)] = found.pop()
    assert (newest, [v.id for v in older]) == ("second", ["third", "first"])


def test_changes_show_the_old_words_and_where_the_new_ones_stand():
    [version] = gather([FIRST, SECOND]).versions["second"]
    [revision] = version.revisions
    assert (revision.was, revision.now.of(SECOND.article.text)) == ("Three", "Five")
    assert (version.id, version.sha256, version.name) == ("first", FIRST.article.sha256, "first.txt")


def test_added_words_have_no_old_ones_and_words_taken_out_no_place():
    grown = report("grown", [*BODY, "Its owner has grounded both sister ships."], published="2031-04-03")
    [added] = gather([FIRST, grown]).versions["grown"][0].revisions
    assert (added.was, added.now.of(grown.article.text)) == ("", "Its owner has grounded both sister ships")
    cut = replace(FIRST, article=replace(FIRST.article, published="2031-04-04"))
    [gone] = gather([grown, cut]).versions["first"][0].revisions
    assert (gone.was, gone.now) == ("Its owner has grounded both sister ships", None)


def test_a_note_names_the_version_and_the_words_changed_at_their_place():
    [note] = gather([FIRST, SECOND]).notes
    assert (note.code, note.article) == ("older_version", "second")
    assert note.message.startswith("an older version of 2031-04-02 (first.txt) is not counted as a report")
    assert "«Three» became «Five»" in note.message
    assert note.span.of(SECOND.article.text) == "Five"


def test_many_changes_are_counted_and_long_ones_cut():
    at = {"domain": "lantern.example", "url": "https://lantern.example/ferry"}
    body = [line.replace(" on ", " over ").replace(" the ", " that ") for line in BODY]
    body[3] = body[3].replace("until they are done", "until " + "a very long while from now " * 4)
    [note] = gather([report("early", **at), report("late", body, published="2031-05-01", **at)]).notes
    assert "more changes" in note.message
    assert len(note.message) < 500


def test_versions_come_back_from_a_saved_account():
    account = made_account()
    older = gather([FIRST, SECOND]).versions["second"]
    first = replace(account.articles[0], versions=older)
    saved = replace(account, articles=(first, *account.articles[1:]))
    assert account_from_json(account_json(saved).encode()).articles[0].versions == older


def test_same_address_is_a_version_whatever_the_words():
    old = report(
        "old",
        OTHER,
        domain="lantern.example",
        url="https://www.lantern.example/live/7/?utm_source=x",
        published="2031-04-01",
    )
    new = report("new", BODY, domain="lantern.example", url="http://lantern.example/live/7", published="2031-04-02")
    assert kept(old, new) == ["new"]


def test_front_pages_other_addresses_and_other_reports_of_an_outlet_stay_apart():
    front = "https://lantern.example/"
    for first, second in ((front, front), ("https://lantern.example/a", "https://lantern.example/b"), (None, None)):
        one = report("one", BODY, domain="lantern.example", url=first)
        other = report("other", OTHER, domain="lantern.example", url=second)
        assert len(kept(one, other)) == 2


def test_copy_in_another_outlet_is_no_version_even_where_it_names_the_first_ones_address():
    url = "https://lantern.example/ferry"
    one = report("one", domain="lantern.example", url=url)
    copy = report("copy", outlet="Harrow Courier", domain="lantern.example", url=url)
    assert len(kept(one, copy)) == 2
    assert len(kept(report("a"), report("b", SECOND.article.text.split("\n")[1:], outlet="Harrow Courier"))) == 2


def test_texts_without_an_outlet_are_left_to_the_comparison_of_copies():
    assert len(kept(report("a", outlet=None), report("b", changed(1, "Three", "Five"), outlet=None))) == 2


@pytest.mark.parametrize(
    ("one", "other"), [("The Lantern", "lantern"), ("Lantern", "Lantern News"), ("Lantern", "lantern.example")]
)
def test_one_outlet_under_two_names_is_one(one, other):
    first = report("first", outlet=one, domain="lantern.example", published="2031-04-02")
    second = report(
        "second", changed(1, "Three", "Five"), outlet=other, domain="lantern.example", published="2031-04-03"
    )
    assert kept(first, second) == ["second"]


def test_a_short_notice_in_a_round_up_is_no_older_version_of_it():
    round_up = report(
        "round-up", [*BODY, *OTHER, *(line.replace("Orrin", "Kell") + " So it goes on." for line in OTHER)]
    )
    assert len(kept(report("notice", BODY), round_up)) == 2


def test_newest_is_the_one_changed_last_then_the_corrected_then_the_longer():
    dated = report("dated", published="2031-04-02", modified="2031-04-05T10:00:00Z")
    later = report("later", changed(1, "Three", "Five"), published="2031-04-03")
    assert kept(later, dated) == ["dated"]
    corrected = report("corrected", BODY[:-1], remarks=(("corrected", "it says so"),))
    assert kept(report("plain"), corrected) == ["corrected"]
    assert kept(report("whole"), report("begun", BODY[:-1])) == ["whole"]


def test_identical_text_at_two_addresses_is_two_versions_without_changes():
    one = report("one", domain="lantern.example", url="https://lantern.example/a", published="2031-04-02")
    two = report("two", domain="lantern.example", url="https://lantern.example/b", published="2031-04-03")
    found = gather([one, two])
    assert [r.id for r in found.reports] == ["two"]
    assert found.versions["two"][0].revisions == ()
    assert "the words are the same" in found.notes[0].message


def test_sightings_are_of_the_report_alone():
    found = gather([FIRST, FIRST, SECOND])
    assert found.sightings["second"] == 1
    assert [n.code for n in found.notes] == ["older_version"]


def test_texts_in_any_script_and_without_words_are_total():
    odd = [
        report(f"r{i}", [text])
        for i, text in enumerate(("", "…", "\ud800 \u202e", "東京で火事がありました", "a" * 5_000))
    ]
    assert len(gather(odd).reports) == 5


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.lantern.example/a/", "http://lantern.example/a#top", True),
        ("https://amp.lantern.example/a", "https://lantern.example/a/amp", True),
        ("https://lantern.example/2031/a.amp", "https://m.lantern.example/2031/a?outputType=amp", True),
        ("https://lantern.example/a.amp.html", "https://lantern.example/a.html?output=amp", True),
        ("https://lantern-example.cdn.ampproject.org/c/s/lantern.example/a", "https://lantern.example/a", True),
        ("https://www.google.com/amp/s/lantern.example/a", "https://lantern.example/a", True),
        ("https://notgoogle.example/amp/s/lantern.example/a", "https://lantern.example/a", False),
        ("https://lantern.example/a.amplifier", "https://lantern.example/a", False),
        ("https://lantern.example/?p=7&fbclid=x", "https://lantern.example/?p=7", True),
        ("https://lantern.example/?p=7", "https://lantern.example/?p=8", False),
        ("https://lantern.example/a", "https://lantern.example/A", False),
        ("https://lantern.example/", "https://lantern.example/", False),
        ("javascript:alert(1)", "javascript:alert(1)", False),
    ],
)
def test_addresses_of_one_page(one, other, same):
    assert (page_key(one) is not None and page_key(one) == page_key(other)) is same


def test_comparing_long_versions_takes_time_with_length_alone():
    def compare(size):
        words = [f"word{i % 977} went{i % 31}" for i in range(size)]
        old, new = report("old", [" ".join(words)]), report("new", [" ".join([*words[1:], "end"])])
        return newest_of([old, new])

    assert grows_linearly(compare, 500, 5_000)


def of_one_outlet(size, seed=7):
    """Reports of one outlet of 60 words each, every fifth a version of the one before it with two words changed."""
    chance = Random(seed)
    found = []
    for i in range(size):
        words = [f"w{chance.randrange(20 * size)}" for _ in range(60)]
        if i % 5 == 4:
            words = found[-1].article.text.split()[4:]
            words[20] = words[40] = "other"
        found.append(report(f"r{i:05}", [" ".join([*words, "this paper is free for all to read here"])]))
    return found


def test_index_of_rare_words_finds_the_versions_that_comparing_all_pairs_finds():
    told = of_one_outlet(60)
    pairs = [(a, b) for i, a in enumerate(told) for b in told[i + 1 :] if len(newest_of([a, b])[0]) == 1]
    newest, older = newest_of(told)
    assert len(pairs) == 12
    assert {frozenset((a.id, b.id)) for a, b in pairs} == {frozenset((n, v.id)) for n, vs in older.items() for v in vs}
    assert len(newest) == 48


def test_many_articles_of_one_outlet_take_time_with_their_number_alone():
    made = of_one_outlet(1_000)
    assert grows_linearly(lambda size: newest_of(made[:size]), 125, 1_000)


def test_many_copies_of_one_text_take_time_with_their_number_alone():
    made = [report(f"r{i:05}") for i in range(1_500)]
    assert grows_linearly(lambda size: newest_of(made[:size]), 150, 1_500)
