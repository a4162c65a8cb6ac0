"""What becomes of the people a figure counts."""

import pytest

from twosource.align.fates import fate, whereabouts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the storm killed at least _ people", "killed"),
        ("_ men from the village were arrested", "arrested"),
        ("two died and _ were taken to hospital", "hospital"),
        ("_ dead and 40 hurt", "killed"),
        ("9 dead and _ hurt", "injured"),
        ("injuring another _ on the quay", "injured"),
        ("the death toll rose to _ on Friday", "killed"),
        ("_ of the injured went home", ""),
        ("_ people came", ""),
    ],
)
def test_the_words_around_a_number_tell(text, found):
    before, _, after = text.lower().partition("_")
    assert fate(tuple(before.split()[::-1]), tuple(after.split())) == (found and fate((), (found,)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("he put the number of people on the pier at about _", "pier"),
        ("nearly _ guests were on the pier when it broke", "pier"),
        ("_ guests had been standing on the pier", ""),
        ("_ guests were hurt on the pier", ""),
        ("_ guests came", ""),
    ],
)
def test_the_place_of_those_counted_is_told_in_plain_words_only(text, found):
    before, _, after = text.partition("_")
    assert whereabouts(tuple(before.split()[::-1]), tuple(after.split())) == found
