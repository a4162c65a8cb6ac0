"""Descriptions: whom a phrase without a name means ("the Pentagon chief", "two officials", "the letter", "the
company").

A definite phrase is matched with the roles the article gives its people; an indefinite one brings an unnamed source
of its own. What cannot
be matched stays a description: it is shown as written and never becomes an antecedent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from twosource.article import Span
from twosource.extract.words import plain
from twosource.facts import PersonKind
from twosource.resolve.cast import Cast, Member
from twosource.resolve.focus import BODIES, HUMAN, Focus
from twosource.resolve.holders import OLDEST, Holders
from twosource.resolve.phrase import Description
from twosource.resolve.profiles import binding, normal
from twosource.resolve.verdict import Verdict

OWNERS = 2.0
"""How much more the text must be about the owner of one campaign than of the one named last."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads descriptions for one cast, with whoever is in focus at the moment of asking."""

    cast: Cast
    focus: Focus
    holders: Holders

    def describe(self, what: Description, span: Span, *, acted: bool) -> Verdict:
        """Return whom the description at ``span`` means; ``acted`` says that a verb stands right before it."""
        nouns = self.cast.lists.roles
        camp = not what.determiner and not what.before and what.head in self.cast.lists.reference.speaking.camps
        if nouns.noun(what.head) and not what.counted and not camp:
            return self._human(what, span)
        if what.counted or camp or what.head in nouns.groups or nouns.several(what.head):
            return self._group(what, span)
        if what.head in nouns.documents and (what.head not in nouns.bodies or what.owner or what.introduced == "owned"):
            return self._document(what, span, acted=acted)
        return self._body(what, span) if what.head in nouns.bodies else self._unknown(what, span)

    def of_body(self, member: Member) -> Verdict:
        """A body speaks through its spokesperson where the article names one; else it speaks itself."""
        voices = self.cast.voices(member)
        if len(voices) == 1:
            return Verdict(voices[0], "body.spokesperson", antecedent=True, seen={"body": member.name})
        return Verdict(member, "body", antecedent=True)

    def _note(self, kind: PersonKind, name: str, span: Span) -> Member:
        member = self.cast.add(kind, name)
        member.mentions.append(span)
        return member

    def _human(self, what: Description, span: Span) -> Verdict:
        """A single human being: an unnamed one told before, the holder of the role, the one in focus, or someone
        unnamed.
        """
        if what.introduced == "owned":
            return self._owned(what, span)
        verdict = None
        if what.introduced != "indefinite" and what.head not in self.cast.lists.roles.anonymous:
            verdict = self._known(what, span)
        if verdict and verdict.member:
            verdict.member.mentions.append(span)
            return verdict
        return self._unnamed(what, what.shown, span)

    def _known(self, what: Description, span: Span) -> Verdict | None:
        seen: dict[str, str | float] = {"role": what.head}
        if what.introduced == "bare":
            found = self.holders.best(what)
            sure = found is not None and found[1] > 1
            return Verdict(found[0], "role", antecedent=True, seen=seen) if found and sure else None
        same = self.holders.unnamed_before(what)
        if same:
            return Verdict(same, "anonymous.again", antecedent=True, seen=seen)
        found = self.holders.best(what)
        unheard = found is not None and found[1] <= 1 and min(found[0].mentions, default=span) > span
        if unheard and (told := self.holders.in_focus(what)):
            return Verdict(told[0], "role.focus", antecedent=True, seen={**seen, "focus": told[1]})
        if found:
            member, fit = found
            return Verdict(member, "role", antecedent=True, seen={**seen, "fit": fit})
        near = self.holders.in_focus(what)
        if near:
            return Verdict(near[0], "role.focus", antecedent=True, seen={**seen, "focus": near[1]})
        only = self.holders.only_one(what, span)
        if only:
            return Verdict(only, "role.only", antecedent=True, seen=seen)
        foremost = self.holders.foremost(what)
        return Verdict(foremost, "role.foremost", antecedent=True, seen=seen) if foremost else None

    def introduce(self, what: Description, span: Span, name: str | None = None) -> Member:
        """Return the unnamed human being whom the phrase at ``span`` brings into the article."""
        member = self._note("anonymous", name or what.shown, span)
        member.gender = self.cast.lists.roles.gender.get(what.head, "")
        member.heads.add(what.head)
        return member

    def _unnamed(self, what: Description, name: str, span: Span) -> Verdict:
        member = self.introduce(what, span, name)
        return Verdict(
            member, "anonymous", antecedent=what.introduced in {"indefinite", "bare"}, seen={"role": what.head}
        )

    def _owned(self, what: Description, span: Span) -> Verdict:
        """For "his lawyer", "whose spokesman": the owner's one of that role where it is named, else unnamed.

        The unnamed is called after the owner ("Jan Holt's lawyer").
        """
        relative = what.owner if what.determiner in self.cast.lists.reference.relative else None
        owner = self.cast.by_mention[relative.span] if relative else self._possessor(what.determiner)
        if owner is None:
            verdict = self._unnamed(what, f"{what.determiner} {what.shown}", span)
            return replace(verdict, antecedent=what.head in self._kin())
        seen: dict[str, str | float] = {"role": what.head, "owner": owner.name}
        surname = normal(owner.name.lower().split()[-1], self.cast.lists)
        for member in self.cast.holders(what.head):
            if member is not owner and surname in member.profile:
                member.mentions.append(span)
                return Verdict(member, "role.owned", antecedent=True, seen=seen)
        verdict = self._unnamed(what, f"{owner.name}'s {what.shown}", span)
        return Verdict(verdict.member, "anonymous.owned", antecedent=what.head in self._kin(), seen=seen)

    def _kin(self) -> frozenset[str]:
        return self.cast.lists.reference.speaking.kin

    def relative(self, what: Description, span: Span) -> Member:
        """Return the unnamed relative whom the phrase at ``span`` brings into the running text ("his sister")."""
        owner = self._possessor(what.determiner)
        owner = None if owner and what.head in owner.heads and owner.kind == "anonymous" else owner
        name = f"{owner.name}'s {what.shown}" if owner else f"{what.determiner} {what.shown}"
        return self.introduce(what, span, name)

    def _possessor(self, determiner: str) -> Member | None:
        """Whom "his", "her", "its", "their" or "whose" means by focus."""
        kind = self.cast.lists.reference.pronoun.get(determiner, "")
        gender = {"he": "m", "she": "f"}.get(kind, "")
        kinds = HUMAN if gender else BODIES if kind in {"it", "they"} else HUMAN | BODIES
        if not gender and (kind == "first" or determiner == "your"):
            return None
        ranked = self.focus.ranked(gender, kinds)
        return self.focus.acting(gender, kinds) or (ranked[0][1] if ranked else None)

    def _group(self, what: Description, span: Span) -> Verdict:
        """Several people: a group as written; the officials of a body that the article names speak for it."""
        speaking = self.cast.lists.reference.speaking
        owner = self.cast.by_mention.get(what.owner.span) if what.owner else None
        named = owner is not None and owner.kind == "organisation" and not owner.place and len(owner.mentions) > 1
        if owner and named and what.head in speaking.officers and len(what.before) == 1:
            return Verdict(owner, "body.officials", antecedent=True)
        if what.head in speaking.services:
            known = [
                m for m in self.cast.holders("spokesperson") if m.heads & speaking.voices and what.head in m.profile
            ]
            if len(known) == 1:
                return Verdict(known[0], "body.spokesperson", antecedent=True)
        return Verdict(self.group(what, span), "group", antecedent=True)

    def group(self, what: Description, span: Span) -> Member:
        """Return the group as written at ``span``."""
        return self._note(
            "group", f"{what.determiner} {what.shown}" if what.introduced == "owned" else what.shown, span
        )

    def written_again(self) -> Verdict | None:
        """Whom "it" means right behind the words of something written: again who issued it, or the document."""
        last = self.cast.written
        if last is None or last[1] < self.focus.sentence - 1:
            return None
        member = last[0]
        self.cast.written = (member, self.focus.sentence)
        return Verdict(member, "document.it", seen={"document": member.name})

    def _document(self, what: Description, span: Span, *, acted: bool) -> Verdict:
        """Something written: whoever issued it, as far as the phrase or an earlier one tells, else the document
        itself.
        """
        issued, seen = self.cast.issued, {"document": what.head}
        issuer = self._issuer(what, acted=acted)
        if issuer and not issuer.place:
            issued[what.head] = issuer
            verdict = Verdict(issuer, "document.issuer", antecedent=True, seen={**seen})
        elif what.introduced == "definite" and what.head in issued:
            verdict = Verdict(issued[what.head], "document.before", antecedent=True, seen={**seen})
        else:
            verdict = Verdict(self._note("document", what.shown, span), "document")
        if verdict.member and not acted:
            self.cast.written = (verdict.member, self.focus.sentence)
        return verdict

    def _issuer(self, what: Description, *, acted: bool) -> Member | None:
        """Who is named in the phrase, whose "his letter" is, or who "issued a statement"."""
        if what.introduced == "owned":
            return self._possessor(what.determiner)
        if what.owner and not self._hosted(what):
            return self.cast.by_mention.get(what.owner.span)
        ranked = self.focus.ranked("", HUMAN | BODIES) if acted and what.head in self.cast.lists.roles.issued else []
        return ranked[0][1] if ranked else None

    def _hosted(self, what: Description) -> bool:
        """A post on a network, which only carries it."""
        lists = self.cast.lists
        name = plain(what.owner.span.of(self.cast.text)) if what.owner else ""
        return what.head in lists.reference.speaking.posted and name in lists.bodies.companies

    def _body(self, what: Description, span: Span) -> Verdict:
        """A body without its name: the one in focus whose name has a fitting word; with a name inside, a body of its
        own.
        """
        if what.owner or what.introduced != "definite":
            return Verdict(self._note("organisation", what.shown, span), "body.described", antecedent=True)
        chosen = self._body_in_focus(what)
        if chosen and not any(binding({x}, self.cast.lists) for x in what.before) and not self._other(chosen, what):
            chosen.mentions.append(span)
            # "the city said" is no more than the city's word, also where its spokeswoman is named elsewhere
            return Verdict(chosen, "body.again", antecedent=True, seen={"body": chosen.name})
        return Verdict(self._note("organisation", what.shown, span), "body.described", antecedent=True)

    def _other(self, body: Member, what: Description) -> bool:
        """Only the head noun is shared ("the finance ministry", "Varnian health ministry"): two bodies."""
        lists = self.cast.lists
        named = {normal(x, lists) for x in body.name.lower().replace("-", " ").split()}
        vague = lists.roles.plain | lists.reference.speaking.wide_fields
        telling = [x for word in what.before for x in word.split("-") if x not in vague and x not in named]
        return what.head in named and bool(telling)

    def _body_in_focus(self, what: Description) -> Member | None:
        lists, ranked = self.cast.lists, [m for _, m in self.focus.ranked("", BODIES)]
        if what.head in lists.reference.speaking.lands:
            return next((m for m in ranked if m.place and self._land(m)), None)
        wanted = lists.roles.bodies[what.head]
        if what.head in lists.reference.speaking.retinues:
            return self._retinue(wanted, ranked)
        fitting = (m for m in ranked if self._bears(m, wanted))
        firm = what.head in lists.reference.speaking.firms
        return next(fitting, None) or (next((m for m in ranked if self._firm(m)), None) if firm else None)

    def _retinue(self, wanted: frozenset[str], ranked: Sequence[Member]) -> Member | None:
        """Of somebody's campaigns and the like, that of whom the text is about; else the one last named."""
        people = [(w, plain(m.name).split()[-1]) for w, m in self.focus.ranked()]
        found = [m for m in self.cast.members[:OLDEST] if m.kind == "organisation" and self._bears(m, wanted)]
        weights = {m.number: self._weight_of_owner(m, people) for m in found}
        owned = max(found, key=lambda m: (weights[m.number], -m.number), default=None)
        last = next((m for m in ranked if self._bears(m, wanted)), None)
        return (
            owned if owned and weights[owned.number] > OWNERS * weights.get(last.number if last else -1, 0.0) else last
        )

    @staticmethod
    def _weight_of_owner(body: Member, people: Sequence[tuple[float, str]]) -> float:
        named = set(plain(body.name).replace("'s", "").split())
        return max((w for w, surname in people if surname in named), default=0.0)

    def _land(self, member: Member) -> bool:
        """No building, street or river."""
        lists = self.cast.lists
        name = plain(member.name)
        return name in lists.places.names or name.split()[-1] not in lists.places.endings

    def _bears(self, member: Member, wanted: frozenset[str]) -> bool:
        """A word of its name is among those wanted; any outlet is what a noun for media means."""
        lists = self.cast.lists
        name = plain(member.name)
        words = {normal(x, lists) for x in name.replace("-", " ").split()}
        if words & wanted:
            return True
        others = (lists.roles.bodies["newspaper"] | lists.roles.bodies["network"]) - wanted
        return name in lists.bodies.outlets and bool(wanted & lists.reference.speaking.media) and not words & others

    def _firm(self, member: Member) -> bool:
        """Not a place that only stands for its government, nor a medium or a known body of state."""
        lists, name = self.cast.lists, member.name.lower()
        media = lists.roles.bodies["newspaper"] & {normal(w, lists) for w in name.replace("-", " ").split()}
        return not (member.place or media or name in lists.bodies.outlets or name in lists.bodies.known)

    def _unknown(self, what: Description, span: Span) -> Verdict:
        """A head no list knows: a name the parse missed, a group where it is a plural, else an own speaker as
        written.
        """
        if what.capitals and not what.determiner:
            return self._unlisted(what, span)
        kind: PersonKind = "anonymous"
        if what.head.endswith("s") and not what.head.endswith("ss"):
            kind = "group"
        elif what.owner and what.introduced != "indefinite" and not what.head.endswith(self._agents()):
            kind = "organisation"
        return Verdict(self._note(kind, what.shown, span), "described")

    def _unlisted(self, what: Description, span: Span) -> Verdict:
        """A name that no mention covers: a body if its words say so, else a person, without "Ms."."""
        name, lists = what.shown, self.cast.lists
        words = plain(name).split()
        place = plain(name) in lists.places.names
        if what.thing or place or plain(name) in lists.bodies.known or words[-1] in lists.bodies.words:
            member = self.cast.body(name)
            member.place = member.place or place
        elif len(words) == 1 and (known := self.cast.bearer(name)):
            member = known
        else:
            title = words[0].rstrip(".") in lists.names.honorifics and len(words) > 1
            member = self.cast.add("person", name.split(maxsplit=1)[1] if title else name)
        member.mentions.append(span)
        return Verdict(member, "name.unlisted", antecedent=True)

    def _agents(self) -> tuple[str, ...]:
        return tuple(self.cast.lists.reference.speaking.agents)
