"""The application without a socket, over stories that stand in memory."""

from functools import cache
from pathlib import Path

from starlette.testclient import TestClient
from tests.made import made_account, made_report
from tests.web.held import Held

from twosource.article import Article
from twosource.pipeline import account, read
from twosource.report import Report
from twosource.sources.files import articles
from twosource.web.app import create_app
from twosource.web.reading import Shelf
from twosource.web.settings import Settings

DEMO = Path(__file__).resolve().parents[2] / "src" / "twosource" / "demo"
STORY, MADE = "story-5ea1ca5cade0", "story-0b41d6e00000"


@cache
def demo():
    """The bundled story, read once."""
    reports = tuple(read(a) for a in articles([str(DEMO)]) if isinstance(a, Article))
    return account(reports), reports


@cache
def held():
    """The bundled story and the hand-made one; an old id leads to the first."""
    made = made_account()
    bare = (
        Report(article=Article(id=a.id, text=a.text), language="en", model=None, blocks=()) for a in made.articles[1:]
    )
    return Held({STORY: demo(), MADE: (made, (made_report(), *bare))}, {"story-merged00000": STORY})


def client(newsroom=None, **settings):
    """A client that is this machine's own browser: redirects are shown, errors are answers."""
    settings.setdefault("hosts", frozenset({"127.0.0.1", "localhost", "[::1]"}))
    app = create_app(Shelf(newsroom or held()), Settings(**settings))
    return TestClient(app, "http://127.0.0.1:8000", raise_server_exceptions=False, follow_redirects=False)
