"""Labels: short, never two for one thing, the same again for the same account, and found however they are typed."""

import pytest

from tests.made import OWN, made_account, span
from twosource.account import AccountArticle, Conflict, FigureLine, Origin, Place, Statement
from twosource.article import Span
from twosource.errors import UnknownLabel
from twosource.render.labels import CountedHere, ToldHere, label_account, letter


@pytest.mark.parametrize(("position", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (49, "AX"), (701, "ZZ"), (702, "AAA")])
def test_letters_go_on_after_z(position, name):
    assert letter(position) == name


def test_places_of_an_article_are_numbered_in_order_of_place():
    """Words and figures share one numbering, so that a label says where in the article something stands."""
    labels = label_account(made_account())
    subjects = [labels.subjects[f"C{n}"] for n in range(1, 6)]
    assert [type(s) for s in subjects] == [ToldHere, ToldHere, CountedHere, ToldHere, CountedHere]
    assert labels.place("l", "q-l1") == "C2"
    assert "C6" not in labels.subjects


@pytest.mark.parametrize(
    ("wanted", "label", "kind"),
    [
        ("A1", "A1", ToldHere),
        ("a1", "A1", ToldHere),
        (" A 1 ", "A1", ToldHere),
        ("said1", "said1", Statement),
        ("Said 1", "said1", Statement),
        ("fig2", "fig2", FigureLine),
        ("CON1", "con1", Conflict),
        ("org1", "org1", Origin),
        ("b", "B", AccountArticle),
        ("q-l1", "C2", ToldHere),
        ("s-mayor00001", "said1", Statement),
        ("s-mayo", "said1", Statement),
        ("w", "A", AccountArticle),
    ],
)
def test_a_label_or_id_is_found_however_it_is_typed(wanted, label, kind):
    found, subject = label_account(made_account()).find(wanted)
    assert found == label
    assert isinstance(subject, kind)


def test_an_unknown_label_gets_near_ones():
    with pytest.raises(UnknownLabel, match=r"did you mean .*con2"):
        label_account(made_account()).find("con3")


def test_what_is_like_nothing_gets_the_labels_in_use():
    with pytest.raises(UnknownLabel, match=r"there are A1-A3, B1-B2, .*said1-said3"):
        label_account(made_account()).find("???")


def test_a_beginning_that_several_ids_share_is_refused():
    account = made_account()
    labels = label_account(account)
    shared = {s.id[:2] for s in account.statements}
    assert shared == {"s-"}
    with pytest.raises(UnknownLabel):
        labels.find("s-")


def test_no_label_means_two_things_in_any_case():
    """Words of lines have three letters and more, articles of any number that can be compared at most two."""
    labels = label_account(made_account()).subjects
    assert len({name.lower() for name in labels}) == len(labels)
    assert max(len(letter(n)) for n in range(702)) == 2
    assert min(len(name.rstrip("0123456789")) for name in labels if name[0].islower()) == 3


def test_a_place_is_called_by_the_telling_that_fits_it_best():
    labels = label_account(made_account())
    assert labels.near(Place("l", span(OWN, "21,000 cars"))) == "C3"
    assert labels.near(Place("l", Span(0, 1))) == "C1"
    assert labels.near(Place("l", span(OWN, "Three divers"))) == "C"
    assert labels.near(Place("nowhere", Span(0, 1))) == "?"
