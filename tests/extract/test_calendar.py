"""The calendar: what values cover, what lies so many units away, and what a day makes of a relative time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.extract.calendar import days_of, duration, feast, moved, shifted, unit_of
from twosource.extract.relative import Relative, resolve, told

DAYS = st.dates(date(2, 1, 1), date(9998, 12, 31))
WHICH = st.sampled_from(
    [("weekday", "3"), ("month-day", "02-29"), ("month-name", "11"), ("season", "WI"), ("quarter-no", "2")]
)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025-W07", ("2025-02-10", "2025-02-16")),
        ("2025-W07-WE", ("2025-02-15", "2025-02-16")),
        ("2024-Q4", ("2024-10-01", "2024-12-31")),
        ("2024-H1", ("2024-01-01", "2024-06-30")),
        ("2024-WI", ("2024-12-01", "2025-02-28")),
        ("199", ("1990-01-01", "1999-12-31")),
        ("2025-02-12TNI", ("2025-02-12", "2025-02-12")),
    ],
)
def test_a_value_covers_its_days(value, days):
    assert days_of(value) == days


@pytest.mark.parametrize(
    "value", ["2024-02-31", "2024-13", "2025-W54", "0000", "P3Y", "XXXX-05", "BC0480", "PAST_REF", ""]
)
def test_what_is_no_stretch_of_dates_covers_none(value):
    assert days_of(value) == (None, None)


@pytest.mark.parametrize(
    ("year", "which", "day"),
    [
        (2013, "E0", "2013-03-31"),
        (1954, "E0", "1954-04-18"),
        (2000, "E0", "2000-04-23"),
        (1981, "E0", "1981-04-19"),
        (2024, "E-2", "2024-03-29"),
        (2013, "11-4-4", "2013-11-28"),
        (2013, "05-1-9", "2013-05-27"),
        (0, "E0", None),
        (2013, "13-1-1", None),
        (2013, "Whitsun", None),
    ],
)
def test_a_movable_feast_has_its_day(year, which, day):
    assert feast(year, which) == day


def test_fortnights_and_quarters_are_written_in_weeks_and_months():
    assert (duration("2", "fortnight"), duration("3", "quarter"), duration("X", "day")) == ("P4W", "P9M", "PXD")
    assert duration("1", "no unit") is None


@given(DAYS, st.sampled_from(["day", "week", "weekend", "month", "quarter", "half", "year", "decade"]))
def test_the_unit_a_day_lies_in_covers_it(day, unit):
    value = shifted(unit, day, 0)
    start, end = days_of(value)
    assert unit_of(value) == unit
    assert unit == "weekend" or start <= day.isoformat() <= end


@given(
    DAYS, st.sampled_from(["day", "week", "month", "quarter", "half", "year", "century"]), st.integers(-(10**6), 10**6)
)
def test_shifting_never_leaves_the_calendar(day, unit, by):
    value = shifted(unit, day, by)
    assert value is None or days_of(value)[0] is not None
    assert moved(day, unit, by) is None or moved(day, unit, by).year >= 1


@given(DAYS, WHICH, st.sampled_from(["past", "future", None]))
def test_the_tense_chooses_the_side(day, which, direction):
    dated = resolve(Relative(which[0], 0, which[1]), day, direction)
    if dated.start and direction == "future" and which[0] != "month-day":
        assert dated.end >= day.isoformat()
    if dated.start and direction == "past" and which[0] == "weekday":
        assert dated.end <= day.isoformat()


@pytest.mark.parametrize(
    ("which", "direction", "value"),
    [
        ("01-02", "future", "2018-01-02"),
        ("01-20", "future", "2018-01-20"),
        ("12-01", "future", "2018-12-01"),
        ("01-06", "past", "2018-01-06"),
        ("12-01", "past", "2017-12-01"),
        ("02-29", "past", "2016-02-29"),
    ],
)
def test_a_day_of_the_year_close_by_is_meant_in_any_tense(which, direction, value):
    assert resolve(Relative("month-day", 0, which), date(2018, 1, 5), direction).value == value


@given(DAYS, WHICH)
def test_last_and_next_leave_out_the_day_itself(day, which):
    before, after = (resolve(Relative(which[0], by, which[1]), day, None) for by in (-1, 1))
    assert before.end is None or before.end < day.isoformat()
    assert after.start is None or after.start > day.isoformat()


@given(DAYS, st.sampled_from(["week", "month", "year"]))
def test_earlier_and_later_part_a_unit(day, unit):
    whole = days_of(shifted(unit, day, 0))
    earlier, later = (resolve(Relative(unit, side=side), day, None) for side in ("earlier", "later"))
    assert (earlier.start, later.end) == whole
    assert earlier.end <= later.start or earlier.start == earlier.end


@pytest.mark.parametrize(
    "relative",
    [Relative("week", -1), Relative("weekday", 0, "3", "NI"), Relative("month", 0, side="earlier"), Relative("now")],
)
def test_a_relative_time_reads_back_from_its_text(relative):
    assert told(relative.described()) == relative


@pytest.mark.parametrize("text", ["", "week", "week 1", "week x _ _ _", "week 1 _ _ _ _", "week 99999999999 _ _ _"])
def test_other_text_is_no_relative_time(text):
    assert told(text) is None
