"""From a new grouping to changes of stories: which group keeps which id, and what is said of it."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from twosource.stories.judgements import Change
from twosource.stories.reasons import grounds
from twosource.stories.repair import Unit

if TYPE_CHECKING:
    from twosource.stories.stream import Stream

Kind = Literal["merge", "split", "move"]


def keepers(stream: "Stream", groups: Sequence[Sequence[Unit]]) -> list[str]:
    """Return the id of each group: that of the story a person left some of it in, else of the story whose larger part
    it is, of equals the one with older articles.

    A group that is the larger part of no story gets an id that was never given before.
    """
    overlaps = []
    for i, group in enumerate(groups):
        kept = next((unit.kept for unit in group if unit.kept), None)
        counts = Counter(stream.story(article) for unit in group for article in unit.members)
        overlaps += [(story != kept, -n, stream.age(story), i, story) for story, n in counts.items()]
    ids: dict[int, str] = {}
    for *_, i, story in sorted(overlaps):
        if i not in ids and story not in ids.values():
            ids[i] = story
    return [ids.get(i) or stream.fresh(group[0].members[0]) for i, group in enumerate(groups)]


def changes(stream: "Stream", groups: Sequence[Sequence[Unit]]) -> tuple[Change, ...]:
    """Carry out a new grouping of whole stories, and return what it changed, in the order in which it is to be done."""
    ids = keepers(stream, groups)
    goals = {a: into for into, group in zip(ids, groups, strict=True) for unit in group for a in unit.members}
    moved: dict[tuple[str, str], list[str]] = {}
    for article in stream.in_order(goals):
        if (story := stream.story(article)) != (into := goals[article]):
            moved.setdefault((story, into), []).append(article)
    told = []
    for (story, into), articles in moved.items():
        kind: Kind = "merge" if len(articles) == len(stream.stories[story]) else "move"
        if into not in stream.stories:
            kind = "split"
        told.append(carried_out(stream, kind, story, into, articles, goals))
    return tuple(told)


def carried_out(
    stream: "Stream", kind: Kind, story: str, into: str, articles: Sequence[str], goals: dict[str, str]
) -> Change:
    """Bring ``articles`` from ``story`` to ``into``; the reason compares them with those that are there to stay."""
    company = [a for a in stream.stories.get(into, ()) if goals[a] == into]
    left = [a for a in stream.stories[story] if goals[a] == story]
    score, why = grounds(stream, articles, company, left)
    stream.place(articles, story, into)
    return Change(kind, story, into, tuple(articles), score, why)
