"""What the stream says of its decisions: where an article went and why, and what a later look changed."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of an assignment: a code (``words``, ``likeness``, ``alone``) and the words for people."""

    code: str
    said: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where an article went: ``score`` is its log-odds of belonging there, ``margin`` the lead over the next story.

    ``new`` tells that the article began its story; then ``score`` is that of the best story it did not join.
    """

    article: str
    story: str
    score: float
    margin: float
    why: tuple[Reason, ...]
    new: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One change to stories: ``articles`` left ``story`` for ``into``.

    ``merge``: nothing is left of ``story``, its id leads to ``into`` from now on. ``split``: ``into`` is a new story.
    ``move``: both were there and stay. ``score`` is the mean log-odds between the articles and their new company.
    """

    kind: Literal["merge", "split", "move"]
    story: str
    into: str
    articles: tuple[str, ...]
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A story that left the live window, with its articles."""

    story: str
    articles: tuple[str, ...]
