"""Where a speaker said something else on the same matter at another time, and where it only looks so."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import grows_linearly
from twosource.align.positions import changes
from twosource.align.utterances import Said
from twosource.article import Span
from twosource.facts import Quotation, TimeExpression

from .reports import report, said
from .spoken import found, plain, told

MAY, JULY = "2026-05-04", "2026-07-09"


@pytest.mark.parametrize(
    ("before", "later", "kind"),
    [
        ("the city would not sell the old harbour", "the city will sell the old harbour", "intent"),
        ("the city has no plans to sell the old harbour", "the city will sell the old harbour", "intent"),
        ("we will raise the rural subsidy", "we will cut the rural subsidy", "intent"),
        ("she opposed the bridge toll", "she supported the bridge toll", "stance"),
        ("she does not support the water levy", "she now supports the water levy", "stance"),
        ("the plant had not released any solvent", "the plant had released solvent", "denial"),
        ("the Corran shipyard may close", "the Corran shipyard will close", "certainty"),
        ("masks will return to hospitals", "masks could return to hospitals", "certainty"),
    ],
)
def test_a_position_that_turned_is_sure_where_the_matter_is_one(before, later, kind):
    assert found(plain(MAY, before), plain(JULY, later)) == [(kind, "sure")]


def test_a_denied_meeting_that_is_admitted_later_is_a_change():
    denied = told(
        MAY, "Ana Mora denied that she had met the developer.", "that she had met the developer", cue="denied"
    )
    assert [kind for kind, _ in found(denied, plain(JULY, "she had met the developer twice"))] == ["denial"]


@pytest.mark.parametrize(
    ("before", "later"),
    [
        ("the city would not sell the old harbour", "the city will not sell the old harbour"),
        ("the city would not sell the old harbour", "the city will sell the airport"),
        ("she would not raise the train fares", "she would raise the bus fares"),
        ("we will not cut the subsidy", "we will not raise the subsidy"),
        ("the city would not sell to Kestrel", "the city will sell to Norvik"),
        ("the second dock will open", "the second dock did not open"),
        ("the board has not decided on a new plant", "the board has decided on a new plant"),
        ("no suspect had been arrested", "a suspect had been arrested"),
        ("the reactor is not running", "the reactor is running again"),
        ("dockers will not accept the offer", "employers think dockers will accept the offer"),
        ("the trams were noisy and the depot was old", "the council met on the tram depot"),
        ("she supports the league reform", "she opposes a salary cap in the league reform"),
        ("it was not a narrow path", "it is a narrow path"),
        ("the council asked whether it would sell the harbour", "the council would not sell the harbour"),
    ],
)
def test_what_only_shares_words_is_no_change(before, later):
    assert found(plain(MAY, before), plain(JULY, later)) == []


def test_a_condition_takes_the_certainty_away():
    later = plain(JULY, "the city would sell the old harbour if the price is right")
    assert found(plain(MAY, "the city would not sell the old harbour"), later) == [("intent", "possible")]


def test_reports_of_one_occasion_are_left_to_the_conflicts():
    one, other = "the city would not sell the old harbour", "the city would sell the old harbour"
    assert found(plain(MAY, one), plain(MAY, other)) == []
    assert found(plain(MAY, one), plain("2026-05-05", other)) == []


def test_two_days_that_the_sentences_name_are_two_occasions():
    one = plain("2026-05-05", "the city would not sell the old harbour", on="2026-05-04")
    other = plain("2026-05-05", "the city would sell the old harbour", on="2026-05-05")
    assert found(one, other) == [("intent", "sure")]


def test_where_the_reports_of_an_occasion_do_not_agree_nothing_is_sure():
    early = plain(MAY, "the city would not sell the old harbour")
    garbled = plain("2026-05-05", "the city would sell the old harbour")
    late = plain(JULY, "the city will sell the old harbour")
    assert found(early, garbled, late) == [("intent", "possible")]


def test_what_is_recalled_counts_at_the_time_it_was_said():
    recalled = told(
        JULY, "Ana Mora had said that the city would not sell the old harbour.",
        "that the city would not sell the old harbour", cue="had said",
    )  # fmt: skip
    (change,) = changes([recalled, plain(JULY, "the city will sell the old harbour"), plain(MAY, "trams are late")][:2])
    assert change.early.when.before is True
    assert change.early.article == recalled.article
    assert found(recalled, plain("2026-06-01", "the city will sell the old harbour")) == []


def test_copies_on_another_day_are_one_utterance():
    words = "the city would not sell the old harbour"
    assert found(plain(MAY, words), plain("2026-05-09", words), plain(JULY, words)) == []


def test_a_spokesperson_is_not_the_person():
    early = plain(MAY, "she will not run for mayor again")
    late = told(
        JULY, "A spokesman for Ana Mora said that she will run for mayor again.", "that she will run for mayor again",
        source="A spokesman for Ana Mora",
    )  # fmt: skip
    assert found(early, late) == []


def test_words_that_another_speaker_carried_do_not_count():
    early = plain(MAY, "the city would not sell the old harbour")
    text = "Ivo Rand said that Ana Mora had promised that the city would sell the old harbour."
    outer = said(text, "that Ana Mora had promised that the city would sell the old harbour", "Ivo Rand", cue="said")
    inner = said(text, "that the city would sell the old harbour", "Ana Mora", cue="had promised", source="Ana Mora")
    carried = Said(report("other", text, outer, inner, published=JULY), inner, JULY)
    assert found(early, carried) == []


def test_one_change_is_shown_for_many_tellings_of_each_side():
    early = [plain(MAY, "the city would not sell the old harbour")]
    early += [told(MAY, f"At desk {i} Ana Mora said that the city would not sell the old harbour.",
                   "that the city would not sell the old harbour") for i in range(4)]  # fmt: skip
    late = plain(JULY, "the city will sell the old harbour")
    (change,) = changes([*early, late])
    assert len(change.early.also) == 4


def test_a_changed_figure_of_what_is_planned_is_sure():
    one = plain(MAY, "the new tram line would cost 40 million euros", facts=[("40 million euros", 4e7, "EUR")])
    other = plain(JULY, "the new tram line will cost 65 million euros", facts=[("65 million euros", 6.5e7, "EUR")])
    assert found(one, other) == [("figure", "sure")]


def test_a_count_that_grew_is_an_update():
    one = plain(MAY, "at least 12 people were killed in the landslide", facts=[("12", 12.0, "people", "people")])
    other = plain("2026-05-08", "31 people were killed in the landslide", facts=[("31", 31.0, "people", "people")])
    assert found(one, other) == [("update", "sure")]


def test_rounding_and_figures_of_two_things_are_no_change():
    one = plain(MAY, "the new tram line would cost 40 million euros", facts=[("40 million euros", 4e7, "EUR")])
    rounded = plain(
        JULY, "the new tram line will cost 40.4 million euros", facts=[("40.4 million euros", 4.04e7, "EUR")]
    )
    depot = plain(JULY, "the tram depot will cost 14 million euros", facts=[("14 million euros", 1.4e7, "EUR")])
    assert found(one, rounded) == []
    assert found(one, depot) == []


def test_figures_of_two_named_times_are_no_change():
    def rate(day, number, value, month, start, end):
        made = plain(day, f"inflation was {number} in {month}", facts=[(number, value, "%")])
        at = made.report.article.text.index(month)
        time = TimeExpression(span=Span(at, at + len(month)), type="DATE", value=start[:7], start=start, end=end)
        return Said(replace(made.report, times=(time,)), made.quotation, day)

    one = rate(MAY, "3.1 per cent", 3.1, "April", "2026-04-01", "2026-04-30")
    assert found(one, rate(JULY, "2.4 per cent", 2.4, "June", "2026-06-01", "2026-06-30")) == []


def test_a_silence_is_broken_by_the_first_telling_of_what_was_asked():
    silent = told(MAY, "Ana Mora declined to say whether the Elm school would lose its licence.",
                  "whether the Elm school would lose its licence", cue="declined to say")  # fmt: skip
    tells = plain(JULY, "the Elm school will lose its licence")
    assert found(silent, tells) == [("silence", "sure")]
    assert found(silent, plain("2026-05-01", "the Elm school will lose its licence"), tells) == []
    assert found(silent, plain(JULY, "the Elm park will get a licence for ice cream")) == []


def test_the_order_of_what_is_given_plays_no_part():
    all_said = [
        plain(MAY, "the city would not sell the old harbour"), plain(JULY, "the city will sell the old harbour"),
        plain(MAY, "she opposed the bridge toll"), plain(JULY, "she supported the bridge toll"),
    ]  # fmt: skip
    shuffled = random.Random(1).sample(all_said, 4)
    assert changes(all_said) == changes(shuffled)
    assert len(changes(all_said)) == 2


def test_each_side_lies_in_its_quotation_and_shows_its_words():
    early, late = (
        plain(MAY, "the city would not sell the old harbour"),
        plain(JULY, "the city will sell the old harbour"),
    )
    (change,) = changes([early, late])
    assert change.early.span.of(early.report.article.text) == "would not sell"
    assert change.late.span.of(late.report.article.text) == "will sell"
    assert (change.early.quotation, change.late.quotation) == (early.quotation.id, late.quotation.id)


WORDS = [
    "the",
    "city",
    "will",
    "would",
    "not",
    "never",
    "sell",
    "harbour",
    "may",
    "oppose",
    "support",
    "declined",
    "to",
    "say",
    "whether",
]
WORDS += ["12", "if", "no", "“", "”", ",", ".", "?", "\ud800"]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_any_text_is_taken(texts):
    all_said = []
    for i, text in enumerate(texts):
        content = (Span(0, len(text)),) if text else ()
        cue = (Span(0, min(9, len(text))),) if i % 2 and text else ()
        q = Quotation(id=f"q{i}", act="said", mode="direct", content=content, cue=cue, score=1.0, rule="any")
        all_said.append(Said(report(f"r{i}", text, q, published=("2026-05-04", "", "x", None)[i % 4]), q, "2026-01-01"))
    for change in changes(all_said):
        assert change.early.span.width >= 0


def test_the_work_grows_with_what_was_said_and_not_with_its_pairs():
    matters = ["harbour", "station", "market", "tower", "quarry", "library", "stadium", "museum"]

    def work(count):
        return changes(
            [plain(f"2026-{1 + i % 12:02d}-{1 + i % 28:02d}", f"the city {('will', 'will not')[i % 2]} sell the old "
                   f"{matters[i % 8]} by road {i}") for i in range(count)]
        )  # fmt: skip

    assert grows_linearly(work, 50, 400)
