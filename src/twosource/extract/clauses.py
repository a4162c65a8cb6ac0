"""Reported clauses: after the frame ("said that ..."), before it ("..., she said") and around it ("., she said, .")."""

from typing import TYPE_CHECKING

from twosource.extract.frames import Found, Frame
from twosource.extract.headlines import HEADS, MIN_CONTENT
from twosource.extract.marked import ENDS
from twosource.extract.reach import content_end
from twosource.extract.sources import ALL_SUBJECTS
from twosource.extract.words import FINITE

if TYPE_CHECKING:
    from spacy.tokens import Token

MIN_CLAUSE = 0.3
FREE_CLAUSE = 0.6
"""Least weight at which a verb takes a clause that the parse does not hang on it."""

MAX_GAP = 12
"""Tokens between frame and clause; a clause further off hangs there by a parse error."""

_INSERTED = (",", "-", "--", "–", "—")


def clause_after(frame: Frame) -> Found | None:
    """Return the clause that follows the frame."""
    if frame.word.clause < MIN_CLAUSE:
        return None
    marked, end = frame.marked, frame.bounds[1]
    clause = next((c for c in frame.verb.rights if c.dep_ == "ccomp" and c.i < end), None)
    start = _clause_start(frame, clause)
    if start is None or start >= end:
        return None
    that = marked.doc[start].lower_ in frame.cues.grammar.complementiser and marked.doc[start].dep_ != "nsubj"
    content = marked.content(start + that, content_end(frame, start + that, clause))
    if content is None:
        return None
    rule = "indirect.clause" if clause is not None else "indirect.that" if that else "indirect.rest"
    return (content,), rule, frame.word.clause


def _clause_start(frame: Frame, clause: "Token | None") -> int | None:
    marked, start = frame.marked, frame.right
    if clause is not None:
        first = int(clause.left_edge.i)
        if first > start + MAX_GAP:
            return None
        if frame.hearer is None:
            start = max(min(start, first), frame.verb.i + 1)
        return first if first > start and marked.doc[start].text in (",", ":", "-") else start
    if frame.subject is None or start >= frame.bounds[1]:
        return None
    if marked.doc[start].lower_ in frame.cues.grammar.complementiser and marked.doc[start].dep_ in (
        "mark",
        "det",
        "nsubj",
        "nsubjpass",
        "dobj",
    ):
        return start
    if frame.lemma in frame.cues.bare and _finite_after(frame, start):
        return start
    return start if frame.word.clause >= FREE_CLAUSE and _subject_at(frame, start) else None


def _finite_after(frame: Frame, start: int) -> bool:
    """Tell whether words follow at once, with a finite verb that is not a relative clause's."""
    words = frame.marked.doc[start : frame.bounds[1]]
    if not words[0].is_alpha and frame.marked.opens(start) is None:
        return False
    return any(t.tag_ in FINITE and t.dep_ != "relcl" and t.head.dep_ != "relcl" for t in words)


def _subject_at(frame: Frame, start: int) -> bool:
    """Tell whether the words at ``start`` are the subject of a verb that the parse hung elsewhere."""
    for token in frame.marked.doc[start : min(frame.bounds[1], start + 15)]:
        if token.dep_ in ALL_SUBJECTS:
            return (
                bool(token.left_edge.i == start or token.i == start)
                and token.lower_ not in frame.cues.grammar.relatives
            )
        if token.text in (",", ";", "-"):
            return False
    return False


def clause_around(frame: Frame) -> Found | None:
    """Return the clause into which the frame is inserted, at its end or in its midst."""
    marked, (first, end) = frame.marked, frame.bounds
    comma = frame.left - 1
    if frame.word.clause < MIN_CLAUSE or not frame.near or comma <= first or marked.doc[comma].text not in _INSERTED:
        return None
    if frame.verb.dep_ == "relcl" or marked.doc[frame.left].lower_ in frame.cues.grammar.relatives:
        return None
    after = frame.right
    while after < end and marked.doc[after].text in ENDS | {'"', "'"}:
        after += 1
    left = marked.content(first, comma)
    if left is None:
        return None
    if _asked(frame, first, comma):
        return None
    told = _tells(frame, first, comma)
    if after >= end:
        return ((left,), "indirect.before", frame.word.clause) if told else None
    if (
        told
        and marked.doc[frame.verb.i + 1].lower_ in frame.cues.grammar.whereabouts
        and frame.word.clause >= FREE_CLAUSE
    ):
        return (left,), "indirect.before", frame.word.clause
    if marked.doc[after].text not in _INSERTED:
        return None
    right = marked.content(after + 1, content_end(frame, after + 1))
    if right is None or (told and not _goes_on(frame, after + 1)):
        return (left,), "indirect.before", frame.word.clause
    return (left, right), "indirect.between", frame.word.clause


def _tells(frame: Frame, first: int, end: int) -> bool:
    """Tell whether the words before the frame are a clause: subject, finite verb, or by the parse; in headlines any."""
    words = frame.marked.doc[first:end]
    if any(t.dep_ in ALL_SUBJECTS or t.tag_ in FINITE for t in words) or any(
        c.dep_ == "ccomp" for c in frame.verb.lefts
    ):
        return True
    return frame.marked.paragraph.block.kind in HEADS and frame.word.clause >= FREE_CLAUSE and len(words) >= MIN_CONTENT


def _asked(frame: Frame, first: int, end: int) -> bool:
    """Tell whether the words before the frame say what its subject was asked: "Asked if ...", "When asked ..."."""
    opening = frame.marked.doc[first : min(first + 2, end)]
    for token in opening:
        if token.tag_ in ("VBN", "VBD"):
            return frame.cues.lemma(token) in frame.cues.grammar.questions
        if token.tag_ not in ("WRB", "RB", "IN"):
            return False
    return False


def _goes_on(frame: Frame, at: int) -> bool:
    """Tell whether the reported clause goes on after the inserted frame, not a remark on the speaking."""
    token = frame.marked.doc[at]
    return not (token.lemma_.lower() in frame.cues.grammar.going_on or token.lower_ in frame.cues.grammar.asides)


def clause_as_said(frame: Frame) -> Found | None:
    """Return the rest of a sentence that opens with "As she noted, ..."."""
    marked, (first, end) = frame.marked, frame.bounds
    before = frame.left - 1
    if (
        before < first
        or before > first + 1
        or marked.doc[before].lower_ not in frame.cues.grammar.as_said
        or not frame.near
    ):
        return None
    if frame.right >= end or marked.doc[frame.right].text != "," or frame.word.clause < FREE_CLAUSE:
        return None
    content = marked.content(frame.right + 1, end)
    return ((content,), "indirect.as", frame.word.clause) if content else None
