"""What every section of the page looks things up in: articles by id, their letters, labels, places and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from twosource.account import Account, Place
from twosource.article import Span
from twosource.facts import Features
from twosource.render.annotate import Context, context, in_place
from twosource.render.lines import named
from twosource.render.view import View
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
        self.view = View(account)
        self.labels = self.view.labels
        known = {(r.id, r.article.text): r for r in reports} | {("", r.article.text): r for r in reports}
        self.report = {a.id: known.get((a.id, a.text or "")) or known["", a.text or ""] for a in account.articles}

    def letter(self, article: str) -> str:
        """The letter the article is called by."""
        return self.labels.letter(article)

    def outlet(self, article: str) -> str:
        """The outlet's name, or what the input was called."""
        return named(self.view.outlet(article))

    def url(self, article: str) -> str | None:
        """The article's address where it is an http or https one."""
        url = self.view.articles[article].url or ""
        try:
            return url if urlsplit(url).scheme.lower() in {"http", "https"} else None
        except ValueError:
            return None

    def speaker(self, person: str | None) -> str:
        """The speaker's name with the body spoken for."""
        return named(self.view.speaker(person))

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

    def evidence(self, place: Place, rule: str = "", score: float = 1.0, features: Features | None = None) -> Evidence:
        """The words at ``place`` in their paragraph with what led to them."""
        around = self.context(place)
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
            tuple((str(k), named(f"{v:.2f}" if isinstance(v, float) else str(v))) for k, v in (features or {}).items()),
        )


def hull_place(article: str, spans: Sequence[Span]) -> Place:
    """The place from the first to the last of ``spans``."""
    return Place(article, Span(min(s.start for s in spans), max(s.end for s in spans)))
