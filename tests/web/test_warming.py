"""What the first reader would wait for is made beforehand, and the search for rings of references makes nobody wait."""

import gc
import time

import pytest
from tests.web.newsrooms import STORY, newsroom

from twosource.web import pauses
from twosource.web.reading import Shelf
from twosource.web.stored import StoreNewsroom
from twosource.web.warming import warmed


class Counted(StoreNewsroom):
    """A newsroom that counts how often a story is read."""

    count = 0

    def told(self, story):
        self.count += 1
        return super().told(story)


def until(told):
    end = time.monotonic() + 10
    while not told() and time.monotonic() < end:
        time.sleep(0.02)


def test_the_story_on_top_is_read_before_anybody_asks(tmp_path):
    with newsroom(tmp_path) as db:
        room = Counted(db)
        shelf = Shelf(room)
        warmed(shelf)
        until(lambda: room.count)
        assert shelf.told(room.story(STORY)).account.statements
        assert room.count == 1


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_store_that_is_closed_meanwhile_is_no_trouble(tmp_path):
    db = newsroom(tmp_path)
    db.close()
    warmed(Shelf(StoreNewsroom(db)))
    time.sleep(0.1)


def test_the_search_for_rings_is_off_until_the_server_answers_and_seldom_then():
    usual = gc.get_threshold()
    try:
        pauses.before()
        assert not gc.isenabled()
        pauses.afterwards()
        assert gc.isenabled()
        assert gc.get_threshold() > usual
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
        gc.enable()
