"""A newsroom held in memory, for pages of accounts that no store would ever give."""

from twosource.render.view import View
from twosource.store.accounts import summarised
from twosource.store.related import Related
from twosource.store.shelf import Story
from twosource.web.reading import Edition, Stored


def story_of(name, account, number=1, **other):
    told = {
        "number": number,
        "id": name,
        "title": View(account).title,
        "first": 1760500000.0,
        "last": 1760540000.0,
        "size": len(account.articles),
        "locked": False,
        "made": 1760500000.0,
        "changed": 1760540000.0,
        "changes": 1,
        "origins": account.lineage.independent_reports,
        "conflicts": len(account.conflicts),
        "stale": False,
    }
    return Story(**(told | other))


class Held:
    """Stories by id, each an account with its reports; ``merged`` leads from old ids to new ones."""

    def __init__(self, stories, merged=None, marks=None):
        self.held = {name: (account, tuple(reports)) for name, (account, reports) in stories.items()}
        self.merged = merged or {}
        self.marked = marks or {}

    def stories(self, order, *, limit, before=None):
        told = [story_of(name, account, n) for n, (name, (account, _)) in enumerate(self.held.items(), 1)]
        key = {"newest": lambda s: s.last, "origins": lambda s: s.origins, "coverage": lambda s: s.size}[order]
        ranked = sorted(told, key=lambda s: (key(s), s.number), reverse=True)
        return [s for s in ranked if before is None or (key(s), s.number) < before][:limit]

    def story(self, story_id):
        name = self.merged.get(story_id, story_id)
        return story_of(name, self.held[name][0]) if name in self.held else None

    def summaries(self, stories):
        return {story.id: summarised(self.held[story.id][0]) for story in stories}

    def made(self, story):
        return "held"

    def told(self, story):
        return self.held[story.id]

    def stored(self, article_id):
        for name, (account, reports) in self.held.items():
            for report in reports:
                if report.id == article_id:
                    told = next(a for a in account.articles if a.id == article_id)
                    editions = (Edition(article_id, 1 + len(told.versions), 1760500000.0),)
                    return Stored(
                        article=report.article,
                        report=report,
                        story=name,
                        first_seen=1760500000.0,
                        versions=editions,
                    )
        return None

    def seen(self, story):
        return {a.id: 1760500000.0 for a in self.held[story.id][0].articles}

    def home_of(self, fact):
        for name, (account, _) in self.held.items():
            facts = {t.quotation for s in account.statements for t in s.tellings}
            facts |= {t.figure for f in account.figures for t in f.tellings}
            if fact in facts:
                return name
        return None

    def changed(self, since, *, limit):
        return [s for s in self.stories("newest", limit=limit) if s.changed > since]

    def outlets(self, stories):
        told = {s.number: [a.outlet for a in self.held[s.id][0].articles] for s in stories}
        return {number: tuple(dict.fromkeys(o for o in names if o)) for number, names in told.items()}

    def marks(self):
        return self.marked

    def related(self, story):
        return [
            Related(id=s.id, title=s.title, size=s.size, last=s.last, speakers=("Ana Ruz",))
            for s in self.stories("newest", limit=9)
            if s.id != story.id
        ]

    def waiting(self):
        return 0
