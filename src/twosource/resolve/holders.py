"""Role holders: which person a role without a name means, by the roles the article tells and by whom it is about
right now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from twosource.article import Span
from twosource.extract.words import plain
from twosource.resolve.cast import Cast, Member
from twosource.resolve.focus import HUMAN, Focus
from twosource.resolve.phrase import Description
from twosource.resolve.profiles import binding, differs, normal, spelled_out

NEAR = 0.38
"""Least weight in focus for a role that the article gave nobody, if it says little ("the candidate") or is partly
confirmed.
"""

JUST_NOW = 0.9
"""The same for a bare role that tells much ("the moderator", "the surgeon"): only for who spoke in this sentence or
the last.
"""

ALONE = 0.15
"""The same where nobody else is in focus with a third of that weight."""

ELSEWHERE = 0.1
"""Share of the first weight in focus under which a wide role ("the candidate") no longer goes to the only one told to
hold it.
"""

OLDEST = 200
"""Members looked at for the one whose role nobody tells: bounds the work on lists of names."""

UNCONFIRMED_NAME = 0.5
"""The same for a name behind "of" or "for" that the roles do not tell ("the head of Acme" for somebody else's head)."""

UNCONFIRMED = 0.25
"""What a fit loses for each telling word that the person's roles do not confirm."""

LEAST_FIT = 0.5
"""Least fit of a role: below it the noun is only a more general one and a telling word is unconfirmed ("the harbour
chief" for a prime minister), so that words would go into a stranger's mouth.
"""

FOREMOST, AHEAD_OF = 4, 1.5
"""Least mentions of somebody who is meant by "the candidate" for being named most, and how many more than the next."""

LOOKED_AT = 3
"""The first in focus that a description is tried on."""


@dataclass(frozen=True, slots=True)
class Holders:
    """Answers for one cast, with whoever is in focus at the moment of asking."""

    cast: Cast
    focus: Focus

    def best(self, what: Description) -> tuple[Member, float] | None:
        """Return the person whose roles fit best and how well, or None.

        A point for the same noun (half for one that can stand for it), a point for each word before it that the
        person's roles tell;
        another country, state, body or party than they tell rules the person out. Ties go to the one in focus.
        """
        told = self._told(what)
        weights = {m.number: w for w, m in self.focus.ranked()}
        found = [
            ((fit, weights.get(member.number, 0.0), -member.number), member)
            for member in self.cast.holders(what.head)
            if member.kind == "person" and (fit := self._fit(member, what, told)) >= LEAST_FIT
        ]
        if not found:
            return None
        (fit, _, _), member = max(found, key=lambda t: t[0])
        return None if fit <= 1 and self._elsewhere(member, what) else (member, fit)

    def _told(self, what: Description) -> list[set[str]]:
        """What each telling word of the phrase stands for."""
        lists = self.cast.lists
        party = [{what.head}] if what.head in lists.reference.speaking.rivals else []
        meant = [(w, spelled_out(what.before, i, lists, country=False)) for i, w in enumerate(what.before)]
        return party + [words for word, words in meant if word not in lists.roles.plain and words]

    def _gender(self, what: Description) -> str:
        return self.cast.lists.roles.gender.get(what.head, "")

    def _fit(self, member: Member, what: Description, told: Sequence[set[str]]) -> float:
        gender = self._gender(what)
        if gender and member.gender and gender != member.gender:
            return 0.0
        if self._field(member, what, told) or self._lesser(member, what):
            return 0.0
        nouns = self.cast.lists.roles
        wider = any(what.head in nouns.general.get(h, ()) for h in member.heads)
        total = 1.0 if what.head in member.heads else 0.5 if wider else 0.0
        for meant in told:
            if meant & member.profile:
                total += 1.0
            elif binding(meant, self.cast.lists) or differs(meant, member.profile, self.cast.lists):
                return 0.0
            else:
                total -= UNCONFIRMED
        return total - self._over(member, what)

    def _over(self, member: Member, what: Description) -> float:
        """What the fit loses by the name the office is over; all where that is the person's own."""
        if what.over is None:
            return 0.0
        body = self.cast.by_mention.get(what.over.span)
        if body is member:
            return 2.0
        name = plain(what.over.span.of(self.cast.text)).split()
        lists = self.cast.lists
        told = {w for i in range(len(name)) for w in spelled_out([normal(n, lists) for n in name], i, lists)}
        known = told & member.profile or (body is not None and member.body is body)
        return 0.0 if known or body is None or body.place else UNCONFIRMED_NAME

    def _field(self, member: Member, what: Description, told: Sequence[set[str]]) -> bool:
        """Both name a field of the office, and another: "the fire chief" is no police chief."""
        lists = self.cast.lists
        if what.head not in lists.reference.speaking.fielded or not told or any(m & member.profile for m in told):
            return False
        before = [plain(role).partition(what.head)[0].split() for role in member.roles if what.head in plain(role)]
        return bool(before) and all(any(w not in lists.roles.plain for w in words[-1:]) for words in before)

    def _lesser(self, member: Member, what: Description) -> bool:
        """One of the two is only a vice or deputy: "the president" is no vice president."""
        lesser = self.cast.lists.reference.speaking.lesser
        told = [set(role.partition(what.head)[0].split()) for role in map(plain, member.roles) if what.head in role]
        own = set(what.head.split())
        wanted = bool(lesser & (own | set(what.before)))
        return bool(told) and all(bool(lesser & (own | before)) != wanted for before in told)

    def _elsewhere(self, member: Member, what: Description) -> bool:
        """The role says little, and the text is about somebody else right now."""
        ranked = self.focus.ranked()
        if what.head not in self.cast.lists.roles.wide or not ranked or ranked[0][0] < NEAR:
            return False
        return next((w for w, m in ranked if m is member), 0.0) < ELSEWHERE * ranked[0][0]

    def unnamed_before(self, what: Description) -> Member | None:
        """Return the unnamed source that "the official" takes up again, unless someone of that role has been named
        since.
        """
        for _, member in self.focus.ranked("", HUMAN)[:LOOKED_AT]:
            if what.head in member.heads:
                return member if member.kind == "anonymous" else None
        return None

    def in_focus(self, what: Description) -> tuple[Member, float] | None:
        """Return the one the text is about right now and the weight, if nothing told about them speaks against the
        role.
        """
        if what.owner is not None and what.owner.kind == "person":
            return None
        told = self._told(what)
        ranked = self.focus.ranked(self._gender(what), HUMAN)
        alone = bool(ranked) and (len(ranked) == 1 or ranked[1][0] < ranked[0][0] / 3)
        least = ALONE if alone else NEAR if self._loose(what, told) else JUST_NOW
        fitting = [(w, m) for w, m in ranked[: 1 if alone else 2] if w >= least and self._possible(m, what, told)]
        if not fitting:
            return None
        weight, member = max(fitting, key=lambda t: (sum(bool(meant & t[1].profile) for meant in told), t[0]))
        return member, round(weight, 3)

    def _loose(self, what: Description, told: Sequence[set[str]]) -> bool:
        nouns = self.cast.lists.roles
        return bool(told) or what.head in nouns.wide or what.head in nouns.offices or what.head not in nouns.general

    def _possible(self, member: Member, what: Description, told: Sequence[set[str]]) -> bool:
        nouns = self.cast.lists.roles
        heads = member.heads - self.cast.lists.reference.speaking.kin
        unlike = bool(heads) and not any(nouns.alike(what.head, h) for h in heads)
        if unlike and (member.kind == "anonymous" or what.head in nouns.general):
            return False
        return not any(differs(meant, member.profile, self.cast.lists) for meant in told)

    def only_one(self, what: Description, span: Span) -> Member | None:
        """Return, for a well-known office, the only one named by now whose role the article never tells."""
        past = set(what.before) & self.cast.lists.reference.speaking.past
        if what.head not in self.cast.lists.roles.offices or what.owner is not None or past or self._told(what):
            return None
        gender = self._gender(what)
        people = (m for m in self.cast.members[:OLDEST] if m.kind == "person" and not m.heads and m.mentions)
        fitting = (m for m in people if min(m.mentions) < span and (not gender or m.gender in {"", gender}))
        found = list(islice(fitting, 2))
        return found[0] if len(found) == 1 else None

    def foremost(self, what: Description) -> Member | None:
        """Return, for a candidate or the like whom nobody is told to be, whom the article names far more often than
        anybody else that could be meant.
        """
        past = set(what.before) & self.cast.lists.reference.speaking.past
        if what.head not in self.cast.lists.reference.speaking.contested or what.owner is not None or past:
            return None
        told, gender = self._told(what), self._gender(what)
        named = [
            (len(m.mentions), -m.number, m)
            for m in self.cast.members[:OLDEST]
            if m.kind == "person" and (not gender or m.gender in {"", gender}) and self._possible(m, what, told)
        ]
        first, second = [*sorted(named, reverse=True), (0, 0, None), (0, 0, None)][:2]
        return first[2] if first[0] >= FOREMOST and first[0] >= AHEAD_OF * second[0] else None
