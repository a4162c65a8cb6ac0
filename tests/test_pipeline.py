"""The tests that define twosource: spans show what they claim, nothing crashes, order is nothing, copies count once."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stories import fact_spans, story_account, story_articles, story_reports
from twosource.anchor import fold
from twosource.article import Article, Outlet
from twosource.pipeline import account, read
from twosource.render.json import account_json, report_json

HOSTILE = [
    "",
    " \n\t ",
    "\x00",
    "\ud800",
    '"' * 3000,
    "“" * 3000 + "said" * 100,
    "He said " * 1500,
    "\u202eevil\u202c said “no”.",
    "a\u0300" * 2000,
    "\r" * 500,
    "1," * 3000,
    "9" * 5000 + " people died.",
    "“A” ‘B’ \"C\" 'D' «E» „F“ said Ann.",
    "\x1b[31mRED\x1b[0m said: \x9b1m“no”",
    "((((((((((" * 300,
    "- " * 2000,
    "Ann Lee, " * 1500,
    "February 31, 99999 said the 00:99 train on 2025-13-45.",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_and_written_without_error(text):
    report = read(Article(id="x", text=text, published="2025-02-12"))
    check_spans(report)
    assert report_json(report)


# Half of what people paste is prose with odd characters in it, so words and marks are drawn beside arbitrary text.
prose = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                "said",
                "told",
                "reporters",
                "“",
                "”",
                '"',
                "'",
                "Anna Brandt",
                "he",
                "12",
                "per cent",
                ".",
                "\n\n",
                "on Monday",
                "according to",
                "the ministry",
                "that",
                ",",
                "By",
                "(Reuters)",
                "$5 million",
                "of",
                "\u00a0",
                "\r\n",
                ":",
                "–",
            ]
        ),
    ),
    max_size=60,
).map(" ".join)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=400), prose))
def test_arbitrary_unicode_never_crashes_read_and_spans_stay_inside(text):
    report = read(Article(id="x", text=text))
    check_spans(report)
    assert report_json(report)


def check_spans(report):
    """Every span is inside the text and one block, is not empty, and blocks do not overlap."""
    text, blocks = report.article.text, [b.span for b in report.blocks]
    assert all(0 <= b.start < b.end <= len(text) for b in blocks)
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    for what, span in fact_spans(report):
        assert 0 <= span.start < span.end <= len(text), (what, span)
        assert any(b.covers(span) for b in blocks), (what, span.of(text))
    known = {p.id for p in report.people}
    assert {q.speaker for q in report.quotations} - {None} <= known
    assert {p.speaks_for for p in report.people} - {None} <= known


@pytest.mark.parametrize("number", range(4))
def test_every_span_of_the_bundled_story_shows_what_it_claims(number):
    report = story_reports()[number]
    text = report.article.text
    check_spans(report)
    for person in report.people:
        assert person.mentions or person.kind != "person", person
        forms = " ".join(fold(m.of(text)).lower() for m in person.mentions)
        assert not person.mentions or any(w in forms for w in fold(person.name).lower().split()), person
    for quotation in report.quotations:
        if quotation.mode == "direct":
            block = next(b for b in report.blocks if b.span.covers(quotation.content[0]))
            assert any(c in "\"'" for c in fold(text[block.start : quotation.content[0].end])), quotation
        if quotation.told_to:
            assert quotation.told_to.name in " ".join(quotation.told_to.span.of(text).split())
    for credit in report.credits:
        words = " ".join(credit.span.of(text).split()).casefold()
        assert credit.kind == "agency" or credit.name.casefold() in words, credit


def test_reading_twice_gives_the_same_report():
    first = story_articles()[0]
    assert report_json(read(first)) == report_json(read(first))


def test_the_account_does_not_depend_on_the_order_of_its_reports():
    reports = list(story_reports())
    for seed in range(6):
        random.Random(seed).shuffle(reports)
        assert account_json(account(reports)) == account_json(story_account())


def test_copies_of_one_wire_text_count_as_one_source():
    wire = story_articles()[0]
    copies = [
        replace(wire, id=f"copy{n}", outlet=Outlet(f"Paper {n}"), text=f"Headline of our own, number {n}\n\n" + cut)
        for n, cut in enumerate(
            (wire.text, wire.text[: int(len(wire.text) * 0.8)], "\n\n".join(wire.text.split("\n\n")[::2]))
        )
    ]
    lineage = account([read(a) for a in (wire, *copies)]).lineage
    assert (lineage.reports, lineage.independent_reports) == (4, 1)


def test_one_article_given_twice_is_one_article_with_two_sightings():
    one, *_, last = story_reports()
    found = account([one, one, last])
    assert [a.sightings for a in found.articles if a.id == one.id] == [2]
    assert found.lineage.reports == 2
    assert any(n.code == "same_article" for n in found.notes)


def test_two_articles_of_one_id_stay_two():
    one, other = (replace(a, id="same") for a in story_articles()[:2])
    found = account([read(one), read(other)])
    assert len({a.id for a in found.articles}) == 2


def test_an_undated_report_takes_its_day_from_the_others_and_says_so():
    first, *others = story_articles()
    found = account([read(replace(first, published=None)), *map(read, others)])
    undated = next(a for a in found.articles if a.published is None)
    assert undated.published_inferred == others[0].published[:10]
    assert any(n.code == "published_inferred" and n.article == undated.id for n in found.notes)


def test_reports_of_different_events_are_said_to_tell_no_common_event():
    bakery = Article(
        id="bakery",
        outlet=Outlet("Baker's Weekly"),
        published="2019-03-04",
        text="Old bakery wins prize for rye loaf\n\nA small bakery in the hills has won the national bread prize.\n\n"
        "“We only use water, flour and time,” said baker Tilda Roos, who took over the shop from her aunt in 1998.\n\n"
        "The jury praised the crust. The loaf costs 4 euros.",
    )
    found = account([story_reports()[0], read(bakery)])
    assert any(n.code == "no_common_event" for n in found.notes)
    assert not any(n.code == "no_common_event" for n in story_account().notes)


def test_a_text_in_a_language_without_rules_is_kept_with_a_note():
    text = (
        "Le ministre a déclaré mercredi que le port resterait fermé pendant deux jours.\n\n"
        "« Nous ne prendrons aucun risque », a-t-il dit aux journalistes venus sur le quai. "
        "Les pompiers ont trouvé une vanne qui aurait dû être remplacée depuis longtemps."
    )
    report = read(Article(id="fr", text=text))
    assert report.language == "fr"
    assert [n.code for n in report.notes] == ["language_not_supported"]
    assert report.blocks
    assert not report.quotations
