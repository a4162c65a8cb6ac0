"""What a handler raises to say no."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException


class Refused(HTTPException):
    """An answer of ``status`` with ``why``, a sentence of ours that holds nothing of what was asked for.

    ``near`` are names that are known here with the addresses of their pages: what may have been meant.
    """

    def __init__(self, status: int, why: str = "", near: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(status, why or None)
        self.why, self.near = why, near


def missing(what: str = "", near: Sequence[tuple[str, str]] = ()) -> Refused:
    """Return the refusal for something that is not there; ``what`` is a sentence, or nothing for the usual one."""
    return Refused(404, what, near)
