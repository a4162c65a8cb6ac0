"""Quotations: content, cue and source of everything the article attributes to someone.

Rules over quotation marks and the parse, and a learned tagger. Each paragraph is read for verbs, "according to", nouns,
adjectives, colons and posts; what is found is weighed and joined with what the tagger found; then pairs of marks that
nothing claimed go to the speaker before them.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile

from twosource.article import Article, Spans, stable_id
from twosource.extract.carried import carry_on
from twosource.extract.certainty import Contents, certainty_of, weigh
from twosource.extract.circumstances import said_when, with_hearer
from twosource.extract.combined import combine
from twosource.extract.cues import Cues, Venues, cues_of, venues_of
from twosource.extract.headlines import colon_drafts
from twosource.extract.marked import Draft, Marked, mark_all
from twosource.extract.nominal import according_drafts, adjective_drafts, noun_drafts
from twosource.extract.posts import post_drafts
from twosource.extract.reporting import verb_drafts
from twosource.extract.sentences import Paragraph
from twosource.extract.spoken import spoken_drafts
from twosource.extract.tagger.tagging import Tagger
from twosource.extract.unspoken import concluded
from twosource.extract.voices import mute
from twosource.extract.wordlists import WordLists, word_lists
from twosource.facts import Period, Quotation, TimeExpression
from twosource.lang import Language


def find_quotations(
    article: Article,
    paragraphs: tuple[Paragraph, ...],
    times: tuple[TimeExpression, ...],
    lang: Language,
    tagger: Tagger | None = None,
) -> tuple[Quotation, ...]:
    """Return every attribution of ``article`` in order of content, speakers not yet resolved.

    Without a parse model (``Paragraph.parsed`` False) only word order and marks are read, and fewer are found; without
    a ``tagger`` the rules stand alone. ``times`` are the article's time expressions, from which the day of saying is
    taken. A quotation that goes on without a cue has empty cue and source and names in ``features["carried_from"]`` the
    one whose speaker goes on.
    """
    cues = cues_of(lang)
    sha = article.sha256
    table, lists = certainty_of(lang), word_lists(lang)
    marked = mark_all(article, paragraphs)
    ruled = [weigh(m, _settled(list(_drafts(m, cues, lists)), cues), table) for m in marked]
    if tagger is not None:
        ruled = [combine(*both, cues) for both in zip(marked, ruled, tagger.tag(marked), strict=True)]
    ruled = [[draft for draft in drafts if not concluded(draft, lists)] for drafts in ruled]
    readings = tuple(zip(marked, ruled, strict=True))
    venues = venues_of(lang)
    told = [q for m, drafts in carry_on(readings, cues) for q in _told(sha, m, drafts, times, venues)]
    return tuple(sorted(told, key=lambda q: (q.content[0].start, q.content[-1].end)))


def _told(
    sha: str, marked: Marked, drafts: list[Draft], times: tuple[TimeExpression, ...], venues: Venues
) -> Iterator[Quotation]:
    """Yield the quotations of a paragraph with hearer and day."""
    here = marked.paragraph.span
    first = bisect_left(times, here.start, key=_start)
    near = tuple(takewhile(lambda t: t.span.end <= here.end, times[first:]))
    for draft in drafts:
        yield _quotation(sha, with_hearer(marked, draft, venues), marked, said_when(marked, draft, near))


def _start(time: TimeExpression) -> int:
    return time.span.start


def _drafts(marked: Marked, cues: Cues, lists: WordLists) -> Iterator[Draft]:
    if marked.paragraph.parsed:
        for token in marked.doc:
            if token.pos_ == "VERB":
                yield from (draft for draft in verb_drafts(marked, token, cues) if not mute(draft, lists))
            elif token.pos_ == "NOUN" and marked.holder[token.i] < 0:
                yield from noun_drafts(marked, token, cues)
            elif token.pos_ == "ADJ" and marked.holder[token.i] < 0:
                yield from adjective_drafts(marked, token, cues)
    else:
        yield from spoken_drafts(marked, cues)
    yield from according_drafts(marked, cues)
    yield from colon_drafts(marked, cues.grammar, lists)
    yield from post_drafts(marked)


def _settled(drafts: list[Draft], cues: Cues) -> list[Draft]:
    """Of drafts with the same content keep the surest; quoted words within a report are its own, not told twice."""
    wide = Contents([d for d in drafts if not d.rule.startswith("direct")])
    drafts = [d for d in drafts if not _piece(d, wide, cues)]
    best: dict[Spans, Draft] = {}
    for draft in drafts:
        if draft.content and (draft.content not in best or best[draft.content].score < draft.score):
            best[draft.content] = draft
    return list(best.values())


def _piece(draft: Draft, wide: Contents, cues: Cues) -> bool:
    """Tell whether words quoted after a verb that seldom reports stand, with the verb, inside what another reports.

    Somebody else named there keeps his own words.
    """
    frame = draft.frame
    if draft.rule != "direct.before" or frame is None or frame.marked.doc[frame.right].text in (",", ":"):
        return False
    named = frame.subject is not None and frame.subject.pos_ == "PROPN"
    told = named or frame.word.object or frame.lemma in cues.reporting or frame.lemma in cues.thought
    return not told and wide.around(draft.cue[0]) is not None and wide.around(draft.content[0]) is not None


def _quotation(sha: str, draft: Draft, marked: Marked, said: Period | None) -> Quotation:
    features = dict(draft.features)
    if draft.frame is not None and any(c.dep_ == "auxpass" for c in draft.frame.verb.lefts):
        features["voice"] = "passive"
    if draft.follows is not None:
        features["carried_from"] = _id(sha, draft.follows)
    return Quotation(
        id=_id(sha, draft),
        act=draft.act,
        mode=draft.mode or marked.mode(draft.content),
        content=draft.content,
        cue=draft.cue,
        source=draft.source,
        told_to=draft.told_to,
        said=said,
        score=draft.score,
        rule=draft.rule,
        features=features,
    )


def _id(sha: str, draft: Draft) -> str:
    return stable_id("q", sha, draft.content, draft.cue, draft.source)
