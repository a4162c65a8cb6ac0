"""Who stands in a source's place and did not say it; every text is invented."""

import pytest

from twosource.article import Article
from twosource.pipeline import read


def said(text):
    """Source, cue and content of every attribution, with the speaker's name."""
    report = read(Article(id="a", text=text, published="2018-02-01"))
    names = {p.id: p.name for p in report.people}
    return [
        (
            " ".join(s.of(text) for s in q.source),
            " ".join(s.of(text) for s in q.cue),
            " ... ".join(s.of(text) for s in q.content),
            names.get(q.speaker),
        )
        for q in report.quotations
    ]


@pytest.mark.parametrize(
    "headline",
    [
        "Tom Brask Criticized for Dam Comments",
        "Senator Holm Slammed Over Flood Remarks",
        "Mayor Brandt blamed for bridge closure",
        "Apple Warned Over App Store Rules",
        "Holm Told to Apologize for Remarks",
        "Police criticised over handling of riot",
        "Minister praised for swift action on flood",
    ],
)
def test_whom_a_headline_is_about_says_nothing(headline):
    found = said(f"{headline}\n\nThe dam was shut on Monday. Farmers were angry with the town.")
    assert all(speaker is None for _, _, content, speaker in found if content in headline)


def test_a_headline_with_an_object_keeps_its_speaker():
    found = said(
        "Brask blasted bridge plan as 'waste of money'\n\nTom Brask, a councillor, blasted the plan on Monday."
    )
    assert found[0][3] == "Tom Brask"


def test_the_agent_of_a_headline_speaks():
    found = said("Ilse Brandt criticized by farmers\n\nThe mayor, Ilse Brandt, was away on Monday.")
    assert found[0][0] == "farmers"


def test_one_who_is_pressed_to_apologise_has_not_and_who_presses_does_not_either():
    text = (
        "Farmers kept up pressure on Mayor Michael Lind to better explain -- and openly apologize "
        'for -- his claim that the dam is a "gift of the devil" and cannot be repaired.'
    )
    assert {speaker for *_, speaker in said(text)} == {"Michael Lind"}


def test_the_speaker_of_a_quotation_is_not_the_film_that_shows_it():
    text = (
        "“It was the engineers who wanted to save a week,” Mr. Lind said, according to a video of his "
        "visit. “If they are such students of water, why was nobody warned?”"
    )
    [(source, cue, content, _)] = said(text)
    assert (source, cue) == ("Mr. Lind", "said")
    assert "students of water" in content


def test_a_participle_tells_what_the_letter_or_remarks_before_it_say():
    letter = said(
        "Some forty farmers have signed a letter from Senator Peter Lind, a lawyer in Varna, "
        "calling the water plan “costly nonsense” and “deeply wrong.”"
    )
    assert letter[0][3] == "Peter Lind"
    remarks = said(
        "The ministry was glad to quote comments from Mark Orsi, head of research at Lind Bank, projecting that "
        "the new dam would bring 400 jobs."
    )
    assert remarks[-1][3] == "Mark Orsi"


def test_what_somebody_is_condemned_for_saying_is_his():
    found = said("Many farmers voiced loud condemnation of Tom Brask for saying that the dam was a heap of stones.")
    assert {speaker for _, cue, _, speaker in found if cue == "saying"} == {"Tom Brask"}


def test_a_thing_suggests_nothing_and_one_asked_for_comment_reports_nothing():
    assert not said("The removal suggests that the firm broke the rules of the store.")
    assert not said("Holm has been contacted for comment about the locked gate.")


def test_no_passive_takes_the_cause_of_its_governor():
    found = said("Last spring, a clerk's mistake caused a farmer to be charged $9,000 for one bag of seed.")
    assert all(speaker is None for *_, speaker in found)


def test_the_agent_of_an_accusation_ends_before_what_it_is_of():
    found = said("Mayor Ilse Brandt was accused by two councillors of hiding the report on the bridge.")
    assert found[0][0] == "two councillors"


def test_what_a_passive_is_about_ends_before_its_agent():
    found = said("The treaty was denounced as a sham by Senator Kira Holm.")
    assert found[0][2].endswith("a sham")


def test_one_named_inside_a_letter_does_not_speak_on():
    text = (
        "Tom Lind, editor of the Harbour Weekly, wrote an open letter to the chairman on Friday:\n\n"
        "“Farmers have always paid their part. Still, as the head of the water board has said, nobody listens "
        "to them.\n\n"
        "“Some people want the dam gone, and let them say so. But one of them "
        "must not lead the board.”\n\nThe chairman did not reply."
    )
    assert [speaker for *_, content, speaker in said(text) if "one of them" in content] == ["Tom Lind"]


def test_a_city_says_what_the_city_says():
    found = said(
        "Ann Novak, a spokeswoman for the city of Varna, said the works would take a year. The mill is old. "
        "The city said the mill would be a school."
    )
    assert found[-1][3] != "Ann Novak"


def test_a_spokesman_keeps_his_words_behind_an_insertion():
    text = (
        "She was colder than all others to Lind, whose spokesman, it should be said, tried to clear that "
        "up by insisting that he only wanted a plan."
    )
    assert {source for source, cue, *_ in said(text) if cue == "insisting"} == {"whose spokesman"}
