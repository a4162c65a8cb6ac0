"""Outlets: known names, names by shape, and who an article's own outlet is."""

import pytest

from twosource.article import Outlet
from twosource.extract.outlets import find_outlets, is_agency, publisher_of, squeezed


def named(text, own=()):
    return [n.name for n in find_outlets(text, own)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("he told The New York Times", "The New York Times"),
        ("he told the NYT on Monday", "The New York Times"),
        ("according to AP, it sank", "AP"),
        ("he told Agence France-Presse", "AFP"),
        ("speaking on CNN's morning programme", "CNN"),
        ("he told the Harrow Courier", "Harrow Courier"),
        ("he told the Erlbach Tageblatt-Courier", "Erlbach Tageblatt-Courier"),
        ("told KXQT-TV on Monday", "KXQT-TV"),
        ("the Northern Press Agency reported", "Northern Press Agency"),
        ("she told Radio Torvan on Monday", "Radio Torvan"),
        ("a man told Channel 12 so", "Channel 12"),
    ],
)
def test_outlets_are_found_by_name_or_shape(text, name):
    assert named(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Times are hard, he told nobody",
        "The Sunset hotel",
        "a Post-it note",
        "Monday Times change",
        "reuters.com/x",
        "WHAT NOW",
    ],
)
def test_what_only_looks_like_an_outlet_is_left_out(text):
    assert named(text) == []


def test_the_storys_own_outlets_are_known_names():
    assert named("he told The Lantern") == []
    assert named("he told The Lantern", ("The Lantern",)) == ["The Lantern"]


@pytest.mark.parametrize(
    ("outlet", "name"),
    [
        (Outlet("washingtonpost.com"), "The Washington Post"),
        (Outlet("Politics blog", "thecaucus.blogs.nytimes.com"), "The New York Times"),
        (Outlet("WaPo"), "The Washington Post"),
        (Outlet("The Lantern", "lantern.example"), "The Lantern"),
        (None, None),
    ],
)
def test_the_publisher_is_told_from_domain_or_name(outlet, name):
    assert publisher_of(outlet) == name


def test_one_key_for_the_spellings_of_one_name():
    assert squeezed("The Harrow Times-News") == squeezed("Harrow Times News") == squeezed("harrowtimesnews.com")


def test_agencies_are_told_from_outlets():
    assert is_agency("AP")
    assert is_agency("Northern Press Agency")
    assert not is_agency("The Guardian")
