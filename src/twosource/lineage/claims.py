"""Claims: every reported stretch of a report with the occasion it was said on, so far as the report tells it.

Evidence, in this order: whom the words were told to; an occasion in the sentences of the quotation; one in its
paragraph; the occasion of earlier, then later words of the same speaker; where no speaker is known, one shortly before.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from twosource.align.passages import sentences
from twosource.article import TOLD_IN, Span, hull
from twosource.extract.outlets import find_outlets
from twosource.lineage.occasions import Occasion
from twosource.lineage.told import Told
from twosource.resolve.names import parse_name, skeleton

CARRIED = 3
"""Paragraphs over which an occasion holds on for words whose speaker is not known."""

WINDOW = 600
"""Code points on either side of a claim that count as its paragraph (some inputs have one paragraph in all)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One stretch of reported words; ``quotation`` is its id, or None where only marks show that they are reported.

    ``span`` covers content, cue and source, ``content`` the reported words alone; ``words`` counts them. ``speaker`` is
    a key of the speaker's name that its spellings share, "" where unknown; ``name`` is the name as the report has it.
    """

    article: str
    quotation: str | None
    span: Span
    content: Span
    words: int
    speaker: str = ""
    name: str = ""
    occasion: Occasion | None = None


def find_claims(told: Told, occasions: Sequence[Occasion]) -> tuple[Claim, ...]:
    """Return the claims of a report in order of place, each with its occasion where one is told."""
    blocks = [b.span for b in told.report.blocks if b.kind in TOLD_IN]
    bare = sorted((*_quotations(told), *_marked_only(told)), key=lambda c: (c.span, c.quotation or ""))
    outlets = _told_to(told, occasions)
    near = [replace(c, occasion=outlets.get(c.quotation or "") or _near(told, c, blocks, occasions)) for c in bare]
    starts = [block.start for block in blocks]
    paragraphs = [bisect_right(starts, c.span.start) for c in near]
    return tuple(c if c.occasion else _carried(i, near, paragraphs) for i, c in enumerate(near))


# --- what is claimed ------------------------------------------------------------------------------------------


def _quotations(told: Told) -> Iterator[Claim]:
    people = {p.id: p for p in told.report.people if p.kind in {"person", "organisation"}}
    for q in told.report.quotations:
        if q.act == "said" and q.content:
            words = sum(len(span.of(told.folded).split()) for span in q.content)
            name = people[q.speaker].name if q.speaker in people else ""
            span = hull((*q.content, *q.cue, *q.source))
            yield Claim(told.id, q.id, span, hull(q.content), words, skeleton(parse_name(name).surname), name)


def _marked_only(told: Told) -> Iterator[Claim]:
    """Stretches in quotation marks, and posts, that no quotation covers."""
    covered = sorted(span for q in told.report.quotations for span in q.content)
    for segment in told.segments:
        at = bisect_right(covered, segment)
        if not any(span.overlaps(segment) for span in covered[max(0, at - 3) : at + 1]):
            yield Claim(told.id, None, segment, segment, len(segment.of(told.folded).split()))


# --- on what occasion -----------------------------------------------------------------------------------------


def _told_to(told: Told, occasions: Sequence[Occasion]) -> dict[str, Occasion]:
    """The outlets that quotations say their words were told to, by quotation id."""
    found: dict[str, Occasion] = {}
    for q in told.report.quotations:
        if q.told_to is not None:
            span = q.told_to.span
            known = [o for o in occasions if o.outlet and o.span.overlaps(span)]
            named = [Occasion("interview", n.name, span) for n in find_outlets(span.of(told.folded))]
            if outlets := (*known, *named):
                found[q.id] = outlets[0]
    return found


def _near(told: Told, claim: Claim, blocks: Sequence[Span], occasions: Sequence[Occasion]) -> Occasion | None:
    """The best occasion in the claim's sentences, else in its paragraph."""
    block = next((b for b in blocks if b.overlaps(claim.span)), claim.span)
    around = Span(
        max(block.start, claim.span.start - WINDOW), max(claim.span.end, min(block.end, claim.span.end + WINDOW))
    )
    touched = [s for s in sentences(told.report.article.text, around) if s.overlaps(claim.span)]
    for reach in (hull((claim.span, *touched)), around):
        if found := [o for o in occasions if o.span.overlaps(reach)]:
            return min(found, key=lambda o: _order(o, claim))
    return None


def _order(occasion: Occasion, claim: Claim) -> tuple[int, int, Span]:
    """Named interviews first, then other outlets' reports, then whatever stands nearest."""
    rank = {"interview": 0, "cites_outlet": 1}.get(occasion.kind, 2)
    return rank, max(0, occasion.span.start - claim.span.end, claim.span.start - occasion.span.end), occasion.span


def _carried(index: int, claims: Sequence[Claim], paragraphs: Sequence[int]) -> Claim:
    """The claim with the occasion of the same speaker's words before or after it, or of what stands shortly before."""
    claim = claims[index]
    if claim.speaker:
        others = [i for i, c in enumerate(claims) if c.speaker == claim.speaker]
    else:
        others = [i for i in range(index) if paragraphs[index] - paragraphs[i] <= CARRIED]
    lasting = [i for i in others if (o := claims[i].occasion) and o.kind != "cites_outlet"]
    nearest = min(lasting, key=lambda i: (i > index, abs(i - index)), default=None)
    return claim if nearest is None else replace(claim, occasion=claims[nearest].occasion)
