"""Speakers: which person, body, group, unnamed source or document the source words of a quotation mean.

People are told apart first, from names alone. Then one pass in reading order: names, pronouns and descriptions keep
those in focus, and
every quotation's source is resolved by what it is. What the pass cannot know yet (an unnamed woman named two
paragraphs on, an "I" inside
another's words) is settled after it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from twosource.article import Article, Span, hull
from twosource.extract.sentences import Paragraph
from twosource.extract.wordlists import word_lists
from twosource.extract.words import Word
from twosource.facts import Mention, Person, Quotation
from twosource.lang import Language
from twosource.resolve.assembly import assemble
from twosource.resolve.cast import Cast, Member
from twosource.resolve.descriptions import Reader
from twosource.resolve.elsewhere import look_elsewhere
from twosource.resolve.focus import INSIDE_QUOTED, INSIDE_REPORTED, OBJECT, OWNER, SPEAKING, SUBJECT, Focus
from twosource.resolve.genders import learn_genders
from twosource.resolve.holders import NEAR, Holders
from twosource.resolve.phrase import describe_phrase
from twosource.resolve.scene import Scene, Stretches
from twosource.resolve.signatures import signed
from twosource.resolve.sourcewords import GENDERS, SourceWords
from twosource.resolve.verdict import NOBODY, Verdict

AHEAD = 2
"""Paragraphs within which someone introduced without a name is looked for under one."""

OPENING = 4
"""Paragraphs at the head of an article in which somebody is brought up by an office and named below."""

LATER = 3
"""Quotations among which that name is looked for."""

NEIGHBOURS = 6
"""Quotations before and after one, in order of content, among which the one that holds it is looked for."""

SHORTEST = 3
"""Words that a heading's quotation needs to be looked for in the body."""

BETWEEN = 80
"""Characters between two people who are named together."""

HEADINGS = 20
"""Headings whose words are looked for: bounds the work."""


def resolve_speakers(
    article: Article,
    paragraphs: tuple[Paragraph, ...],
    mentions: tuple[Mention, ...],
    quotations: tuple[Quotation, ...],
    lang: Language,
) -> tuple[tuple[Person, ...], tuple[Quotation, ...]]:
    """Return the people of the article, and the quotations with ``speaker`` set.

    ``features`` gain ``speaker_rule`` and what the rule saw; ``score`` is lowered where the resolution is weak.
    People are in
    order of first mention: all named people, bodies and groups, and whoever else speaks; a place only if it speaks.
    """
    lists = word_lists(lang)
    scene = Scene(article, paragraphs, lists)
    cast = assemble(article, mentions, lists, scene)
    learn_genders(cast, scene)
    verdicts = _Pass(cast, scene, quotations).read()
    look_elsewhere(cast, paragraphs)
    for verdict in verdicts:
        if verdict.member:
            verdict.member.spoke = True
    return cast.people(), tuple(_with_speaker(q, v, cast) for q, v in zip(quotations, verdicts, strict=True))


def _with_speaker(quotation: Quotation, verdict: Verdict, cast: Cast) -> Quotation:
    sure = round(verdict.sure, 3)
    features = {**quotation.features, "speaker_rule": verdict.rule, "speaker_score": sure, **verdict.seen}
    speaker = cast.id_of(verdict.member) if verdict.member and verdict.member.mentions else None
    return replace(quotation, speaker=speaker, score=round(quotation.score * sure, 4), features=features)


def said_at(quotation: Quotation) -> int:
    """Return where the quotation names its source, or else begins."""
    return hull(quotation.source or quotation.content or (Span(0, 0),)).start


@dataclass(frozen=True, slots=True)
class _Event:
    """Something the pass meets, in order of place: a quotation's source, a name, a pronoun or a description."""

    at: int
    mention: Mention | None = None
    words: tuple[Word, ...] = ()
    quotation: int | None = None
    plural: bool = False


class _Pass:
    """One pass over an article, in reading order."""

    def __init__(self, cast: Cast, scene: Scene, quotations: Sequence[Quotation]) -> None:
        self.cast, self.scene, self.quotations = cast, scene, quotations
        self.focus = Focus()
        self.holders = Holders(cast, self.focus)
        self.sources = SourceWords(cast, scene, self.focus, Reader(cast, self.focus, self.holders))
        self.verdicts: list[Verdict] = [NOBODY] * len(quotations)
        self.before: list[Verdict] = [NOBODY] * len(quotations)
        self.last = NOBODY
        self.asked_twice = 0
        self.signed = signed(scene, cast)
        self.place = {q.id: i for i, q in enumerate(quotations)}
        self.reported = Stretches(span for q in quotations for span in q.content)

    def read(self) -> list[Verdict]:
        """Resolve every quotation."""
        for event in self._events():
            self.focus.advance(self.scene.sentence(event.at), self.scene.paragraph(event.at))
            if event.quotation is not None:
                self._quotation(event.quotation)
            elif event.mention is not None:
                self._hear(self.cast.by_mention[event.mention.span], event.mention.span)
                self._pair(event.mention)
            elif event.plural:
                self._several(event.words)
            elif len(event.words) == 1:
                self._pronoun(event.words[0])
            elif event.words[0].plain in self.cast.lists.reference.indefinite | self.cast.lists.reference.owner:
                self._introduction(event.words)
            else:
                self._description(event.words)
        self._look_ahead()
        for i, verdict in enumerate(self.verdicts):
            if verdict.member is None:
                self.verdicts[i] = self._late(i)
        return self.verdicts

    def _events(self) -> list[_Event]:
        found = [_Event(m.span.start, mention=m) for m in self.cast.mentions]
        found += [_Event(said_at(q), quotation=i) for i, q in enumerate(self.quotations)]
        found += [_Event(words[0].start, words=words) for words in self._pointing(self._singular())]
        found += [_Event(words[0].start, words=words, plural=True) for words in self._pointing(self.scene.several())]
        return sorted(found, key=lambda e: (e.at, e.quotation is None, e.quotation or 0))

    def _singular(self) -> Iterator[Sequence[Word]]:
        pronouns = self.cast.lists.reference.pronoun
        singles = ([w] for w in self.scene.words if pronouns.get(w.plain) in GENDERS)
        return chain(singles, self.scene.descriptions(), self.scene.introductions())

    def _pointing(self, found: Iterable[Sequence[Word]]) -> Iterator[tuple[Word, ...]]:
        """What points at people in the running text, outside sources, titles and quotation marks."""
        quoted = self.scene.quoted
        sources = Stretches(hull(q.source) for q in self.quotations if q.source)
        titles = Stretches(role for m in self.cast.mentions for role in m.roles)
        for words in found:
            at = words[0].start
            if not (sources.cover(at) or titles.cover(words[-1].start) or quoted.cover(at)):
                yield tuple(words)

    def _weight(self, weight: float, at: int) -> float:
        """The weight of a naming, less where it stands inside somebody's words."""
        if self.scene.quoted.cover(at):
            return weight * INSIDE_QUOTED
        return weight * INSIDE_REPORTED if self.reported.cover(at) else weight

    def _pair(self, mention: Mention) -> None:
        """Two people named together ("Holt and Kern") are whom "they" can mean."""
        first = self._joined_to(mention)
        if first is None:
            return
        members = [self.cast.by_mention[m.span] for m in (first, mention)]
        if members[0] is not members[1]:
            pair = self.cast.add("group", " and ".join(m.name for m in members))
            pair.described = True
            pair.mentions.append(Span(first.span.start, mention.span.end))
            self.focus.name(pair, self._weight(self.scene.prominence(first.span), first.span.start))

    def _joined_to(self, mention: Mention) -> Mention | None:
        """The person named before this one, with nothing but "and", marks and their roles between."""
        first = self.cast.person_before(mention) if mention.kind == "person" else None
        if first is None or mention.span.start - first.span.end > BETWEEN:
            return None
        words = self.scene.inside(Span(first.span.end, mention.span.start))
        between = [w for w in words if first.span.end <= w.start < mention.span.start]
        roles = (*first.roles, *mention.roles)
        joining = [w for w in between if w.plain in self.cast.lists.reference.joining]
        small = self.cast.lists.reference.article | {w.plain for w in joining}
        told = all(w.punctuation or w.plain in small or any(r.covers(w.span) for r in roles) for w in between)
        return first if told and len(joining) == 1 else None

    def _hear(self, member: Member, span: Span) -> None:
        self.focus.name(member, self._weight(self.scene.prominence(span), span.start))

    def _pronoun(self, word: Word) -> None:
        """A pronoun outside quotation marks keeps its person in focus."""
        refer = self.cast.lists.reference
        ranked = self.focus.ranked(GENDERS[refer.pronoun[word.plain]])
        if ranked:
            weight = OWNER if word.tag == "PRP$" else SUBJECT if word.plain in refer.subject else OBJECT
            self.focus.name(ranked[0][1], self._weight(weight, word.start))

    def _description(self, words: Sequence[Word]) -> None:
        """A role in the running text that fits somebody's roles well names them."""
        what = describe_phrase(words, self.cast)
        found = self.holders.best(what) if what else None
        if not what or not found:
            return
        member, fit = found
        span = Span(words[0].start, words[-1].end)
        if fit > 1 or (what.head in member.heads and len(self.cast.holders(what.head)) == 1):
            member.mentions.append(span)
            self._hear(member, span)
        elif what.head in member.heads and what.head in self.cast.lists.roles.offices:
            self._hear(member, span)  # "the president" where there are two: the one in focus stays in it

    def _introduction(self, words: Sequence[Word]) -> None:
        """An unnamed one who acts in the running text is known when "the official" speaks later."""
        what, span = describe_phrase(words, self.cast), Span(words[0].start, words[-1].end)
        if what and what.introduced == "owned":
            self._hear(self.sources.reader.relative(what, span), span)
        elif what and what.introduced == "indefinite" and self.cast.lists.roles.noun(what.head) and not what.counted:
            self._hear(self.sources.reader.introduce(what, span), span)

    def _several(self, words: Sequence[Word]) -> None:
        """Several people who act in the running text are whom "they" can mean."""
        what = describe_phrase(words, self.cast)
        if what:
            span = Span(words[0].start, words[-1].end)
            group = self.sources.reader.group(what, span)
            group.described = len(group.mentions) == 1 or group.described
            self.focus.name(group, self._weight(SUBJECT, span.start))

    def _quotation(self, i: int) -> None:
        quotation = self.quotations[i]
        self.before[i] = self.last
        verdict = self.sources.resolve(quotation) if quotation.source else self._carried(quotation)
        self.verdicts[i] = verdict
        if verdict.member is None or not verdict.antecedent:
            return
        at = said_at(quotation)
        if self.scene.quoted.cover(at) or self._holder(i) is not None:
            self.focus.name(verdict.member, self._weight(SUBJECT, at))
        else:
            self.focus.name(verdict.member, SPEAKING)
            self.last = verdict

    def _carried(self, quotation: Quotation) -> Verdict:
        """Words without a source: the speaker they go on from if nobody has spoken since, else the last one of the
        text.
        """
        if self.scene.headlines.cover(said_at(quotation)):
            return NOBODY  # a headline goes on from nothing: see _repeated
        origin = self._origin(quotation)
        if origin and (origin.member is self.last.member or origin.rule == "carried"):
            return origin
        if self.last.member and not quotation.cue:
            return Verdict(self.last.member, "carried.last")
        near = self.focus.ranked()[:1] if quotation.cue and quotation.mode != "indirect" else []
        if near and near[0][0] >= NEAR:
            return Verdict(near[0][1], "cue.focus", antecedent=True, seen={"focus": round(near[0][0], 3)})
        return origin or NOBODY

    def _origin(self, quotation: Quotation) -> Verdict | None:
        """The speaker of the quotation that this one goes on from; less sure from far away or where that is a
        document.
        """
        key = quotation.features.get("carried_from")
        at = self.place.get(key) if isinstance(key, str) else None
        verdict = NOBODY if at is None else self.verdicts[at]
        if at is None or verdict.member is None:
            return None
        apart = self.scene.paragraph(said_at(quotation)) - self.scene.paragraph(said_at(self.quotations[at]))
        near = 0 <= apart <= 1 and verdict.member.kind != "document"
        return Verdict(verdict.member, "carried" if near else "carried.far", rests_on=verdict.sure)

    def _holder(self, i: int) -> Verdict | None:
        """The verdict on the smallest quotation whose content holds the source of this one."""
        at, own = said_at(self.quotations[i]), self.quotations[i].content
        low = max(0, i - NEIGHBOURS)
        near = list(enumerate(self.quotations[low : i + NEIGHBOURS + 1], low))
        holding = [
            (hull(q.content).width, n)
            for n, q in near
            if q.content != own and any(s.start <= at < s.end for s in q.content)
        ]
        return self.verdicts[min(holding)[1]] if holding else None

    def _late(self, i: int) -> Verdict:
        """What the pass could not tell: words carried over from later on, and "I" inside another's words."""
        quotation, verdict = self.quotations[i], self.verdicts[i]
        if not quotation.source and self.scene.headlines.cover(said_at(quotation)):
            return self._repeated(i) or verdict
        by = self._signer(quotation) if verdict.rule in {"pronoun.first", "nobody"} else None
        if by:
            return Verdict(by, "signature")
        origin = self._origin(quotation)
        if origin or verdict.rule != "pronoun.first" or not self.scene.quoted.cover(said_at(quotation)):
            return origin or verdict
        holder = self._holder(i)
        if holder and holder.member:
            return Verdict(holder.member, "pronoun.speaker", rests_on=holder.sure)
        last = self.before[i].member
        return Verdict(last, "pronoun.speaker.last") if last else verdict

    def _signer(self, quotation: Quotation) -> Member | None:
        """Whose name stands under the words."""
        at = said_at(quotation)
        i = bisect_right(self.signed, at, key=lambda t: t[0].start) - 1
        return self.signed[i][1] if i >= 0 and at < self.signed[i][0].end else None

    def _repeated(self, i: int) -> Verdict | None:
        """The speaker of the body's quotation that holds the words set over it as a heading."""
        if self.asked_twice >= HEADINGS:
            return None
        self.asked_twice += 1
        words = self._spoken(i)
        for j, verdict in enumerate(self.verdicts) if words.count(" ") > SHORTEST else ():
            apart = not self.scene.headlines.cover(said_at(self.quotations[j]))
            if apart and verdict.member and words in self._spoken(j):
                return Verdict(verdict.member, "repeated", rests_on=verdict.sure)
        return None

    def _spoken(self, i: int) -> str:
        """The plain words of a quotation, each between spaces."""
        words = (w for span in self.quotations[i].content for w in self.scene.inside(span))
        return f" {' '.join(w.plain for w in words if not w.punctuation)} "

    def _look_ahead(self) -> None:
        """An unnamed person who is named soon after ("A local woman says ..." - "Jan Holt told ..."): one person."""
        told = sorted((said_at(q), i) for i, q in enumerate(self.quotations) if q.source)
        heads = [i for at, i in told if self.scene.paragraph(at) <= AHEAD]
        found = [(self.verdicts[i].member, self._only_holder(i)) for i in heads]
        for unnamed, holder in found:
            if unnamed and holder:
                self._rename(unnamed, holder)
        named_later: list[tuple[frozenset[str], Member]] = []
        for n, (at, i) in enumerate(told):
            unnamed = self.verdicts[i].member
            if unnamed is None or unnamed.kind != "anonymous" or not self._brought_up(i):
                continue
            again = next((m for heads, m in named_later if heads & unnamed.heads), None)
            if again is not None and self.scene.paragraph(at) <= OPENING:
                self._rename(unnamed, again)  # headline, dek and first paragraph bring up the same person
                continue
            for later, j in told[n + 1 : n + 1 + LATER]:
                named = self.verdicts[j].member
                if self.verdicts[j].rule != "name" or not named or named.kind != "person":
                    continue
                if self._introduced(named, unnamed, at, later):
                    named_later.append((frozenset(unnamed.heads), named))
                    self._rename(unnamed, named)
                break

    def _only_holder(self, i: int) -> Member | None:
        """The only one of the article who holds the office of somebody unnamed at its head ("A judge said ... Justice
        Holt").
        """
        unnamed = self.verdicts[i].member
        if unnamed is None or unnamed.kind != "anonymous" or not self._brought_up(i):
            return None
        heads = unnamed.heads & self.cast.lists.reference.speaking.sole
        holders = {m.number: m for h in heads for m in self.cast.holders(h) if m.kind == "person" and m.mentions}
        found = [m for m in holders.values() if min(m.mentions).start > min(unnamed.mentions).start]
        fits = len(holders) == 1 and found and {found[0].gender, unnamed.gender} != {"m", "f"}
        return found[0] if fits else None

    def _brought_up(self, i: int) -> bool:
        """The source is described and not as somebody known ("a baker", not "the guild")."""
        opening = self.scene.inside(self.quotations[i].source[0])[:1]
        known = any(w.plain in self.cast.lists.reference.definite for w in opening)
        unnamed = self.verdicts[i].member
        return self.verdicts[i].rule == "anonymous" and not known and unnamed is not None and bool(unnamed.heads)

    def _introduced(self, named: Member, unnamed: Member, at: int, later: int) -> bool:
        """The full name comes first after the unnamed one, near it, without role or body of its own.

        The gender fits.
        """
        opening = self.scene.paragraph(at) <= OPENING
        if not opening and unnamed.heads & self.cast.lists.reference.speaking.discreet:
            return False  # further down, an official or a judge without a name stays without one
        near = self.scene.paragraph(later) - self.scene.paragraph(at) <= AHEAD
        fits = not (named.gender and unnamed.gender and named.gender != unnamed.gender)
        first = min(named.mentions).start > at and " " in named.name and not named.heads
        return near and fits and first and not self._placed(min(named.mentions))

    def _placed(self, name: Span) -> bool:
        """The name tells at once where its bearer belongs ("Jan Holt of the fire brigade")."""
        after = self.scene.after(name.end - 1)[:1]
        return any(w.plain in self.cast.lists.reference.link for w in after)

    def _rename(self, unnamed: Member, named: Member) -> None:
        named.mentions += unnamed.mentions
        self.cast.give(named, unnamed.name)
        unnamed.mentions.clear()
        for i, verdict in enumerate(self.verdicts):
            if verdict.member is unnamed:
                self.verdicts[i] = Verdict(named, "role.ahead", seen=verdict.seen)
