"""How far a report reaches: the end of its content in the sentence.

In news a reported clause reaches to the end of its sentence in six cases of seven (PolNeAR, "say" and "tell"); this
module finds the rest, where the reporter or another source goes on.
"""

from typing import TYPE_CHECKING

from twosource.extract.frames import Frame
from twosource.extract.sources import ALL_SUBJECTS
from twosource.extract.words import FINITE

if TYPE_CHECKING:
    from spacy.tokens import Token

MAX_REACH = 300
"""Tokens of the longest content; a sentence that goes on beyond it is none."""

MIN_REPORT = 0.6
"""Least clause weight of a verb that opens another report after a semicolon."""

MAX_AHEAD = 12
"""Tokens after "and", "but" or a semicolon within which another report begins."""

_CHAIN = frozenset({"conj", "xcomp", "ccomp", "aux"})
_OWN = frozenset({"relcl", "acl", "advcl", "pcomp", "csubj", "appos"})


def content_end(frame: Frame, start: int, clause: "Token | None" = None) -> int:
    """Return the token after the content that begins at ``start``; ``clause`` is its head where the parse tells it."""
    limit = min(_governed_end(frame), start + MAX_REACH)
    for i in range(start, limit):
        if frame.marked.holder[i] >= 0 and frame.marked.holder[i] != frame.marked.holder[frame.verb.i]:
            continue
        if _breaks(frame, i, clause):
            return i
    return max(limit, start)


def local_end(frame: Frame, head: "Token") -> int:
    """Return the token after a complement that reaches no further than its own words."""
    limit = min(head.right_edge.i + 1, frame.bounds[1])
    return next((i for i in range(head.i, limit) if _breaks(frame, i, head)), limit)


def _governed_end(frame: Frame) -> int:
    """A verb in a relative or adverbial clause reports no further than that clause reaches."""
    end = frame.bounds[1]
    token = frame.verb
    for _ in range(len(frame.marked.doc)):
        if token.dep_ not in _CHAIN or token.head == token:
            break
        token = token.head
    if token.dep_ in _OWN and token.right_edge.i > frame.verb.i + 1:
        return min(end, int(token.right_edge.i) + 1)
    return end


def _breaks(frame: Frame, i: int, clause: "Token | None") -> bool:
    """Tell whether the report stops before token ``i``: another report, or a clause of the reporter's own."""
    token = frame.marked.doc[i]
    comma = frame.marked.after_comma(i)
    if (
        comma
        and token.tag_ == "VBG"
        and token.lemma_.lower() in frame.cues.grammar.going_on
        and token.dep_ not in ("amod", "compound")
    ):
        return True
    if comma and frame.cues.sourced(frame.marked.doc, i):
        return True
    if token.text == ":" and frame.marked.opens(i + 1):
        return True
    joins = token.lower_ in frame.cues.grammar.joints or token.text in (";", "-", "--")
    if joins and _report_ahead(frame, i + 1):
        return True
    if token.dep_ == "cc" or token.text in (",", ";", "-", "--"):
        return token.head == frame.verb and _next_verb_breaks(frame, i)
    beside = token.dep_ == "mark" and token.head.head == frame.verb and token.head != clause
    return comma and beside and token.lower_ not in frame.cues.grammar.complementiser


def _report_ahead(frame: Frame, start: int) -> bool:
    """Tell whether the next finite verb after a joint reports: "..., and three in ten said", "... but added"."""
    marked = frame.marked
    for token in marked.doc[start : min(start + MAX_AHEAD, frame.bounds[1])]:
        if marked.holder[token.i] != marked.holder[frame.verb.i]:
            return False
        if token.tag_ in FINITE or token.pos_ == "VERB":
            lemma = frame.cues.lemma(token)
            word = frame.cues.verbs.get(lemma)
            if marked.doc[start - 1].text == ";" and word is not None and word.clause >= MIN_REPORT:
                return True
            return lemma in frame.cues.grammar.going_on and token.tag_ == frame.verb.tag_
        if token.text in (",", ";", ":"):
            return False
    return False


def _shifted(frame: Frame, follower: "Token") -> bool:
    """Tell whether a second verb is in the tense of what was reported: "said it was closed and would stay so"."""
    auxiliaries = {c.lower_ for c in follower.lefts if c.dep_ in ("aux", "auxpass")}
    own = any(c.dep_ == "aux" for c in frame.verb.lefts)
    return frame.verb.tag_ == "VBD" and not own and bool(auxiliaries & frame.cues.grammar.backshift)


def _next_verb_breaks(frame: Frame, i: int) -> bool:
    """After "and" or a comma: a second verb of the same subject, or a contrast, ends the report."""
    follower = next((c for c in frame.verb.rights if c.dep_ == "conj" and c.i > i), None)
    if follower is None:
        return False
    if not any(c.dep_ in ALL_SUBJECTS for c in follower.lefts):
        return not _shifted(frame, follower)
    between = {t.lower_ for t in frame.marked.doc[i : follower.left_edge.i + 1]}
    return bool(between & frame.cues.grammar.contrasts) or follower.lemma_.lower() in frame.cues.grammar.going_on
