"""Source words: whom the words that name a quotation's source mean, by what they are: a name, a pronoun, a body or a
description.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from twosource.article import Span, hull
from twosource.extract.words import Word
from twosource.facts import Mention, Quotation
from twosource.resolve.cast import Cast, Member
from twosource.resolve.descriptions import Reader
from twosource.resolve.focus import BODIES, HUMAN, PLURAL, Focus
from twosource.resolve.phrase import Description, describe_phrase, named_heads
from twosource.resolve.scene import Scene
from twosource.resolve.verdict import NOBODY, Verdict

CLEAR = 0.3
"""Share of the weight by which the first in focus must lead for a pronoun to count as clear."""

LEAST = 0.06
"""Least weight for "it" and "they": below it they meant things and clauses in nearly all cases read (PolNeAR, 60
cases).
"""

GROUP_FIRST = 1.5
"""How much more "they" means a group than a body in the same focus."""

PLACE_LAST = 0.4
"""How much less it means a place that only stands for its people."""

DATELINE = 5
"""Words within which a dash ends a dateline that was taken into the source ("NEW YORK - Authorities")."""

PHRASE = 12
"""Words before a relative pronoun among which its antecedent is read."""

RELATIVES = frozenset({"WDT", "WP", "WP$"})
"""Penn Treebank tags of what opens a relative clause."""

NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
"""Coarse tags of the words of a noun phrase."""

GENDERS = {"he": "m", "she": "f"}


@dataclass(frozen=True, slots=True)
class SourceWords:
    """Reads source words with whoever is in focus at the moment of asking."""

    cast: Cast
    scene: Scene
    focus: Focus
    reader: Reader

    def resolve(self, quotation: Quotation) -> Verdict:
        """Return whom the source words of a quotation mean; it has some."""
        words = self._words(quotation)
        if not words:
            return self._by_text(quotation)
        span = Span(words[0].start, words[-1].end)
        people = named_heads(words, self.cast, person=True)
        if people:
            return self._named(people, span)
        verdict = self._relative(words) or self._by_pronoun(words) or self._beside(words)
        if verdict:
            return verdict
        bodies = named_heads(words, self.cast, person=False)
        if bodies:
            return self._bodies(bodies, words, span)
        return self._described(words, span)

    def _described(self, words: Sequence[Word], span: Span) -> Verdict:
        """What a phrase without a name describes; a document from somebody described is theirs."""
        what = describe_phrase(words, self.cast)
        if what and what.origin and not what.owner and what.head in self.cast.lists.roles.documents:
            what = describe_phrase(what.origin, self.cast)
        if not what:
            return NOBODY
        if what.determiner in self.cast.lists.reference.relative:
            what = replace(what, owner=self._name_before(words))  # "X, whose lawyer"
        if what.introduced == "bare" and self.scene.headlines.cover(span.start):
            if self._topic(what, words):
                return NOBODY
            what = replace(what, introduced="definite")  # headlines leave articles out
        after = [w.plain for w in self.scene.after(span.end - 1)[:2]]
        what = replace(what, thing=after == [",", self.cast.lists.reference.speaking.thing])
        acted = any(w.pos == "VERB" for w in self.scene.before(span.start)[-1:])
        return self.reader.describe(what, span, acted=acted)

    def _topic(self, what: Description, words: Sequence[Word]) -> bool:
        """The words of a headline are what it is about, no speaker: a single noun of no list, or capitals that are no
        name ("Footbridge Disaster: what we know").
        """
        lists = self.cast.lists
        listed = lists.roles.known(what.head) or what.owner is not None or what.counted
        listed = listed or self.cast.bearer(words[0].text) is not None
        return not listed and words[0].plain not in lists.names.gender and not what.head.endswith("s")

    def _words(self, quotation: Quotation) -> list[Word]:
        """The words of the source without contractions ("'ve"), possessive, "that", a dateline before it and a relative
        clause behind it.
        """
        refer = self.cast.lists.reference
        words = [w for span in quotation.source for w in self.scene.inside(span)]
        words = [w for w in words if not w.text.startswith("'") or w.plain in refer.possessive]
        dash = next((i for i, w in enumerate(words[:DATELINE]) if w.text in {"-", "--"}), 0)
        placed = [m for m in self.cast.within(hull(quotation.source)) if m.kind == "place"] if dash else []
        if placed and placed[0].span.start == words[0].start:
            words = words[dash + 1 :]
        words = words[:1] + list(takewhile(lambda w: w.tag not in RELATIVES, words[1:]))
        while words and (words[-1].plain in refer.possessive or words[-1].punctuation):
            words.pop()
        return words[1:] if len(words) > 1 and words[0].plain == "that" and words[1].pos == "PROPN" else words

    def _name_before(self, words: Sequence[Word]) -> Mention | None:
        """The name that ends right before the words, with or without a comma between."""
        before = [w for w in self.scene.before(words[0].start) if not w.punctuation]
        return self.cast.ending(before[-1].end) if before else None

    def _by_text(self, quotation: Quotation) -> Verdict:
        """A source outside the parsed text (a byline or caption): the name as it stands."""
        inside = self.cast.within(hull(quotation.source))
        return Verdict(self.cast.by_mention[inside[-1].span], "name", antecedent=True) if inside else NOBODY

    def _named(self, people: Sequence[Mention], span: Span) -> Verdict:
        """One person, or several who speak together as a group."""
        members = list(dict.fromkeys(self.cast.by_mention[m.span] for m in people))
        if len(members) == 1:
            return Verdict(members[0], "name", antecedent=True)
        return self._together(" and ".join(m.name for m in members), span, "names")

    def _together(self, name: str, span: Span, rule: str) -> Verdict:
        group = self.cast.add("group", name)
        group.mentions.append(span)
        return Verdict(group, rule, antecedent=True)

    def _bodies(self, bodies: Sequence[Mention], words: Sequence[Word], span: Span) -> Verdict:
        """A body, or a group as written where more stands around its name."""
        member = self.cast.by_mention[bodies[0].span]
        if len(bodies) > 1 or (member.kind == "group" and words[-1].start > bodies[0].span.end):
            return self._together(self.cast.shown(span), span, "group")
        voices = self.cast.voices_of_country(member) if member.place and self.scene.headlines.cover(span.start) else []
        if len(voices) == 1:
            return Verdict(voices[0], "country.spokesperson", seen={"body": member.name})
        return self.reader.of_body(member)

    def _beside(self, words: Sequence[Word]) -> Verdict | None:
        """The phrase stands in apposition to a name just outside it: "Penelec, her provider, confirmed"."""
        refer, first = self.cast.lists.reference, words[0].plain
        before, after = self.scene.before(words[0].start), self.scene.after(words[-1].end - 1)
        marked = len(before) > 1 and before[-1].text == "," and bool(after) and after[0].text == ","
        if not marked or first in refer.relative or (first in refer.pronoun and first not in refer.owner):
            return None
        name = self.cast.ending(before[-2].end)
        if name is None or (name.kind == "place" and first not in refer.indefinite):
            return None
        return Verdict(self.cast.by_mention[name.span], "apposition", antecedent=True)

    def _relative(self, words: Sequence[Word]) -> Verdict | None:
        """Whom "who" takes up: the name or the described person right before it, a comma between or not."""
        if len(words) != 1 or words[0].plain not in self.cast.lists.reference.relative:
            return None
        before = self.scene.before(words[0].start, PHRASE)
        if before and before[-1].text == ",":
            before.pop()
        name = self.cast.ending(before[-1].end) if before else None
        if name is not None:
            return Verdict(self.cast.by_mention[name.span], "apposition", antecedent=True)
        phrase = list(takewhile(lambda w: w.pos in NOMINAL, reversed(before)))[::-1]
        if not phrase:
            return None
        return self._beside(phrase) or self._described(phrase, Span(phrase[0].start, phrase[-1].end))

    def _by_pronoun(self, words: Sequence[Word]) -> Verdict | None:
        """Whom a pronoun means by focus; None where the words are none."""
        refer = self.cast.lists.reference
        kind = refer.pronoun.get(words[0].plain)
        if kind is None or len(words) > 2 or (len(words) == 2 and words[1].plain not in refer.pronoun):
            return None
        if kind in GENDERS:
            return _first(self._apart(self.focus.ranked(GENDERS[kind], HUMAN), words[0].start), "pronoun.subject", 0.0)
        if kind == "they":
            ranked = [(w * _plural(m), m) for w, m in self.focus.ranked("", PLURAL)]
            return _first(sorted(ranked, key=lambda t: -t[0]), "pronoun.group", LEAST)
        if kind == "it":
            return self.reader.written_again() or _first(self.focus.ranked("", BODIES), "pronoun.body", LEAST)
        return Verdict(None, f"pronoun.{kind}")

    def _apart(self, ranked: list[tuple[float, Member]], at: int) -> list[tuple[float, Member]]:
        """Without those named in the participle clause before the pronoun, if anybody else is left."""
        fronted = self.scene.fronted(at)
        named = {self.cast.by_mention[m.span] for m in self.cast.within(fronted)} if fronted else set()
        return [(w, m) for w, m in ranked if m not in named] or ranked


def _plural(member: Member) -> float:
    """How well "they" fits: best a group, less a body, hardly a place."""
    return GROUP_FIRST if member.kind == "group" else PLACE_LAST if member.place else 1.0


def _first(ranked: Sequence[tuple[float, Member]], rule: str, least: float) -> Verdict:
    """The first in focus, surer the further it leads."""
    if not ranked or ranked[0][0] < least:
        return Verdict(None, rule)
    weight, member = ranked[0]
    lead = weight - ranked[1][0] if len(ranked) > 1 else weight
    seen: dict[str, str | float] = {"focus": round(weight, 3), "lead": round(lead, 3)}
    if len(ranked) > 1:
        seen["second"] = ranked[1][1].name
    return Verdict(member, rule, antecedent=True, seen=seen)
