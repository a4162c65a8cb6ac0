"""Joins what the rules and the tagger found in a paragraph.

The tagger says where parts begin and end, the rules what they are: its attribution takes over hearer, act and frame of
the draft about the same words. A draft that the tagger did not see stays only where its rule is sure by itself, or
where the words stand in quotation marks: those are never lost.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from twosource.article import Span, Spans, hull
from twosource.extract.carried import claimable
from twosource.extract.cues import Cues
from twosource.extract.frames import UNKNOWN, Frame, frame_of
from twosource.extract.marked import Draft, Marked, Range
from twosource.extract.sources import other_s_words, phrase_of
from twosource.extract.tagger.tagging import Tagged
from twosource.extract.unspoken import acted_on, urged

if TYPE_CHECKING:
    from spacy.tokens import Token

SAME = 0.5
"""Share of the characters of both contents that makes a draft and a tagged attribution the same one."""

SET_APART = ("post", "headline")
"""Rules that tell the parts of an attribution from the layout of the line, which the tagger does not see."""

MOST = 0.8
"""Share of a piece of content that another's words hold where it is theirs ("that" may be outside them)."""

MIN_PIECE = 12
"""Characters of a content below which, once another's words are taken out of it, nothing is told."""

_JOINING = frozenset({"mark", "cc", "preconj"})

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
        if _another_s(marked, attribution, cues):
            continue
        content = _own_pieces(content, attribution, left)
        if not content or _told_by_a_word(marked, content):
            continue
        content = _meant(marked, content, attribution)
        said = _witnessed(marked, content, attribution, [*found, *left], cues)
        if said is not None:
            left, found = (_without(said, drafts) for drafts in (left, found))
            found.append(said)
            continue
        shares = [_shared(d, content, attribution) for d in left]
        if max(shares, default=0.0) >= SAME:
            twin = left.pop(shares.index(max(shares)))
            goes_on = _spoken_on(twin, content, left)
            found += (
                [twin, *goes_on]
                if goes_on
                else [_settled(twin, attribution, content, _source(marked, attribution, cues), cues)]
            )
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
        words = _in_reach(marked, tagged, span)
        ends = n + 1 == len(tagged.content)
        whole = (words[0].i, words[-1].i + 1) if words else None
        whole = _whole(marked, *whole, others) if whole and ends else whole
        piece = marked.content(*whole) if whole else None
        if piece is None:
            continue
        rest = (*others, *tagged.content[:n], *tagged.content[n + 1 :])
        pieces.append(
            span
            if len(words) == len(marked.paragraph.tokens(span)) and any(piece.overlaps(part) for part in rest)
            else piece
        )
    return tuple(pieces)


def _in_reach(marked: Marked, tagged: Tagged, span: Span) -> "list[Token]":
    """The words of a piece; where the cue stands within marks ("..., as the board has said, ..."), those of its own
    sentence alone: the rest of the quotation is its speaker's.
    """
    words = marked.paragraph.tokens(span)
    cue = marked.paragraph.tokens(tagged.cue)[:1] if tagged.cue else []
    if not cue or marked.holder[cue[0].i] < 0 or not marked.paragraph.parsed:
        return words
    first, end = cue[0].sent.start, cue[0].sent.end
    return [t for t in words if first <= t.i < end] if words and words[0].i < first else words


def _whole(marked: Marked, first: int, end: int, others: Sequence[Span]) -> Range:
    """The tokens of a piece without a word at its end that joins what does not follow ("... bill and"), and with the
    last word of its sentence where that alone was cut off ("around 5:10" of "5:10 a.m.").
    """
    while end > first + 1 and _leads_on(marked.doc[end - 1], end):
        end -= 1
    while end > first + 1 and marked.doc[end - 1].text == ",":
        end -= 1
    while end > first + 1 and (marked.doc[end - 1].dep_ in ("cc", "agent") or _joins(marked, end - 1, others)):
        end -= 1
    stop = marked.sentences[marked.sentence_of[end - 1]][1]
    left = [t for t in marked.doc[end:stop] if t.is_alpha or t.text[:1].isalnum()]
    alone = len(left) == 1 and left[0].i == end and marked.holder[end] == marked.holder[end - 1]
    taken = alone and any(part.overlaps(marked.place(end, end + 1)) for part in others)
    return (first, end + 1) if alone and not taken else (first, end)


def _wordless(marked: Marked, tagged: Tagged) -> bool:
    """Tell whether a finding has punctuation for its cue."""
    return tagged.cue is not None and not any(ch.isalnum() for ch in tagged.cue.of(marked.text))


def _goes_on(marked: Marked, tagged: Tagged, content: Spans) -> bool:
    """Tell whether a content without cue and source is a sentence in marks: it belongs to whoever spoke before."""
    if tagged.cue is not None or tagged.source is not None or marked.mode(content) != "direct":
        return False
    words = [marked.paragraph.tokens(span)[0].i for span in content]
    return all(claimable(marked, *marked.sentences[marked.sentence_of[i]]) for i in words)


def _verb(marked: Marked, tagged: Tagged) -> "Token | None":
    """The last verb of the cue, or where a headline's capitals hide it, its first word."""
    words = marked.paragraph.tokens(tagged.cue) if tagged.cue and marked.paragraph.parsed else []
    return next((t for t in reversed(words) if t.pos_ == "VERB"), words[0] if words else None)


def _source(marked: Marked, tagged: Tagged, cues: Cues) -> Spans:
    """The tagger's source, unless it is whom the words are about."""
    verb = _verb(marked, tagged)
    if tagged.source is None or (verb is not None and acted_on(marked, verb, tagged.source, cues)):
        return ()
    own = [t for t in marked.paragraph.tokens(tagged.source) if verb is not None and _of_verb(t, verb, cues)]
    return (
        (Span(tagged.source.start, marked.place(own[0].i, own[0].i + 1).start).trimmed(marked.text),)
        if own
        else (tagged.source,)
    )


def _of_verb(token: "Token", verb: "Token", cues: Cues) -> bool:
    """Tell whether a preposition in a passive's agent is the verb's own ("was accused by Holt of lying")."""
    word = cues.verbs.get(cues.lemma(verb))
    agent = token.head.head if token.head.dep_ == "pobj" else None
    mine = word is not None and token.dep_ == "prep" and token.lower_ in word.followed
    return mine and agent is not None and agent.dep_ == "agent" and agent.head == verb


def _another_s(marked: Marked, tagged: Tagged, cues: Cues) -> bool:
    """Tell whether the cue is what its source wants somebody else to say, or asks somebody for a comment."""
    verb = _verb(marked, tagged)
    if verb is None:
        return False
    lemma = cues.lemma(verb)
    asked = lemma in cues.grammar.questions and lemma not in cues.verbs and any(c.dep_ == "auxpass" for c in verb.lefts)
    return asked or (tagged.source is not None and urged(verb, cues))


def _shared(draft: Draft, content: Spans, tagged: Tagged) -> float:
    """Characters that both contents hold, as a share of those that either holds; more where they have one cue.

    Two cues make two attributions, also of the same words ("senators condemned his claim that ...").
    """
    if tagged.cue is not None and draft.cue and not any(tagged.cue.overlaps(c) for c in draft.cue):
        return 0.0
    both = sum(_both(a, b) for a in draft.content for b in content)
    either = sum(s.width for s in draft.content) + sum(s.width for s in content) - both
    same_cue = tagged.cue is not None and bool(draft.cue)
    return both / either + (SAME_CUE if same_cue and both else 0.0)


def _told_by_a_word(marked: Marked, content: Spans) -> bool:
    """Tell whether nothing but an adjective without marks is left of a content."""
    words = [t for span in content for t in marked.paragraph.tokens(span) if t.is_alpha]
    return len(words) == 1 and words[0].pos_ == "ADJ" and marked.holder[words[0].i] < 0


def _meant(marked: Marked, content: Spans, tagged: Tagged) -> Spans:
    """For "which" and "who" alone, the words they stand for ("Acme, which was singled out by Holt")."""
    words = [t for span in content for t in marked.paragraph.tokens(span) if t.is_alpha]
    if len(words) != 1 or words[0].tag_ not in ("WDT", "WP") or words[0].head.dep_ != "relcl":
        return content
    if words[0].dep_ != "nsubjpass":
        return content  # "which the bank detailed" reads rightly as it stands
    noun = words[0].head.head
    place = marked.place(*phrase_of(noun)) if noun.i < words[0].i else None
    others = [part for part in (tagged.source, tagged.cue) if part is not None]
    return content if place is None or any(place.overlaps(part) for part in others) else (place,)


def _leads_on(word: "Token", end: int) -> bool:
    """Tell whether a last word belongs to what follows ("resolution, when", "the comment by" insisting)."""
    if word.dep_ in _JOINING or word.tag_ == "WRB":
        return word.head.i >= end
    return word.dep_ == "prep" and any(c.dep_ in ("pobj", "pcomp") for c in word.rights)


def _joins(marked: Marked, i: int, others: Sequence[Span]) -> bool:
    """Tell whether a preposition at the end of a content joins the part right behind it ("a sham by" Holt)."""
    end = marked.place(i, i + 1).end
    return marked.doc[i].pos_ == "ADP" and any(end < part.start <= end + 1 for part in others)


def _own_pieces(content: Spans, tagged: Tagged, others: list[Draft]) -> Spans:
    """The pieces of a content but those that another says by a cue between them ("offered swift reactions after the
    chairman was caught saying that ..."); none where what is left of it is a word or two.
    """
    if len(content) < 2 or tagged.cue is None:
        return content
    between = Span(content[0].end, content[-1].start)
    told = [d for d in others if d.act == "said" and d.cue and d.source and between.covers(d.cue[0])]
    inside = [p for d in told if between.covers(d.source[0]) and not tagged.cue.overlaps(d.cue[0]) for p in d.content]
    left = tuple(s for s in content if not any(_both(p, s) >= MOST * s.width for p in inside))
    return left if left == content or sum(s.width for s in left) > MIN_PIECE else ()


def _witnessed(marked: Marked, content: Spans, tagged: Tagged, others: list[Draft], cues: Cues) -> Draft | None:
    """Return the quotation with a speaker of its own that "according to" a recording only vouches for, as far as
    ``content`` goes on with it.
    """
    words = marked.paragraph.tokens(tagged.cue) if tagged.cue else []
    if not words or tagged.cue is None or not cues.sourced(marked.doc, words[0].i) or marked.mode(content) != "direct":
        return None
    opened = marked.place(*marked.sentences[marked.sentence_of[words[0].i]]).start
    quoted = [
        d
        for d in others
        if d.rule.startswith("direct") and d.source and d.cue and opened <= d.cue[0].start < tagged.cue.start
    ]
    if not quoted or any(s.covers(quoted[-1].cue[0]) for s in content):
        return None
    new = tuple(s for s in content if not any(s.overlaps(p) for p in quoted[-1].content))
    return replace(quoted[-1], content=(*quoted[-1].content, *new))


def _both(a: Span, b: Span) -> int:
    """Characters that both hold."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _without(said: Draft, drafts: list[Draft]) -> list[Draft]:
    """The drafts but the one that ``said`` goes on with."""
    return [d for d in drafts if (d.cue, d.source, d.rule) != (said.cue, said.source, said.rule)]


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


def _settled(draft: Draft, tagged: Tagged, content: Spans, source: Spans, cues: Cues) -> Draft:
    features = {**draft.features, "tagger": tagged.certainty}
    if draft.rule.startswith(SET_APART):
        return replace(draft, features=features)
    return replace(
        draft,
        content=content,
        cue=(tagged.cue,) if tagged.cue else draft.cue,
        source=draft.source if _other_s(draft, cues) else source or draft.source,
        score=round(max(draft.score, tagged.certainty), 3),
        features=features,
    )


def _other_s(draft: Draft, cues: Cues) -> bool:
    """Tell whether a draft gives a participle's words to another than the subject, whom the tagger takes."""
    return draft.frame is not None and other_s_words(draft.frame.verb, cues.grammar) is not None


def _alone(marked: Marked, tagged: Tagged, content: Spans, cues: Cues) -> Draft:
    """A draft of what the tagger alone found; its act is that of the cue, and no cue we know of speech reports none."""
    frame = _frame(marked, tagged, cues)
    cue = marked.paragraph.tokens(tagged.cue)[0] if tagged.cue else None
    lemma = frame.lemma if frame else cues.lemma(cue) if cue is not None else ""
    first = marked.paragraph.tokens(content[0])[0].i
    return Draft(
        content=content,
        cue=(tagged.cue,) if tagged.cue else (),
        source=_source(marked, tagged, cues) or _subject(frame, content),
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
