"""The cast of one article: everyone who can speak in it, with forms, roles and gender, looked up by mention, name or
role.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from twosource.article import Article, Span, stable_id
from twosource.extract.wordlists import WordLists
from twosource.extract.words import plain
from twosource.facts import Mention, Person, PersonKind
from twosource.resolve.names import ONE_EDIT, parse_name, part_alike
from twosource.resolve.profiles import describe

BEARERS = 200
"""Members looked at for the bearer of a lone name that no mention covers: bounds the work on lists of names."""

_WORDS = re.compile(r"[^\W\d_]+")

SLIPPED = 4
"""Letters above which a lone name may be another one with a slip of the pen."""

HOLDERS = 40
"""People with one role noun that a description is compared with: bounds the work on lists of names."""


@dataclass(eq=False, slots=True)
class Member:
    """One of the cast while it is being put together.

    ``number`` counts the cast in order of arrival; ``heads`` are the nouns of its roles and ``profile`` the other
    words they tell;
    ``body`` is whom it speaks for; ``place`` says that it is a place, ``described`` that the text only describes it:
    both count only if it ``spoke``.
    """

    kind: PersonKind
    name: str
    number: int
    gender: str = ""
    roles: list[str] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    profile: set[str] = field(default_factory=set)
    body: "Member | None" = None
    place: bool = False
    described: bool = False
    spoke: bool = False


class Cast:
    """Everyone in the article who can speak."""

    def __init__(self, article: Article, mentions: Sequence[Mention], lists: WordLists) -> None:
        self.text = article.text
        self.sha = article.sha256
        self.lists = lists
        self.mentions = list(mentions)
        self.members: list[Member] = []
        self.by_mention: dict[Span, Member] = {}
        self.issued: dict[str, Member] = {}
        self.written: tuple[Member, int] | None = None
        self.small = frozenset(plain(w) for w in _WORDS.findall(article.text) if w.islower())
        self._starts = [m.span.start for m in mentions]
        self._named: dict[tuple[str, str], Member] = {}
        self._by_head: dict[str, list[Member]] = defaultdict(list)
        self._voices: dict[int, list[Member]] = defaultdict(list)
        self._spelled: dict[str, str] = {}
        for mention in mentions:
            name = self.shown(mention.span)
            if mention.kind == "organisation" and " " in name:
                self._spelled.setdefault(initials(name), name)

    def shown(self, span: Span) -> str:
        """Return the words of a span with single spaces."""
        return " ".join(span.of(self.text).split())

    def add(self, kind: PersonKind, name: str) -> Member:
        """Return the member of that kind and name, new or known."""
        key = (kind, plain(name))
        if key not in self._named:
            self._named[key] = Member(kind, name, len(self.members))
            self.members.append(self._named[key])
        return self._named[key]

    def place(self, mention: Mention, member: Member) -> None:
        """Note that ``mention`` names ``member``."""
        self.by_mention[mention.span] = member
        member.mentions.append(mention.span)

    def body(self, name: str) -> Member:
        """Return the body of that name: an acronym is the long name whose first letters it has, a known body has
        several names.
        """
        bare = plain(name).replace(".", "")
        if name.replace(".", "").isupper() and " " not in name and bare in self._spelled:
            return self.add("organisation", self._spelled[bare])
        known = self.lists.bodies.known.get(plain(name))
        for alias in (known.name, *known.aliases) if known else ():
            member = self._named.get(("organisation", alias))
            if member and alias != plain(name):
                self._named["organisation", plain(name)] = member
                member.name = max(member.name, name, key=len)
                return member
        member = self.add("organisation", name)
        member.profile |= {*known.field, known.country} if known else set()
        return member

    def give(self, member: Member, role: str) -> None:
        """Give a person a role, as written, and everything it tells."""
        member.roles.append(role)
        heads, words = describe(plain(role).split(), self.lists)
        for head in heads - member.heads:
            for name in (head, *self.lists.roles.general.get(head, ())):
                self._by_head[name].append(member)
        member.heads |= heads
        member.profile |= words

    def holders(self, head: str) -> list[Member]:
        """Return people whose roles the noun ``head`` can name, at most `HOLDERS` of each of its kinds."""
        nouns = self.lists.roles
        found = [m for kind in (head, *nouns.general.get(head, ())) for m in self._by_head.get(kind, [])[-HOLDERS:]]
        return [m for m in dict.fromkeys(found) if any(nouns.alike(head, h) for h in m.heads)]

    def speak_for(self, member: Member, body: Member) -> None:
        """Note that a person speaks for a body."""
        if member.body is None and member is not body:
            member.body = body
            self._voices[body.number].append(member)

    def voices(self, body: Member) -> list[Member]:
        """Return the people who speak for ``body``."""
        return self._voices.get(body.number, [])

    def voices_of_country(self, member: Member) -> list[Member]:
        """Return the people who speak for a known body of the country that a place or capital stands for."""
        country = self.lists.places.country.get(plain(member.name))
        bodies = [self.members[number] for number in self._voices] if country else []
        return [m for body in bodies if country in body.profile for m in self.voices(body)]

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions that lie inside ``span``."""
        low, high = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        return [m for m in self.mentions[low:high] if m.span.end <= span.end]

    def bearer(self, name: str) -> Member | None:
        """Return the person one word of whose name is ``name``, else a body that it begins the name of, else a person
        whose surname is but a slip away, among the first `BEARERS` of the cast.
        """
        word, known = plain(name), self.members[:BEARERS]
        same = (m for m in known if m.kind == "person" and word in plain(m.name).split())
        body = (m for m in known if m.kind == "organisation" and plain(m.name).split()[:1] == [word])
        best = max(same, key=lambda m: (plain(m.name) == word, len(m.mentions), -m.number), default=None)
        return best or next(body, None) or self.slip(name)

    def slip(self, name: str) -> Member | None:
        """Return the person whose surname is but a slip of the pen away from the lone ``name``, or None."""
        parsed = parse_name(name)
        if len(parsed.surname) <= SLIPPED or parsed.mixed or plain(name) in self.lists.names.gender:
            return None
        people = (m for m in self.members[:BEARERS] if m.kind == "person" and " " in m.name)
        names = ((m, parse_name(m.name)) for m in people)
        return next((m for m, n in names if not n.mixed and self._close(parsed.surname, n.surname)), None)

    def _close(self, word: str, surname: str) -> bool:
        return word[:1] == surname[:1] and part_alike(word, surname, self.lists.names) >= ONE_EDIT

    def beginning(self, at: int) -> Mention | None:
        """Return the mention that begins at the offset, or None."""
        i = bisect_left(self._starts, at)
        return self.mentions[i] if i < len(self.mentions) and self.mentions[i].span.start == at else None

    def person_before(self, mention: Mention) -> Mention | None:
        """Return the person named last before this mention, with two other names between at most, or None."""
        i = bisect_left(self._starts, mention.span.start)
        return next((m for m in reversed(self.mentions[max(0, i - 3) : i]) if m.kind == "person"), None)

    def ending(self, at: int) -> Mention | None:
        """Return the mention that ends at the offset, or None."""
        i = bisect_left(self._starts, at) - 1
        return self.mentions[i] if i >= 0 and self.mentions[i].span.end == at else None

    def people(self) -> tuple[Person, ...]:
        """Return the cast as people, in order of their first mention, without places and unnamed that never spoke."""
        silent = (m for m in self.members if m.spoke or not (m.place or m.described or m.kind == "anonymous"))
        shown = [m for m in silent if m.mentions]
        shown.sort(key=lambda m: (min(m.mentions), m.number))
        kept = {m.number for m in shown}
        return tuple(self._person(m, kept) for m in shown)

    def _person(self, member: Member, kept: set[int]) -> Person:
        body = member.body if member.body and member.body.number in kept else None
        return Person(
            id=self.id_of(member),
            name=member.name,
            kind=member.kind,
            roles=tuple(dict.fromkeys(member.roles)),
            speaks_for=self.id_of(body) if body else None,
            mentions=tuple(sorted(set(member.mentions))),
        )

    def id_of(self, member: Member) -> str:
        """Return the id the member has as a person."""
        return stable_id("p", self.sha, member.kind, member.name)


def initials(name: str) -> str:
    """Return the plain first letters of the words with a capital ("Metropolitan Transportation Authority" -> "mta")."""
    return "".join(plain(w)[:1] for w in name.replace("-", " ").split() if w[:1].isupper())
