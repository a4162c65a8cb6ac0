"""What becomes of the rules' findings and the tagger's: marks and layout are never lost, both are told once."""

import pytest

from tests.extract.reading import WEDNESDAY, body_blocks
from tests.written import lines, place
from twosource.article import Article
from twosource.extract.quotations import find_quotations
from twosource.extract.sentences import parsing
from twosource.extract.tagger.tagging import Tagged, load_tagger
from twosource.extract.times import find_times
from twosource.lang import ENGLISH


class Given:
    """A tagger that finds what it was given, each finding in the paragraph where it stands."""

    def __init__(self, *found):
        self.found = found

    def tag(self, marked):
        return tuple(tuple(t for t in self.found if m.paragraph.span.covers(t.cue or t.content[0])) for m in marked)


SILENT = Given()


def read(text, tagger=None, *, headline=False):
    """The quotations of a text whose lines are paragraphs; by the shipped tagger if none is given."""
    article = Article(id="a", text=text, published=WEDNESDAY)
    with parsing(article, lines(text) if headline else body_blocks(text), ENGLISH) as parsed:
        times = find_times(article, parsed.paragraphs, ENGLISH)
        tagger = tagger or load_tagger(ENGLISH).tagger
        return find_quotations(article, parsed.paragraphs, times, ENGLISH, tagger)


def words(text, quotation):
    return tuple(
        " // ".join(s.of(text) for s in spans) for spans in (quotation.source, quotation.cue, quotation.content)
    )


def told(text, tagger=None, **how):
    """Source, cue and content of each quotation, in words."""
    return [words(text, q) for q in read(text, tagger, **how)]


def tag(text, source, cue, *content, certainty=0.9):
    """A finding by its words in ``text``."""
    return Tagged(
        place(text, source) if source else None,
        place(text, cue) if cue else None,
        tuple(place(text, c) for c in content),
        certainty,
    )


SPOKEN = [
    '"Nobody sails in that," harbour master Mary Hollis said.',
    "“Nobody sails in that,” said Mary Hollis. “We found rust as deep as my thumb.”",
    'Hollis told reporters: "Nobody sails in that. Nobody."',
    "'Nobody sails in that,' Hollis said.",
]


@pytest.mark.parametrize("text", SPOKEN)
@pytest.mark.parametrize("tagger", [SILENT, None], ids=["silent", "shipped"])
def test_words_in_marks_are_never_lost(text, tagger):
    (found,) = (q for q in read(text, tagger) if q.source and q.mode == "direct")
    assert "Hollis" in words(text, found)[0]
    assert all(word in words(text, found)[2] for word in ("Nobody", "sails", "that"))


def test_without_a_finding_only_sure_rules_stay():
    sure, unsure = "Hollis said that the ferry was rotten.", "Hollis's fear that the ferry was rotten grew."
    assert told(sure, SILENT) == [("Hollis", "said", "the ferry was rotten")]
    assert told(unsure, SILENT) == []


def test_the_tagger_says_where_the_parts_begin_and_end():
    text = "Harbour master Mary Hollis said on Monday the ferry was rotten, and left."
    found = Given(tag(text, "Harbour master Mary Hollis", "said", "the ferry was rotten"))
    ((source, cue, content),) = told(text, found)
    assert (source, cue, content) == ("Harbour master Mary Hollis", "said", "the ferry was rotten")


def test_of_both_there_is_one_with_what_each_knows():
    text = "Hollis told the Varn Gazette that the ferry was rotten."
    (found,) = read(text, Given(tag(text, "Hollis", "told", "that the ferry was rotten", certainty=0.83)))
    assert found.features["tagger"] == 0.83
    assert found.rule != "tagged"
    assert found.told_to is not None
    assert found.told_to.span.of(text) == "the Varn Gazette"


def test_what_the_tagger_alone_found_needs_to_be_likely():
    text = "The ferry, in the eyes of Hollis, was a rotten tub."
    for certainty, count in ((0.9, 1), (0.41, 1), (0.2, 0)):
        found = read(text, Given(tag(text, "Hollis", "in the eyes of", "a rotten tub", certainty=certainty)))
        assert [q.rule for q in found] == ["tagged"] * count


def test_a_finding_without_words_is_none():
    text = "Hollis said: -- . The ferry was rotten."
    assert read(text, Given(tag(text, "Hollis", "said", "-- ."))) == read(text, SILENT)
    assert read(text, Given(Tagged(place(text, "Hollis"), place(text, "said"), (), 0.9))) == read(text, SILENT)


HEADLINES = [
    ("Hollis: Ferry will not sail again", ("Hollis", "", "Ferry will not sail again")),
    ("‘Never inspected’: port chief on ferry", ("port chief on ferry", "", "‘Never inspected’")),
]


@pytest.mark.parametrize(("headline", "parts"), HEADLINES)
@pytest.mark.parametrize("tagger", [SILENT, None], ids=["silent", "shipped"])
def test_a_headline_keeps_the_parts_its_layout_gives(headline, parts, tagger):
    assert parts in told(headline + "\nThe ferry stayed in port on Monday.", tagger, headline=True)


def test_a_finding_does_not_move_the_parts_of_a_headline():
    text = "Hollis: Ferry will not sail again\nThe ferry stayed in port on Monday."
    found = read(text, Given(tag(text, None, None, "Ferry will not sail")), headline=True)
    assert [words(text, q) for q in found] == [("Hollis", "", "Ferry will not sail again")]
    assert "tagger" in found[0].features


POST = "Rust as deep as my thumb. Nobody told us, ever — Mary Hollis (@hollis_harbour) February 10, 2025"


@pytest.mark.parametrize("tagger", [SILENT, None], ids=["silent", "shipped"])
def test_a_post_keeps_its_words_and_its_signer(tagger):
    assert ("Mary Hollis", "", "Rust as deep as my thumb. Nobody told us, ever") in told(POST, tagger)


def test_a_statement_relayed_within_another_is_a_quotation_of_its_own():
    text = "The Gazette reports that Mary Hollis said the ferry would not sail before Friday."
    assert told(text) == [
        ("The Gazette", "reports", "that Mary Hollis said the ferry would not sail before Friday"),
        ("Mary Hollis", "said", "the ferry would not sail before Friday"),
    ]


def test_a_claim_that_others_condemn_is_the_claimants_too():
    text = "Senators condemned Hollis's claim that the ferry had never been inspected."
    assert told(text) == [
        ("Senators", "condemned", "Hollis's claim that the ferry had never been inspected"),
        ("Hollis", "claim", "the ferry had never been inspected"),
    ]


@pytest.mark.parametrize("that", ["", "that "])
def test_what_a_speaker_adds_is_a_second_statement(that):
    text = f"Hollis said {that}the ferry was rotten, adding that the port had known since March."
    assert told(text) == [
        ("Hollis", "said", f"{that}the ferry was rotten"),
        ("Hollis", "adding", "that the port had known since March"),
    ]


def test_what_is_added_stays_a_second_statement_where_the_tagger_takes_both_for_one():
    text = "Hollis said the ferry was rotten, adding that the port had known since March."
    whole = tag(text, "Hollis", "said", "the ferry was rotten, adding that the port had known since March")
    assert [cue for _, cue, _ in told(text, Given(whole))] == ["said", "adding"]


LOOSE = """“The ferry is not safe,” said Mary Hollis, who runs the port.
“Nobody answered our letters. Not one.”
The port office has 40 staff."""


@pytest.mark.parametrize(
    "tagger",
    [SILENT, None, Given(tag(LOOSE, None, None, "“Nobody answered our letters. Not one.”"))],
    ids=["silent", "shipped", "unattributed"],
)
def test_loose_sentences_in_marks_go_to_the_speaker_before(tagger):
    first, second = read(LOOSE, tagger)
    assert words(LOOSE, second) == ("", "", "“Nobody answered our letters. Not one.”")
    assert second.features["carried_from"] == first.id
    assert "carried_from" not in first.features


def test_no_two_quotations_have_the_same_parts():
    text = "\n".join((*SPOKEN, LOOSE, POST))
    found = told(text)
    assert len({q.id for q in read(text)}) == len(found)
    assert [q.content[0].start for q in read(text)] == sorted(q.content[0].start for q in read(text))
