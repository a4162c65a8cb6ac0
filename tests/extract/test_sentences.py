"""Paragraphs: only what is told is parsed, token places are article places, and nothing is too long or too odd."""

import pytest

from twosource.article import Article, Block
from twosource.extract.sentences import MAX_PARAGRAPH, MAX_PARSED, parsing
from twosource.lang import ENGLISH, Language

NO_MODEL = Language("en", ("a_model_that_nobody_has",))


def told(text, blocks=None, lang=ENGLISH):
    """Return what was parsed, as (start, text) pairs, the model and the notes."""
    article = Article(id="x", text=text)
    with parsing(article, blocks or (Block("body", 0, len(text)),), lang) as parsed:
        return [(p.start, p.doc.text) for p in parsed.paragraphs], parsed.model, [n.code for n in parsed.notes]


def test_captions_and_furniture_are_not_parsed():
    blocks = (Block("headline", 0, 4), Block("caption", 5, 8), Block("body", 9, 13), Block("boilerplate", 14, 17))
    paragraphs, _, _ = told("Head Cap Body Foo", blocks)
    assert [t for _, t in paragraphs] == ["Head", "Body"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("LISAVA, Torvania (NPA) – Two people died.", "Two people died."),
        ("OLD HARBOUR — The quay is shut.", "The quay is shut."),
        ("(NPA) - He left.", "He left."),
        ("PORT ELSA, Oct 15 (Northern Press) -- It burns.", "It burns."),
        ("Torvania – the smaller half – voted.", "Torvania – the smaller half – voted."),
        ("She left - again.", "She left - again."),
    ],
)
def test_a_dateline_is_no_part_of_what_is_told(text, rest):
    [(start, parsed)], _, _ = told(text)
    assert text[start:] == rest
    assert len(parsed) == len(rest)


def test_a_place_in_capitals_later_in_the_text_is_no_dateline_without_an_agency():
    text = "One.\nTwo.\nUNION – it means a lot here."
    blocks = (Block("body", 0, 4), Block("body", 5, 9), Block("body", 10, len(text)))
    assert told(text, blocks)[0][2] == (10, text[10:].replace("–", "-"))


def test_tokens_stand_at_their_place_in_the_article_whatever_marks_and_spaces_it_uses():
    text = "“It’s\u00a0over,” Ilse Tamm said – twice."
    article = Article(id="x", text=text)
    with parsing(article, (Block("body", 0, len(text)),), ENGLISH) as parsed:
        [paragraph] = parsed.paragraphs
        names = [paragraph.place(t).of(text) for t in paragraph.doc if t.text in ("Ilse", "Tamm", "over")]
        assert names == ["over", "Ilse", "Tamm"]
        assert paragraph.place_of(paragraph.doc[:]) == paragraph.span
        assert [t.text for t in paragraph.tokens(paragraph.place(paragraph.doc[4]))] == [paragraph.doc[4].text]


def test_without_a_parse_model_there_are_sentences_and_a_note():
    text = "One came. Two went."
    article = Article(id="x", text=text)
    with parsing(article, (Block("body", 0, len(text)),), NO_MODEL) as parsed:
        assert parsed.model is None
        assert [n.code for n in parsed.notes] == ["no_parse_model"]
        assert not parsed.paragraphs[0].parsed
        assert len(list(parsed.paragraphs[0].doc.sents)) == 2


def test_a_very_long_paragraph_is_parsed_in_pieces_cut_at_white_space():
    text = "word " * MAX_PARAGRAPH
    paragraphs, _, notes = told(text, lang=NO_MODEL)
    assert len(paragraphs) > 4
    assert all(len(t) <= MAX_PARAGRAPH for _, t in paragraphs)
    assert "".join(t for _, t in paragraphs) == text
    assert all(t.strip().startswith("word") for _, t in paragraphs)
    assert notes == ["no_parse_model"]


def test_a_long_run_without_a_space_is_left_out_with_a_note_and_the_rest_is_read():
    run = "“" * 100_000
    paragraphs, _, notes = told(f"Before. {run} After.", lang=NO_MODEL)
    assert [t for _, t in paragraphs] == ["Before. ", " After."]
    assert notes == ["unbroken_run", "no_parse_model"]


def test_what_is_too_long_to_parse_is_said_and_the_rest_is_read():
    text = "word " * (MAX_PARSED // 5) + "\nMore than that."
    blocks = (Block("body", 0, MAX_PARSED - 1), Block("body", MAX_PARSED + 1, len(text)))
    paragraphs, _, notes = told(text, blocks, NO_MODEL)
    assert sum(len(t) for _, t in paragraphs) == MAX_PARSED
    assert paragraphs[-1] == (MAX_PARSED + 1, "M")
    assert notes == ["too_long", "no_parse_model"]
