"""The outlet of a text that nobody names: taken from its furniture, or not at all."""

import pytest

from tests.growth import grows_linearly
from twosource.clean.owner import owner_in
from twosource.lang import ENGLISH
from twosource.sources.given import Known, article

MENU = "\n".join(
    ["Skip to content", "Menu", *(f"* {w}" for w in ("World", "Town", "Harbour", "Sport", "Letters", "Shop"))]
)
REPORT = """Ferry runs aground off Skarvik

A ferry with 84 people on board ran aground off Skarvik on Monday night, the coast guard told The Guardian.

Three passengers were taken to hospital with cuts and bruises, according to the clinic in Orrin.

The master, Tilda Maro, told the harbour office that a buoy had gone dark during the storm."""


def named(*furniture, before=MENU, report=REPORT):
    text = "\n\n".join([before, report, *furniture])
    found = owner_in(text, (), None, ENGLISH)
    return found.outlet.name if found else None


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["© 2031 The Skarvik Lantern. All rights reserved."], "The Skarvik Lantern"),
        (["Copyright 2031 Orrin News Now. All rights reserved."], "Orrin News Now"),
        (["(c) 2029-2031 THE GUARDIAN"], "The Guardian"),
        (["All site contents © Copyright 2031 CNBC LLC | 12 Quay Street | Orrin"], "CNBC"),
        (
            ["This may not be printed again. ©2031 FOX News Network, LLC. All rights reserved. Prices are late."],
            "Fox News",
        ),
        (["© Telegraph Media Group Limited 2031"], "The Telegraph"),
        (["Follow The Skarvik Lantern on Facebook", "© 2031 Skarvik Lantern Ltd"], "Skarvik Lantern"),
        (
            ["Follow Orrin Gazette on Facebook", "Download the Orrin Gazette app", "news@orringazette.com"],
            "Orrin Gazette",
        ),
    ],
)
def test_notices_and_words_to_readers_name_the_outlet(lines, name):
    assert named(*lines) == name


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Watch: a CBC News team spoke to the crew"],
        ["Follow us on Facebook", "Sign up for our newsletter", "Follow Tilda Maro on Facebook"],
        ["© 2031 Getty Images", "Photo © Orrin Gazette"],
        ["© 2031 Gannett. All rights reserved."],
        ["© 2031 Harrow Holdings Ltd. All rights reserved."],
        ["2031 All Rights Reserved"],
        ["The Guardian", "CNN", "BBC News"],
        ["Visit nationaltrust.org.uk", "Open daily. nationaltrust.org.uk", "National Trust"],
        ["© 2031 Orrin Gazette", "© 2031 Skarvik Lantern"],
        ["© 2031 Orrin Gazette", "This article originally appeared on CNET."],
        ["© 2031 Orrin Gazette", "Source link"],
        ["tilda@gmail.com", "twitter.com/tilda", "Follow Gmail on Facebook"],
    ],
)
def test_whoever_is_merely_mentioned_shared_or_copied_from_is_not_the_outlet(lines):
    assert named(*lines) is None


def test_an_agencys_notice_below_a_copy_names_no_outlet_and_its_own_page_does():
    notice = "Copyright 2031 The Associated Press. All rights reserved."
    assert named(notice, "desk@ap.org") is None
    assert named("© 2031 Skarvik Lantern", notice) == "Skarvik Lantern"
    menu = "\n\n".join(f"* Ward {n}" for n in range(45))
    assert named(menu, "About Associated Press", notice) == "AP"
    assert named(menu, notice) is None


def test_words_of_the_report_are_never_evidence():
    report = REPORT.replace("according", "says © 2031 Orrin Gazette and news@orringazette.com, according")
    assert named(report=report) is None


def test_what_was_taken_is_remarked_with_its_line_and_only_where_nothing_else_names_the_outlet():
    text = f"{MENU}\n\n{REPORT}\n\n© 2031 The Skarvik Lantern. All rights reserved."
    found = article(text, Known(), "a.txt")
    assert found.outlet.name == "The Skarvik Lantern"
    line = "«© 2031 The Skarvik Lantern. All rights reserved.»"
    assert ("outlet_from_text", f"published by The Skarvik Lantern, taken from the line {line}") in found.remarks
    for known in (Known(outlet="Harrow Courier"), Known(url="https://courier.example/a")):
        given = article(text, known, "a.txt")
        assert given.outlet.name in ("Harrow Courier", "courier.example")
        assert "outlet_from_text" not in dict(given.remarks)


def test_id_of_an_article_does_not_depend_on_an_outlet_taken_from_its_text():
    text = f"{MENU}\n\n{REPORT}\n\n© 2031 The Skarvik Lantern"
    assert article(text, Known(), "a.txt").id == article(text, Known(), "b.txt").id


@pytest.mark.parametrize("text", ["", "©", "© 2031", "© ,", "\ud800©\u202e", "©" * 500, "© The of and", "a@b.c" * 90])
def test_any_text_is_taken(text):
    assert owner_in(text, (), None, ENGLISH) is None


@pytest.mark.parametrize("pump", ["© 2031 Orrin Gazette\n", "follow the ", "a.b.c.d@", "© A ", "Follow Orrin News\n"])
def test_looking_for_the_owner_takes_time_with_length_alone(pump):
    assert grows_linearly(lambda size: owner_in(pump * (size // len(pump)), (), None, ENGLISH), 5_000, 50_000)
