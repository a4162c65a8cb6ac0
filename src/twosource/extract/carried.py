"""Quotations that have no cue of their own: the second half of an interrupted one, paragraphs that go on, posts.

A sentence that is nothing but a pair of marks belongs to whoever spoke last: directly after a quotation with a cue it is
part of that quotation, otherwise a quotation of its own that follows it. A paragraph that ends in a cue and a colon
gives its speaker to the next one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from twosource.article import Spans
from twosource.extract.cues import Cues
from twosource.extract.frames import frame_of
from twosource.extract.marked import Draft, Marked, Range
from twosource.extract.sources import source_span

if TYPE_CHECKING:
    from spacy.tokens import Token

MIN_WORDS = 3
"""Words of a pair that can be a quotation on its own; shorter ones are titles and scare quotes."""

MIN_COLON_CUE = 0.6
"""Least clause weight of a verb before a paragraph's last colon that gives the next paragraph its speaker."""


@dataclass(slots=True)
class _Thread:
    """Who speaks as the article goes on: the last draft with a cue or source, and a cue that waits for its quotation."""

    last: Draft | None = None
    waiting: Draft | None = None
    drafts: list[Draft] = field(default_factory=list)


def carry_on(readings: tuple[tuple[Marked, list[Draft]], ...], cues: Cues) -> tuple[tuple[Marked, list[Draft]], ...]:
    """Return the drafts of every paragraph with unclaimed quotations joined to, or following, the ones before them."""
    thread = _Thread()
    return tuple((marked, _paragraph(marked, drafts, thread, cues)) for marked, drafts in readings)


def _paragraph(marked: Marked, drafts: list[Draft], thread: _Thread, cues: Cues) -> list[Draft]:
    thread.drafts = []
    waiting = iter(sorted(drafts, key=lambda d: d.anchor if d.anchor is not None else -1))
    upcoming = next(waiting, None)
    fresh = False
    for first, end in marked.sentences:
        spoken = False
        while upcoming is not None and (upcoming.anchor or 0) < end:
            thread.drafts.append(upcoming)
            if _leads(upcoming):
                thread.last, spoken = upcoming, True
            upcoming = next(waiting, None)
        if _pure(marked, first, end):
            fresh = _unclaimed(marked, first, end, thread, fresh) or fresh
        else:
            fresh = spoken and thread.last is not None and thread.last.rule.startswith("direct")
            thread.waiting = None
    if upcoming is not None:
        thread.drafts += [upcoming, *waiting]
    _await(marked, thread, cues)
    return thread.drafts


def _leads(draft: Draft) -> bool:
    """Tell whether a draft names who speaks on: reported words with a source, not inside another's quotation."""
    return draft.act == "said" and bool(draft.source) and not draft.rule.startswith(("nested", "noun", "act"))


def _pure(marked: Marked, first: int, end: int) -> bool:
    """Tell whether a sentence has no words outside marks."""
    return all(marked.holder[i] >= 0 or not (t.is_alpha or t.like_num) for i, t in enumerate(marked.doc[first:end], first))


def _unclaimed(marked: Marked, first: int, end: int, thread: _Thread, fresh: bool) -> bool:
    """Give the pairs of a pure sentence to the last speaker; tell whether they joined the quotation before them."""
    content = _claimable(marked, first, end)
    if not content or any(s.covers(content[0]) for d in thread.drafts for s in d.content):
        return False
    last = thread.last
    if fresh and last is not None and last in thread.drafts:
        joined = replace(last, content=(*last.content, *content))
        thread.drafts[thread.drafts.index(last)] = thread.last = joined
        return True
    if thread.waiting is not None:
        thread.last = replace(thread.waiting, content=content)
        thread.waiting = None
        thread.drafts.append(thread.last)
        return True
    thread.drafts.append(Draft(
        content=content, cue=(), source=(), act="said", score=0.75 if last is not None else 0.4,
        rule="direct.carried" if last is not None else "direct.alone", anchor=first, follows=last,
    ))
    return False


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
    source = (source_span(marked.paragraph, frame.subject),) if frame.subject is not None else ()
    thread.waiting = Draft(
        content=(), cue=(marked.place(verb.i, verb.i + 1),), source=source, act="said", score=0.9, rule="direct.colon",
        anchor=None, features={"cue": frame.lemma},
    )


def _waits(token: "Token", cues: Cues) -> bool:
    word = cues.verbs.get(cues.lemma(token)) if token.pos_ == "VERB" else None
    return word is not None and word.clause >= MIN_COLON_CUE
