"""Framing: naming, cue tone and voice are counts of what stands in the reports."""

from dataclasses import replace

from tests.lineage.reports import report, said
from tests.written import place
from twosource.account import AccountPerson
from twosource.facts import Person
from twosource.framing import frame
from twosource.resolve.people import People

LEFT = (
    "Moor defends wheels\n"
    "Ida Moor claimed on Monday in Kiev that the wheels were round, and Moor insisted that they stay.\n"
    "“They are as round as they ever were,” the manager said.\n"
)
RIGHT = "Wheels stay\nManager I. Moor said in Kyiv that “they are round” and would stay.\nKyiv has one cable car.\n"


def quoted(text, words, cue, mode="indirect", speaker="Ida Moor", nth=0, act="said"):
    return replace(said(text, words, speaker, mode=mode), cue=(place(text, cue, nth),), act=act)


def reports(*more):
    left = report(
        "a",
        LEFT,
        quoted(LEFT, "the wheels were round", "claimed"),
        quoted(LEFT, "they stay", "insisted"),
        quoted(LEFT, "“They are as round as they ever were,”", "said", mode="direct"),
        *more,
    )
    right = report("b", RIGHT, quoted(RIGHT, "“they are round” and would stay", "said", mode="mixed"))
    return left, right


def named(one, name, *forms):
    """The report with its person renamed and mentioned at these places."""
    (person, *_) = one.people
    return replace(one, people=(Person(id=person.id, name=name, kind="person", mentions=tuple(forms)),))


def people(*found):
    made = AccountPerson(id="p-1", name="Ida Moor", kind="person")
    return People((made,), {(r.id, p.id): "p-1" for r in found for p in r.people})


def test_forms_are_counted_for_each_article():
    left, right = reports()
    left = named(
        left,
        "Ida Moor",
        place(LEFT, "Ida Moor"),
        place(LEFT, "Moor"),
        place(LEFT, "Moor", 2),
    )
    right = named(right, "I. Moor", place(RIGHT, "I. Moor"))
    naming = frame((left, right), people(left, right)).naming
    assert naming[0].person == "p-1"
    assert naming[0].forms == {"a": {"Ida Moor": 1, "Moor": 2}, "b": {"I. Moor": 1}}


def test_descriptions_stand_apart_behind_the_names():
    left, right = reports()
    left = named(left, "Ida Moor", place(LEFT, "Ida Moor"), place(LEFT, "the manager"))
    right = named(right, "I. Moor", place(RIGHT, "I. Moor"), place(RIGHT, "Manager"))
    naming = [n for n in frame((left, right), people(left, right)).naming if n.person == "p-1"]
    assert [n.forms for n in naming] == [
        {"a": {"Ida Moor": 1}, "b": {"I. Moor": 1}},
        {"a": {"the manager": 1}, "b": {"Manager": 1}},
    ]


def test_a_description_in_one_report_alone_is_nothing_to_compare():
    left, right = reports()
    left = named(left, "Ida Moor", place(LEFT, "Ida Moor"), place(LEFT, "the manager"))
    right = named(right, "I. Moor", place(RIGHT, "I. Moor"))
    naming = [n for n in frame((left, right), people(left, right)).naming if n.person == "p-1"]
    assert [n.forms for n in naming] == [{"a": {"Ida Moor": 1}, "b": {"I. Moor": 1}}]


def test_a_person_in_one_report_alone_has_no_naming_to_compare():
    left, right = reports()
    left = named(left, "Ida Moor", place(LEFT, "Ida Moor"))
    assert [n for n in frame((left, replace(right, people=())), people(left)).naming if n.person == "p-1"] == []


def test_spellings_of_a_place_are_naming_under_its_own_name():
    found = frame(reports(), People((), {})).naming
    assert [(n.person, n.forms) for n in found] == [("Kyiv", {"a": {"Kiev": 1}, "b": {"Kyiv": 2}})]


def test_a_place_with_one_spelling_is_no_naming():
    assert frame(reports()[1:], People((), {})).naming == ()


def test_cues_are_counted_in_their_base_form_with_their_tone():
    cues = frame(reports(), People((), {})).cues
    assert [(c.article, c.cue, c.tone, c.count) for c in cues] == [
        ("a", "claim", "doubting", 1),
        ("a", "insist", "emphatic", 1),
        ("a", "say", "neutral", 1),
        ("b", "say", "neutral", 1),
    ]


def test_a_cue_of_several_words_takes_the_tone_of_the_words_it_holds():
    text = "Wheels\nMoor lashed out at the critics. She was later quoted as grunting.\n"
    one = report("a", text, quoted(text, "the critics", "lashed out at"), quoted(text, "She", "grunting"))
    assert [(c.cue, c.tone) for c in frame((one,), People((), {})).cues] == [
        ("grunting", "neutral"),
        ("lash out", "negative"),
    ]


def test_thoughts_have_no_cue_tone_and_no_voice():
    text = "Wheels\nMoor hoped that it would end.\n"
    one = report("a", text, quoted(text, "it would end", "hoped", act="thought"))
    framing = frame((one,), people(one))
    assert (framing.cues, framing.voice) == ((), ())


def test_voice_counts_words_and_the_direct_ones_among_them():
    left, right = reports()
    voice = {v.article: v for v in frame((left, right), people(left, right)).voice}
    assert (voice["a"].words, voice["a"].direct_words, voice["a"].share) == (14, 8, 1.0)
    assert (voice["b"].words, voice["b"].direct_words) == (6, 3)


def test_a_word_counts_once_for_the_innermost_speaker():
    text = "Wheels\nMoor said that Hartl had called the wheels a disgrace to the valley.\n"
    outer = quoted(text, "Hartl had called the wheels a disgrace to the valley", "said")
    inner = quoted(text, "a disgrace to the valley", "called", speaker="Milo Hartl")
    one = report("a", text, outer, inner)
    both = People((), {("a", "p-Ida Moor"): "p-1", ("a", "p-Milo Hartl"): "p-2"})
    assert [(v.person, v.words, v.share) for v in frame((one,), both).voice] == [("p-1", 5, 0.5), ("p-2", 5, 0.5)]


def test_words_of_nobody_known_count_in_the_whole():
    left, _ = reports()
    left = replace(left, quotations=(*left.quotations[:2], replace(left.quotations[2], speaker=None)))
    (voice,) = frame((left,), people(left)).voice
    assert (voice.words, voice.share) == (6, round(6 / 14, 4))


def test_framing_is_the_same_for_the_same_reports():
    left, right = reports()
    assert frame((left, right), people(left, right)) == frame((left, right), people(left, right))


def test_people_stand_in_the_order_in_which_each_report_first_names_them():
    text = "Wheels stay\nBo Lind met Ida Moor, and Moor smiled.\n"
    one = report("a", text)
    ida = Person(id="p-i", name="Ida Moor", kind="person", mentions=(place(text, "Moor", 1), place(text, "Ida Moor")))
    bo = Person(id="p-b", name="Bo Lind", kind="person", mentions=(place(text, "Bo Lind"),))
    one = replace(one, people=(ida, bo))
    known = tuple(AccountPerson(id=p.id, name=p.name, kind="person") for p in (ida, bo))
    (order,) = frame((one,), People(known, {("a", "p-i"): "p-i", ("a", "p-b"): "p-b"})).first
    assert order.people == ("p-b", "p-i")
    assert [span.of(text) for span in order.spans] == ["Bo Lind", "Ida Moor"]
