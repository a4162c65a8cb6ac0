"""Time expressions: extent, TIMEX3 type and value, and the days they mean from publication, text or co-reports."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.reading import NO_MODEL, WEDNESDAY, body_blocks, times_in
from twosource.article import Block
from twosource.extract.times import anchor_times
from twosource.facts import TimeExpression


def told(text, **more):
    """Words, value and days of every expression."""
    return [(t.span.of(text), t.value, t.start, t.end) for t in times_in(text, **more)]


def only(text, **more):
    (time,) = times_in(text, **more)
    return time


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("It opened on Thursday, Dec. 19, 2024.", "Thursday, Dec. 19, 2024", "2024-12-19"),
        ("It opened on 3 May 2015.", "3 May 2015", "2015-05-03"),
        ("It opened on the 3rd of May, 2015.", "the 3rd of May, 2015", "2015-05-03"),
        ("It opened on 2015-05-03.", "2015-05-03", "2015-05-03"),
        ("It opened in May 2015.", "May 2015", "2015-05"),
        ("It opened in late 2015.", "late 2015", "2015"),
        ("It opened in mid-August 2015.", "mid-August 2015", "2015-08"),
        ("It opened at the end of May 2015.", "the end of May 2015", "2015-05"),
        ("It opened in the summer of 2015.", "the summer of 2015", "2015-SU"),
        ("It opened in the third quarter of 2015.", "the third quarter of 2015", "2015-Q3"),
        ("It opened in the early 1990s.", "the early 1990s", "199"),
        ("It opened in the 19th century.", "the 19th century", "18"),
        ("It opened on Christmas Day 2015.", "Christmas Day 2015", "2015-12-25"),
        ("It fell in 480 BC.", "480 BC", "BC0480"),
        ("It opened at 8:30 p.m. on May 3, 2015.", "8:30 p.m. on May 3, 2015", "2015-05-03T20:30"),
        ("It opened on the night of May 3, 2015.", "the night of May 3, 2015", "2015-05-03TNI"),
    ],
)
def test_an_explicit_time_needs_no_publication_date(text, span, value):
    time = only(text, published=None)
    assert (time.span.of(text), time.value, time.anchor) == (span, value, "explicit")


@pytest.mark.parametrize(
    ("text", "span", "days"),
    [
        ("He resigned on Wednesday.", "Wednesday", ("2025-02-12", "2025-02-12")),
        ("He resigned on Monday.", "Monday", ("2025-02-10", "2025-02-10")),
        ("He resigned on Friday.", "Friday", ("2025-02-07", "2025-02-07")),
        ("He will resign on Friday.", "Friday", ("2025-02-14", "2025-02-14")),
        ("He plans to resign on Monday.", "Monday", ("2025-02-17", "2025-02-17")),
        ("He resigned last Wednesday.", "last Wednesday", ("2025-02-05", "2025-02-05")),
        ("He spoke next to a boat on Friday night.", "Friday night", ("2025-02-07", "2025-02-07")),
        ("The vote is next Friday.", "next Friday", ("2025-02-14", "2025-02-14")),
        ("He resigned yesterday.", "yesterday", ("2025-02-11", "2025-02-11")),
        ("He resigned earlier this week.", "earlier this week", ("2025-02-10", "2025-02-11")),
        ("He will resign later this week.", "later this week", ("2025-02-13", "2025-02-16")),
        ("He resigned last week.", "last week", ("2025-02-03", "2025-02-09")),
        ("He resigned last month.", "last month", ("2025-01-01", "2025-01-31")),
        ("He resigned last year.", "last year", ("2024-01-01", "2024-12-31")),
        ("He resigned over the weekend.", "the weekend", ("2025-02-08", "2025-02-09")),
        ("He resigned in November.", "November", ("2024-11-01", "2024-11-30")),
        ("He will resign in November.", "November", ("2025-11-01", "2025-11-30")),
        ("He resigned on Jan. 20.", "Jan. 20", ("2025-01-20", "2025-01-20")),
        ("He set a March 3 deadline.", "March 3", ("2025-03-03", "2025-03-03")),
        ("He resigned two days ago.", "two days ago", ("2025-02-10", "2025-02-10")),
        ("He resigned three years ago.", "three years ago", ("2022-01-01", "2022-12-31")),
        ("He resigned overnight.", "overnight", ("2025-02-11", "2025-02-12")),
        ("A pre-dawn raid failed.", "pre-dawn", ("2025-02-12", "2025-02-12")),
        ("He is now a baker.", "now", ("2025-02-12", "2025-02-12")),
        ("The borders of pre-2014 maps held.", "pre-2014", (None, "2013-12-31")),
        ("It has rained for the past three days.", "the past three days", ("2025-02-09", "2025-02-12")),
    ],
)
def test_a_relative_time_counts_from_publication(text, span, days):
    time = only(text)
    assert (time.span.of(text), (time.start, time.end)) == (span, days)


@pytest.mark.parametrize(
    ("text", "span", "kind", "value"),
    [
        ("It lasted nearly three years.", "nearly three years", "DURATION", "P3Y"),
        ("The three-year war goes on.", "three-year", "DURATION", "P3Y"),
        ("It lasted half an hour.", "half an hour", "DURATION", "PT30M"),
        ("It lasted several months.", "several months", "DURATION", "PXM"),
        ("A 58-year-old woman swam.", "58-year-old", "DURATION", "P58Y"),
        ("It is a daily paper.", "daily", "SET", "P1D"),
        ("They meet every two weeks.", "every two weeks", "SET", "P2W"),
        ("They meet on Fridays.", "Fridays", "SET", "XXXX-WXX-5"),
        ("They met recently.", "recently", "DATE", "PAST_REF"),
        ("They will meet soon.", "soon", "DATE", "FUTURE_REF"),
    ],
)
def test_lengths_sets_and_vague_times_have_type_and_value_but_no_days(text, span, kind, value):
    time = only(text)
    assert (time.span.of(text), time.type, time.value) == (span, kind, value)
    assert time.start is None


FRIDAY = "2013-03-22"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sales fell in the third quarter.", [("the third quarter", "2012-Q3")]),
        ("Third-quarter sales fell 5 percent.", [("Third-quarter", "2012-Q3")]),
        ("Profit rose to $3 million from $2 million a year earlier.", [("a year earlier", "2012")]),
        ("Costs widened from a year ago.", [("a year ago", "2012")]),
        ("The year-ago figure was better.", [("year-ago", "2012")]),
        ("Sales fell in the latest quarter.", [("the latest quarter", "2012-Q4")]),
        ("Sales fell in the six months ended Sept. 30.", [("the six months", "P6M"), ("Sept. 30", "2012-09-30")]),
        ("Sales fell in the quarter ended Sept. 30.", [("the quarter", "P3M"), ("Sept. 30", "2012-09-30")]),
        ("The mill will close at year-end.", [("year-end", "2013")]),
        ("In fiscal 1989 the mill lost money.", [("fiscal 1989", "1989")]),
        ("The mill burned on Oct. 27.", [("Oct. 27", "2012-10-27")]),
        ("The deed was filed on 10/30/89.", [("10/30/89", "1989-10-30")]),
        ("Rents rose in the 1990s, not in the 1980's.", [("the 1990s", "199"), ("the 1980's", "198")]),
        ("The bridge fell last fall.", [("last fall", "2012-FA")]),
        ("The bridge fell early this month.", [("early this month", "2013-03")]),
        ("The bridge fell in mid-March.", [("mid-March", "2013-03")]),
        ("The bridge fell at the end of last year.", [("the end of last year", "2012")]),
        ("The bridge fell this past weekend.", [("this past weekend", "2013-W11-WE")]),
        ("They talked for two days, then for months.", [("two days", "P2D"), ("months", "PXM")]),
        ("It lost money in the past two years.", [("the past two years", "P2Y")]),
        ("It lost money this past week.", [("this past week", "P1W")]),
        ("The weeklong talks ended.", [("weeklong", "P1W")]),
        ("The months-long strike ended.", [("months-long", "PXM")]),
        ("A decades-old ferry sank.", [("decades-old", "PXDE")]),
        ("It rained all week.", [("all week", "P1W")]),
        ("The daily ferry sank.", [("daily", "P1D")]),
        ("They vote every other year.", [("every other year", "P2Y")]),
        ("They vote every 2.5 years.", [("every 2.5 years", "P2.5Y")]),
        ("The barge sank Friday night.", [("Friday night", "2013-03-22TNI")]),
        ("It sank in the early hours of Friday.", [("the early hours of Friday", "2013-03-22")]),
        ("It sank at 0230 GMT.", [("0230 GMT", "2013-03-22T02:30")]),
        ("It sank at 1400 hours.", [("1400 hours", "2013-03-22T14:00")]),
        ("It sank at 02:30 local time on Thursday.", [("02:30 local time on Thursday", "2013-03-21T02:30")]),
        ("It sank at 9 am on 20 March.", [("9 am on 20 March", "2013-03-20T09:00")]),
        ("Polls close at 8 p.m. Tuesday.", [("8 p.m. Tuesday", "2013-03-26T20:00")]),
        ("2013-03-21 08:15:00 GMT", [("2013-03-21 08:15:00 GMT", "2013-03-21T08:15")]),
        ("LONDON, March 21 (Coastal News) -- The mill closed.", [("March 21", "2013-03-21")]),
        ("Minutes later the mill closed.", [("Minutes later", "FUTURE_REF")]),
        ("In this Dec. 31, 2012 file photo the mill burns.", [("Dec. 31, 2012", "2012-12-31")]),
        ("Polls close at 9 p.m. E.T. Tuesday.", [("9 p.m. E.T. Tuesday", "2013-03-26T21:00")]),
        ("He will speak of the March 21 fire.", [("March 21", "2013-03-21")]),
        ('He told "This Week" about it.', []),
        (
            "It rained on Thanksgiving and on Good Friday 2012.",
            [("Thanksgiving", "2012-11-22"), ("Good Friday 2012", "2012-04-06")],
        ),
        ("It will rain on Memorial Day.", [("Memorial Day", "2013-05-27")]),
        ("It rained on Election Day.", [("Election Day", None)]),
        ("He is now ill; he was recently well.", [("now", "PRESENT_REF"), ("recently", "PAST_REF")]),
    ],
)
def test_news_says_when_in_many_ways(text, wanted):
    """Values and extents as TimeML has them (TimeBank, TempEval-3)."""
    found = times_in(text, published=FRIDAY)
    assert [(t.span.of(text), t.value) for t in found] == wanted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They hope to win the town after the November elections.", "2012-11"),
        ("They ordered repairs after the June flood.", "2012-06"),
        ("He could quit and run in an election in November.", "2012-11"),
        ("They praised the November meeting.", "2011-11"),
        ("He was able to swim again on New Year's Eve.", "2011-12-31"),
        ("He stays until the election slated for September 25.", "2012-09-25"),
        ("The ruling in June that struck down the law will help farmers.", "2012-06"),
    ],
)
def test_a_month_beside_a_noun_lies_where_the_words_around_it_say(text, value):
    assert only(text, published="2012-08-21").value == value


def test_organisations_that_are_called_now_are_no_time():
    assert told("NOW members marched past Harbour News Now.") == []


@pytest.mark.parametrize(
    "text",
    [
        "They may march, and the second team came at once.",
        "The fall of the tower made him spring up.",
        "About 2000 people and $1999 were lost.",
        "Soon after, it was as soon as possible.",
        "He read The Weekly Herald at 21 Hay Street.",
        "The clip runs 01:12 and cost a quarter of a euro.",
        "Temperatures in the 20s; she is in her 30s.",
    ],
)
def test_words_that_look_like_times_are_left_alone(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("The lock broke at half past ten on Tuesday night.", "half past ten on Tuesday night", "2025-02-11T22:30"),
        ("The lock broke at ten past four on Tuesday.", "ten past four on Tuesday", "2025-02-11T04:10"),
        ("The lock broke at a quarter to six on Tuesday.", "a quarter to six on Tuesday", "2025-02-11T05:45"),
        ("The lock broke by quarter to one on Tuesday.", "quarter to one on Tuesday", "2025-02-11T12:45"),
        ("The lock broke at half past 3 yesterday afternoon.", "half past 3 yesterday afternoon", "2025-02-11T15:30"),
    ],
)
def test_clock_times_in_words_are_read(text, span, value):
    time = only(text)
    assert (time.span.of(text), time.type, time.value) == (span, "TIME", value)


@pytest.mark.parametrize(
    "text", ["Five to ten people came.", "Sales rose in the first quarter to 12 from 10.", "It was half past caring."]
)
def test_words_of_clock_times_that_tell_none_are_left(text):
    assert not [t for t in times_in(text) if t.type == "TIME"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It opened on 29 February.", [("29 February", "2012-02-29")]),
        ("It opened on the second of May.", [("the second of May", "2012-05-02")]),
        ("It opened at 10:30 GMT+99 on Friday.", [("10:30 GMT", "2013-03-22T10:30"), ("Friday", "2013-03-22")]),
        ("It opened at 25:61 GMT.", []),
        ("It lasted 1٢3 hectic days.", [("days", "PXD")]),
        ("It opened 3000 years ago.", [("3000 years ago", None)]),
        ("Wait, the second ferry may march on.", []),
    ],
)
def test_odd_days_hours_and_numbers_are_right_or_open(text, wanted):
    assert [(t.span.of(text), t.value) for t in times_in(text, published=FRIDAY)] == wanted


@pytest.mark.parametrize("text", ["31 February 2020", "2024-02-30", "Feb. 29, 2023", "25 o'clock", "3/4/2020"])
def test_a_date_that_does_not_exist_or_is_ambiguous_has_no_value(text):
    assert all(t.value is None and t.start is None for t in times_in(f"It was {text}."))


def test_the_year_nought_and_far_years_are_no_years():
    assert told("In the year 0 and in 99999 it fell.") == [("the year", None, None, None)]
    assert told("It fell five million years ago.") == [("five million years ago", None, None, None)]


def test_both_ends_of_a_range_carry_the_days_of_the_whole():
    days = ("2008-01-01", "2012-12-31")
    assert [t[2:] for t in told("She was mayor from 2008 to 2012.")] == [days, days]
    assert [t[:2] for t in told("The 1957-60 drought ended.")] == [("1957", "1957"), ("60", "1960")]
    assert [t[1] for t in told("On April 6-7, 1915, it burned.")] == ["1915-04-06", "1915-04-07"]


def test_a_time_told_from_another_needs_that_other():
    assert told("Three days later it sank.") == [("Three days later", None, None, None)]
    text = "It left on May 3, 2015. Three days later it sank."
    assert told(text)[1][:2] == ("Three days later", "2015-05-06")


def test_a_year_that_a_clause_names_is_not_this_year():
    assert told("It was the year the river froze.") == [("the year", None, None, None)]
    assert told("It ends by the end of the year.")[0][1] == "2025"


HISTORY = """The league was founded in 1871. By 1874 it had ten towns, and in 1876 it minted coins.
In March 1881 the treaty was signed. In May, the garrison left.
The coins were withdrawn in 1890, and the league dissolved in 1893. That year the archive burned."""


def test_in_a_history_open_dates_count_from_the_date_named_before():
    values = {t.span.of(HISTORY): t.value for t in times_in(HISTORY)}
    assert values["May"] == "1881-05"
    assert values["That year"] == "1893"


def test_an_undated_article_keeps_open_times_open():
    text = "He resigned on Monday, as he had said last week and on 3 May."
    assert told(text, published=None) == [
        ("Monday", "XXXX-WXX-1", None, None),
        ("last week", None, None, None),
        ("3 May", "XXXX-05-03", None, None),
    ]


def test_co_reports_date_the_open_times_of_an_undated_article():
    text = "He resigned on Monday and will leave on Friday, he said last week. It began in 2014."
    times = anchor_times(times_in(text, published=None), WEDNESDAY)
    assert [(t.start, t.anchor) for t in times] == [
        ("2025-02-10", "inferred"),
        ("2025-02-14", "inferred"),
        ("2025-02-03", "inferred"),
        ("2014-01-01", "explicit"),
    ]
    assert [(t.value, t.start) for t in times] == [t[1:3] for t in told(text)]


def test_anchoring_changes_nothing_without_a_day_or_where_days_are_known():
    times = times_in("He resigned on Monday.", published=None)
    assert anchor_times(times, "no day") == times
    dated = times_in("He resigned on Monday.")
    assert anchor_times(dated, "2020-01-01") == dated
    odd = (TimeExpression(span=times[0].span, type="DATE", value=None, relative="nonsense"),)
    assert anchor_times(odd, WEDNESDAY) == odd


def test_captions_are_read_by_patterns_and_look_back():
    text = "The bridge is shut.\nDivers work under the bridge on Thursday."
    first, second = body_blocks(text)
    blocks = (first, Block("caption", second.start, second.end))
    assert told(text, blocks=blocks) == []
    assert told(text, blocks=blocks, captions=blocks) == [("Thursday", "2025-02-06", "2025-02-06", "2025-02-06")]


def test_without_a_parse_model_words_tell_the_direction():
    assert [t[2] for t in told("He spoke on Monday. He will go on Friday.", lang=NO_MODEL)] == [
        "2025-02-10",
        "2025-02-14",
    ]


TIME_WORDS = ("the", "last", "May", "31", "5th", "of", "2014", "-", "to", ",", ".", "week", "Friday", "ago", "two")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from((*TIME_WORDS, "years", "'90", "s", "10", ":", "30", "pm")), max_size=12))
def test_any_order_of_time_words_gives_times_in_order_that_do_not_overlap(words):
    text = " ".join(words)
    times = times_in(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(times))
    assert all(t.start is None or t.end is None or t.start <= t.end for t in times)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The chief said last Wednesday that small firms can help.", "2025-02-05"),
        ("The chief said last Tuesday that small firms can help.", "2025-02-04"),
        ("He was arrested last Friday.", "2025-02-07"),
        ("He was arrested last Sunday.", "2025-02-09"),
    ],
)
def test_yesterday_is_not_called_by_last_and_its_day(text, day):
    """Published on a Wednesday."""
    assert times_in(text)[0].start == day


@pytest.mark.parametrize(
    "text",
    [
        "The town is today Europe's biggest inland port.",
        "Today, the mill is a museum with 40 rooms.",
        "Today the company employs 4,000 people.",
    ],
)
def test_today_that_tells_how_things_are_is_no_day(text):
    [time] = times_in(text)
    assert (time.value, time.start) == ("PRESENT_REF", None)


def test_today_that_tells_what_happened_is_the_day():
    assert times_in("The president spoke today in Varna.")[0].start == WEDNESDAY
