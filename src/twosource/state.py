"""Keeps the last account, with its texts, in the user's state folder, so that ``why`` can be asked about it later.

The folder is the one ``TWOSOURCE_STATE`` names, else the platform's (``~/.local/state/twosource`` on Linux). Only the
user may read it: the account holds the articles' texts.
"""

import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from twosource.account import Account
from twosource.errors import InputError, StateError
from twosource.render.json import account_from_json, account_json

if TYPE_CHECKING:
    from twosource.lineage.owners import Owners

LAST = "last-account.json"

OWNERS = "owners.toml"
"""The user's own list of who owns which outlets, read where it is there."""


def folder() -> Path:
    """Return the state folder, which need not exist."""
    if given := os.environ.get("TWOSOURCE_STATE"):
        return Path(given)
    from platformdirs import user_state_path

    return user_state_path("twosource", appauthor=False)


def save(account: Account) -> Path:
    """Keep ``account`` as the last one and return its file, which is never seen half written.

    Raises:
        StateError: the folder or file cannot be written.

    """
    place = folder()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return replaced(place / LAST, account_json(account).encode("ascii"))
    except OSError as wrong:
        raise StateError(f"the account cannot be kept in {place}: {wrong.strerror or wrong}") from wrong


def load() -> Account | None:
    """Return the last account, or None where none was kept.

    Raises:
        StateError: the file cannot be read, or is no account.

    """
    file = folder() / LAST
    try:
        return account_from_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as wrong:
        raise StateError(f"{file} cannot be read: {wrong.strerror or wrong}") from wrong
    except StateError as wrong:
        raise StateError(f"{file} cannot be used: {wrong}") from None


def owners(file: str | None = None) -> "Owners | None":
    """Return the user's list of who owns which outlets: the file named, else the one in the state folder, else None.

    Raises:
        InputError: the file cannot be read or is no such list; where one is named, also that it is not there.

    """
    from twosource.lineage.owners import owners_from

    place = Path(file) if file else folder() / OWNERS
    try:
        return owners_from(place.read_text("utf-8"), place.name)
    except (FileNotFoundError, NotADirectoryError):
        if file is None:
            return None
        raise InputError(file, "no such file") from None
    except (OSError, UnicodeDecodeError, ValueError) as wrong:
        raise InputError(place.name, f"cannot be read ({getattr(wrong, 'strerror', None) or wrong})") from None


def kept_at() -> datetime | None:
    """Return when the last account was kept, in local time, or None where there is none."""
    try:
        return datetime.fromtimestamp((folder() / LAST).stat().st_mtime).astimezone()
    except (OSError, OverflowError, ValueError):
        return None


def replaced(file: Path, content: bytes) -> Path:
    """Write a new file that only the user may read and put it in the old one's place: nobody sees it half written.

    Raises:
        OSError: it cannot be written; the old one is as it was.

    """
    number, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(number, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(number)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return file
