"""Time: one moment at which a visit is over, and the two clocks that tests replace."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from twosource.sources.fetch.failure import Failure


@dataclass(frozen=True, slots=True)
class Clock:
    """What pauses between visits are counted by: ``monotonic`` seconds, and ``wall``, seconds since 1970 in UTC."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time


class Deadline:
    """The end of a visit, ``seconds`` from now by the machine's own clock: sockets know no other."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that remain, more than none; raises `Failure` ("timeout") once there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Failure("timeout", f"was not answered in full within {self.seconds:g} seconds")
        return left

    def put_off(self, seconds: float) -> None:
        """Move the end on by what was waited out of politeness."""
        self._end += seconds
