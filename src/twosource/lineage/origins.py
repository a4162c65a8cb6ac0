"""Origins: where the words of each report, and of each claim in it, come from.

Reports that count as one have one origin: the outlet they lean on, the agency or release whose text they carry, or the
first of them. A claim has an origin of its own where another outlet heard it first or several reports heard it. Words
that several reports have of one speaker, with no word of the occasion, count as given out ("press_release").
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from twosource.account import Origin, OriginKind, Place
from twosource.article import TOLD_IN, stable_id
from twosource.extract.outlets import squeezed
from twosource.lang import ENGLISH, Language
from twosource.lineage.occasions import OriginTable, writing_by
from twosource.lineage.sources import Source, Sources
from twosource.lineage.witness import Witness

EVIDENCE = 3
"""Places shown for an origin in one article."""

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is known of the reports' origins: by article id the outlets it leans on and the agencies behind its text."""

    leaning: Mapping[str, Sequence[str]]
    agencies: Mapping[str, Sequence[str]]
    sources: Sources
    lang: Language = ENGLISH

    @property
    def interviews(self) -> frozenset[str]:
        """Keys of the outlets that somebody spoke to."""
        return frozenset(squeezed(s.outlet) for s in self.sources.all if s.kind == "interview")


@dataclass
class _Draft:
    """An origin being gathered: what it is, and the places in each article that say so."""

    kind: OriginKind
    name: str
    places: dict[str, list[Place]] = field(default_factory=dict)

    def add(self, article: str, *found: Place) -> None:
        known = self.places.setdefault(article, [])
        known += (p for p in found if p not in known and len(known) < EVIDENCE)


class Origins:
    """All origins of a story, with the origin of every article and of the claims that have one of their own."""

    def __init__(self, groups: Sequence[Sequence[Witness]], grounds: Grounds) -> None:
        self._drafts: dict[_Key, _Draft] = {}
        self._of_article: dict[str, _Key] = {}
        self._of_claim: dict[tuple[str, str], _Key] = {}
        self._publishing: dict[str, str] = {}
        for group in groups:
            self._add_group(group, grounds)
        for source in grounds.sources.all:
            self._add_source(source)

    @property
    def all(self) -> tuple[Origin, ...]:
        """Return the origins, those of most articles first."""
        made = (
            Origin(
                id=_id(key),
                kind=draft.kind,
                name=draft.name,
                articles=tuple(sorted(draft.places)),
                evidence=tuple(place for _, places in sorted(draft.places.items()) for place in places),
            )
            for key, draft in self._drafts.items()
        )
        return tuple(sorted(made, key=lambda o: (-len(o.articles), o.kind, o.name, o.id)))

    @property
    def of_article(self) -> dict[str, str]:
        """Return the origin id of every article; articles that count as one have one origin."""
        return {article: _id(key) for article, key in self._of_article.items()}

    @property
    def of_claim(self) -> dict[tuple[str, str], str]:
        """Return the origin id of every (article id, quotation id) whose origin is not simply its article's."""
        return {claim: _id(key) for claim, key in self._of_claim.items()}

    def _draft(self, key: _Key, kind: OriginKind, name: str) -> _Draft:
        return self._drafts.setdefault(key, _Draft(kind, name))

    def _add_group(self, members: Sequence[Witness], grounds: Grounds) -> None:
        key, kind, name = _behind(members, grounds)
        draft = self._draft(key, kind, name)
        for witness in members:
            draft.add(witness.id, *_places(witness, name))
            self._of_article[witness.id] = key
            for publisher in witness.publishers:
                self._publishing.setdefault(publisher, witness.id)
            for agency in grounds.agencies[witness.id]:
                also = self._draft(("wire", squeezed(agency)), "wire_copy", agency)
                also.add(witness.id, *_places(witness, agency))

    def _add_source(self, source: Source) -> None:
        key = self._key(source)
        if key is None:
            return
        for article, spans in source.places.items():
            self._drafts[key].add(article, *(Place(article, span) for span in spans))
        for claim in source.claims:
            if claim.quotation:
                self._of_claim[claim.article, claim.quotation] = key

    def _key(self, source: Source) -> _Key | None:
        """The key of a source's origin, made where it is new; None where it is no other than the article's."""
        outlet = squeezed(source.outlet)
        if outlet in self._publishing:
            return self._of_publisher(source, self._of_article[self._publishing[outlet]])
        if outlet:
            # what somebody told the outlet that a text was taken from is more than that text
            taken = source.kind != "interview" and ("taken", outlet) in self._drafts
            key: _Key = ("taken" if taken else "outlet", outlet)
            self._draft(key, source.kind or "cites_outlet", source.outlet)
            return key
        if len({self._of_article[claim.article] for claim in source.claims}) < 2:
            return None
        first = min(source.claims, key=lambda c: (c.article, c.content))
        kind = source.kind or "press_release"
        key = (kind, squeezed(source.speaker), first.article, *map(str, first.content))
        self._draft(key, kind, _called(source))
        return key

    def _of_publisher(self, source: Source, text: _Key) -> _Key:
        """The origin of what one of the story's outlets heard: its text's, or its own where it carries another's."""
        draft = self._drafts[text]
        if (
            source.kind != "interview"
            or draft.kind == "own_reporting"
            or squeezed(draft.name) == squeezed(source.outlet)
        ):
            return text
        key: _Key = ("told", squeezed(source.outlet))
        self._draft(key, "interview", source.outlet)
        return key


def _called(source: Source) -> str:
    """The name of an origin that no outlet gives one: the speaker, and for a writing what it was where that is told."""
    if source.kind != "press_release":
        return source.speaker
    names = Counter(writing_by(source.speaker, occasion.phrase) for occasion in source.told)
    return min(names, key=lambda n: (n == source.speaker, -names[n], n), default=source.speaker)


def _id(key: _Key) -> str:
    return stable_id("o", *key)


def _places(witness: Witness, name: str) -> list[Place]:
    """Where a report names an origin; its first told block where it does not."""
    wanted = squeezed(name)
    credited = (*witness.agencies.items(), *witness.credited.items())
    spans = [span for other, span in credited if squeezed(other) == wanted]
    spans += [o.span for o in witness.occasions if o.outlet and squeezed(o.outlet) == wanted]
    spans = spans or [b.span for b in witness.report.blocks if b.kind in TOLD_IN][:1]
    return [witness.place(span) for span in spans]


# --- what stands behind reports that count as one -------------------------------------------------------------

_Behind = tuple[_Key, OriginKind, str]


def _behind(members: Sequence[Witness], grounds: Grounds) -> _Behind:
    """Key, kind and name of the origin: the outlet leant on, an agency, a release, or the text of the first of them."""
    outlet, leaning = _most(name for w in members for name in set(grounds.leaning[w.id]))
    wire, carrying = _most(name for w in members for name in grounds.agencies[w.id])
    if leaning and leaning >= carrying:
        return _leant_on(members, outlet, grounds)
    if carrying:
        return ("wire", squeezed(wire)), "wire_copy", wire
    if release := next((w for w in members if w.release), None):
        return ("text", release.id), "press_release", release.outlet
    first = members[0]
    if len(members) > 1:
        unnamed = grounds.lang.table("origins", OriginTable).unnamed
        return ("text", *sorted(w.id for w in members)), "wire_copy", unnamed
    return ("text", first.id), "own_reporting", first.outlet or _file_name(first) or first.id


def _file_name(witness: Witness) -> str:
    """What the input is called: the name of a file without its folders, an address as a whole."""
    origin = witness.report.article.origin or ""
    return origin if "://" in origin else origin.replace("\\", "/").rsplit("/", 1)[-1]


def _most(names: Iterable[str]) -> tuple[str, int]:
    """The name that comes most often, and how often; ("", 0) where there is none."""
    counts = Counter(names)
    name = min(counts, key=lambda n: (-counts[n], n), default="")
    return name, counts[name]


def _leant_on(members: Sequence[Witness], outlet: str, grounds: Grounds) -> _Behind:
    key = squeezed(outlet)
    published = any(key in w.publishers for w in members)
    reposting = [w for w in members for name in w.reposted if squeezed(name) == key]
    if published or any(not w.outlet for w in reposting):
        return ("outlet", key), "own_reporting", outlet
    if reposting:
        return ("taken", key), "cites_outlet", outlet
    return ("outlet", key), "interview" if key in grounds.interviews else "cites_outlet", outlet
