"""Joins what the rules and the tagger found in a paragraph.

The tagger says where parts begin and end, the rules what they are: its attribution takes over hearer, act and frame of
the draft about the same words. A draft that the tagger did not see stays only where its rule is sure by itself, or
where the words stand in quotation marks: those are never lost.
"""

from collections.abc import Sequence
from dataclasses import replace

from twosource.article import Span, Spans, hull
from twosource.extract.carried import claimable
from twosource.extract.cues import Cues
from twosource.extract.frames import UNKNOWN, Frame, frame_of
from twosource.extract.marked import Draft, Marked
from twosource.extract.tagger.tagging import Tagged

SAME = 0.5
"""Share of the characters of both contents that makes a draft and a tagged attribution the same one."""

SET_APART = ("post", "headline")
"""Rules that tell the parts of an attribution from the layout of the line, which the tagger does not see."""

SAME_CUE = 0.4
"""What one cue adds to that share."""

SURE = 0.75
"""Least score of a rule's draft that stays without the tagger."""

LEAST = 0.4
"""Least certainty of what the tagger alone found: of those below, two in seven are annotated (PolNeAR dev)."""

FILLS = 0.6
"""Share of another's words that one told inside them must fill ("the Courier reports that Holt said ..."): the tagger's
flat labels show the outer one alone.
"""


def combine(marked: Marked, drafts: list[Draft], tagged: Sequence[Tagged], cues: Cues) -> list[Draft]:
    """Return the drafts of a paragraph, those of both first, in order of content."""
    left = list(drafts)
    found: list[Draft] = []
    for attribution in tagged:
        content = _trimmed(marked, attribution)
        if not content or _wordless(marked, attribution) or _goes_on(marked, attribution, content):
            continue
        shares = [_shared(d, content, attribution) for d in left]
        if max(shares, default=0.0) >= SAME:
            twin = left.pop(shares.index(max(shares)))
            goes_on = _spoken_on(twin, content, left)
            found += [twin, *goes_on] if goes_on else [_settled(twin, attribution, content)]
            left = [d for d in left if d not in goes_on]
            continue
        surer = _told_around(attribution, content, left)
        if surer is not None:
            left.remove(surer)
            found.append(surer)
        elif attribution.certainty >= LEAST and not any(_covers(d, attribution, content) for d in found):
            found.append(_alone(marked, attribution, content, cues))
    found += (d for d in left if _stays(d, found, cues))
    return sorted(found, key=lambda d: d.content[0])


def _trimmed(marked: Marked, tagged: Tagged) -> Spans:
    """The tagger's pieces without punctuation at their edges; whole pairs of marks, where they hold no other part."""
    others = [part for part in (tagged.source, tagged.cue) if part is not None]
    pieces: list[Span] = []
    for n, span in enumerate(tagged.content):
        words = marked.paragraph.tokens(span)
        piece = marked.content(words[0].i, words[-1].i + 1) if words else None
        if piece is None:
            continue
        rest = (*others, *tagged.content[:n], *tagged.content[n + 1 :])
        pieces.append(span if any(piece.overlaps(part) for part in rest) else piece)
    return tuple(pieces)


def _wordless(marked: Marked, tagged: Tagged) -> bool:
    """Tell whether a finding has punctuation for its cue."""
    return tagged.cue is not None and not any(ch.isalnum() for ch in tagged.cue.of(marked.text))


def _goes_on(marked: Marked, tagged: Tagged, content: Spans) -> bool:
    """Tell whether a content without cue and source is a sentence in marks: it belongs to whoever spoke before."""
    if tagged.cue is not None or tagged.source is not None or marked.mode(content) != "direct":
        return False
    words = [marked.paragraph.tokens(span)[0].i for span in content]
    return all(claimable(marked, *marked.sentences[marked.sentence_of[i]]) for i in words)


def _shared(draft: Draft, content: Spans, tagged: Tagged) -> float:
    """Characters that both contents hold, as a share of those that either holds; more where they have one cue.

    Two cues make two attributions, also of the same words ("senators condemned his claim that ...").
    """
    if tagged.cue is not None and draft.cue and not any(tagged.cue.overlaps(c) for c in draft.cue):
        return 0.0
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in draft.content for b in content)
    either = sum(s.width for s in draft.content) + sum(s.width for s in content) - both
    same_cue = tagged.cue is not None and bool(draft.cue)
    return both / either + (SAME_CUE if same_cue and both else 0.0)


def _spoken_on(twin: Draft, content: Spans, others: list[Draft]) -> list[Draft]:
    """Return the drafts by which the same source speaks on inside ``content`` ("said it was over, adding that ...")."""
    same = [d for d in others if d.source == twin.source and d.act == "said" and d.cue]
    return [
        d
        for d in same
        if any(s.covers(d.cue[0]) for s in content) and not any(s.overlaps(d.cue[0]) for s in twin.content)
    ]


def _told_around(tagged: Tagged, content: Spans, others: list[Draft]) -> Draft | None:
    """Return the draft that reports the sentence of which an unsure finding is a part."""
    return next((d for d in others if d.act == "said" and _covers(d, tagged, content)), None)


def _covers(draft: Draft, tagged: Tagged, content: Spans) -> bool:
    """Tell whether all of an unsure finding stands in the words of a surer draft."""
    parts = (*content, *((tagged.cue,) if tagged.cue else ()))
    return draft.score > tagged.certainty and all(any(s.covers(p) for s in draft.content) for p in parts)


def _settled(draft: Draft, tagged: Tagged, content: Spans) -> Draft:
    features = {**draft.features, "tagger": tagged.certainty}
    if draft.rule.startswith(SET_APART):
        return replace(draft, features=features)
    return replace(
        draft,
        content=content,
        cue=(tagged.cue,) if tagged.cue else draft.cue,
        source=(tagged.source,) if tagged.source else draft.source,
        score=round(max(draft.score, tagged.certainty), 3),
        features=features,
    )


def _alone(marked: Marked, tagged: Tagged, content: Spans, cues: Cues) -> Draft:
    """A draft of what the tagger alone found; its act is that of the cue, and no cue we know of speech reports none."""
    frame = _frame(marked, tagged, cues)
    cue = marked.paragraph.tokens(tagged.cue)[0] if tagged.cue else None
    lemma = frame.lemma if frame else cues.lemma(cue) if cue is not None else ""
    first = marked.paragraph.tokens(content[0])[0].i
    return Draft(
        content=content,
        cue=(tagged.cue,) if tagged.cue else (),
        source=(tagged.source,) if tagged.source else _subject(frame, content),
        act=cues.act(lemma) if cues.knows(lemma) or marked.mode(content) == "direct" else "thought",
        score=tagged.certainty,
        rule="tagged",
        anchor=frame.verb.i if frame else cue.i if cue is not None else first,
        frame=frame,
        features={"cue": lemma, "tagger": tagged.certainty},
    )


def _frame(marked: Marked, tagged: Tagged, cues: Cues) -> Frame | None:
    """The frame of the cue's last verb."""
    words = marked.paragraph.tokens(tagged.cue) if tagged.cue else []
    verb = next((t for t in reversed(words) if t.pos_ == "VERB"), None)
    if verb is None or not marked.paragraph.parsed:
        return None
    return frame_of(marked, verb, cues.verbs.get(cues.lemma(verb), UNKNOWN), cues)


def _subject(frame: Frame | None, content: Spans) -> Spans:
    """The subject of the cue's verb, where the tagger names no source and it is no part of the content."""
    source = frame.source if frame is not None else None
    return (source,) if source is not None and not any(source.overlaps(s) for s in content) else ()


def _stays(draft: Draft, found: list[Draft], cues: Cues) -> bool:
    """Tell whether a draft is kept that the tagger did not see; inside another's words only where those pass it on."""
    if draft.rule.startswith(SET_APART):
        return True
    around = [f for f in found if any(s.overlaps(hull(f.content)) for s in draft.content)]
    if not around:
        return draft.rule.startswith("direct") or draft.score >= SURE
    whole = hull((*draft.content, *draft.cue, *draft.source))
    if draft.rule.startswith("noun"):
        return bool(draft.source) and any(hull(f.content).covers(whole) for f in around)
    named = _named(draft, cues)
    relays = [hull(f.content) for f in around if named or f.features.get("cue") in cues.grammar.relaying]
    return bool(draft.source) and any(r.covers(whole) and whole.width >= FILLS * r.width for r in relays)


def _named(draft: Draft, cues: Cues) -> bool:
    """Tell whether a draft has a name for its source and a verb of speech for its cue."""
    subject = draft.frame.subject if draft.frame else None
    return subject is not None and subject.pos_ == "PROPN" and draft.features.get("cue") in cues.reporting
