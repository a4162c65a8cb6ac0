"""One report as lineage sees it: its told words, whom it names as source, what it reports, and the names it goes by."""

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.account import Place
from twosource.article import Span
from twosource.extract.credits import helped
from twosource.extract.outlets import publisher_of, squeezed, titles_in
from twosource.lang import ENGLISH, Language
from twosource.lineage.claims import Claim, find_claims
from twosource.lineage.furniture import without_furniture
from twosource.lineage.occasions import Occasion, OriginTable, find_occasions
from twosource.lineage.told import Told, told_words
from twosource.report import Report


@dataclass(frozen=True)
class Witness:
    """A report read for lineage. ``outlet`` is its publisher, "" where unknown.

    ``agencies`` are those whose text it says it is, ``reposted`` the outlets it says its text was taken from,
    ``informed`` those it says its information is from; each with the place that says so. ``release`` is true where an
    institution put the text out itself.
    """

    told: Told
    occasions: tuple[Occasion, ...]
    claims: tuple[Claim, ...]
    outlet: str
    agencies: dict[str, Span]
    reposted: dict[str, Span]
    informed: dict[str, Span]
    release: bool

    @property
    def id(self) -> str:
        """The article's id."""
        return self.told.id

    @property
    def report(self) -> Report:
        """The report itself."""
        return self.told.report

    @property
    def credited(self) -> dict[str, Span]:
        """Outlets, other than its own, that the report credits for its text or its information."""
        named = self.informed | self.reposted
        return {name: span for name, span in named.items() if squeezed(name) != squeezed(self.outlet)}

    @property
    def authors(self) -> frozenset[str]:
        """Keys of the people it names as its authors, by two names at least."""
        found = (c.name for c in self.report.credits if c.kind == "byline" and " " in c.name.strip())
        return frozenset(squeezed(name) for name in found)

    @property
    def publishers(self) -> frozenset[str]:
        """Keys of all names the text goes by: its outlet and its agencies."""
        return frozenset(squeezed(name) for name in (self.outlet, *self.agencies) if name)

    def naming(self, other: "Witness") -> tuple[Occasion, ...]:
        """Return the occasions of this report that name the other one's outlet, and not its own, as source."""
        theirs = other.publishers - self.publishers
        return tuple(o for o in self.occasions if o.outlet and squeezed(o.outlet) in theirs)

    def place(self, span: Span) -> Place:
        """Return ``span`` as evidence."""
        return Place(self.id, span)


def call(reports: Sequence[Report], lang: Language = ENGLISH) -> tuple[Witness, ...]:
    """Return the reports as witnesses, in order of publication, outlet, id, whatever the order given."""
    ordered = sorted(reports, key=_order)
    outlets = [publisher_of(report.article.outlet, lang) or "" for report in ordered]
    texts = without_furniture([told_words(report) for report in ordered], outlets)
    known = set(outlets)
    known |= {name for told in texts for name in titles_in(told.folded, lang)}
    known |= {c.name for told in texts for c in told.report.credits if c.kind == "repost" and "." not in c.name}
    return tuple(_witness(told, tuple(sorted(known - {""})), lang) for told in texts)


def _order(report: Report) -> tuple[str, str, str]:
    article = report.article
    return article.published or "~", article.outlet.name if article.outlet else "", article.id


def _witness(told: Told, known: tuple[str, ...], lang: Language) -> Witness:
    report = told.report
    occasions = find_occasions(told, known, lang)
    agencies, reposted, informed = _credits(report, lang)
    return Witness(
        told=told,
        occasions=occasions,
        claims=find_claims(told, occasions),
        outlet=publisher_of(report.article.outlet, lang) or "",
        agencies=agencies,
        reposted=reposted,
        informed=informed,
        release=_is_release(report, lang),
    )


def _credits(report: Report, lang: Language) -> tuple[dict[str, Span], dict[str, Span], dict[str, Span]]:
    """Agencies whose text the report is, outlets it was taken from, outlets it was informed by, with first places."""
    agencies: dict[str, Span] = {}
    reposted: dict[str, Span] = {}
    informed: dict[str, Span] = {}
    leaning = tuple(lang.table("origins", OriginTable).leans_on)
    for credit in report.credits:
        if credit.kind == "repost" and credit.name:
            reposted.setdefault(credit.name, credit.span)
        elif helped(credit, report.article.text, lang):
            if _shown(report, credit.span).startswith(leaning):
                informed.setdefault(credit.name, credit.span)
        elif credit.kind == "agency":
            agencies.setdefault(credit.name, credit.span)
    if not reposted and any(c.kind == "repost" for c in report.credits):
        # "Source link" alone: the outlet that the page's furniture speaks of is the likely one
        reposted = {c.name: c.span for c in reversed(report.credits) if c.kind == "outlet"}
    return agencies, reposted, informed


def _shown(report: Report, span: Span) -> str:
    return span.of(report.article.text).lower()


def _is_release(report: Report, lang: Language) -> bool:
    """Tell whether the article stands on an institution's or a press service's own site."""
    outlet = report.article.outlet
    hosts = [h.lower() for h in (outlet.domain, outlet.name) if h and "." in h] if outlet else []
    return any(h.endswith(tuple(lang.table("origins", OriginTable).institutions)) for h in hosts)
