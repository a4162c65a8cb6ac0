"""What every section of the page looks things up in: articles by id, their letters, labels, places and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from twosource.account import Account, Place
from twosource.article import Article, Block, Span
from twosource.facts import Features
from twosource.render.annotate import Context, context, in_place
from twosource.render.lines import named
from twosource.render.view import View
from twosource.report import Report

LONGEST_NAME = 1_000
"""Code points of a name or headline that pages look at, each many times; an input may hold a million."""

LONG = 160
"""Code points of a name or headline in a line of a single file; the report below its lines has `LONGEST_NAME`."""

LONGEST_TEXT = 100_000
"""Code points of one report that a single file shows: 200 such reports make 20 MB. News articles have under 50,000."""


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
        self.report = {
            a.id: known.get((a.id, a.text or "")) or known.get(("", a.text or "")) or _bare(a.id, a.text or "")
            for a in account.articles
        }

    def letter(self, article: str) -> str:
        """The letter the article is called by."""
        return self.labels.letter(article)

    def outlet(self, article: str) -> str:
        """The outlet's name, or what the input was called, for a line."""
        return cut(named(self.view.outlet(article)))

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
        """The id that links to ``place`` land on; behind what is shown of a text, that of the report."""
        if place.span.start >= LONGEST_TEXT:
            return self.anchor(place.article)
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


def cut(words: str, most: int = LONG) -> str:
    """Return a name as it is shown, cut for a line; marks that isolate it stay in pairs."""
    if len(words) <= most:
        return words
    return words[:most].rstrip("\u2069") + " …" + ("\u2069" if words.startswith("\u2068") else "")


def shortened(account: Account, most: int = LONGEST_NAME) -> Account:
    """Return the account with names and headlines of at most ``most`` code points."""
    kept = slice(most)
    articles = tuple(
        replace(a, title=a.title and a.title[kept], outlet=a.outlet and a.outlet[kept], name=a.name and a.name[kept])
        if max(map(len, (a.title or "", a.outlet or "", a.name or ""))) > most
        else a
        for a in account.articles
    )
    people = tuple(
        replace(p, name=p.name[kept], roles=tuple(role[kept] for role in p.roles))
        if max(map(len, (p.name, *p.roles))) > most
        else p
        for p in account.people
    )
    return replace(account, articles=articles, people=people)


def _bare(article_id: str, text: str) -> Report:
    """A report of an article of which there is none: its text in one block, without facts."""
    article = Article(id=article_id, text=text)
    return Report(article=article, language=None, model=None, blocks=(Block("body", 0, len(text)),) if text else ())


def hull_place(article: str, spans: Sequence[Span]) -> Place:
    """The place from the first to the last of ``spans``."""
    return Place(article, Span(min(s.start for s in spans), max(s.end for s in spans)))
