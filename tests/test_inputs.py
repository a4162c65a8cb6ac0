"""Inputs: one that breaks our own reading does not take the others with it."""

import pytest

from tests.made import WIRE
from twosource.article import Article
from twosource.inputs import Inputs, Reading

BROKEN = Article(id="broken", text=None, origin="broken.txt")  # type: ignore[arg-type]
GOOD = Article(id="good", text=WIRE, origin="good.txt")


class Given(Inputs):
    """Articles at hand in place of names."""

    def articles(self):
        return iter([BROKEN, GOOD])


def test_a_fault_of_ours_is_named_and_the_rest_is_read(capsys):
    reading = Reading(Given(("x", "y")), quiet=False)
    assert [r.id for r in reading.reports()] == ["good"]
    assert reading.code() == 1
    error = capsys.readouterr().err
    assert error.startswith("twosource: broken.txt: a fault of twosource itself")
    assert error.count("\n") == 1


def test_whoever_looks_for_the_fault_gets_the_trace(monkeypatch):
    monkeypatch.setenv("TWOSOURCE_DEBUG", "1")
    with pytest.raises((AttributeError, TypeError)):
        list(Reading(Given(("x", "y")), quiet=False).reports())
