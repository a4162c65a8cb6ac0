"""The language of a text, offline."""

import pytest

from twosource.clean.language import tell_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The mayor of Varnholm said on Tuesday that the bridge would stay closed until spring.", "en"),
        ("Borgermesteren sagde tirsdag, at broen forbliver lukket indtil foråret på grund af revner.", "da"),
        ("Die Bürgermeisterin sagte am Dienstag, die Brücke bleibe bis zum Frühjahr geschlossen.", "de"),
        ("Мэр города заявила во вторник, что мост останется закрытым до весны из-за трещин в опорах.", "ru"),
    ],
)
def test_a_sentence_is_enough(text, code):
    assert tell_language(text) == code


@pytest.mark.parametrize("text", ["", " \n", "Ines Caldera", "1,234 5,678", "\ud800" * 100, "...\n" * 1000])
def test_names_numbers_and_nothing_have_no_language(text):
    assert tell_language(text) is None


def test_long_lines_decide_over_short_furniture():
    menu = "\n".join(["Startseite", "Nachrichten", "Wetter", "Anmelden", "Suche"] * 4)
    report = "The mayor said on Tuesday that the bridge would stay closed until spring. " * 30
    assert tell_language(f"{menu}\n{report}") == "en"
