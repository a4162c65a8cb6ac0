"""Named places at which a test may let the process die, to see that nothing stored is lost.

``TWOSOURCE_CRASH=mid_transaction`` ends the process by SIGKILL when it comes to that place, ``mid_transaction:3`` when
it comes there for the third time. The variable is read once, when the program starts.
"""

import os
import signal

_NAME, _, _TIMES = os.environ.get("TWOSOURCE_CRASH", "").partition(":")
_left = int(_TIMES) if _TIMES.isdecimal() else 1


def point(name: str) -> None:
    """Die here if the environment asks for it; else do nothing."""
    if name == _NAME:
        _count()


def _count() -> None:
    global _left  # noqa: PLW0603 - the one count of this process
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
