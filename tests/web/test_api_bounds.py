"""Cursors, ids and bodies of any content: told back exactly, or refused."""

import json

import pytest
from hypothesis import given, strategies

from twosource.web import links
from twosource.web.api.bodies import DEEPEST, parsed
from twosource.web.api.cursors import cursor_of, place_of
from twosource.web.api.problems import Problem
from twosource.web.people import slug, unslugged

places = strategies.tuples(
    strategies.floats(-1e15, 1e15, allow_nan=False), strategies.integers(min_value=0, max_value=2**62 - 1)
)
anything = strategies.text(strategies.characters())


@given(places)
def test_a_cursor_leads_back_to_its_place(place):
    assert place_of("stories", cursor_of("stories", place)) == place


@given(anything)
def test_what_is_no_cursor_is_refused(text):
    with pytest.raises(Problem):
        place_of("stories", text)


@given(anything)
def test_any_id_fits_into_a_path(text):
    part = links.token(text)
    assert "/" not in part
    assert part.isascii()
    assert links.known_by(part) == text


@given(strategies.lists(strategies.text("abcxyz019éß文", min_size=1), min_size=1).map(" ".join))
def test_folded_words_come_back_from_the_address_of_a_page(key):
    assert "/" not in slug(key)
    assert unslugged(slug(key)) == key


def status_of(raw):
    """What becomes of a body: 200 where it is JSON."""
    try:
        parsed(raw)
    except Problem as problem:
        return problem.status
    return 200


@given(strategies.binary())
def test_any_bytes_are_json_or_refused(raw):
    assert status_of(raw) in {200, 400}


@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1])
def test_bodies_are_nested_so_deep_and_no_deeper(depth):
    raw = b"[" * depth + b'"]]][[["' + b"]" * depth
    if depth <= DEEPEST:
        assert json.loads(raw) == parsed(raw)
    else:
        with pytest.raises(Problem):
            parsed(raw)


@pytest.mark.parametrize("number", ["9007199254740992", "-9007199254740992"])
def test_integers_up_to_what_every_program_holds_are_taken(number):
    assert parsed(number.encode()) == int(number)
    with pytest.raises(Problem):
        parsed(f"{number}1".encode())
