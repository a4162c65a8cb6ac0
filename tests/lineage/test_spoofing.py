# ruff: noqa: E501  # paragraphs stand on one line, as in articles
"""Independence cannot be made up: what is done to a text, or written over it, never raises the count."""

import random
from dataclasses import replace

import pytest

from tests.lineage.reports import OWN, PRESS, WIRE, kinds_of, report, said
from tests.lineage.spoofing import cut, reordered, respelled, reworded, site
from twosource.article import Outlet, Span
from twosource.facts import TimeExpression
from twosource.lineage import trace

OTHER = """Bakers of Oster stop work
No bread came out of the ovens of Oster on Monday, and by noon the queue at the only open stall went round the church.
The union wants two free weekends a month, the guild offers one and a machine that nobody has seen.
A pensioner in the queue had brought a folding chair and two newspapers, for the second day in a row.
The mayor, himself the son of a baker, called both sides to the town hall for the evening.
"""


def count(*texts, outlets=None):
    made = [report(f"r{n:02}", text, outlet=outlets[n] if outlets else "") for n, text in enumerate(texts)]
    return trace(made).lineage.independent_reports


def lines(text):
    return [line for line in text.split("\n") if line]


def test_one_text_on_fifty_domains_is_one():
    assert count(*[WIRE] * 50) == 1


@pytest.mark.parametrize("way", [cut, reordered, respelled, reworded])
def test_one_text_changed_in_one_way_is_one(way):
    texts = ["\n".join(way(lines(WIRE), random.Random(n))) for n in range(12)]
    assert count(WIRE, *texts) == 1


def test_one_text_cut_reordered_respelled_and_reworded_by_fifty_sites_is_one():
    assert count(*[site(WIRE, number) for number in range(50)]) == 1


def test_a_changed_copy_is_a_copy_of_its_original_alone_too():
    for number in range(20):
        traced = trace([report("a", WIRE), report("b", site(WIRE, number))])
        (link,) = traced.lineage.links
        assert link.kind in {"copy", "partial_copy"}
        assert link.evidence
        assert traced.lineage.independent_reports == 1


@pytest.mark.parametrize(
    "hide",
    [
        lambda t: t.replace("e", "\u0435").replace("o", "\u043e"),  # letters of another script
        lambda t: t.replace("an", "a\u200bn").replace("th", "t\u00adh"),  # characters nobody sees
        lambda t: t.replace("a", "a\u0300"),  # accents
        lambda t: "\n".join(f'"{line.replace(chr(34), "")}"' for line in t.split("\n")),  # all of it a quotation
        lambda t: t.replace("\n", " "),  # one line
        lambda t: t.upper(),
        lambda t: t.replace(". ", ".\n\n").replace(", ", " , "),
    ],
)
def test_a_text_in_disguise_is_the_same_text(hide):
    assert count(WIRE, hide(WIRE)) == 1


def test_two_copies_with_much_other_text_around_them_are_one_text():
    wide = "".join(line + "\n" for line in lines(OTHER) * 4)
    assert count(f"Today\n{wide}{WIRE}", f"Daily\n{WIRE}{OWN}") == 1


def test_words_put_in_between_do_not_part_a_text_from_its_copy():
    stuffed = "\n".join(
        " ".join(w + (" so to say" if n % 4 == 3 else "") for n, w in enumerate(line.split(" ")))
        for line in lines(WIRE)
    )
    assert count(WIRE, stuffed) == 1


@pytest.mark.parametrize(
    "claim",
    [
        "By Ann Lee, Staff Reporter\n{}",
        "By Ann Lee, Associated Press\n{}",
        "{}Copyright 2025 The Oster Gazette. All rights reserved.\n",
        "{}This article first appeared in the Oster Gazette.\n",
        "{}Source link\n",
        "{}(AFP)\n",
        "{}Radio Varn contributed to this report.\n",
    ],
)
@pytest.mark.parametrize("stories", [(WIRE, WIRE), (WIRE, OWN), (OWN, PRESS), (WIRE, WIRE, OWN)])
def test_no_invented_byline_canonical_link_or_agency_tag_raises_the_count(stories, claim):
    before = count(*stories)
    assert count(claim.format(stories[0]), *stories[1:]) <= before
    assert count(*stories[:-1], claim.format(stories[-1])) <= before


def test_no_address_raises_the_count():
    plain = [report("a", WIRE), report("b", WIRE)]
    url = "https://www.oster-gazette.example/own/report"
    forged = [plain[0], replace(plain[1], article=replace(plain[1].article, url=url, outlet=Outlet("Oster Gazette")))]
    assert trace(forged).lineage.independent_reports == trace(plain).lineage.independent_reports == 1


def test_a_copy_that_was_dated_back_does_not_become_the_origin():
    at = WIRE.index("1974")
    told = TimeExpression(
        span=Span(at, at + 4),
        type="DATE",
        value="2025-05-04",
        start="2025-05-04",
        end="2025-05-04",
        anchor="explicit",
        direction="past",
    )
    agency = report("a", WIRE, published="2025-05-04")
    copies = [
        replace(report(key, WIRE.replace("(Reuters) ", ""), published="1999-01-01"), times=(told,)) for key in "bc"
    ]
    traced = trace([agency, *copies])
    (origin,) = {traced.origin(key) for key in "abc"}
    assert next(o for o in traced.lineage.origins if o.id == origin).name == "Reuters"
    assert {link.direction for link in traced.lineage.links} == {"common_source"}
    undated = trace([replace(agency, credits=()), *copies])
    assert "right_from_left" not in {k.direction for k in undated.lineage.links if k.left in "bc"}


# --- many reports of one occasion -------------------------------------------------------------------------------

_SAW = ["stood", "waited", "sat", "lay", "leaned", "knelt", "paced"]
_WHAT = ["lamps", "ropes", "wheels", "boots", "crates", "maps", "flasks", "blankets", "radios", "gloves", "ladders"]
_WHO = ["baker", "nurse", "teacher", "farmer", "porter", "singer", "clerk", "mason", "driver", "doctor", "painter"]
SUNG = '"We sang until the batteries of the lamps were empty,"'


def own_words(number):
    """A report in words of its own of the press conference that all the others were at, too."""
    rnd = random.Random(1000 + number)

    def some(words):
        return rnd.choice(words)

    def scene():
        words = [f"{some(_WHAT)}{rnd.randrange(900)}" for _ in range(rnd.randint(6, 11))]
        return f"One {some(_WHO)} {some(_SAW)} by {' '.join(words)}."

    told = " ".join(scene() for _ in range(4))
    return f"{scene()}\n{told}\n{SUNG} Milo Hartl told reporters.\n{scene()} {scene()}\n"


def test_fifty_reports_of_one_press_conference_have_one_briefing_for_its_quotes_and_are_not_one_report():
    texts = [own_words(number) for number in range(50)]
    made = [report(f"r{n:02}", text, said(text, SUNG)) for n, text in enumerate(texts)]
    traced = trace(made)
    assert traced.lineage.independent_reports == 50
    assert set(kinds_of(traced).values()) == {"same_interview_or_briefing"}
    (briefing,) = {traced.origin(r.id, r.quotations[0].id) for r in made}
    (origin,) = [o for o in traced.lineage.origins if o.id == briefing]
    assert (origin.kind, origin.name, len(origin.articles)) == ("briefing", "Milo Hartl", 50)
    assert len({traced.origin(r.id) for r in made}) == 50


def test_an_outlet_that_a_copy_names_for_a_quotation_makes_no_second_source_of_it():
    theirs = WIRE.replace("told reporters in the valley station", "told The Oster Gazette by telephone")
    made = [report("a", WIRE, said(WIRE, SUNG)), report("b", theirs, said(theirs, SUNG), outlet="The Oster Gazette")]
    traced = trace(made)
    assert len({traced.origin(r.id, r.quotations[0].id) for r in made}) == 1


def test_what_a_report_heard_itself_is_its_own_though_its_text_is_an_agencys():
    words = '"Nobody will see one of these wheels again before the autumn"'
    text = f"{WIRE}{words}, the manager Ida Moor told The Lantern on Sunday night.\n"
    made = [
        report("a", WIRE, said(WIRE, SUNG)),
        report("b", text, said(text, SUNG), said(text, words, "Ida Moor"), outlet="The Lantern"),
    ]
    traced = trace(made)
    assert traced.lineage.independent_reports == 1
    own = traced.origin("b", made[1].quotations[1].id)
    assert own != traced.origin("b") == traced.origin("a")
    (origin,) = [o for o in traced.lineage.origins if o.id == own]
    assert (origin.kind, origin.name, origin.articles) == ("interview", "The Lantern", ("b",))
    assert traced.origin("a", made[0].quotations[0].id) == traced.origin("b", made[1].quotations[0].id)


# --- bad input --------------------------------------------------------------------------------------------------


def test_reports_without_a_word_count_nothing():
    assert count("", WIRE) == 1
    assert count("", "\n \n") == 0
    assert count("...", WIRE, OWN) == 2


def test_two_lines_that_are_the_same_are_one_report_and_others_are_two():
    assert count("Fire in Varn\nThree dead.\n", "Fire in Varn\nThree dead.\n") == 1
    assert count("Fire in Varn\nThree dead.\n", "Storm over Oster\nNobody hurt.\n") == 2


@pytest.mark.parametrize(
    "text",
    [
        "עשרות בני אדם בילו את הלילה ברכבל\nהסערה עקרה עמוד ממקומו והקרונות נתקעו מעל העמק עד הבוקר.\nאיש לא נפגע, אמר דובר החברה.\n",
        "عشرات الأشخاص أمضوا الليل في العربات\nاقتلعت العاصفة عمودا وتوقفت العربات فوق الوادي حتى الصباح.\nقال متحدث إن أحدا لم يصب.\n",
        "Кабинки остановились над долиной\nThirty-eight people, לילה אחד, провели ночь над долиной after the storm, 漢字.\n",
    ],
)
def test_copies_in_any_script_are_one_and_others_are_not(text):
    assert count(text, text + "ё\n") == 1
    assert count(text, WIRE) == 2


@pytest.mark.timeout(60)
def test_articles_of_hundreds_of_pages_are_compared():
    long = "Long\n" + "\n".join(f"{line} {n} {n * 7}" for n in range(300) for line in lines(WIRE)[1:7])
    assert len(long) > 200_000
    assert count(long, long.replace("Varn", "Oster"), WIRE) == 1
