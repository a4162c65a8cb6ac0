"""Quotations where no parse model is installed: a form of a reporting verb next to a quotation or before "that".

The source is the run of words between the verb and the next mark, comma or sentence end. It finds fewer than a parse
does.
"""

from collections.abc import Iterator

from twosource.extract.cues import Cues
from twosource.extract.marked import EDGES, ENDS, Draft, Marked, Range

MAX_SOURCE = 10
"""Tokens of a source read without a parse."""

_STOPS = frozenset(
    {
        "in",
        "on",
        "at",
        "during",
        "after",
        "before",
        "when",
        "that",
        "to",
        "as",
        "while",
        "from",
        "told",
        "by",
        "earlier",
    }
)
SCORE = 0.6


def spoken_drafts(marked: Marked, cues: Cues) -> Iterator[Draft]:
    """Yield what forms of reporting verbs introduce, by word order alone."""
    for i, token in enumerate(marked.doc):
        lemma = cues.spoken.get(token.lower_)
        if lemma is None or marked.holder[i] >= 0:
            continue
        bounds = marked.sentences[marked.sentence_of[i]]
        draft = _after(marked, i, bounds, lemma) or _before(marked, i, bounds, lemma)
        if draft is not None:
            yield draft


def _draft(marked: Marked, i: int, source: Range, content: Range, lemma: str, rule: str) -> Draft | None:
    span, who = marked.content(*content), marked.content(*source) if source[0] < source[1] else None
    if span is None or who is None:
        return None
    return Draft(
        content=(span,),
        cue=(marked.place(i, i + 1),),
        source=(who,),
        act="said",
        score=SCORE,
        rule=rule,
        anchor=i,
        features={"cue": lemma},
    )


def _after(marked: Marked, i: int, bounds: Range, lemma: str) -> Draft | None:
    """'"...," Holt said', '"...," said Holt' and '..., Holt said.'"""
    left = _run_left(marked, i, bounds[0])
    end = _without_comma(marked, left, bounds[0])
    if end > bounds[0] and marked.closes(end - 1) is not None:
        first = marked.range_of(marked.pairs[marked.holder[end - 1]])[0]
        source = (left, i) if left < i else (i + 1, _run_right(marked, i + 1, bounds[1]))
        return _draft(marked, i, source, (first, end), lemma, "pattern.direct")
    last = i + 1 >= bounds[1] or marked.doc[i + 1].text in ENDS
    if end < left < i and last and end - bounds[0] > 3:
        return _draft(marked, i, (left, i), (bounds[0], end), lemma, "pattern.before")
    return None


def _before(marked: Marked, i: int, bounds: Range, lemma: str) -> Draft | None:
    """'Holt said: "..."', 'Holt told reporters, "..."' and 'Holt said that ...'."""
    left = _run_left(marked, i, bounds[0])
    for at in range(i + 1, min(i + 6, bounds[1])):
        if marked.opens(at) is not None and (at == i + 1 or marked.doc[at - 1].text in (",", ":", "that")):
            return _draft(
                marked, i, (left, i), (at, marked.range_of(marked.pairs[marked.holder[at]])[1]), lemma, "pattern.direct"
            )
        if marked.doc[at].lower_ == "that":
            return _draft(marked, i, (left, i), (at + 1, bounds[1]), lemma, "pattern.that")
    return None


def _run_left(marked: Marked, i: int, first: int) -> int:
    """First token of the words before the verb, back to a comma, a mark or the sentence's start."""
    left = i
    while (
        left > first
        and i - left < MAX_SOURCE
        and marked.holder[left - 1] < 0
        and marked.doc[left - 1].text not in EDGES | ENDS
    ):
        left -= 1
    return left


def _run_right(marked: Marked, i: int, end: int) -> int:
    """Token after the words behind an inverted verb."""
    right = i
    while right < end and right - i < MAX_SOURCE and marked.holder[right] < 0:
        if marked.doc[right].text in EDGES | ENDS or (marked.doc[right].lower_ in _STOPS and right > i):
            break
        right += 1
    return right


def _without_comma(marked: Marked, end: int, first: int) -> int:
    while end > first and marked.holder[end - 1] < 0 and marked.doc[end - 1].text in EDGES:
        end -= 1
    return end
