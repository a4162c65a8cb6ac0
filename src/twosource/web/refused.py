"""What a handler raises to say no."""

from starlette.exceptions import HTTPException


class Refused(HTTPException):
    """An answer of ``status`` with ``why``, a sentence of ours that holds nothing of what was asked for."""

    def __init__(self, status: int, why: str = "") -> None:
        super().__init__(status, why or None)
        self.why = why


def missing(what: str = "") -> Refused:
    """Return the refusal for something that is not there; ``what`` is a sentence, or nothing for the usual one."""
    return Refused(404, what)
