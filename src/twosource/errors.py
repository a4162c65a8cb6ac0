"""The errors callers may meet, one small tree::

    TwosourceError
    ├── InputError        an input cannot be read (missing, empty, binary, too large, not an article)
    ├── UnknownLabel      `why` was asked for a label or id that the account does not have
    ├── LanguageMissing   no rules for that language
    ├── FetchError        an address was not fetched whole
    ├── StateError        the saved account or the state folder cannot be read or written
    └── StoreError        the store cannot be opened, read or written (exit code 5)
        ├── TooNew        a newer twosource made it; it is left untouched
        ├── Busy          another process holds it, or the lock that was asked for
        ├── Damaged       its file is no store, or is broken
        ├── TooSlow       a search took longer than it was given
        └── Full          the disk, or the size a file may have, is used up; nothing that was stored is lost

Texts never raise: what an extractor could not do stands in ``Report.notes``.
"""

_SHOWN = 200
"""Characters of an address in a message."""


class TwosourceError(Exception):
    """Base of all errors raised on purpose; its text is a message for people."""


class InputError(TwosourceError):
    """An input cannot be read. ``name`` is the input as the user gave it, ``reason`` a short clause."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class UnknownLabel(TwosourceError):
    """No line of the account has that label or id."""


class LanguageMissing(TwosourceError):
    """There is no language folder for that code."""


class StateError(TwosourceError):
    """The last account cannot be kept or read."""


class StoreError(TwosourceError):
    """A store cannot be opened, read or written; the message names its address. The command line exits with 5."""


class TooNew(StoreError):
    """The store was written by a newer version of twosource, and is left untouched."""


class Busy(StoreError):
    """Another process writes for longer than is waited, or holds the lock that was asked for."""


class Damaged(StoreError):
    """The file is not a store of twosource, or its content is broken."""


class TooSlow(StoreError):
    """A read took longer than the seconds it was given, and was given up."""


class Full(StoreError):
    """There is no room to write. The transaction is undone, what was stored before is safe."""


class FetchError(TwosourceError):
    """An address was not fetched whole, or may not be asked for.

    ``url`` is the address asked for and ``code`` what happened (`twosource.sources.fetch` lists the codes). ``status``
    is that of the answer, if one came. ``permanent``: asking again is no use. ``retry_after``: seconds for which
    nobody is to ask again, 0 to 86,400, where that is known.
    """

    def __init__(
        self,
        url: str,
        code: str,
        reason: str,
        *,
        status: int | None = None,
        permanent: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{url if len(url) <= _SHOWN else url[:_SHOWN] + '…'}: {reason}")
        self.url = url
        self.code = code
        self.reason = reason
        self.status = status
        self.permanent = permanent
        self.retry_after = retry_after
