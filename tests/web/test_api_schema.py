"""The API does what its description says, for requests made up from the description: no error, no answer beside it."""

import tempfile
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, settings
from tests.web.newsrooms import newsroom

from twosource.web.api.described import description
from twosource.web.app import create_app
from twosource.web.reading import Shelf
from twosource.web.settings import Settings
from twosource.web.stored import StoreNewsroom

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

EXAMPLES = 12
"""Requests made up for each operation; a longer run is for release."""


@cache
def served():
    """The application over a store of its own, made when the first request comes."""
    db = newsroom(tempfile.mkdtemp(prefix="twosource-tests-"))
    hosts = frozenset({"testserver", "localhost"})
    return create_app(Shelf(StoreNewsroom(db)), Settings(hosts=hosts, open_to_all=True))


async def app(scope, receive, send):
    await served()(scope, receive, send)


described = schemathesis.openapi.from_dict(description())
described.app = app


@described.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_answer_is_as_described(case):
    # A cursor, a date or a query may fit its description and still be none: refusing those is right.
    case.call_and_validate(excluded_checks=[schemathesis.checks.positive_data_acceptance])
