"""Whether work grows in proportion to its input, judged so that a machine's pauses do not decide."""

import time
from collections.abc import Callable

SLACK = 4.0
"""How much dearer a unit of the large input may be: quadratic work is as many times dearer as the input is larger."""

LEAST = 0.02
"""Seconds that any input may take: below, clocks and caches decide."""


def grows_linearly(work: Callable[[int], object], small: int, large: int) -> bool:
    """Tell whether ``work(large)`` costs at most `SLACK` times as much a unit as ``work(small)``.

    CPU time, best of three; ``large`` should be at least eight times ``small``.
    """
    work(small)
    return _seconds(work, large) / large < SLACK * max(_seconds(work, small), LEAST) / small


def _seconds(work: Callable[[int], object], size: int) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work(size)
        best = min(best, time.process_time() - begun)
    return best
