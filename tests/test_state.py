"""The last account: kept whole, for its user alone, and a bad file is said so."""

from datetime import datetime

import pytest

from tests.made import made_account
from twosource import state
from twosource.errors import StateError


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("TWOSOURCE_STATE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_what_was_saved_comes_back():
    assert state.load() is None
    state.save(made_account())
    assert state.load() == made_account()


def test_only_the_user_may_read_it(kept):
    file = state.save(made_account())
    assert file.stat().st_mode & 0o777 == 0o600
    assert kept.stat().st_mode & 0o777 == 0o700


def test_a_new_account_replaces_the_old_one_and_leaves_nothing_beside(kept):
    for _ in range(2):
        state.save(made_account())
    assert [f.name for f in kept.iterdir()] == [state.LAST]


def test_a_link_in_its_place_is_replaced_and_not_followed(kept, tmp_path):
    kept.mkdir()
    other = tmp_path / "other"
    other.write_text("mine")
    (kept / state.LAST).symlink_to(other)
    state.save(made_account())
    assert other.read_text() == "mine"
    assert state.load() == made_account()


def test_a_folder_that_cannot_be_is_said_so(kept):
    kept.write_text("a file where the folder should be")
    with pytest.raises(StateError, match="cannot be kept"):
        state.save(made_account())
    with pytest.raises(StateError, match="cannot be read"):
        state.load()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 50_000])
def test_a_broken_file_is_said_so(kept, content):
    kept.mkdir()
    (kept / state.LAST).write_bytes(content)
    with pytest.raises(StateError, match=r"last-account\.json cannot be used"):
        state.load()


def test_without_the_variable_it_is_the_platforms_folder(monkeypatch):
    monkeypatch.delenv("TWOSOURCE_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", "/somewhere")
    assert state.folder().name == "twosource"


def test_when_it_was_kept_is_known():
    assert state.kept_at() is None
    before = datetime.now().astimezone()
    state.save(made_account())
    kept_at = state.kept_at()
    assert kept_at is not None
    assert abs((kept_at - before).total_seconds()) < 60
