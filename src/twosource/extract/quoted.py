"""Quotations next to a reporting verb: before its frame, after it, or on both sides.

Any verb may introduce a quotation across a comma or colon; without one, only a verb known to report does.
"""

from twosource.article import Spans
from twosource.extract.frames import UNKNOWN, Found, Frame
from twosource.extract.marked import EDGES
from twosource.extract.quotation_marks import MarkedPair
from twosource.extract.reach import content_end
from twosource.extract.sources import ALL_SUBJECTS
from twosource.extract.words import FINITE

MIN_CLAUSE = 0.3
"""Least clause weight of a verb that introduces a quotation without a comma or colon."""

MIN_PHRASE = 0.7
"""Least clause weight of a verb whose quoted phrase, not a clause, is what was said."""

MAX_FRAME = 40
"""Tokens between a quotation and the verb it is ascribed to."""

MAX_CAPTION = 25
"""Tokens between a verb of posting and the words set beside the picture."""

_LEADS_IN = frozenset({",", ":", "-", "--", "–", "—"})


def quotation_beside(frame: Frame) -> Found | None:
    """Return the content quoted beside the frame, with all that the same sentence adds to it."""
    marked = frame.marked
    before = _pair_before(frame) if frame.near and frame.verb.i - frame.left < MAX_FRAME else None
    if before is not None and before.span.start > marked.place(*frame.bounds).start and _colon_after(frame):
        before = None
    if before is not None:
        content = marked.content(_start_of(frame, before), frame.left)
        if content is not None:
            known = frame.word is not UNKNOWN
            rule = "direct.inverted" if frame.inverted else "direct.after"
            return (content, *_resumed(frame)), rule if known else f"{rule}.free", 0.95 if known else 0.6
    return _introduced(frame)


def _colon_after(frame: Frame) -> bool:
    return frame.right < frame.bounds[1] and frame.marked.doc[frame.right].text == ":"


def _introduced(frame: Frame) -> Found | None:
    """A quotation after the frame: 'she said, "..."', 'she said that "..." and ...'."""
    marked = frame.marked
    at, comma = frame.right, False
    leads_in = _LEADS_IN | frame.cues.grammar.complementiser
    while at < frame.bounds[1] and marked.holder[at] < 0 and marked.doc[at].text in leads_in:
        comma = comma or marked.doc[at].text in (",", ":")
        at += 1
    pair = marked.opens(at) if at < frame.bounds[1] else None
    if pair is None or not (_fits_comma(frame, pair) if comma else _fits(frame, pair, at)):
        return _captioned(frame)
    content = marked.content(at, content_end(frame, marked.range_of(pair)[1]))
    if content is None:
        return None
    known = frame.word.clause >= MIN_CLAUSE and frame.word is not UNKNOWN
    return (content,), "direct.before" if known else "direct.before.free", 0.93 if known else 0.5


def _captioned(frame: Frame) -> Found | None:
    """Words set beside a picture: "captioned the clip with: '...'", "posted a clip with the caption '...'"."""
    marked, grammar = frame.marked, frame.cues.grammar
    captioning = frame.lemma in grammar.captioning
    if frame.subject is None or not (captioning or frame.lemma in grammar.posting):
        return None
    first = frame.verb.i + 1
    end = min(frame.bounds[1], first + MAX_CAPTION)
    at = next((i for i in range(first, end) if marked.opens(i) is not None and not marked.is_title(i)), None)
    if at is None or any(t.tag_ in FINITE for t in marked.doc[first:at]):
        return None
    before = [t.lower_ for t in marked.doc[first:at] if t.is_alpha]
    pair = marked.opens(at)
    if pair is None or not (captioning or (before and before[-1] in grammar.captions)):
        return None
    return (pair.span,), "direct.caption", 0.9


def _fits_comma(frame: Frame, pair: MarkedPair) -> bool:
    """Tell whether a pair after a comma or colon is a quotation: a clause, or after a sure verb any closed words."""
    ended = pair.inner.of(frame.marked.text).rstrip()[-1:] in (".", "!", "?", "…")
    return frame.marked.is_clause(pair) or (ended and frame.word.clause >= MIN_PHRASE)


def _fits(frame: Frame, pair: MarkedPair, at: int) -> bool:
    """Tell whether a quotation without comma before it is what the verb reports, not a quoted word of its object."""
    if frame.word.clause < MIN_CLAUSE or frame.word is UNKNOWN:
        return False
    if frame.marked.is_clause(pair) or frame.marked.doc[at - 1].lower_ in frame.cues.grammar.complementiser:
        return True
    return frame.word.clause >= MIN_PHRASE and not frame.word.object


def _pair_before(frame: Frame) -> MarkedPair | None:
    """The quotation that ends where the frame begins; a title there is part of the frame's own surroundings."""
    marked = frame.marked
    at = frame.left - 1
    while at >= frame.bounds[0] and marked.holder[at] < 0 and marked.doc[at].text in (",", "-", "--"):
        at -= 1
    pair = marked.closes(at) if at >= frame.bounds[0] else None
    if pair is None:
        return None
    last = pair.inner.of(marked.text).rstrip(" \u00a0'’\"”")[-1:]
    ended = last in ",?!…-—–" or at < frame.left - 1 or (last == "." and frame.inverted)
    if not ended:
        return None
    first = marked.range_of(pair)[0]
    clause = marked.is_clause(pair) or any(t.dep_ in ALL_SUBJECTS for t in marked.doc[frame.bounds[0] : first])
    return pair if clause or first == frame.bounds[0] else None


def _start_of(frame: Frame, pair: MarkedPair) -> int:
    """Where the content that ends in ``pair`` begins: the pair, or the start of the clause it is part of."""
    marked = frame.marked
    first = marked.range_of(pair)[0]
    if first == frame.bounds[0] or marked.doc[first - 1].text == ":":
        return first
    whole = marked.is_clause(pair) and pair.inner.of(marked.text).lstrip()[:1].isupper()
    return first if whole and marked.after_comma(first) else frame.bounds[0]


def _resumed(frame: Frame) -> Spans:
    """The rest of an interrupted quotation in the same sentence: '"...," she said, "..."'."""
    marked = frame.marked
    at, that = frame.right, frame.cues.grammar.complementiser
    while at < frame.bounds[1] and (marked.doc[at].text in EDGES or marked.doc[at].lower_ in that):
        at += 1
    if at >= frame.bounds[1] or not (marked.opens(at) or marked.doc[at - 1].lower_ in that):
        return ()
    content = marked.content(at, content_end(frame, at + 1))
    return (content,) if content else ()
