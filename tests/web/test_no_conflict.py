"""A person says on the page of a conflict that it is none, and takes that back."""

import pytest
from tests.web.newsrooms import ORIGIN, STORY, browser, newsroom

from twosource.store import accounts


@pytest.fixture
def db(tmp_path):
    with newsroom(tmp_path) as db:
        yield db


def test_a_conflict_goes_from_the_account_and_comes_back(db):
    page = browser(db)
    before = accounts.get(db, STORY).conflicts
    address = f"/story/{STORY}/conflict/{before[0].id}"
    assert 'value="no_conflict"' in page.get(address).text
    sent = {"kind": "no_conflict", "conflict": before[0].id, "by": "Ann", "reason": "both are right"}
    line = page.post(f"/story/{STORY}/correct", data=sent, headers=ORIGIN, follow_redirects=False)
    assert line.status_code == 303
    assert [c.id for c in accounts.get(db, STORY).conflicts] == [c.id for c in before[1:]]
    assert page.get(address).status_code == 410
    assert "in no conflict" in page.get(line.headers["location"]).text
    page.post(f"{line.headers['location']}/undo", data={"by": "Ann"}, headers=ORIGIN)
    assert [c.id for c in accounts.get(db, STORY).conflicts] == [c.id for c in before]
    assert page.get(address).status_code == 200


def test_programs_say_so_too_and_only_of_what_is_a_conflict(db):
    page = browser(db)
    first = accounts.get(db, STORY).conflicts[0]
    asked = {"kind": "no_conflict", "story": STORY, "conflict": first.id, "by": "desk", "renew": True}
    assert page.post("/api/v1/corrections", json=asked).status_code == 201
    assert first.id not in [c.id for c in accounts.get(db, STORY).conflicts]
    assert page.post("/api/v1/corrections", json=asked).status_code == 409
