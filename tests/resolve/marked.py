"""Texts with their quotations marked in place, so that speakers are tested apart from the finding of quotations.

``[1:the mayor]`` is the source of quotation 1, ``(1:it will rain)`` its content; the marks are not part of the text.
Quotation numbers without
a source mark have none. The first line is the headline, every other line a paragraph; a line that begins with ``!``
is a caption.
"""

import re
from dataclasses import dataclass

from twosource.article import Article, Block, Span
from twosource.extract.mentions import find_mentions
from twosource.extract.sentences import parsing
from twosource.facts import Mention, Person, Quotation
from twosource.lang import ENGLISH
from twosource.resolve.speakers import resolve_speakers

_MARK = re.compile(r"[\[(](\d+):|[\])]")


@dataclass(frozen=True)
class Told:
    """What was made of a marked text."""

    article: Article
    mentions: tuple[Mention, ...]
    people: tuple[Person, ...]
    quotations: dict[str, Quotation]

    def speaker(self, number):
        """The person who speaks in the quotation of that number, or None."""
        wanted = self.quotations[str(number)].speaker
        return next((p for p in self.people if p.id == wanted), None)

    def name(self, number):
        """The name of that person, or None."""
        person = self.speaker(number)
        return person and person.name

    def rule(self, number):
        return self.quotations[str(number)].features["speaker_rule"]

    def person(self, name):
        return next(p for p in self.people if p.name == name)

    def words(self, spans):
        return [s.of(self.article.text) for s in spans]


def unmarked(marked):
    """The text without marks, and the sources and contents by number."""
    text, at, opened = "", 0, []
    places = {"[": {}, "(": {}}
    for mark in _MARK.finditer(marked):
        if mark.group()[-1] in "])" and not opened:
            continue
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group(1):
            opened.append((mark.group()[0], mark.group(1), len(text)))
        else:
            kind, number, start = opened.pop()
            places[kind].setdefault(number, []).append(Span(start, len(text)))
    return text + marked[at:], places["["], places["("]


def blocks_of(text):
    """The first line is the headline, lines with ``!`` are captions, all others body."""
    found, start = [], 0
    for line in text.split("\n"):
        span = Span(start, start + len(line)).trimmed(text)
        if span.width:
            kind = "caption" if line.startswith("!") else "body" if found else "headline"
            found.append(Block(kind, *span))
        start += len(line) + 1
    return tuple(found)


def told(marked, carried=None):
    """Resolve the speakers of a marked text; ``carried`` maps a quotation to the one it goes on from."""
    text, sources, contents = unmarked(marked)
    article = Article(id="t", text=text)
    quotations = tuple(
        Quotation(
            id=number,
            act="said",
            mode="direct" if text[spans[0].start] in '"“' else "indirect",
            content=tuple(sorted(spans)),
            source=tuple(sources.get(number, ())),
            score=1.0,
            rule="marked",
            features={"carried_from": carried[number]} if carried and number in carried else {},
        )
        for number, spans in sorted(contents.items(), key=lambda t: min(t[1]))
    )
    with parsing(article, blocks_of(text), ENGLISH) as parsed:
        mentions = find_mentions(article, parsed.paragraphs, ENGLISH)
        people, resolved = resolve_speakers(article, parsed.paragraphs, mentions, quotations, ENGLISH)
    return Told(article, mentions, people, {q.id: q for q in resolved})
