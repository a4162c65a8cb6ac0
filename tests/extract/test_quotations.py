"""What is attributed to whom: content, cue and source, in sentences as news writes them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.reading import NO_MODEL, WEDNESDAY, body_blocks
from tests.growth import grows_linearly
from twosource.article import Article, Block
from twosource.extract.quotations import find_quotations
from twosource.extract.sentences import parsing
from twosource.extract.times import find_times
from twosource.lang import ENGLISH


def read(text, lang=ENGLISH, headline=False):
    """The quotations of a text whose lines are paragraphs, the first one a headline if asked."""
    article = Article(id="a", text=text, published=WEDNESDAY)
    blocks = body_blocks(text)
    if headline:
        blocks = (Block("headline", blocks[0].start, blocks[0].end), *blocks[1:])
    with parsing(article, blocks, lang) as parsed:
        times = find_times(article, parsed.paragraphs, lang)
        return find_quotations(article, parsed.paragraphs, times, lang)


def told(text, **more):
    """Source, cue and content of each quotation, in words."""
    words = lambda spans: " // ".join(s.of(text) for s in spans)  # noqa: E731
    return [(words(q.source), words(q.cue), words(q.content)) for q in read(text, **more)]


def one(text, **more):
    """The quotation with the longest content."""
    return max(read(text, **more), key=lambda q: sum(s.width for s in q.content))


DIRECT = [
    ('"The mill is closed for good," said Greta Holm.', "Greta Holm", "said", '"The mill is closed for good,"'),
    ("“The mill is closed for good,” Holm said.", "Holm", "said", "“The mill is closed for good,”"),
    ('Holm said: "The mill is closed for good."', "Holm", "said", '"The mill is closed for good."'),
    ('Holm told workers, "The mill is closed for good."', "Holm", "told", '"The mill is closed for good."'),
    ("'The mill is closed for good,' Holm said.", "Holm", "said", "'The mill is closed for good,'"),
    ('"The mill is closed for good," summed up Holm.', "Holm", "summed up", '"The mill is closed for good,"'),
    ("The mill 'gone for good', says the owner", "the owner", "says", "The mill 'gone for good'"),
    ('Added Holm: "The mill is closed for good."', "Holm", "Added", '"The mill is closed for good."'),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), DIRECT)
def test_a_quotation_beside_its_cue(text, source, cue, content):
    assert (source, cue, content) in told(text)
    assert one(text).mode == ("mixed" if content[0].isalpha() else "direct")


def test_an_interrupted_quotation_is_one_with_two_pieces():
    text = '"The mill," Holm said, "is closed for good."'
    assert told(text) == [("Holm", "said", '"The mill," // "is closed for good."')]


def test_the_next_sentence_in_marks_belongs_to_the_same_quotation():
    text = '"We tried everything," Holm told reporters at the gate. "Nobody wanted the mill." A guard nodded.'
    (found,) = read(text)
    assert [s.of(text) for s in found.content] == ['"We tried everything,"', '"Nobody wanted the mill."']
    assert found.told_to.name == "reporters"


def test_a_quotation_over_paragraphs_follows_its_speaker():
    text = 'Holm said: "We tried everything.\n"Nobody wanted the mill.\n"So it is closed," she added.'
    first, second, third = read(text)
    assert second.content[0].of(text) == '"Nobody wanted the mill.'
    assert (second.cue, second.source, second.rule) == ((), (), "direct.carried")
    assert second.features["carried_from"] == first.id
    assert third.source[0].of(text) == "she"


def test_paragraphs_inside_an_open_quotation_need_no_opening_mark():
    text = "Holm wrote: “We tried everything.\nNobody wanted the mill.\nIt is closed now.” Then she left."
    contents = [q.content[0].of(text) for q in read(text)]
    assert contents == ["“We tried everything.", "Nobody wanted the mill.", "It is closed now.”"]


def test_a_cue_and_a_colon_give_the_next_paragraph_its_speaker():
    text = 'Later Holm added:\n"The mill is closed for good."'
    assert told(text) == [("Holm", "added", '"The mill is closed for good."')]


def test_a_quotation_without_any_cue_is_not_lost():
    text = '"The mill is closed for good, and nobody asked us."'
    (found,) = read(text)
    assert (found.source, found.rule) == ((), "direct.alone")


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "ghost mill" stands by the river.',
        'Visitors queue for the "Night of Lamps" every June.',
        "The mill stands by the river.",
        "Nobody lives there.",
    ],
)
def test_words_held_at_arms_length_are_no_quotation(text):
    assert told(text) == []


CLAUSES = [
    ("Holm said the mill was closed for good.", "Holm", "said", "the mill was closed for good"),
    ("The mill was closed for good, the owners said.", "the owners", "said", "The mill was closed for good"),
    ("The mill, Holm said, was closed for good.", "Holm", "said", "The mill // was closed for good"),
    ("As Holm noted, the mill was closed for good.", "Holm", "noted", "the mill was closed for good"),
    ("According to the owners, the mill was closed.", "the owners", "According to", "the mill was closed"),
    ("The mill was closed, according to Greta Holm.", "Greta Holm", "according to", "The mill was closed"),
    ("Holm is confident that the mill can be sold.", "Holm", "is confident", "the mill can be sold"),
    ("Officials who said that the mill was sold have left.", "Officials", "said", "the mill was sold"),
    ("Holm did not say whether the mill was sold.", "Holm", "did not say", "whether the mill was sold"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), CLAUSES)
def test_a_reported_clause_without_its_complementiser(text, source, cue, content):
    assert (source, cue, content) in told(text)


def test_a_clause_with_quoted_words_is_mixed():
    text = 'Holm said on Monday that the offer was "an insult to the town" and would be refused.'
    found = one(text)
    assert found.mode == "mixed"
    assert found.content[0].of(text) == 'the offer was "an insult to the town" and would be refused'
    assert (found.said.start, found.said.end) == ("2025-02-10", "2025-02-10")


def test_a_participle_after_a_comma_opens_a_report_of_the_same_source():
    text = 'Holm told reporters the sale was "impossible," adding that nobody had made an offer.'
    assert told(text) == [
        ("Holm", "told", 'the sale was "impossible,"'),
        ("Holm", "adding", "nobody had made an offer"),
    ]


def test_another_report_ends_the_first():
    text = "Holm said the mill was sold, while the union said that it was not."
    assert [(s, c) for s, _, c in told(text)] == [("Holm", "the mill was sold"), ("the union", "it was not")]


ACTS = [
    ("The ministry rejected the offer on Friday.", "The ministry", "the offer"),
    ("Holm denied selling the mill.", "Holm", "selling the mill"),
    ("The total has been estimated at $65 million.", "", "The total // at $65 million"),
    ("Brandt was quoted by the Post as saying the mill was sold.", "Brandt", "the mill was sold"),
    ("Holm vowed to fight the closure in court.", "Holm", "to fight the closure in court"),
    ("Holm railed against the new harbour tax.", "Holm", "the new harbour tax"),
    ("The mayor accused the owners of hiding the debts.", "The mayor", "the owners of hiding the debts"),
    ('Critics called the plan a "fairy tale".', "Critics", 'the plan a "fairy tale"'),
    ("Holm urged voters to reject the plan.", "Holm", "to reject the plan"),
    ("Holm's claim that the mill was sold is false.", "Holm", "the mill was sold"),
]


@pytest.mark.parametrize(("text", "source", "content"), ACTS)
def test_speech_acts_and_nouns_have_contents_too(text, source, content):
    assert (source, content) in [(s, c) for s, _, c in told(text)]


def test_reports_within_reports_are_told_apart():
    text = "Holm said the ministry rejected all offers for the mill."
    found = told(text)
    assert ("Holm", "said", "the ministry rejected all offers for the mill") in found
    assert ("the ministry", "rejected", "all offers for the mill") in found


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Holm: no sale of the mill this year", "Holm", "no sale of the mill this year"),
        ("No sale of the mill this year: ministry", "ministry", "No sale of the mill this year"),
    ],
)
def test_headlines_with_a_colon(text, source, content):
    assert (source, "", content) in told(text, headline=True)


def test_thoughts_are_kept_apart_from_words():
    acts = {q.act for q in read("Holm believes that the mill can be saved.")}
    assert acts == {"thought"}


def test_who_was_asked_did_not_say_the_question():
    text = "Asked whether the mill was sold, Holm said she could not comment."
    assert told(text) == [("Holm", "said", "she could not comment")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Holm told the Harbour Herald that the mill was sold.", "the Harbour Herald"),
        ("In an interview with Radio North, Holm said the mill was sold.", "Radio North"),
        ("Holm suggested to Mr Brandt that the mill should be sold.", "Mr Brandt"),
        ("Holm said the mill was sold.", None),
        ("Holm wrote on Twitter that the mill was sold.", "Twitter"),
    ],
)
def test_whom_it_was_told_to(text, name):
    found = one(text)
    assert (found.told_to.name if found.told_to else None) == name
    assert found.told_to is None or found.told_to.span.of(text) == name


def test_posts_set_into_the_text_are_quotations_of_their_signer():
    text = "The mill will be rebuilt, stone by stone. https://t.co/x1 — Greta Holm (@gretaholm) March 3, 2024"
    (found,) = read(text)
    assert found.source[0].of(text) == "Greta Holm"
    assert found.content[0].of(text) == "The mill will be rebuilt, stone by stone."
    assert found.mode == "direct"


def test_turns_of_a_transcript():
    assert ("HOLM", "", "We never wanted to sell it") in told("HOLM: We never wanted to sell it.")


NO_PARSE = [
    *DIRECT[:4],
    ("According to the owners, the mill was closed.", "the owners", "According to", "the mill was closed"),
    ("Holm said that the mill was closed.", "Holm", "said", "the mill was closed"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), NO_PARSE)
def test_without_a_parse_the_plain_forms_are_still_found(text, source, cue, content):
    assert (source, cue, content) in told(text, lang=NO_MODEL)


def test_ids_are_the_same_twice_and_differ_within_an_article():
    text = 'Holm said the mill was sold. "It is gone," she said. Holm said the mill was sold.'
    first, second = read(text), read(text)
    assert [q.id for q in first] == [q.id for q in second]
    assert len({q.id for q in first}) == len(first) == 3


def test_contents_come_in_order_of_place():
    text = 'Holm vowed to go. "Now," she said. According to Brandt, she stayed.\nHolm denied that.'
    starts = [q.content[0].start for q in read(text)]
    assert starts == sorted(starts)


WORDS = ["Holm", "said", "says", "that", "told", "reporters", "according", "to", "the", "mill", "was", "sold", "and"]
MARKS = [
    "adding",
    "who",
    "she",
    "claim",
    "U.S.",
    "\n",
    '"',
    "“",
    "”",
    "‘",
    "’",
    "'",
    ",",
    ".",
    ":",
    ";",
    "-",
    "—",
    "?",
    "(@x)",
]
PIECES = st.sampled_from([*WORDS, *MARKS])


def test_a_verb_is_never_its_own_source():
    assert all(span.start < span.end for q in read('Holm " " adding said said') for span in q.source)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_spans_inside_one_line(text):
    for quotation in read(text):
        assert quotation.content
        for span in (*quotation.content, *quotation.cue, *quotation.source):
            assert 0 <= span.start < span.end <= len(text)
            assert "\n" not in span.of(text)
        assert 0 <= quotation.score <= 1


@pytest.mark.parametrize(
    "piece", ['said "a b c," ', "according to ", "a — b (@c) ", "“He will go.\n", "said that and ", "posted “a b c” "]
)
def test_long_repetitions_take_linear_time(piece):
    assert grows_linearly(lambda n: read(piece * n, lang=NO_MODEL), 200, 1600)


def test_the_day_of_saying_is_not_a_day_in_what_was_said_or_about_the_speaker():
    text = "Brandt, who has led the party since May, told deputies on Tuesday he would resign in June."
    found = one(text)
    assert (found.said.start, found.said.end) == ("2025-02-11", "2025-02-11")
    assert one("Holm said the mill was sold on Monday.").said is None


NOBODY_SPEAKS = [
    "Snow continues to fall across the northern valleys.",
    "The river continues to rise and the mill continued to burn.",
    "The storm threatens to knock out power in the valley.",
    "She posted a clip of her cousin smiling at the gate.",
    "Holm tweeted photos of herself at the mill.",
    "Holm shared a series of pictures from the lake.",
    "He did not answer when asked whether he would resign.",
]


@pytest.mark.parametrize("text", NOBODY_SPEAKS)
def test_what_goes_on_and_what_is_shown_is_no_statement(text):
    assert told(text) == []


def test_people_and_bodies_promise_what_things_cannot():
    assert ("The union", "threatened", "to stop the trains") in told("The union threatened to stop the trains.")
    assert ("Workers", "threatened", "to stop the trains") in told("Workers threatened to stop the trains.")
    assert told("The drought threatened to stop the trains.") == []


def test_continue_is_a_cue_next_to_a_quotation():
    assert told('"Nobody wanted the mill," Holm continued.') == [("Holm", "continued", '"Nobody wanted the mill,"')]


CAPTIONS = [
    "Holm captioned the video with: 'Be glad of every day you get.'",
    "Holm captioned the picture 'Be glad of every day you get.'",
    "Holm wrote in the caption: 'Be glad of every day you get.'",
    "Holm posted the clip with the caption 'Be glad of every day you get.'",
]


@pytest.mark.parametrize("text", CAPTIONS)
def test_a_caption_is_a_direct_quotation(text):
    (found,) = read(text)
    assert (found.source[0].of(text), found.mode) == ("Holm", "direct")
    assert found.content[0].of(text) == "'Be glad of every day you get.'"


TOPICS = [
    "Footbridge disaster: what we know",
    "Lisava leak: three still missing",
    "Mill fire: residents flee as smoke fills the valley",
    "Union leader Holm: how she closed the mill",
    "Strike at the mill: live updates",
    "Explained: how the mill had to close",
]


@pytest.mark.parametrize("text", TOPICS)
def test_a_headline_with_a_topic_beside_its_colon_has_no_speaker(text):
    assert told(text, headline=True) == []


@pytest.mark.parametrize("source", ["Union leader", "Police", "Minister Greta Holm"])
def test_a_role_or_body_beside_a_headlines_colon_speaks(source):
    assert told(f"{source}: mill must close this year", headline=True) == [(source, "", "mill must close this year")]
    assert told(f"Mill must close this year: {source.lower()}", headline=True)[0][2] == "Mill must close this year"


def test_the_question_somebody_was_asked_is_not_what_he_said():
    text = "Asked by Radio Torvan whether he would resign, he said: “Not today.”"
    assert told(text) == [("he", "said", "“Not today.”")]
    assert "Asked if the mill would close" not in [
        c for _, _, c in told("Asked if the mill would close, Holm declined to comment.")
    ]


def test_words_quoted_in_a_reported_clause_are_told_once():
    text = "Holm said her crews had found “a valve with no handle” and had closed it by hand."
    (found,) = read(text)
    assert (found.mode, found.source[0].of(text)) == ("mixed", "Holm")
    assert found.content[0].of(text).endswith("closed it by hand")


def test_somebody_elses_words_in_a_reported_clause_are_kept_apart():
    text = 'Holm said the guard had told her "nobody closed the valve".'
    assert ("the guard", "had told", '"nobody closed the valve"') in told(text)


def test_a_second_verb_in_the_tense_of_a_report_goes_on_with_it():
    text = "Holm said it was “deeply sad” and would say nothing more while the inquiry lasted."
    assert told(text) == [("Holm", "said", "it was “deeply sad” and would say nothing more while the inquiry lasted")]


def test_who_is_quoted_as_saying_something_says_it_once():
    text = "In the Lantern he was quoted as saying that the mill might be moved."
    assert told(text) == [("he", "saying", "the mill might be moved")]


def test_a_heading_in_quotation_marks_has_no_source_and_follows_nobody():
    text = "“We lost everything,” Holm wrote.\n‘Like a white wall’\nFisher Tarb said the cloud was “like a white wall”."
    article = Article(id="a", text=text, published=WEDNESDAY)
    first, heading, last = body_blocks(text)
    with parsing(article, (first, Block("heading", heading.start, heading.end), last), ENGLISH) as parsed:
        found = find_quotations(article, parsed.paragraphs, (), ENGLISH)
    assert [[s.of(text) for s in q.source] for q in found] == [["Holm"], [], ["Fisher Tarb"]]
    assert "carried_from" not in found[1].features
