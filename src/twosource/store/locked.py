"""Locks between processes that end with the process: a file beside the store, locked by the operating system.

``flock`` goes by open file, so that two stores in one process exclude each other too, and is freed by the system when
its holder dies, however it dies: a lock that was left behind cannot be. On a system without it nothing is locked.
"""

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from twosource.errors import Busy, StoreError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def held(file: Path, what: str) -> Iterator[None]:
    """Hold ``file`` alone.

    Raises:
        Busy: someone else does; the message tells which process on which machine.
        StoreError: the file cannot be written.

    """
    number = _open(file)
    try:
        if not _lock(number, alone=True):
            raise Busy(f"{what} is already running ({_holder(number)})")
        os.ftruncate(number, 0)
        os.pwrite(number, json.dumps({"pid": os.getpid(), "host": platform.node()}).encode(), 0)
        yield
    finally:
        os.close(number)


@contextmanager
def opened_alone(store: Path) -> Iterator[bool]:
    """Take part in having ``store`` open for writing, and tell whether nobody else had it open when we began."""
    number = _open(Path(f"{store}-open"))
    try:
        alone = _lock(number, alone=True)
        _lock(number, alone=False)
        yield alone
    finally:
        os.close(number)


def _open(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except (OSError, ValueError) as wrong:
        raise StoreError(f"{file} cannot be written: {getattr(wrong, 'strerror', None) or wrong}") from wrong


def _lock(number: int, *, alone: bool) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(number, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(number: int) -> str:
    try:
        told = json.loads(os.pread(number, 1_000, 0))
        return f"process {told['pid']} on {told['host']}"
    except (ValueError, KeyError, TypeError):
        return "by another process"
