"""A store with the bundled story in it, read and accounted, for tests that write as well as read."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from starlette.testclient import TestClient
from tests.stories import story_articles, story_reports
from tests.web.served import client

from twosource.pipeline import account
from twosource.store import accounts, articles, open_store, reports, stories
from twosource.store.article_rows import Incoming
from twosource.stories.judgements import Assignment
from twosource.version import VERSION
from twosource.web.stored import StoreNewsroom

NOW = 1_760_550_000.0
STORY = "story-5ea1ca5cade0"
ORIGIN = {"Origin": "http://127.0.0.1:8000"}
"""What a browser sends with a form of ours."""


def fill(db):
    """Put the bundled story into ``db``."""
    outcomes = articles.add(db, [Incoming(article=a) for a in story_articles()], now=NOW)
    stories.assign(db, [Assignment(o.id, STORY, score=1.0, margin=0.5, why=(), new=False) for o in outcomes], NOW)
    for outcome, report in zip(outcomes, story_reports(), strict=True):
        reports.put(db, outcome.number, report, f"{VERSION} whole", now=NOW)
    accounts.put(db, STORY, account(story_reports()), "tests", NOW)


@cache
def _filled():
    """The file of a store with the bundled story, made once."""
    place = Path(tempfile.mkdtemp(prefix="twosource-tests-")) / "news.db"
    with open_store(place) as db:
        fill(db)
    return place


def newsroom(folder, *, readonly=False):
    """An open store of its own with the bundled story; close it."""
    place = Path(folder) / "news.db"
    shutil.copyfile(_filled(), place)
    return open_store(place, readonly=readonly)


def browser(db, **settings) -> TestClient:
    """This machine's browser over ``db``."""
    return client(StoreNewsroom(db), **settings)
