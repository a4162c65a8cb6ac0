"""Lineage: which reports are not independent, and which origin each report and each reported stretch goes back to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from twosource.account import Lineage, OriginKind
from twosource.extract.outlets import squeezed
from twosource.lineage.counting import count_as_one, leanings
from twosource.lineage.links import Behind, decide
from twosource.lineage.origins import Grounds, Origins
from twosource.lineage.owners import Owners, known_owners
from twosource.lineage.pairs import Pair, all_pairs, released
from twosource.lineage.sources import Sources
from twosource.lineage.unions import unite
from twosource.lineage.witness import Witness, call
from twosource.report import Report

__all__ = ["ToldOn", "Traced", "trace"]


@dataclass(frozen=True, slots=True)
class ToldOn:
    """The occasion that a report tells for reported words; ``outlet`` is a key, "" where no outlet alone heard them.

    ``direct`` is true where it is told of these very words, not of others near by or by another report.
    """

    kind: OriginKind
    outlet: str
    direct: bool


@dataclass(frozen=True)
class Traced:
    """The lineage of a story, and the origin of each article and of each quotation that has another than its article.

    ``texts`` names the text of each article: articles with one name carry one text, whole or in part. ``occasions``
    holds the occasion of each quotation (article id, quotation id) for which one is told.
    """

    lineage: Lineage
    article_origin: Mapping[str, str]
    claim_origin: Mapping[tuple[str, str], str]
    texts: Mapping[str, str]
    occasions: Mapping[tuple[str, str], ToldOn] = field(default_factory=dict)

    def origin(self, article_id: str, quotation_id: str | None = None) -> str:
        """Return the id of the origin of a quotation, or of the article's own words without one."""
        return self.claim_origin.get((article_id, quotation_id or ""), self.article_origin[article_id])

    def same_text(self, left: str, right: str) -> bool:
        """Tell whether two articles (by id) carry one text; reports with one origin may still be two texts."""
        return self.texts[left] == self.texts[right]


def trace(reports: Sequence[Report], owners: Owners | None = None) -> Traced:
    """Trace the reports of one story (their ids are distinct). The order of ``reports`` plays no part.

    ``independent_reports`` counts separately written reports and is an upper bound: one text in several places,
    one release rewritten, several texts of one agency and reports that lean on one other outlet count once. Reports
    without a word count nothing. ``owners`` says who owns which outlet; the language's list where it is None.
    """
    owners = known_owners() if owners is None else owners
    witnesses = call(reports)
    pairs = all_pairs(witnesses)
    releases = released(pairs)
    sources = Sources(witnesses, pairs)
    copies = [pair for pair in pairs if pair.one_text]
    agencies = _agencies(witnesses, [pair for pair in copies if pair not in releases])
    leaning = {w.id: leanings(w, sources) for w in witnesses}
    sisters = [pair for pair in pairs if pair.text and not pair.one_text and _one_house(pair, owners)]
    groups = count_as_one(witnesses, [*copies, *sisters], leaning)
    origins = Origins([[witnesses[i] for i in group] for group in groups], Grounds(leaning, agencies, sources))
    behind = {
        pair: Behind(
            agencies=agencies[pair.left.id] or agencies[pair.right.id],
            leaning=frozenset(map(squeezed, leaning[pair.left.id])) & frozenset(map(squeezed, leaning[pair.right.id])),
            release=pair in releases,
        )
        for pair in pairs
    }
    links = (decide(pair, sources, behind[pair]) for pair in pairs)
    return Traced(
        lineage=Lineage(
            reports=len(witnesses),
            independent_reports=sum(any(witnesses[i].told.forms for i in group) for group in groups),
            origins=origins.all,
            links=tuple(link for link in links if link),
            owners=owners.owned(witnesses),
        ),
        article_origin=origins.of_article,
        claim_origin=origins.of_claim,
        texts={id_: min(group) for group in _united(witnesses, copies) for id_ in group},
        occasions=_occasions(witnesses, sources),
    )


def _occasions(witnesses: Sequence[Witness], sources: Sources) -> dict[tuple[str, str], ToldOn]:
    """The occasion of each quotation, so far as it is told of it or of words with the same source."""
    found: dict[tuple[str, str], ToldOn] = {}
    for claim, source in (pair for witness in witnesses for pair in sources.of(witness.id)):
        if claim.quotation and source.kind:
            own = claim.occasion
            direct = own is not None and not claim.carried and own.kind == source.kind and own.outlet == source.outlet
            # an interview that names no outlet was given to the report's own
            outlet = squeezed(source.outlet) or (claim.article if source.kind == "interview" else "")
            found[claim.article, claim.quotation] = ToldOn(source.kind, outlet, direct)
    return found


def _one_house(pair: Pair, owners: Owners) -> bool:
    """Tell whether reports of different outlets name one owner or one author: with a lifted sentence they are one."""
    elsewhere = squeezed(pair.left.outlet) != squeezed(pair.right.outlet)
    return owners.one(pair.left, pair.right) or (elsewhere and bool(pair.left.authors & pair.right.authors))


def _agencies(witnesses: Sequence[Witness], copies: Sequence[Pair]) -> dict[str, tuple[str, ...]]:
    """The agencies behind each report: those it credits, else those that copies of the same text credit most."""
    own = {w.id: tuple(w.agencies) for w in witnesses}
    found: dict[str, tuple[str, ...]] = {}
    for group in _united(witnesses, copies):
        credited = Counter(name for id_ in group for name in own[id_])
        common = tuple(sorted(n for n in credited if credited[n] == max(credited.values())))
        found |= {id_: own[id_] or common for id_ in group}
    return found


def _united(witnesses: Sequence[Witness], copies: Sequence[Pair]) -> list[list[str]]:
    """The ids of articles that ``copies`` make one text."""
    ids = [w.id for w in witnesses]
    number = {id_: i for i, id_ in enumerate(ids)}
    groups = unite(len(ids), ((number[p.left.id], number[p.right.id]) for p in copies))
    return [[ids[i] for i in group] for group in groups]
