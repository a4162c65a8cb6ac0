"""Assembling the cast: which mentions name one person or body of the article, before any quotation is read.

A lone surname belongs to the full name that has it; where two people share one, a title's gender or the one named
last decides.
"""

from collections import defaultdict
from collections.abc import Sequence

from twosource.article import Article, Span
from twosource.extract.wordlists import WordLists
from twosource.extract.words import plain
from twosource.facts import Mention
from twosource.resolve.cast import Cast, Member
from twosource.resolve.names import one_person, parse_name, skeleton

SHARED = 12
"""People with one surname that a further name is compared with: bounds the work on lists of names."""


def assemble(article: Article, mentions: Sequence[Mention], lists: WordLists) -> Cast:
    """Build the cast from the mentions of an article."""
    cast = Cast(article, mentions, lists)
    people = [m for m in mentions if m.kind == "person"]
    _lone_names(cast, people, _full_names(cast, people))
    for mention in mentions:
        if mention.kind != "person":
            _body(cast, mention)
    for mention in people:
        _give_roles(cast, mention)
    return cast


def _full_names(cast: Cast, mentions: Sequence[Mention]) -> dict[str, list[Member]]:
    """Place the names of several parts; return the people by the sound of surname and given name."""
    by_sound: dict[str, list[Member]] = defaultdict(list)
    for mention in mentions:
        if len(parse_name(cast.shown(mention.span)).parts) > 1:
            cast.place(mention, _full_name(cast, mention, by_sound))
    return {sound: list(dict.fromkeys(members)) for sound, members in by_sound.items()}


def _full_name(cast: Cast, mention: Mention, by_sound: dict[str, list[Member]]) -> Member:
    """The person of that full name, under this or a variant spelling; the fullest form becomes the name."""
    shown = cast.shown(mention.span)
    name = parse_name(shown)
    for member in by_sound[skeleton(name.surname)][:SHARED]:
        if one_person(member.name, shown):
            fuller = len(parse_name(member.name).parts) < len(name.parts)
            member.name = shown if fuller or (shown.istitle() and member.name.isupper()) else member.name
            return member
    member = cast.add("person", shown)
    member.gender = member.gender or _title_gender(cast, mention) or cast.lists.names.gender.get(name.parts[0], "")
    for sound in {skeleton(name.surname), skeleton(name.parts[0])}:
        by_sound[sound].append(member)
    return member


def _lone_names(cast: Cast, mentions: Sequence[Mention], by_sound: dict[str, list[Member]]) -> None:
    """Place the names of one part, in reading order."""
    recent: dict[str, Member] = {}
    for mention in mentions:
        shown = cast.shown(mention.span)
        if mention.span not in cast.by_mention:
            cast.place(mention, _lone_name(cast, mention, by_sound, recent))
        for part in parse_name(shown).parts:
            recent[skeleton(part)] = cast.by_mention[mention.span]


def _lone_name(cast: Cast, mention: Mention, by_sound: dict[str, list[Member]], recent: dict[str, Member]) -> Member:
    """Whom a lone surname, or else given name, means."""
    shown, gender = cast.shown(mention.span), _title_gender(cast, mention)
    sound = skeleton(parse_name(shown).surname)
    found = by_sound.get(sound, [])
    named = [m for m in found if skeleton(parse_name(m.name).surname) == sound] or found
    fitting = [m for m in named if not gender or m.gender in {"", gender}] or named
    if len(fitting) > 1 and recent.get(sound) in fitting:
        return recent[sound]
    if fitting:
        return fitting[0]
    member = cast.add("person", shown)
    member.gender = gender or cast.lists.names.gender.get(plain(shown), "")
    return member


def _title_gender(cast: Cast, mention: Mention) -> str:
    """The gender that a title right before the name tells, "" for none."""
    titles = [plain(r.of(cast.text)) for r in mention.roles if r.end <= mention.span.start]
    words = [w.strip(".") for title in titles for w in title.split()]
    told = (cast.lists.names.honorifics.get(w) or cast.lists.roles.gender.get(w, "") for w in words)
    return next((gender for gender in told if gender), "")


def _body(cast: Cast, mention: Mention) -> None:
    """Place the name of a body, group or place."""
    shown = cast.shown(mention.span)
    member = cast.add("group", shown) if mention.kind == "group" else cast.body(shown)
    member.place = member.place or mention.kind == "place"
    cast.place(mention, member)


def _give_roles(cast: Cast, mention: Mention) -> None:
    """Give the person the roles that stand with this mention, its gender, and the body it speaks for."""
    member, lists = cast.by_mention[mention.span], cast.lists
    member.gender = member.gender or _title_gender(cast, mention)
    for span in mention.roles:
        role = cast.shown(span)
        bare = plain(role).strip(".")
        if bare in lists.roles.general or bare not in lists.names.honorifics:
            cast.give(member, role)
        body = _represented(cast, span) if any(v in bare for v in lists.reference.speaking.voices) else None
        if body:
            cast.speak_for(member, body)


def _represented(cast: Cast, role: Span) -> Member | None:
    """The body in a spokesperson's role: after "for" the last one named, else the one named before the noun."""
    inside = cast.within(role)
    after = [m for m in inside if " for " in plain(cast.text[role.start : m.span.start]) + " "]
    chosen = after[-1] if after else next(iter(inside), None)
    return cast.by_mention.get(chosen.span) if chosen else None
