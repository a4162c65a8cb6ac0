"""Claims: every reported stretch of a report with the occasion it was said on, so far as the report tells it.

Evidence, in this order: whom the words were told to; an occasion in the sentences of the quotation; one in its
paragraph; the occasion of earlier, then later words of the same speaker; where no speaker is known, one shortly before.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from twosource.align.passages import sentences
from twosource.article import TOLD_IN, Span, hull
from twosource.extract.outlets import find_outlets
from twosource.lang import ENGLISH, Language
from twosource.lineage.occasions import Occasion, OriginTable
from twosource.lineage.told import Told
from twosource.resolve.names import parse_name, skeleton

CARRIED = 3
"""Paragraphs over which an occasion holds on for words whose speaker is not known."""

WINDOW = 600
"""Code points on either side of a claim that count as its paragraph (some inputs have one paragraph in all)."""


MOST = 100
"""Occasions looked at for one claim."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One stretch of reported words; ``quotation`` is its id, or None where only marks show that they are reported.

    ``span`` covers content, cue and source, ``content`` the reported words alone; ``words`` counts them. ``speaker`` is
    a key of the speaker's name that its spellings share, "" where unknown; ``name`` is the name as the report has it;
    ``person`` tells whether it is a person's and not a body's. ``carried`` is true where the occasion is told not of
    these words but of others near by. ``given`` is true where the report names or describes whose words they are.
    """

    article: str
    quotation: str | None
    span: Span
    content: Span
    words: int
    speaker: str = ""
    name: str = ""
    person: bool = False
    occasion: Occasion | None = None
    carried: bool = False
    given: bool = False


def find_claims(told: Told, occasions: Sequence[Occasion]) -> tuple[Claim, ...]:
    """Return the claims of a report in order of place, each with its occasion where one is told."""
    blocks = [b.span for b in told.report.blocks if b.kind in TOLD_IN]
    bare = sorted((*_quotations(told), *_marked_only(told)), key=lambda c: (c.span, c.quotation or ""))
    outlets = _told_to(told, occasions)
    near = [replace(c, occasion=outlets.get(c.quotation or "") or _near(told, c, blocks, occasions)) for c in bare]
    return tuple(_carried(near, blocks))


# --- what is claimed ------------------------------------------------------------------------------------------


def _quotations(told: Told) -> Iterator[Claim]:
    people = {p.id: p for p in told.report.people if p.kind in {"person", "organisation"}}
    for q in told.report.quotations:
        if q.act == "said" and q.content:
            words = sum(len(span.of(told.folded).split()) for span in q.content)
            known = people.get(q.speaker or "")
            name = known.name if known else ""
            yield Claim(
                told.id,
                q.id,
                hull((*q.content, *q.cue, *q.source)),
                hull(q.content),
                words,
                speaker=skeleton(parse_name(name).surname),
                name=name,
                person=known is not None and known.kind == "person",
                given=q.speaker is not None or bool(q.source),
            )


def _marked_only(told: Told) -> Iterator[Claim]:
    """Stretches in quotation marks, and posts, that no quotation covers."""
    covered = sorted(span for q in told.report.quotations for span in q.content)
    for segment in told.segments:
        at = bisect_right(covered, segment)
        if not any(span.overlaps(segment) for span in covered[max(0, at - 3) : at + 1]):
            yield Claim(told.id, None, segment, segment, len(segment.of(told.folded).split()))


# --- on what occasion -----------------------------------------------------------------------------------------


def _told_to(told: Told, occasions: Sequence[Occasion], lang: Language = ENGLISH) -> dict[str, Occasion]:
    """The outlets, or several reporters, that quotations say their words were told to, by quotation id."""
    found: dict[str, Occasion] = {}
    hearers = tuple(lang.table("origins", OriginTable).hearers)
    for q in told.report.quotations:
        if q.told_to is not None:
            span = q.told_to.span
            known = [o for o in occasions if o.outlet and o.span.overlaps(span)]
            named = [Occasion("interview", n.name, span) for n in find_outlets(span.of(told.folded))]
            if outlets := (*known, *named):
                found[q.id] = outlets[0]
            elif (heard := span.of(told.folded).lower()).endswith(hearers):
                found[q.id] = Occasion("briefing", "", span, heard)
    return found


def _near(told: Told, claim: Claim, blocks: Sequence[Span], occasions: Sequence[Occasion]) -> Occasion | None:
    """The best occasion in the claim's sentences, else in its paragraph."""
    at = max(0, bisect_right(blocks, (claim.span.start, len(told.folded))) - 1)
    block = blocks[at] if blocks and blocks[at].overlaps(claim.span) else claim.span
    start, end = max(block.start, claim.span.start - WINDOW), min(block.end, claim.span.end + WINDOW)
    around = Span(min(start, claim.span.start), max(end, claim.span.end))
    touched = [s for s in sentences(told.report.article.text, around) if s.overlaps(claim.span)]
    first = bisect_left(occasions, around.start - WINDOW, key=_start)
    within = occasions[first : first + MOST]
    for reach in (hull((claim.span, *touched)), around):
        if found := [o for o in within if o.span.overlaps(reach)]:
            return min(found, key=lambda o: _order(o, claim))
    return None


def _start(occasion: Occasion) -> int:
    return occasion.span.start


def _order(occasion: Occasion, claim: Claim) -> tuple[int, int, Span]:
    """Named interviews first, then other outlets' reports, then whatever stands nearest."""
    rank = {"interview": 0, "cites_outlet": 1}.get(occasion.kind, 2)
    return rank, max(0, occasion.span.start - claim.span.end, claim.span.start - occasion.span.end), occasion.span


def _carried(claims: Sequence[Claim], blocks: Sequence[Span]) -> list[Claim]:
    """Fill in the occasion of the speaker's words before, then after; for nobody known what stands shortly before."""
    before = _handed_on(claims, blocks)
    after = _handed_on(claims[::-1], blocks)[::-1]
    return [
        claim
        if claim.occasion
        else replace(claim, occasion=earlier or (later if claim.speaker else None), carried=True)
        for claim, earlier, later in zip(claims, before, after, strict=True)
    ]


def _handed_on(claims: Sequence[Claim], blocks: Sequence[Span]) -> list[Occasion | None]:
    """For each claim the last lasting occasion of its speaker so far, or of anybody within a few paragraphs."""
    of_speaker: dict[str, Occasion] = {}
    latest: tuple[Occasion, int] | None = None
    found: list[Occasion | None] = []
    for claim in claims:
        paragraph = bisect_right(blocks, (claim.span.start, claim.span.end))
        in_reach = latest[0] if latest and abs(paragraph - latest[1]) <= CARRIED else None
        found.append(of_speaker.get(claim.speaker) if claim.speaker else in_reach)
        if claim.occasion and claim.occasion.kind != "cites_outlet":
            of_speaker[claim.speaker] = claim.occasion
            latest = claim.occasion, paragraph
    return found
