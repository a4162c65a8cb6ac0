"""The account on a terminal: most pressing first, every line labelled, readable in 80 columns and in plain ASCII."""

import re
from dataclasses import replace

import pytest

from tests.made import EVIL, WIRE, evil_account, made_account, made_report, span
from tests.stories import story_account
from twosource.account import Account, Lineage, Origin, Place
from twosource.article import Span
from twosource.facts import Note
from twosource.render.labels import label_account
from twosource.render.lines import Look, cells
from twosource.render.terminal import render_terminal

PLAIN = Look(80)


def sections(text):
    """The words in capitals that begin a line, in order."""
    return [found for line in text.splitlines() if (found := re.match(r"[A-Z]{4,}(?: BY| CONFLICT)?", line))]


def test_what_an_editor_must_act_on_comes_first():
    heads = [m[0] for m in sections(render_terminal(made_account(), PLAIN))]
    wanted = [
        "INDEPENDENT",
        "CONFLICT",
        "POSSIBLE CONFLICT",
        "SAID BY",
        "FIGURES",
        "ONLY",
        "ONLY",
        "OMITS",
        "NAMING",
        "CUES",
        "VOICE",
        "NOTES",
    ]
    assert heads == wanted


def test_the_first_lines_say_how_many_reports_are_independent():
    lines = render_terminal(made_account(), PLAIN).splitlines()
    assert lines[0] == "Bridge at Ostrava Kolné shut after crack is found"
    assert lines[1].startswith("3 reports · at most 2 independent · 1 conflict (+1 possible)")


def test_copies_of_one_text_share_a_line_and_differing_words_are_marked():
    text = render_terminal(made_account(), PLAIN)
    assert "• A1 = B1  “Nobody {will drive over it} before we know how deep {it goes},”" in text
    assert "C2       Nobody {is going to} drive {across} before we know how deep {the" in text


def test_whom_words_were_told_stands_with_the_telling_where_tellings_differ():
    text = " ".join(render_terminal(made_account(), PLAIN).split())
    assert "{it goes},” (to reporters) C2" in text
    assert "the crack is (to the Evening Lamp) (at most 2 origins)" in text.replace("{", "").replace("}", "")


def test_whom_words_were_told_stands_once_where_all_agree():
    account = made_account()
    mayor = account.statements[0]
    alike = replace(mayor, tellings=tuple(replace(t, told_to=mayor.tellings[0].told_to) for t in mayor.tellings))
    text = " ".join(render_terminal(replace(account, statements=(alike,)), PLAIN).split())
    assert text.count("to reporters") == 1
    assert "(to reporters, at most 2 origins)" in text


def test_a_day_guessed_leaves_a_gap_before_the_next_column():
    account = made_account()
    guessed = replace(account.articles[0], published=None, published_inferred="2026-03-15")
    text = render_terminal(replace(account, articles=(guessed, *account.articles[1:])), PLAIN)
    assert "about 15 Mar 2026  " in text


def test_what_a_line_rests_on_is_never_cut():
    account = made_account()
    long = replace(account.articles[0], text=WIRE.replace("before we know", "before we know " + "and see " * 60))
    shifted = replace(
        account.statements[0].tellings[0], content=(span(long.text, "“Nobody"), span(long.text, "goes,”"))
    )
    whole = (Span(shifted.content[0].start, shifted.content[1].end),)
    mayor = replace(account.statements[0], tellings=(replace(shifted, content=whole),))
    both = replace(mayor, tellings=(*mayor.tellings, *account.statements[0].tellings[1:]))
    text = render_terminal(replace(account, articles=(long, *account.articles[1:]), statements=(both,)), PLAIN)
    assert "..." in text
    assert "(at most 2 origins)" in text
    assert "..." not in render_terminal(
        replace(account, articles=(long, *account.articles[1:]), statements=(both,)), PLAIN, whole=True
    )


def test_a_figure_that_counts_nothing_named_shows_the_words_around_it():
    account = made_account()
    bare = replace(account.figures[0], subject="12,000")
    text = render_terminal(replace(account, figures=(bare,)), PLAIN)
    assert "fig1   “12,000 cars use the bridge …”  A2" in text


def test_same_words_without_a_named_release_are_called_just_that():
    account = made_account()
    origin = Origin(id="o-x", kind="press_release", name="Anna Holt", articles=("w", "l"))
    lineage = replace(account.lineage, origins=(*account.lineage.origins, origin))
    assert "words of Anna Holt" in render_terminal(replace(account, lineage=lineage), PLAIN)
    said = replace(origin, evidence=(Place("w", span(WIRE, "reporters")),))
    letter = replace(account.articles[0], text=WIRE.replace("reporters", "in a blog"))
    known = replace(account, articles=(letter, *account.articles[1:]), lineage=replace(lineage, origins=(said,)))
    assert "one press release: Anna Holt" in render_terminal(known, PLAIN)


def test_a_text_that_nobody_signs_is_one_text_in_several_outlets():
    account = made_account()
    origin = Origin(id="o-x", kind="wire_copy", name="unnamed agency or outlet", articles=("w", "l"))
    text = render_terminal(replace(account, lineage=replace(account.lineage, origins=(origin,))), PLAIN)
    assert "one text in several outlets" in text
    assert "unnamed" not in text.split("ONLY")[0]


def test_every_label_shown_can_be_asked_for():
    account = made_account()
    shown = set(re.findall(r"\b(?:[A-C]\d+|(?:con|org|link|fig)\d+)\b", render_terminal(account, PLAIN)))
    assert len(shown) > 10
    for label in shown:
        label_account(account).find(label)


def test_figures_stand_with_the_places_that_tell_them():
    assert "fig1   cars  A2 B2 About 12,000 · C3 Some 21,000  CONFLICT" in render_terminal(made_account(), PLAIN)


def test_reports_add_what_was_set_aside():
    assert "names Meridian News" in render_terminal(made_account(), PLAIN, (made_report(),))


def test_different_names_for_one_person_are_shown_and_equal_ones_are_not():
    account = made_account()
    text = render_terminal(account, PLAIN)
    assert "Olsa (B 1) / Olša (A 1)" in text
    naming = tuple(replace(n, forms={article: {"Olša": 1} for article in n.forms}) for n in account.framing.naming)
    same = replace(account, framing=replace(account.framing, naming=naming))
    assert "NAMING" not in render_terminal(same, PLAIN)


def test_only_so_many_lines_a_section_unless_all_are_wanted():
    account = made_account()
    many = replace(account, notes=tuple(Note("n", f"note {n}") for n in range(30)))
    assert "+ 25 more" in render_terminal(many, PLAIN)
    whole = render_terminal(many, PLAIN, whole=True)
    assert "note 29" in whole
    assert "--all" not in whole


def test_without_a_common_event_that_comes_before_the_articles():
    account = replace(made_account(), notes=(Note("no_common_event", "shared: none; A: bridge; C: goats"),))
    assert "NO COMMON EVENT  shared: none" in render_terminal(account, PLAIN).split("\n\n")[0]


def test_colour_only_when_asked_for():
    assert "\x1b[" in render_terminal(made_account(), Look(80, colour=True))
    assert "\x1b" not in render_terminal(made_account(), PLAIN)


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(width):
    for account in (made_account(), evil_account("漢字の名前" * 20), evil_account("x" * 300)):
        assert all(cells(line) <= width for line in render_terminal(account, Look(width)).splitlines())


@pytest.mark.parametrize("words", EVIL)
def test_nothing_of_a_text_steers_the_terminal(words):
    text = render_terminal(evil_account(words), PLAIN, whole=True)
    assert not [c for c in text.replace("\n", "") if not c.isprintable() and c not in "\u2068\u2069"]


@pytest.mark.parametrize("words", [*EVIL, "Łódź → 5 km²"])
def test_plain_is_ascii(words):
    assert render_terminal(evil_account(words), Look(80, ascii=True), whole=True).isascii()


def test_an_account_of_nothing_is_still_printed():
    nothing = Account(
        articles=(),
        people=(),
        statements=(),
        figures=(),
        conflicts=(),
        lineage=Lineage(reports=0, independent_reports=0),
    )
    assert "0 reports" in render_terminal(nothing, PLAIN)


def test_an_account_saved_without_texts_shows_offsets_in_place_of_words():
    account = made_account()
    bare = replace(account, articles=tuple(replace(a, text=None) for a in account.articles))
    text = render_terminal(bare, PLAIN)
    assert "[characters 161 to 221]" in text
    assert "about 12,000 cars" in text


def test_every_report_stands_under_the_origin_of_its_text():
    """A lone agency text is no own report, and still has a line."""
    found = story_account()
    lineage = replace(found.lineage, origins=tuple(replace(o, kind="wire_copy") for o in found.lineage.origins))
    shown = render_terminal(replace(found, lineage=lineage), Look(100)).split("INDEPENDENT?", 1)[1]
    shown = shown.split("CONFLICT", 1)[0]
    listed = {letter for line in shown.splitlines() if "agency text" in line for letter in line.split("one")[0].split()}
    assert {"A", "B", "C", "D"} <= listed
    assert " 0% in common" not in shown
