"""The bar on top of every page. A page that is not there yet is not offered."""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import NamedTuple


class Stop(NamedTuple):
    """One page in the bar: address, name, and the key after ``g`` that leads to it."""

    path: str
    name: str
    key: str


WANTED: Sequence[Stop] = (
    Stop("/", "Stories", "h"),
    Stop("/conflicts", "Conflicts", "c"),
    Stop("/speakers", "Speakers", "s"),
    Stop("/outlets", "Outlets", "o"),
    Stop("/notes", "Notes", "n"),
    Stop("/add", "Add", "a"),
    Stop("/method", "Method", "m"),
)
"""The bar in its order; what no router answers is left out."""

SEARCH = "/search"


_ANSWERED: ContextVar[frozenset[str]] = ContextVar("_ANSWERED", default=frozenset({"/"}))
"""The paths that are answered by the application whose request is worked on."""


def within(paths: frozenset[str]) -> None:
    """Say which paths the application answers that this request (task) is of."""
    _ANSWERED.set(paths)


class Navigation:
    """The stops of the application that answers the present request."""

    @property
    def stops(self) -> list[Stop]:
        """The bar."""
        return [stop for stop in WANTED if self.has(stop.path)]

    @property
    def search(self) -> bool:
        """Whether there is a search."""
        return self.has(SEARCH)

    def has(self, path: str) -> bool:
        """Tell whether a path, written as its route is, is answered."""
        return path in _ANSWERED.get()


NAVIGATION = Navigation()
"""What templates ask; it holds nothing itself."""
