"""How far a long piece of work is, for people who wait for it, and whether it is to end soon."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field


def _unseen(_words: str) -> None:
    """Show nothing."""


@dataclass(slots=True)
class Pace:
    """``show`` takes words such as "grouping: 500 articles" in place of those before; ``stop`` asks work to end.

    Work that sees `stopped` ends after the step that it is at: each step is durable, so nothing is lost.
    """

    show: Callable[[str], None] = _unseen
    stop: threading.Event = field(default_factory=threading.Event)

    def stopped(self) -> bool:
        """Tell whether work is to end."""
        return self.stop.is_set()
