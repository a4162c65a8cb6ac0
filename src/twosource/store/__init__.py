"""Where the newsroom keeps what it has: one file by SQLite, or a PostgreSQL server to grow.

`open_store` gives a `Database`; everything that knows tables is a function over one, in a module by subject.
"""

from pathlib import Path

from twosource.errors import StoreError
from twosource.store.database import Database

__all__ = ["Database", "open_store"]

SERVERS = ("postgresql://", "postgres://")


def open_store(address: str | Path, *, readonly: bool = False) -> Database:
    """Open the store at ``address``, a file or ``postgresql://…``, and make or upgrade it where that is needed.

    With ``readonly`` nothing is ever written, made or upgraded, and the store has to be there; that is how a second
    process reads while another writes.

    Raises:
        StoreError: it cannot be opened; `TooNew`, `Damaged`, `Busy` and `Full` are kinds of it.

    """
    if str(address).startswith(SERVERS):
        try:
            from twosource.store.postgres import open_server
        except ImportError as missing:
            raise StoreError(
                "a store on PostgreSQL needs psycopg, which is not installed: pip install 'twosource[postgres]'"
            ) from missing
        return open_server(str(address), readonly=readonly)
    from twosource.store.sqlite import open_file

    return open_file(Path(address), readonly=readonly)
