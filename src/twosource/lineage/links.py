"""Links: why two reports are not independent, from the words they share and whom they name as source.

Order of evidence: own words in common, one report naming the other's outlet as its source, and reported words in
common, told apart by the occasion they were said on.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from twosource.account import Direction, Link, LinkKind, Place
from twosource.extract.outlets import squeezed
from twosource.lineage.pairs import Pair
from twosource.lineage.reuse import Run, passages
from twosource.lineage.sources import Source, Sources
from twosource.lineage.witness import Witness

QUOTED = 8
"""Reported words in common from which two reports share a source.

95 pairs of news_cluster and basil: independent reports have at most 5; swept 5 to 12, 2026-11-22.
"""

EVIDENCE = 3
"""Passages, and places that name a source, shown for a link on either side."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    """Reported words that two reports share, and the sources of the claims they stand in."""

    run: Run
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind two reports: agencies credited for their text, outlets (keys) that both lean on.

    ``release`` is true where their own words in common are a release's.
    """

    agencies: Sequence[str] = ()
    leaning: frozenset[str] = frozenset()
    release: bool = False


def decide(pair: Pair, sources: Sources, behind: Behind) -> Link | None:
    """Return the link between two reports, or None where nothing speaks against their independence."""
    quoted = () if pair.one_text else _quoted(pair, sources)
    kind = _kind(pair, quoted, release=behind.release)
    if kind is None:
        return _both_lean(pair, behind.leaning) if behind.leaning else None
    copied = kind in {"copy", "partial_copy"}
    shown = _heard_by_one(pair, quoted) if kind == "cites_other" else quoted
    return Link(
        left=pair.left.id,
        right=pair.right.id,
        kind=kind,
        direction=_direction(pair, kind, quoted, behind.agencies),
        share=round(pair.copied_share if copied or behind.release else pair.share, 3),
        agency=", ".join(behind.agencies) or None if copied else None,
        evidence=_evidence(pair, shown, copied=copied or behind.release),
    )


def _both_lean(pair: Pair, outlets: frozenset[str]) -> Link:
    """The link of two reports that rest on one third outlet and share hardly a word."""
    sides = pair.left, pair.right
    places = ([w.place(o.span) for o in w.occasions if squeezed(o.outlet) in outlets][:EVIDENCE] for w in sides)
    return Link(
        left=pair.left.id,
        right=pair.right.id,
        kind="same_interview_or_briefing",
        direction="common_source",
        share=round(pair.share, 3),
        evidence=tuple(place for side in places for place in side),
    )


def _quoted(pair: Pair, sources: Sources) -> tuple[_Quoted, ...]:
    """The reported words in common, where there are enough of them to mean one source."""
    if pair.shared is None:
        return ()
    half = [run for run in pair.shared.half_quoted if pair.shared.speaks(run)]
    runs = {*(run for run in pair.shared.quoted if pair.shared.speaks(run)), *(r for r in half if r.length >= QUOTED)}
    if not runs or (sum(run.length for run in half) < QUOTED and not any(_whole_quote(pair, run) for run in runs)):
        return ()
    ordered = sorted(runs, key=lambda run: (run.left, -run.length))
    return tuple(_Quoted(run, tuple(_sources_of(pair, run, sources))) for run in ordered)


def _whole_quote(pair: Pair, run: Run) -> bool:
    """Tell whether shared words are all that one of the reports has between two quotation marks, and quoted in both.

    Five words may be few, but two people do not single them out by chance; inside longer quotations they may be.
    """
    if not pair.shared or run not in pair.shared.quoted:
        return False
    sides = (pair.left.told, run.left), (pair.right.told, run.right)
    return any(
        not any(told.quoted[max(0, first - 1) : first]) and not any(told.quoted[first + run.length :][:1])
        for told, first in sides
    )


def _sources_of(pair: Pair, run: Run, sources: Sources) -> list[Source]:
    left, right, length = run
    return [*sources.at(pair.left.id, left, left + length), *sources.at(pair.right.id, right, right + length)]


# --- kind -----------------------------------------------------------------------------------------------------


def _kind(pair: Pair, quoted: Sequence[_Quoted], *, release: bool) -> LinkKind | None:
    if release:
        return "same_press_material"
    cites = _cites(pair.left, pair.right, quoted) or _cites(pair.right, pair.left, quoted)
    if pair.text and (pair.one_text or not cites):
        return pair.text
    if cites or _taken_from(pair, quoted):
        return "cites_other"
    return _occasion(quoted) if quoted else None


def _cites(one: Witness, other: Witness, quoted: Sequence[_Quoted]) -> bool:
    """Tell whether a report names the other's outlet as its source.

    Where no words are shared, an interview with that outlet can be another one, and an agency's report another text.
    """
    named = one.naming(other)
    return any(quoted or (o.kind == "cites_outlet" and squeezed(o.outlet) == squeezed(other.outlet)) for o in named)


def _taken_from(pair: Pair, quoted: Sequence[_Quoted]) -> Witness | None:
    """The report whose outlet heard the shared words first, if one of the two did."""
    outlets = {squeezed(source.outlet) for one in quoted for source in one.sources if source.outlet}
    return next((w for w in (pair.left, pair.right) if outlets & w.publishers), None)


def _heard_by_one(pair: Pair, quoted: Sequence[_Quoted]) -> list[_Quoted]:
    """The shared words that the outlet of one of the two heard first."""
    publishers = pair.left.publishers | pair.right.publishers
    return [one for one in quoted if any(squeezed(s.outlet) in publishers for s in one.sources if s.outlet)]


def _occasion(quoted: Sequence[_Quoted]) -> LinkKind:
    """What the shared words were said on: something in writing stands first; in doubt they were given out to all."""
    words: Counter[str] = Counter()
    for one in quoted:
        kinds = Counter(str(source.kind) for source in one.sources)
        told = min(kinds, key=lambda kind: (-kinds[kind], kind == "None", kind), default="None")
        words[told] += one.run.length
    heard = words["interview"] + words["briefing"]
    written = words["press_release"] >= QUOTED or heard < sum(words.values()) / 2
    return "same_press_material" if written else "same_interview_or_briefing"


# --- direction ------------------------------------------------------------------------------------------------


def _direction(pair: Pair, kind: LinkKind, quoted: Sequence[_Quoted], agencies: Sequence[str]) -> Direction | None:
    """Who has it from whom, where wording, or for copies that name no third party a day's difference, shows it."""
    if kind in {"copy", "partial_copy"}:
        return _copy_direction(pair, agencies)
    if kind == "cites_other":
        return _named_by_one(pair) or _from(pair, _taken_from(pair, quoted))
    return _from(pair, pair.left if pair.left.release else pair.right) if _one_release(pair) else "common_source"


def _copy_direction(pair: Pair, agencies: Sequence[str]) -> Direction | None:
    credited = [w for w, other in ((pair.left, pair.right), (pair.right, pair.left)) if _credits(other, w)]
    if len(credited) == 1:
        return _from(pair, credited[0])
    if agencies or (pair.left.credited and pair.right.credited):
        return "common_source"
    if named := _named_by_one(pair):
        return named
    left, right = _day(pair.left), _day(pair.right)
    return _from(pair, pair.left if left < right else pair.right) if left and right and left != right else None


def _named_by_one(pair: Pair) -> Direction | None:
    """From the outlet that only the other report names as its source."""
    left, right = pair.left.naming(pair.right), pair.right.naming(pair.left)
    return _from(pair, pair.right if left else pair.left) if bool(left) != bool(right) else None


def _credits(one: Witness, other: Witness) -> bool:
    """Tell whether a report credits the other's outlet for its text."""
    return squeezed(other.outlet) in {squeezed(name) for name in (*one.credited, *one.agencies)}


def _one_release(pair: Pair) -> bool:
    return pair.left.release != pair.right.release


def _from(pair: Pair, first: Witness | None) -> Direction | None:
    if first is None:
        return None
    return "right_from_left" if first is pair.left else "left_from_right"


def _day(witness: Witness) -> str:
    """The day of publication; "" where it is unknown or the text tells of later days as past (it was dated back)."""
    day = (witness.report.article.published or "")[:10]
    past = [t.end or t.start for t in witness.report.times if t.anchor == "explicit" and t.direction == "past"]
    return day if all(not told or told[:10] <= day for told in past) else ""


# --- evidence -------------------------------------------------------------------------------------------------


def _evidence(pair: Pair, quoted: Sequence[_Quoted], *, copied: bool) -> tuple[Place, ...]:
    """The longest of the shared words given, and the places that name the other outlet or an agency."""
    found: list[Place] = []
    if pair.shared:
        runs = pair.shared.own or pair.shared.runs if copied else [one.run for one in quoted]
        for passage in passages(pair.shared, runs, EVIDENCE):
            found += (pair.left.place(passage.left), pair.right.place(passage.right))
    if copied and len(found) < 2 and pair.gone_over:
        for left, right in pair.gone_over.sentences:
            found += (pair.left.place(pair.left.told.place(*left)), pair.right.place(pair.right.told.place(*right)))
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        found += (one.place(occasion.span) for occasion in one.naming(other)[:EVIDENCE])
        if copied:
            found += (one.place(span) for span in one.agencies.values())
    return tuple(dict.fromkeys(found))
