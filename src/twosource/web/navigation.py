"""The bar on top of every page. A page that is not there yet is not offered."""

from collections.abc import Iterable, Sequence
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


class Navigation:
    """The stops that this application has."""

    def __init__(self) -> None:
        """Begin with nothing but what every application has."""
        self.paths: frozenset[str] = frozenset({"/"})

    def found(self, paths: Iterable[str]) -> None:
        """Take note of the paths that are answered."""
        self.paths = frozenset(paths)

    @property
    def stops(self) -> list[Stop]:
        """The bar."""
        return [stop for stop in WANTED if stop.path in self.paths]

    @property
    def search(self) -> bool:
        """Whether there is a search."""
        return SEARCH in self.paths

    def has(self, path: str) -> bool:
        """Tell whether a path, written as its route is, is answered."""
        return path in self.paths


NAVIGATION = Navigation()
"""That of this process; `twosource.web.app.create_app` fills it."""
