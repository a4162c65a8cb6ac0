"""Who owns the outlets, and which articles had older versions, stand in every form of an account."""

from dataclasses import replace

import pytest

from tests.stories import story_account, story_reports
from twosource.account import Owned, Version
from twosource.render.html import render_html
from twosource.render.lines import Look
from twosource.render.markdown import render_markdown
from twosource.render.terminal import render_terminal


@pytest.fixture
def account():
    made = story_account()
    first, *others = made.articles
    older = Version("old", "0" * 64, "2026-03-01", None, "old.txt")
    owned = Owned("Meridian Holding", tuple(a.id for a in made.articles[:2]))
    lineage = replace(made.lineage, owners=(owned,))
    return replace(made, articles=(replace(first, versions=(older,)), *others), lineage=lineage)


def test_an_owner_of_several_outlets_is_named_with_their_reports(account):
    assert "A B  one owner: Meridian Holding" in render_terminal(account, Look(120))
    assert "- Meridian Holding owns the outlets of A B" in render_markdown(account).splitlines()
    assert "Meridian Holding" in render_html(account, story_reports())


def test_older_versions_of_an_article_are_counted_where_it_stands(account):
    for shown in (render_terminal(account, Look(120)), render_markdown(account), render_html(account, story_reports())):
        assert shown.count("1 older version") == 1


def test_without_owners_and_versions_nothing_is_said_of_them():
    made = story_account()
    for shown in (render_terminal(made, Look(120)), render_markdown(made), render_html(made, story_reports())):
        assert "older version" not in shown
        assert "one owner" not in shown
        assert " owns the outlets" not in shown
