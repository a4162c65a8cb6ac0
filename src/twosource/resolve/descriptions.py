"""Descriptions: whom a phrase without a name means ("the Pentagon chief", "two officials", "the letter", "the
company").

A definite phrase is matched with the roles the article gives its people; an indefinite one brings an unnamed source
of its own. What cannot
be matched stays a description: it is shown as written and never becomes an antecedent.
"""

from dataclasses import dataclass

from twosource.article import Span
from twosource.extract.words import plain
from twosource.facts import PersonKind
from twosource.resolve.cast import Cast, Member
from twosource.resolve.focus import BODIES, HUMAN, Focus
from twosource.resolve.holders import Holders
from twosource.resolve.phrase import Description
from twosource.resolve.profiles import binding, normal
from twosource.resolve.verdict import Verdict


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
            return Verdict(voices[0], "body.spokesperson", 0.85, antecedent=True, seen={"body": member.name})
        return Verdict(member, "body", 1.0, antecedent=True)

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
            return Verdict(found[0], "role", 0.8, antecedent=True, seen=seen) if found and sure else None
        same = self.holders.unnamed_before(what)
        if same:
            return Verdict(same, "anonymous.again", 0.75, antecedent=True, seen=seen)
        found = self.holders.best(what)
        if found:
            member, fit = found
            return Verdict(member, "role", 0.9 if fit > 1 else 0.75, antecedent=True, seen={**seen, "fit": fit})
        near = self.holders.in_focus(what)
        if near:
            return Verdict(near[0], "role.focus", 0.6, antecedent=True, seen={**seen, "focus": near[1]})
        only = self.holders.only_one(what, span)
        return Verdict(only, "role.only", 0.5, antecedent=True, seen=seen) if only else None

    def introduce(self, what: Description, span: Span, name: str | None = None) -> Member:
        """Return the unnamed human being whom the phrase at ``span`` brings into the article."""
        member = self._note("anonymous", name or what.shown, span)
        member.gender = self.cast.lists.roles.gender.get(what.head, "")
        member.heads.add(what.head)
        return member

    def _unnamed(self, what: Description, name: str, span: Span) -> Verdict:
        member = self.introduce(what, span, name)
        return Verdict(
            member, "anonymous", 0.8, antecedent=what.introduced in {"indefinite", "bare"}, seen={"role": what.head}
        )

    def _owned(self, what: Description, span: Span) -> Verdict:
        """For "his lawyer", "whose spokesman": the owner's one of that role where it is named, else unnamed.

        The unnamed is called after the owner ("Jan Holt's lawyer").
        """
        relative = what.owner if what.determiner in self.cast.lists.reference.relative else None
        owner = self.cast.by_mention[relative.span] if relative else self._possessor(what.determiner)
        if owner is None:
            return self._unnamed(what, f"{what.determiner} {what.shown}", span)
        seen: dict[str, str | float] = {"role": what.head, "owner": owner.name}
        surname = normal(owner.name.lower().split()[-1], self.cast.lists)
        for member in self.cast.holders(what.head):
            if member is not owner and surname in member.profile:
                member.mentions.append(span)
                return Verdict(member, "role.owned", 0.8, antecedent=True, seen=seen)
        verdict = self._unnamed(what, f"{owner.name}'s {what.shown}", span)
        return Verdict(verdict.member, "anonymous.owned", 0.7, seen=seen)

    def _possessor(self, determiner: str) -> Member | None:
        """Whom "his", "her", "its", "their" or "whose" means by focus."""
        kind = self.cast.lists.reference.pronoun.get(determiner, "")
        gender = {"he": "m", "she": "f"}.get(kind, "")
        kinds = HUMAN if gender else BODIES if kind in {"it", "they"} else HUMAN | BODIES
        ranked = self.focus.ranked(gender, kinds) if gender or (kind != "first" and determiner != "your") else []
        return ranked[0][1] if ranked else None

    def _group(self, what: Description, span: Span) -> Verdict:
        """Several people: a group as written; the officials of a body that the article names speak for it."""
        speaking = self.cast.lists.reference.speaking
        owner = self.cast.by_mention.get(what.owner.span) if what.owner else None
        named = owner is not None and owner.kind == "organisation" and not owner.place and len(owner.mentions) > 1
        if owner and named and what.head in speaking.officers and len(what.before) == 1:
            return Verdict(owner, "body.officials", 0.7, antecedent=True)
        if what.head in speaking.services:
            known = [
                m for m in self.cast.holders("spokesperson") if m.heads & speaking.voices and what.head in m.profile
            ]
            if len(known) == 1:
                return Verdict(known[0], "body.spokesperson", 0.8, antecedent=True)
        name = f"{what.determiner} {what.shown}" if what.introduced == "owned" else what.shown
        return Verdict(self._note("group", name, span), "group", 0.9, antecedent=True)

    def _document(self, what: Description, span: Span, *, acted: bool) -> Verdict:
        """Something written: whoever issued it, as far as the phrase or an earlier one tells, else the document
        itself.
        """
        issued, seen = self.cast.issued, {"document": what.head}
        issuer = self._issuer(what, acted=acted)
        if issuer and not issuer.place:
            issued[what.head] = issuer
            return Verdict(issuer, "document.issuer", 0.85, antecedent=True, seen={**seen})
        if what.introduced == "definite" and what.head in issued:
            return Verdict(issued[what.head], "document.before", 0.7, antecedent=True, seen={**seen})
        return Verdict(self._note("document", what.shown, span), "document", 0.9)

    def _issuer(self, what: Description, *, acted: bool) -> Member | None:
        """Who is named in the phrase, whose "his letter" is, or who "issued a statement"."""
        if what.introduced == "owned":
            return self._possessor(what.determiner)
        if what.owner:
            return self.cast.by_mention.get(what.owner.span)
        ranked = self.focus.ranked("", HUMAN | BODIES) if acted and what.head in self.cast.lists.roles.issued else []
        return ranked[0][1] if ranked else None

    def _body(self, what: Description, span: Span) -> Verdict:
        """A body without its name: the one in focus whose name has a fitting word; with a name inside, a body of its
        own.
        """
        if what.owner or what.introduced != "definite":
            return Verdict(self._note("organisation", what.shown, span), "body.described", 0.85, antecedent=True)
        chosen = self._body_in_focus(what)
        if chosen and not any(binding({x}, self.cast.lists) for x in what.before) and not self._other(chosen, what):
            chosen.mentions.append(span)
            verdict = self.of_body(chosen)
            return Verdict(verdict.member, f"{verdict.rule}.again", 0.75, antecedent=True, seen={"body": chosen.name})
        return Verdict(self._note("organisation", what.shown, span), "body.described", 0.7, antecedent=True)

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
            return next((m for m in ranked if m.place), None)
        wanted = lists.roles.bodies[what.head]
        fitting = (m for m in ranked if {normal(x, lists) for x in m.name.lower().replace("-", " ").split()} & wanted)
        firm = what.head in lists.reference.speaking.firms
        return next(fitting, None) or (next((m for m in ranked if self._firm(m)), None) if firm else None)

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
        return Verdict(self._note(kind, what.shown, span), "described", 0.6)

    def _unlisted(self, what: Description, span: Span) -> Verdict:
        """A name that no mention covers: a body if its words say so, else a person, without "Ms."."""
        name, lists = what.shown, self.cast.lists
        words = plain(name).split()
        if what.thing or plain(name) in lists.bodies.known or words[-1] in lists.bodies.words:
            member = self.cast.body(name)
        elif len(words) == 1 and (known := self.cast.bearer(name)):
            member = known
        else:
            title = words[0].rstrip(".") in lists.names.honorifics and len(words) > 1
            member = self.cast.add("person", name.split(maxsplit=1)[1] if title else name)
        member.mentions.append(span)
        return Verdict(member, "name.unlisted", 0.6, antecedent=True)

    def _agents(self) -> tuple[str, ...]:
        return tuple(self.cast.lists.reference.speaking.agents)
