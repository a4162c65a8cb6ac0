"""Sources and cues that are no verbs: "according to", "her claim that", "is confident that"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from twosource.article import Spans
from twosource.extract.cues import Cues
from twosource.extract.marked import EDGES, ENDS, Draft, Marked
from twosource.extract.sources import phrase_of, possessor_of, source_span
from twosource.extract.words import FINITE

if TYPE_CHECKING:
    from spacy.tokens import Token


MAX_SOURCE = 30
"""Tokens after "according to" read as the source where the parse tells none."""


def according_drafts(marked: Marked, cues: Cues) -> Iterator[Draft]:
    """Yield the sentence around each "according to X" as what X says."""
    doc = marked.doc
    for i in range(len(doc) - 1):
        width = cues.sourced(doc, i)
        if not width or marked.holder[i] >= 0:
            continue
        first, end = marked.sentences[marked.sentence_of[i]]
        source = _named_after(marked, i + width, end)
        if source is None:
            continue
        before = marked.content(first, i) if i > first else None
        rest = source[1]
        after = marked.content(rest, end) if rest < end else None
        content: Spans = (before,) if before else (after,) if after else ()
        if before and after and doc[rest].text in EDGES and doc[i - 1].text in EDGES and _unfinished(marked, first, i):
            content = (before, after)
        if before and content == (before,) and i - first < 2:
            continue  # "That's according to ..."
        if content:
            yield Draft(
                content=content,
                cue=(marked.place(i, i + width),),
                source=(marked.place(*source),),
                act="said",
                score=0.9,
                rule="according_to",
                anchor=i,
                features={"cue": doc[i : i + width].text.lower()},
            )


def _unfinished(marked: Marked, first: int, end: int) -> bool:
    """Tell whether the words before the insertion have no finite verb, so that the clause goes on behind it."""
    return not any(t.tag_ in FINITE for t in marked.doc[first:end]) if marked.paragraph.parsed else end - first < 6


def _named_after(marked: Marked, start: int, end: int) -> tuple[int, int] | None:
    """The noun phrase after "according to": by the parse, else up to the next comma or full stop."""
    if start >= end:
        return None
    stop = start
    while (
        stop < min(end, start + MAX_SOURCE) and marked.doc[stop].text not in EDGES and marked.doc[stop].text not in ENDS
    ):
        stop += 1
    head = next((c for c in marked.doc[start - 1].children if c.dep_ == "pobj"), None)
    if head is not None and head.i < end:
        first, last = phrase_of(head)
        if first >= start:
            return first, min(last, end)
    return (start, stop) if stop > start else None


def noun_drafts(marked: Marked, noun: "Token", cues: Cues) -> Iterator[Draft]:
    """Yield what a reporting noun with a named owner tells: "Holt's claim that ...", "their proposal to ..."."""
    word = cues.nouns.get(cues.lemma(noun))
    owner = possessor_of(noun, cues.grammar)
    if word is None or owner is None:
        return
    end = marked.sentence(noun)[1]
    for child in noun.rights:
        weight = word.clause if child.dep_ in ("acl", "ccomp", "relcl") else word.followed.get(child.lower_, 0.0)
        if child.dep_ == "prep" and child.lower_ in cues.grammar.owners:
            continue
        if child.dep_ == "relcl" and not any(
            c.lower_ in cues.grammar.complementiser and c.dep_ == "mark" for c in child.lefts
        ):
            continue
        if weight < 0.2 or child.i >= end:
            continue
        start = child.i + 1 if child.dep_ == "prep" else child.left_edge.i
        if marked.doc[start].lower_ in cues.grammar.complementiser | cues.grammar.infinitive:
            start += 1
        content = marked.content(start, min(end, child.right_edge.i + 1))
        if content:
            yield Draft(
                content=(content,),
                cue=(marked.place(noun.i, noun.i + 1),),
                source=(source_span(marked.paragraph, owner),),
                act=word.act,
                score=round(0.3 + 0.6 * weight, 2),
                rule="noun.clause" if child.dep_ != "prep" else "noun.of",
                anchor=noun.i,
                features={"cue": noun.lower_},
            )
            return


def adjective_drafts(marked: Marked, adjective: "Token", cues: Cues) -> Iterator[Draft]:
    """Yield what somebody is said to be sure, worried or critical of."""
    word = cues.adjectives.get(adjective.lower_)
    verb = adjective.head
    if word is None or adjective.dep_ != "acomp" or verb.lemma_ not in cues.grammar.being:
        return
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ in cues.grammar.impersonal:
        return
    end = marked.sentence(adjective)[1]
    for child in adjective.rights:
        weight = {"ccomp": word.clause, "xcomp": word.infinitive}.get(child.dep_, word.followed.get(child.lower_, 0.0))
        if weight < 0.3 or child.i >= end:
            continue
        start = child.i + 1 if child.dep_ == "prep" else child.left_edge.i
        if marked.doc[start].lower_ in cues.grammar.complementiser:
            start += 1
        content = marked.content(start, min(end, child.right_edge.i + 1))
        if content:
            yield Draft(
                content=(content,),
                cue=(marked.place(verb.i, adjective.i + 1),),
                source=(source_span(marked.paragraph, subject),),
                act=word.act,
                score=weight,
                rule="adjective",
                anchor=adjective.i,
                features={"cue": adjective.lower_},
            )
            return
