"""A newsroom with the bundled story in it: read and accounted once, a copy of its own for every test."""

import json
import shutil

import pytest

from reanchor import DEMO
from tests.commands.room import Room, run


@pytest.fixture(scope="session")
def accounted(tmp_path_factory):
    """A store that holds the bundled story with its account, by rules alone."""
    place = tmp_path_factory.mktemp("accounted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWOSOURCE_STORE", str(place / "news.db"))
        patch.setenv("TWOSOURCE_STATE", str(place / "state"))
        assert run("add", DEMO, "--quiet").exit_code == 0
        assert run("watch", "--once", "--fast", "--quiet").exit_code == 0
    return place / "news.db"


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """A folder, and the place of a store that is not there yet; the house rules of every run hold at the end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TWOSOURCE_STORE", str(tmp_path / "news.db"))
    monkeypatch.setenv("TWOSOURCE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("USER", "ada")
    room = Room(tmp_path)
    yield room
    room.check()


@pytest.fixture
def room(empty, accounted):
    """A store with the bundled story, accounted."""
    shutil.copy(accounted, empty.store)
    return empty


@pytest.fixture
def story(room):
    """The id of the bundled story."""
    (line,) = run("list", "--json").stdout.splitlines()
    return json.loads(line)["id"]
