"""Figures: value, unit, hedge, whole and subject as told, and numbers that count nothing left out."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.reading import NO_MODEL, figures_in


def told(text, **more):
    """Span text and value of every figure; a range is a pair."""
    return [(f.span.of(text), f.value if f.low is None else (f.low, f.high)) for f in figures_in(text, **more)]


def only(text):
    (figure,) = figures_in(text)
    return figure


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("The levee repair cost $65 billion US, the mayor said.", "$65 billion US", 65e9, "USD"),
        ("A $65 billion US aid package was voted down.", "$65 billion", 65e9, "USD"),
        ("The yard was sold for A$5m last night.", "A$5m", 5e6, "AUD"),
        ("It cost the port €5m to clear the wreck.", "€5m", 5e6, "EUR"),
        ("The fine was 500 euros.", "500 euros", 500, "EUR"),
        ("The canal trust owes 3 dollars 50 cents.", "3 dollars 50 cents", 3.5, "USD"),
        ("Shares fell to 34 cents.", "34 cents", 34, "cents"),
        ("Wages start at $15 an hour.", "$15", 15, "USD/hour"),
        ("Turnout was 20 per cent.", "20 per cent", 20, "%"),
        ("Turnout was 20%.", "20%", 20, "%"),
        ("The rate rose by 0.5 percentage points.", "0.5 percentage points", 0.5, "percentage points"),
        ("The fire burned 450 square kilometres.", "450 square kilometres", 450, "km2"),
        ("They drove 2.5 miles.", "2.5 miles", 2.5, "mi"),
        ("He is 5 feet 6 inches tall.", "5 feet 6 inches", 5.5, "ft"),
        ("It took half an hour.", "half an hour", 0.5, "hours"),
        ("The three-year war goes on.", "three-year", 3, "years"),
        ("A 58-year-old woman was rescued.", "58-year-old", 58, "years"),
        ("The ferry is 29 years old.", "29 years old", 29, "years"),
        ("Marta Lindqvist, 33, was on deck.", "33", 33, "years"),
        ("Nearly a third of the cargo was lost.", "a third", 1 / 3, "fraction"),
        ("One in five voters stayed at home.", "One in five", 0.2, "fraction"),
        ("The pass was -5 degrees.", "-5 degrees", -5, "degrees"),
        ("There were 103 passengers aboard.", "103", 103, "passengers"),
        ("One worker was hurt.", "One", 1, "workers"),
        ("Police arrested one person.", "one", 1, "people"),
        ("No passengers were aboard.", "No", 0, "passengers"),
        ("Both apps were taken down.", "Both", 2, "apps"),
        ("About a dozen houses burned.", "a dozen", 12, "houses"),
        ("They signed a 47-page treaty.", "47", 47, "pages"),
    ],
)
def test_a_figure_has_its_span_value_and_unit(text, span, value, unit):
    figure = only(text)
    assert (figure.span.of(text), figure.unit) == (span, unit)
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("about 30", "about"),
        ("some 30", "about"),
        ("close to 30", "about"),
        ("at least 30", "at_least"),
        ("no fewer than 30", "at_least"),
        ("more than 30", "over"),
        ("just over 30", "over"),
        ("up to 30", "at_most"),
        ("as many as 30", "at_most"),
        ("no more than 30", "at_most"),
        ("nearly 30", "under"),
        ("just under 30", "under"),
        ("fewer than 30", "under"),
        ("exactly 30", None),
    ],
)
def test_a_hedge_is_told_and_left_out_of_the_span(words, hedge):
    text = f"The harbour office counted {words} boats."
    assert (only(text).span.of(text), only(text).hedge) == ("30", hedge)


@pytest.mark.parametrize(
    ("text", "span", "unit", "hedge"),
    [
        ("It stood for 15-plus years.", "15-plus years", "years", "at_least"),
        ("It stood for 3 or more years.", "3 or more years", "years", "at_least"),
        ("The 100-odd boats sank.", "100", "boats", "about"),
        ("We saw 30 or so boats.", "30", "boats", "about"),
        ("It took over 10 years.", "10 years", "years", "over"),
        ("The dam was built over 10 years.", "10 years", "years", None),
    ],
)
def test_a_hedge_between_number_and_unit_or_noun_is_told(text, span, unit, hedge):
    figure = only(text)
    assert (figure.span.of(text), figure.unit, figure.hedge) == (span, unit, hedge)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Earlier he turned one of his mills into a school.", []),
        ("Harbour, London PA 5/8 Boats in the fog.", []),
        ("Registration Number: 130349", []),
        ("He paid 1 million Egyptian pounds.", [1e6]),
    ],
)
def test_labels_of_pictures_and_files_count_nothing(text, values):
    assert [f.value for f in figures_in(text)] == values


def test_a_number_before_a_compound_takes_no_noun_from_elsewhere():
    text = "One study found that 8 million low- and middle-income earners gain."
    assert [f.unit for f in figures_in(text)] == ["studies", ""]


def test_a_hedge_may_follow():
    assert [f.hedge for f in figures_in("We saw 30 or so boats, and 20 or more rafts.")] == ["about", "at_least"]


@pytest.mark.parametrize(
    ("text", "span", "bounds"),
    [
        ("It will take 10 to 15 minutes.", "10 to 15 minutes", (10, 15)),
        ("It will take 10–15 minutes.", "10–15 minutes", (10, 15)),
        ("Between 5 and 7 boats sank.", "Between 5 and 7", (5, 7)),
        ("It takes from 5 to 7 days.", "from 5 to 7 days", (5, 7)),
        ("About 5 to 7 boats sank.", "5 to 7", (5, 7)),
        ("The lock holds 1000-5000 eels.", "1000-5000", (1000, 5000)),
        ("More than 10 but fewer than 20 boats sank.", "More than 10 but fewer than 20", (10, 20)),
        ("At most 40 and at least 30 boats sank.", "At most 40 and at least 30", (30, 40)),
        ("It will cost $5-10 million.", "$5-10 million", (5e6, 10e6)),
        ("It will cost $5 million to $10 million.", "$5 million to $10 million", (5e6, 10e6)),
        ("Two or three boats sank.", "Two or three", (2, 3)),
    ],
)
def test_a_range_is_one_figure(text, span, bounds):
    assert told(text) == [(span, bounds)]


@pytest.mark.parametrize(
    "text",
    [
        "More than 10 boats and fewer than 20 rafts sank.",
        "More than 40 or less than 10 is too much.",
        "The pumps ran from 1914 to 1918.",
        "The pumps ran in 1914-1918.",
    ],
)
def test_two_bounds_of_different_things_and_two_years_are_no_range(text):
    assert all(f.low is None for f in figures_in(text))


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("The toll is 3 dollars 50.", "3 dollars 50", 3.5, "USD"),
        ("The toll is thirteen dollars forty five.", "thirteen dollars forty five", 13.45, "USD"),
        ("The canal cost rupees 500 crore.", "rupees 500 crore", 5e9, "INR"),
        ("The toll was c $ 16.4 million.", "c $ 16.4 million", 16.4e6, "CAD"),
        ("The crate weighs 20 (kg).", "20 (kg)", 20, "kg"),
        ("The eel swims 50 metres per minute.", "50 metres per minute", 50, "m/minutes"),
        ("The reading was 120 over 80.", "120 over 80", 1.5, "fraction"),
        ("The mast is 12 ft 2 in more or less.", "12 ft 2 in", 12 + 2 / 12, "ft"),
        ("One twenty-fifth of the cargo was lost.", "One twenty-fifth", 0.04, "fraction"),
        ("It took two-and-a-half years.", "two-and-a-half years", 2.5, "years"),
    ],
)
def test_rarer_ways_of_writing_amounts_are_read_whole(text, span, value, unit):
    figure = only(text)
    assert (figure.span.of(text), figure.unit) == (span, unit)
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Our side won 53.", [53]),
        ("The dollar fell 3 percent.", [3]),
        ("He paid 15 dollars, 50 others paid nothing.", [15, 50]),
        ("It rose 2,000 over 28,000 readers.", [2000, 28000]),
        ("No more than 40 boats sank.", [40]),
        ("One nineteenth century house burned.", []),
    ],
)
def test_words_beside_a_number_are_not_taken_into_it_wrongly(text, values):
    assert [f.value for f in figures_in(text)] == values


def test_a_change_and_a_vote_are_two_figures():
    assert told("The share rose from 5 percent to 7 percent.") == [("5 percent", 5), ("7 percent", 7)]
    assert told("Councillors voted 53-47 for the dam.") == [("53", 53), ("47", 47)]


def test_a_part_names_its_whole():
    text = "The crews saved six of seven stranded whales."
    six, seven = figures_in(text)
    assert (six.value, six.of, six.unit, six.subject.of(text)) == (6, 7, "whales", "stranded whales")
    assert (seven.value, seven.of) == (7, None)


def test_bare_numbers_take_noun_and_whole_from_the_count_before_them():
    text = "Out of 90 boats, the storm sank 31 and drove 12 more ashore."
    assert [(f.value, f.of, f.unit) for f in figures_in(text)] == [
        (90, None, "boats"),
        (31, 90, "boats"),
        (12, 90, "boats"),
    ]


def test_a_noun_is_not_carried_into_the_next_sentence_or_past_another():
    figures = figures_in("Four others fled to a city of three million. They lost 9.")
    assert [f.unit for f in figures] == ["others", "", ""]


def test_the_subject_is_the_noun_phrase_that_is_counted():
    for text, subject in (
        ("Two old harbour work trains collided.", "old harbour work trains"),
        ("Some 20 per cent of the valley is flooded.", "valley"),
        ("The port had $234 million in revenues.", "revenues"),
        ("The port shipped 130 million tons of grain.", "grain"),
        ("A two-year extension was agreed.", "extension"),
    ):
        assert only(text).subject.of(text) == subject


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 was invoked aboard flight 370.",
        "In 2014 the dam broke, and on 3 May 2015 again.",
        "The pumps stopped at 10:30 and at 8 p.m. on Friday.",
        "He flew an F-16, then an A320, and caught COVID-19.",
        "Call 555-0123 or +1 212 555 0199 or 0207 946 0958.",
        "She lives at 1600 Harbour Avenue.",
        "It was the 26th meeting of the 1990s.",
        "One day he will know that this one is the right one.",
        "They had no plans, and both young and old stayed.",
        "The second half was dull, and a third man came.",
        "Several hundred people and a few thousand birds came.",
        "See www.example.org/12 or 10.0.0.1 after 9/11.",
        "1. The council met.",
    ],
)
def test_numbers_that_count_nothing_are_left_out(text):
    assert told(text) == []


def test_a_year_that_counts_something_is_a_count():
    assert told("The march drew 2000 people in 2014.") == [("2000", 2000)]


@pytest.mark.parametrize(
    "text", ["1,2,3,4", "2³ boats", "1e-400 boats", "9" * 5000 + " boats", "1٢3 boats", "1e999 boats", "$" * 500]
)
def test_what_cannot_be_read_rightly_is_absent(text):
    assert told(text) == []


def test_digits_of_one_other_script_are_read():
    assert told("The port counted ١٢٣ boats.") == [("١٢٣", 123)]


def test_without_a_parse_model_counts_still_have_nouns():
    figures = figures_in("At least 27 people were hurt, two harbour pilots said.", lang=NO_MODEL)
    assert [(f.value, f.unit, f.hedge) for f in figures] == [(27, "people", "at_least"), (2, "pilots", None)]


def test_ids_depend_on_the_text_and_the_place_alone():
    text = "Two boats sank. Two boats sank."
    first, second = figures_in(text)
    assert first.id != second.id
    assert figures_in(text) == (first, second)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789 .,-/$€%:'\u00a0½٣aofnd\n\ud800İ", max_size=80))
def test_any_text_gives_figures_in_order_that_do_not_overlap(text):
    figures = figures_in(text)
    for figure in figures:
        assert figure.span.of(text).strip() == figure.span.of(text) != ""
        assert figure.value is not None or figure.low is not None
    assert all(a.span.end <= b.span.start for a, b in pairwise(figures))
