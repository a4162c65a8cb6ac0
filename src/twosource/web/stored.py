"""The newsroom that a store holds."""

from collections.abc import Mapping, Sequence

from twosource.account import Account
from twosource.report import Report
from twosource.store import accounts, articles, related, reports, shelf
from twosource.store.accounts import Summary
from twosource.store.database import Database
from twosource.store.related import Related
from twosource.store.shelf import Story
from twosource.web.reading import Edition, Order, Stored

MOST = 1_000
"""Articles of one story that are asked for."""

FEW = 3
"""Reports of a story that are assembled at once where no account of it was kept; more take the desk."""

DEADLINE = 2.0
"""Seconds for what is looked for without an index."""


class StoreNewsroom:
    """Answers from a store, which may be open for reading alone. Safe for many threads, as the store is."""

    def __init__(self, database: Database) -> None:
        """Read from ``database``."""
        self.database = database

    def stories(self, order: Order, *, limit: int, before: tuple[float, int] | None = None) -> list[Story]:
        """Return stories, the highest of the order first."""
        return shelf.listed(self.database, order=order, limit=limit, before=before)

    def story(self, story_id: str) -> Story | None:
        """Return the story of that id, or the one that it was merged into."""
        return shelf.get(self.database, story_id)

    def summaries(self, stories: Sequence[Story]) -> Mapping[str, Summary]:
        """Return what the accounts of stories come to, by id."""
        made = accounts.made(self.database, [story.id for story in stories])
        return {name: found.summary for name, found in made.items()}

    def made(self, story: Story) -> str:
        """Return from what and when the account of a story was made, "" without one."""
        made = accounts.made(self.database, [story.id]).get(story.id)
        return f"{made.basis[:12]} {made.at!r}" if made else ""

    def told(self, story: Story) -> tuple[Account | None, Sequence[Report]]:
        """Return a story's account and reports; a story of few reports that has none is assembled."""
        with self.database.reading() as r:
            kept = accounts.get(r, story.id)
            ids = [a.id for a in kept.articles] if kept else [m.article for m in shelf.members(r, story.id)]
            found = reports.get(r, ids)
        if kept is None and found and len(ids) <= FEW:
            from twosource.pipeline import account as assemble

            kept = assemble(found)
        return kept, found

    def seen(self, story: Story) -> Mapping[str, float]:
        """Return when each article of a story was first seen."""
        return {a.id: a.first_seen for a in articles.listed(self.database, story=story.id, limit=MOST)}

    def stored(self, article_id: str) -> Stored | None:
        """Return an article with its report and versions."""
        with self.database.reading() as r:
            found = articles.get(r, [article_id])
            if not found:
                return None
            known = articles.versions(r, article_id)
            here = next(v for v in known if v.id == article_id)
            report = reports.get(r, [article_id])
        editions = tuple(Edition(v.id, v.version, v.first_seen, v.published) for v in reversed(known))
        return Stored(
            article=found[0],
            report=report[0] if report else None,
            story=here.story,
            first_seen=here.first_seen,
            version=here.version,
            versions=editions,
        )

    def home_of(self, fact: str) -> str | None:
        """Return the id of the story in which a quotation or figure of that id stands today."""
        table = "figure" if fact.startswith("figure-") else "quotation"
        sql = (
            f"SELECT s.id FROM {table} f JOIN membership m ON m.article = f.article "  # noqa: S608 - one of two names
            "JOIN story s ON s.number = m.story WHERE f.id = :id LIMIT 1"
        )
        with self.database.reading(deadline=DEADLINE) as r:
            row = r.one(sql, id=fact)
        return row["id"] if row else None

    def changed(self, since: float, *, limit: int) -> list[Story]:
        """Return stories that changed after ``since``, the latest change first."""
        found = shelf.listed(self.database, order="changed", since=since, limit=limit)
        return [story for story in found if story.changed > since]

    def outlets(self, stories: Sequence[Story]) -> Mapping[int, tuple[str, ...]]:
        """Return the outlets of each story by its number, in the order of their first reports."""
        return related.outlets(self.database, [story.number for story in stories])

    def marks(self) -> Mapping[str, str]:
        """Return which outlets a person marked, by name."""
        return related.marks(self.database)

    def related(self, story: Story) -> Sequence[Related]:
        """Return stories related to one, the closest first."""
        return related.related(self.database, story.number)

    def waiting(self) -> int:
        """Return how many articles have no story yet."""
        return related.waiting(self.database)
