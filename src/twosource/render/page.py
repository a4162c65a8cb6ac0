"""What every section of the page looks things up in: articles by id, their letters, labels, places and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from twosource.account import Account, AccountArticle, AccountPerson, Place
from twosource.article import Span
from twosource.render.annotate import Context, context, in_place
from twosource.render.labels import Labels, label_account
from twosource.render.lines import named
from twosource.report import Report


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span in its paragraph, with outlet, address and the rule that found it."""

    outlet: str
    url: str | None
    before: str
    shown: str
    after: str
    start: int
    end: int
    rule: str = ""
    score: str = ""
    features: tuple[tuple[str, str], ...] = ()

    @property
    def before_short(self) -> str:
        """The last words before the span."""
        return self.before if len(self.before) <= 90 else "… " + self.before[-90:].partition(" ")[2]

    @property
    def after_short(self) -> str:
        """The first words after the span."""
        return self.after if len(self.after) <= 90 else self.after[:90].rpartition(" ")[0] + " …"


class Page:
    """An account with the reports it came from, indexed by what sections look up."""

    def __init__(self, account: Account, reports: Sequence[Report]) -> None:
        self.account = account
        self.labels: Labels = label_account(account)
        self.report = {r.id: r for r in reports}
        self.article: dict[str, AccountArticle] = {a.id: a for a in account.articles}
        self.person: dict[str, AccountPerson] = {p.id: p for p in account.people}

    @property
    def title(self) -> str:
        """The headline of the first report that has one."""
        named = (a.title or self.headline(a.id) for a in self.account.articles)
        return next((t for t in named if t), "Untitled")

    def headline(self, article: str) -> str:
        """The article's title, or its headline block."""
        report = self.report.get(article)
        if report is None:
            return ""
        blocks = (b.span.of(report.article.text) for b in report.blocks if b.kind == "headline")
        return self.article[article].title or next(blocks, "")

    def letter(self, article: str) -> str:
        """The letter the article is called by."""
        return self.labels.letter(article)

    def outlet(self, article: str) -> str:
        """The outlet's name, or what the input was called."""
        known = self.article[article].outlet
        report = self.report.get(article)
        return named(known or (report.article.origin if report else "") or "unnamed outlet")

    def url(self, article: str) -> str | None:
        """The article's address where it is an http or https one."""
        url = self.article[article].url or ""
        try:
            return url if urlsplit(url).scheme.lower() in {"http", "https"} else None
        except ValueError:
            return None

    def speaker(self, person: str | None) -> str:
        """The speaker's name with the body it speaks for."""
        who = self.person.get(person or "")
        if who is None:
            return "unnamed source"
        body = self.person.get(who.speaks_for or "")
        return named(f"{who.name} (for {body.name})" if body else who.name)

    def anchor(self, article: str) -> str:
        """The id of the annotated article on the page."""
        return f"report-{self.letter(article)}"

    def spot(self, place: Place) -> str:
        """The id that links to ``place`` land on."""
        return f"{self.letter(place.article)}-{place.span.start}-{place.span.end}"

    def text(self, place: Place, most: int = 160) -> str:
        """The words at ``place``, cut at a word where they are many."""
        words = in_place(place.span.of(self.report[place.article].article.text))
        return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"

    def context(self, place: Place) -> Context:
        """The words at ``place`` in their paragraph."""
        report = self.report[place.article]
        return context(report.article.text, report.blocks, place.span)

    def evidence(self, place: Place, rule: str = "", score: float = 1.0, features: object = None) -> Evidence:
        """The words at ``place`` in their paragraph with what led to them."""
        around = self.context(place)
        named = features if isinstance(features, dict) else {}
        return Evidence(
            self.outlet(place.article),
            self.url(place.article),
            around.before,
            around.shown,
            around.after,
            around.start,
            around.end,
            rule,
            f"{score:.2f}",
            tuple((str(k), named(f"{v:.2f}" if isinstance(v, float) else str(v))) for k, v in named.items()),
        )


def hull_place(article: str, spans: Sequence[Span]) -> Place:
    """The place from the first to the last of ``spans``."""
    return Place(article, Span(min(s.start for s in spans), max(s.end for s in spans)))
