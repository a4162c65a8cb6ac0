"""Quotations that have no cue of their own: the second half of an interrupted one, and paragraphs that go on.

A sentence that is nothing but a pair of marks belongs to whoever spoke last: directly after a quotation with a cue it
is part of that quotation, otherwise a quotation of its own that follows it. A paragraph that ends in a cue and a colon
gives its speaker to the next one, marks or not.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from twosource.article import Spans
from twosource.extract.cues import Cues
from twosource.extract.frames import frame_of
from twosource.extract.headlines import HEADS
from twosource.extract.marked import Draft, Marked

if TYPE_CHECKING:
    from spacy.tokens import Token

MIN_WORDS = 3
"""Words of a pair that can be a quotation on its own; shorter ones are titles and scare quotes."""

MIN_SET_IN = 5
"""Words of a paragraph without marks that a cue and a colon before it make a quotation."""

MIN_COLON_CUE = 0.6
"""Least clause weight of a verb before a paragraph's last colon that gives the next paragraph its speaker."""


@dataclass(slots=True)
class _Thread:
    """Who speaks as the article goes on: the last draft with a source, and a cue that waits for its quotation.

    ``fresh`` says that the sentence before was a quotation with its cue, so that what follows belongs to it.
    """

    last: Draft | None = None
    waiting: Draft | None = None
    drafts: list[Draft] = field(default_factory=list)
    fresh: bool = False


def carry_on(readings: tuple[tuple[Marked, list[Draft]], ...], cues: Cues) -> tuple[tuple[Marked, list[Draft]], ...]:
    """Return the drafts of every paragraph with unclaimed quotations joined to, or following, the ones before them."""
    thread = _Thread()
    return tuple((marked, _paragraph(marked, drafts, thread, cues)) for marked, drafts in readings)


def _paragraph(marked: Marked, drafts: list[Draft], thread: _Thread, cues: Cues) -> list[Draft]:
    thread.drafts = []
    waiting = iter(sorted(drafts, key=lambda d: d.anchor if d.anchor is not None else -1))
    upcoming = next(waiting, None)
    thread.fresh = False
    _set_in(marked, thread)
    for first, end in marked.sentences:
        spoken = False
        while upcoming is not None and (upcoming.anchor or 0) < end:
            thread.drafts.append(upcoming)
            if _leads(marked, upcoming):
                thread.last, spoken = upcoming, True
            upcoming = next(waiting, None)
        if _pure(marked, first, end):
            thread.fresh = _unclaimed(marked, first, end, thread) or thread.fresh
        else:
            thread.fresh = spoken and thread.last is not None and thread.last.rule.startswith("direct")
            thread.waiting = None
    if upcoming is not None:
        thread.drafts += [upcoming, *waiting]
    _await(marked, thread, cues)
    return thread.drafts


def _set_in(marked: Marked, thread: _Thread) -> None:
    """A paragraph without marks after a cue and a colon is a quotation set apart from the text."""
    if thread.waiting is None or marked.pairs or marked.paragraph.block.kind in HEADS or not len(marked.doc):
        return
    content = marked.paragraph.span.trimmed(marked.text)
    if len(content.of(marked.text).split()) >= MIN_SET_IN:
        thread.last = replace(thread.waiting, content=(content,), rule="direct.set_in", score=0.6, mode="direct")
        thread.drafts.append(thread.last)
    thread.waiting = None


def _leads(marked: Marked, draft: Draft) -> bool:
    """Tell whether a draft names who speaks on: a source that is not inside somebody else's words."""
    quoted = any(marked.holder[t.i] >= 0 for span in draft.source for t in marked.paragraph.tokens(span)[:1])
    inside = quoted or "within:" in str(draft.features.get("signs", ""))
    return bool(draft.source) and not inside and not draft.rule.startswith(("nested", "noun"))


def _pure(marked: Marked, first: int, end: int) -> bool:
    """Tell whether a sentence has no words outside marks."""
    return all(
        marked.holder[i] >= 0 or not (t.is_alpha or t.like_num) for i, t in enumerate(marked.doc[first:end], first)
    )


def _unclaimed(marked: Marked, first: int, end: int, thread: _Thread) -> bool:
    """Give the pairs of a pure sentence to the last speaker; tell whether they joined the quotation before them."""
    content = _claimable(marked, first, end)
    if not content or any(s.covers(content[0]) for d in thread.drafts for s in d.content):
        return False
    # a heading's quoted words are seldom those of who spoke before it: whoever says them in the body is its speaker
    last = None if marked.paragraph.block.kind in HEADS else thread.last
    if thread.fresh and last is not None and last in thread.drafts:
        joined = replace(last, content=(*last.content, *content))
        thread.drafts[thread.drafts.index(last)] = thread.last = joined
        return True
    if thread.waiting is not None:
        thread.last = replace(thread.waiting, content=content)
        thread.waiting = None
        thread.drafts.append(thread.last)
        return True
    thread.drafts.append(
        Draft(
            content=content,
            cue=(),
            source=(),
            act="said",
            score=0.75 if last is not None else 0.4,
            rule="direct.carried" if last is not None else "direct.alone",
            anchor=first,
            follows=last,
        )
    )
    return False


def claimable(marked: Marked, first: int, end: int) -> bool:
    """Tell whether the words of a sentence all stand in pairs long enough to go to whoever spoke before."""
    return _pure(marked, first, end) and bool(_claimable(marked, first, end))


def _claimable(marked: Marked, first: int, end: int) -> Spans:
    numbers = sorted({marked.holder[i] for i in range(first, end)} - {-1})
    pairs = [marked.pairs[n] for n in numbers]
    return tuple(p.span for p in pairs if len(p.inner.of(marked.text).split()) >= MIN_WORDS)


def _await(marked: Marked, thread: _Thread, cues: Cues) -> None:
    """Remember a cue at the end of the paragraph whose quotation is still to come."""
    thread.waiting = None
    words = [t for t in marked.doc[-3:] if not t.is_space]
    if not words or words[-1].text != ":" or not marked.paragraph.parsed:
        return
    first = marked.sentences[-1][0]
    verb = next((t for t in reversed(marked.doc[first:]) if _waits(t, cues)), None)
    if verb is None:
        return
    frame = frame_of(marked, verb, cues.verbs[cues.lemma(verb)], cues)
    thread.waiting = Draft(
        content=(),
        cue=(marked.place(verb.i, verb.i + 1),),
        source=(frame.source,) if frame.source else (),
        act="said",
        score=0.9,
        rule="direct.colon",
        anchor=None,
        features={"cue": frame.lemma},
    )


def _waits(token: "Token", cues: Cues) -> bool:
    word = cues.verbs.get(cues.lemma(token)) if token.pos_ == "VERB" else None
    return word is not None and word.clause >= MIN_COLON_CUE
