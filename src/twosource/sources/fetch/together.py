"""Runs many fetches at once so that no host is asked twice at a time, and no slow host holds up another.

Requests wait in line by site, and a line moves when its host may be visited again. Visits run in threads of their own,
which mostly wait. One that takes long stops counting among the ``workers``, so another starts beside it.
"""

import heapq
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING

from twosource.errors import FetchError
from twosource.sources.fetch.deadline import Clock
from twosource.sources.fetch.fetched import Fetched, Request

if TYPE_CHECKING:
    from twosource.sources.fetch.fetcher import Fetcher

AHEAD = 1_000
"""Requests that are taken before their turn, so that the line of one host does not hide the others."""

BRISK = 0.5
"""Seconds after which a visit no longer counts as one of the workers; most pages take 0.1 to 0.5."""

SLOW = 64
"""Slow visits at a time, beside the workers."""

Outcome = tuple[Request, Fetched | FetchError]


def together(
    fetcher: "Fetcher",
    requests: Iterable[Request],
    workers: int,
    connections: int,
    clock: Clock,
    sleep: Callable[[float], None],
) -> Iterator[Outcome]:
    """Yield what became of each request, in the order in which they end; see `Fetcher.get_all`."""
    lines = _Lines(fetcher, iter(requests), connections, clock)
    running = _Running(fetcher, workers)
    while True:
        lines.take_in()
        while running.has_room() and (request := lines.next()):
            running.start(request)
        if not running and not lines:
            return
        until = lines.wait()
        if not running:
            sleep(until)
        elif outcome := running.ended(until):
            lines.ended(outcome[0])
            yield outcome


class _Lines:
    """Requests waiting, one line for each site, and when each line may move."""

    def __init__(self, fetcher: "Fetcher", requests: Iterator[Request], connections: int, clock: Clock) -> None:
        self._fetcher = fetcher
        self._requests = requests
        self._connections = connections
        self._clock = clock
        self._lines: dict[str, deque[Request]] = {}
        self._visits: dict[str, int] = {}
        self._due: list[tuple[float, int, str]] = []
        self._order = count()
        self._waiting = 0
        self._over = False

    def __bool__(self) -> bool:
        return bool(self._waiting) or not self._over

    def take_in(self) -> None:
        """Read requests until enough wait."""
        while self._waiting < AHEAD and not self._over:
            request = next(self._requests, None)
            if request is None:
                self._over = True
                return
            site = self._site(request)
            self._waiting += 1
            self._lines.setdefault(site, deque()).append(request)
            if len(self._lines[site]) == 1 and self._visits.get(site, 0) < self._connections:
                self._push(site)

    def next(self) -> Request | None:
        """Take the request that is due for longest, or None where none is due."""
        if not self._due or self._due[0][0] > self._clock.monotonic():
            return None
        site = heapq.heappop(self._due)[2]
        request = self._lines[site].popleft()
        self._waiting -= 1
        self._visits[site] = self._visits.get(site, 0) + 1
        self._move(site)
        return request

    def ended(self, request: Request) -> None:
        """Note that a visit is over: the next one of its line may begin when its host allows."""
        site = self._site(request)
        self._visits[site] -= 1
        self._move(site)

    def wait(self) -> float:
        """Seconds until a line may move; a long time where all wait for visits to end."""
        return max(self._due[0][0] - self._clock.monotonic(), 0.0) if self._due else 60.0

    def _move(self, site: str) -> None:
        if not self._visits[site] and not self._lines[site]:
            del self._visits[site], self._lines[site]
        elif self._lines[site] and self._visits[site] < self._connections:
            self._push(site)

    def _push(self, site: str) -> None:
        at = self._clock.monotonic() + self._fetcher.hosts.wait(site)
        heapq.heappush(self._due, (at, next(self._order), site))

    def _site(self, request: Request) -> str:
        return self._fetcher.site_of(request.url) or ""


class _Running:
    """Visits in threads of their own; what they brought waits in a queue."""

    def __init__(self, fetcher: "Fetcher", workers: int) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._begun: dict[int, float] = {}
        self._number = count()
        self._ended: queue.SimpleQueue[tuple[int, Request, Fetched | Exception]] = queue.SimpleQueue()

    def __bool__(self) -> bool:
        return bool(self._begun)

    def has_room(self) -> bool:
        """Tell whether one more may begin: fewer than the workers are brisk, and not too many slow."""
        since = time.monotonic() - BRISK
        brisk = sum(begun > since for begun in self._begun.values())
        return brisk < self._workers and len(self._begun) < self._workers + SLOW

    def start(self, request: Request) -> None:
        number = next(self._number)
        self._begun[number] = time.monotonic()
        threading.Thread(target=self._visit, args=(number, request), daemon=True).start()

    def ended(self, seconds: float) -> Outcome | None:
        """Wait for the next visit to end, or until room or a line may be free."""
        soonest = min(self._begun.values(), default=0.0) + BRISK - time.monotonic()
        try:
            number, request, came = self._ended.get(timeout=min(seconds, max(soonest, 0.05)))
        except queue.Empty:
            return None
        del self._begun[number]
        if isinstance(came, FetchError | Fetched):
            return request, came
        raise came

    def _visit(self, number: int, request: Request) -> None:
        came: Fetched | Exception
        try:
            came = self._fetcher.get(
                request.url,
                etag=request.etag,
                last_modified=request.last_modified,
                accept=request.accept,
                robots=request.robots,
            )
        except Exception as wrong:  # noqa: BLE001 - carried to the thread that waits
            came = wrong
        self._ended.put((number, request, came))
