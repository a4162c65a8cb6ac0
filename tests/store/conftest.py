"""The contract of a store: what is tested with `db` holds for SQLite, and for PostgreSQL where it is installed."""

from itertools import count

import pytest

from tests.store import server
from twosource.store import open_store

_NAMES = count(1)


@pytest.fixture(scope="session")
def postgres():
    """The address of a real server's database."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (the extra [postgres])")
    if server.programs() is None:
        pytest.skip(server.MISSING)
    with server.running() as address:
        yield address


@pytest.fixture(scope="session")
def template(postgres):
    """A database with the tables of a new store, to be copied: three times as quick as making them."""
    server.command(postgres, "CREATE DATABASE made")
    open_store(server.database(postgres, "made")).close()
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Where an empty store is, or may be made."""
    if request.param == "sqlite":
        yield str(tmp_path / "news.db")
        return
    address, name = request.getfixturevalue("template"), f"test_{next(_NAMES)}"
    server.command(address, f"CREATE DATABASE {name} TEMPLATE made", "STRATEGY file_copy")
    yield server.database(address, name)
    server.command(address, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def db(place):
    """An empty store."""
    with open_store(place) as store:
        yield store
