"""The errors callers may meet, one small tree::

    TwosourceError
    ├── InputError        an input cannot be read (missing, empty, binary, too large, not an article)
    ├── UnknownLabel      `why` was asked for a label or id that the account does not have
    ├── LanguageMissing   no rules for that language
    └── StateError        the saved account or the state folder cannot be read or written

Texts never raise: what an extractor could not do stands in ``Report.notes``.
"""


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
