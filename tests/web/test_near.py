"""Names that were mistyped lead to those that are known."""

from lxml import html
from tests.web.newsrooms import browser, newsroom


def near(page):
    return [(" ".join(a.text_content().split()), a.get("href")) for a in html.fromstring(page).xpath("//main//a[bdi]")]


def test_an_unknown_speaker_leads_to_near_names(tmp_path):
    answers = browser(newsroom(tmp_path))
    answer = answers.get("/speaker/person/pavel-orsanski")
    assert answer.status_code == 404
    assert ("Pavel Orsansky", "/speaker/person/pavel-orsansky") in near(answer.text)
    assert ("Pavel Orsansky", "/speaker/person/pavel-orsansky") in near(answers.get("/speakers?name=Orsanskiy").text)


def test_an_unknown_outlet_leads_to_near_names_and_nothing_near_to_none(tmp_path):
    answers = browser(newsroom(tmp_path))
    answer = answers.get("/outlet/coast-todey")
    assert answer.status_code == 404
    assert ("Coast Today", "/outlet/coast-today") in near(answer.text)
    assert near(answers.get("/outlet/zzqx").text) == []
    assert near(answers.get("/speaker/person/zzqx-wvvw").text) == []


def test_what_was_asked_for_is_not_shown(tmp_path):
    page = browser(newsroom(tmp_path)).get("/speaker/person/pavel-orsanskq").text
    assert "orsanskq" not in page
