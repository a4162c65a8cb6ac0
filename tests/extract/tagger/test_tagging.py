"""The tagger: which model files it takes, and what it may find wherever a paragraph stands."""

import hashlib
import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.reading import NO_MODEL, body_blocks
from twosource.article import Article
from twosource.extract.marked import mark_all
from twosource.extract.sentences import parsing
from twosource.extract.tagger.tagging import load_tagger, tagger_in
from twosource.lang import ENGLISH

SHIPPED = Path(str(files("twosource.lang.en"))) / "tagger"
FERRY = """The ferry has not sailed since Monday, harbour master Mary Hollis said.
"We found rust as deep as my thumb," she told reporters. "Nobody sails in that."
The council denied that it had been warned. According to the owner, repairs will take until May.
"""
SCHOOL = """Teachers at the Varn school complain that nobody asked them.
The head, Oskar Lund, insisted the plan had been "sent to each of them in March".
"""


@pytest.fixture(scope="module")
def tagger():
    loaded = load_tagger(ENGLISH)
    assert loaded.tagger is not None, loaded.notes
    return loaded.tagger


@pytest.fixture
def folder(tmp_path):
    """A folder with the parts of a model, small and false, but with a card that names them rightly."""
    (tmp_path / "tagger.onnx").write_bytes(b"no network")
    (tmp_path / "vocab.txt").write_text("[UNK]\n[CLS]\n[SEP]\nferry\n")
    card = {"name": "toy", "version": "0", "sha256": hashlib.sha256(b"no network").hexdigest(), "steps": [[0.0]]}
    (tmp_path / "card.json").write_text(json.dumps(card))
    return tmp_path


def tagged(tagger, text, lang=ENGLISH):
    """What is tagged in each paragraph of ``text``, and where the paragraphs stand."""
    article = Article(id="a", text=text)
    with parsing(article, body_blocks(text), lang) as parsed:
        return tagger.tag(mark_all(article, parsed.paragraphs)), [p.span for p in parsed.paragraphs]


def refused(folder):
    """The message with which the folder's model is refused."""
    loaded = tagger_in(folder, ENGLISH)
    assert loaded.tagger is None
    assert [note.code for note in loaded.notes] == ["no_tagger"]
    return loaded.notes[0].message


def test_the_shipped_model_loads_without_a_note():
    loaded = load_tagger(ENGLISH)
    assert loaded.tagger is not None
    assert loaded.notes == ()
    assert load_tagger(ENGLISH) is loaded


def test_a_copy_of_the_shipped_folder_finds_the_same(tmp_path, tagger):
    copy = tagger_in(shutil.copytree(SHIPPED, tmp_path / "copy"), ENGLISH).tagger
    assert copy is not None
    assert tagged(copy, FERRY) == tagged(tagger, FERRY)


def test_each_word_of_the_vocabulary_has_the_number_of_its_line():
    words = (SHIPPED / "vocab.txt").read_text(encoding="utf-8")
    assert words.splitlines() == words.rstrip("\n").split("\n")


def test_a_model_that_is_not_the_one_on_the_card_is_refused(folder):
    (folder / "tagger.onnx").write_bytes(b"another network")
    assert "not the one its card names" in refused(folder)


@pytest.mark.parametrize("name", ["tagger.onnx", "card.json", "vocab.txt"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert name in refused(folder)


def test_a_folder_that_is_not_there_is_no_fault(tmp_path):
    assert "FileNotFoundError" in refused(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "card", [b"", b"{", b"[]", b"{}", b'{"name": "\xff"}', b'{"name": "toy", "version": 1, "sha256": "", "steps": []}']
)
def test_a_broken_card_is_refused(folder, card):
    (folder / "card.json").write_bytes(card)
    assert "rules alone" in refused(folder)


@pytest.mark.parametrize("words", [b"", b"ferry\n", b"[UNK]\n[CLS]\n[SEP]\n\xff\n"])
def test_a_broken_vocabulary_is_refused(folder, words):
    (folder / "vocab.txt").write_bytes(words)
    assert "rules alone" in refused(folder)


def test_tagging_twice_gives_the_same(tagger):
    assert tagged(tagger, FERRY) == tagged(tagger, FERRY)


def test_what_is_found_does_not_depend_on_articles_read_before(tagger):
    alone = tagged(tagger_in(SHIPPED, ENGLISH).tagger, FERRY)
    for other in (SCHOOL, "said " * 300, "“" * 200, SCHOOL * 12):
        tagged(tagger, other)
    assert tagged(tagger, FERRY) == alone


def test_speakers_cues_and_contents_are_found(tagger):
    found, _ = tagged(tagger, FERRY)
    words = lambda span: span.of(FERRY) if span else ""  # noqa: E731
    assert ("harbour master Mary Hollis", "said") in [(words(t.source), words(t.cue)) for t in found[0]]
    assert ("The council", "denied") in [(words(t.source), words(t.cue)) for t in found[2]]
    assert all(0 < t.certainty <= 1 for paragraph in found for t in paragraph)


def test_nothing_is_found_in_no_paragraphs(tagger):
    assert tagger.tag(()) == ()
    assert tagged(tagger, "\n \n")[0] == ()


def test_without_a_parse_it_still_tags(tagger):
    found, _ = tagged(tagger, FERRY, NO_MODEL)
    assert any(t.cue is not None and t.cue.of(FERRY) == "said" for t in found[0])


WORDS = ["said ", "Hollis ", "that ", "claims ", "according to ", "“", "” ", "\n", ". "]
ODD = st.text(" \n\t.,:;-()\"'“”‘’«»„aA\u0301\u0430\u4e2d\u200d\u202e\ud800\U0001f600\x00\x85\u2028", max_size=30)


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.sampled_from(WORDS) | ODD, max_size=16))
def test_every_span_stands_inside_its_paragraph(tagger, parts):
    found, places = tagged(tagger, "".join(parts))
    assert len(found) == len(places)
    for paragraph, place in zip(found, places, strict=True):
        for attribution in paragraph:
            spans = (*(s for s in (attribution.source, attribution.cue) if s), *attribution.content)
            assert spans
            assert all(place.covers(span) and span.width > 0 for span in spans)
