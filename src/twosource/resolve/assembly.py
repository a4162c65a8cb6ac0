"""Assembling the cast: which mentions name one person or body of the article, before any quotation is read.

A lone surname belongs to the full name that has it; where two people share one, their titles decide, else whom the
text is about at that place.
"""

from collections import defaultdict
from collections.abc import Sequence

from twosource.article import Article, Span
from twosource.extract.wordlists import WordLists
from twosource.extract.words import plain
from twosource.facts import Mention
from twosource.resolve.cast import Cast, Member
from twosource.resolve.focus import Focus
from twosource.resolve.names import one_person, parse_name, skeleton
from twosource.resolve.profiles import describe
from twosource.resolve.scene import Scene

SHARED = 12
"""People with one surname that a further name is compared with: bounds the work on lists of names."""


CALLED_SO = 0.3
"""What the one whom the article never names in full is ahead of a namesake it does ("Mr. Holt", "Anna Holt"): who has
a bare surname is called by it (weights as in `focus`).
"""

CALLED_LAST = 0.2
"""What the one whom the surname alone meant the last time is ahead of a namesake."""


def assemble(article: Article, mentions: Sequence[Mention], lists: WordLists, scene: Scene) -> Cast:
    """Build the cast from the mentions of an article."""
    cast = Cast(article, mentions, lists)
    people = [m for m in mentions if m.kind == "person"]
    by_sound = _full_names(cast, people)
    for mention in mentions:
        if mention.kind != "person":
            _body(cast, mention)
    for mention in people:
        if mention.span in cast.by_mention:
            _give_roles(cast, mention)
    _lone_names(cast, people, by_sound, scene)
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
    for sound in {plain(shown)} if name.mixed else {skeleton(name.surname), skeleton(name.parts[0])}:
        by_sound[sound].append(member)
    return member


def _lone_names(cast: Cast, mentions: Sequence[Mention], by_sound: dict[str, list[Member]], scene: Scene) -> None:
    """Place the names of one part, in reading order, with whoever the text is about at that place."""
    lone = [m for m in mentions if m.span not in cast.by_mention]
    for mention in lone:
        _called_by_title(cast, mention, by_sound)
    focus = Focus()
    last: dict[str, Member] = {}
    for mention in mentions:
        focus.advance(scene.sentence(mention.span.start), scene.paragraph(mention.span.start))
        if mention.span not in cast.by_mention:
            sound = _sound(cast, mention)
            last[sound] = _lone_name(cast, mention, by_sound.get(sound, []), focus, last.get(sound))
            cast.place(mention, last[sound])
            _give_roles(cast, mention)
        focus.name(cast.by_mention[mention.span], scene.prominence(mention.span))


def _sound(cast: Cast, mention: Mention) -> str:
    """The sound of the surname; a look-alike in letters of two scripts sounds like nothing but itself."""
    shown = cast.shown(mention.span)
    name = parse_name(shown)
    return plain(shown) if name.mixed else skeleton(name.surname)


def _called_by_title(cast: Cast, mention: Mention, by_sound: dict[str, list[Member]]) -> None:
    """Someone of another gender than all who have that name in full ("Mr. Holt" beside Anna Holt)."""
    gender, sound = _title_gender(cast, mention), _sound(cast, mention)
    namesakes = by_sound.get(sound, [])
    if gender and namesakes and all(m.gender not in {"", gender} for m in namesakes):
        member = cast.add("person", cast.shown(mention.span))
        member.gender = gender
        namesakes.append(member)


def _lone_name(cast: Cast, mention: Mention, found: Sequence[Member], focus: Focus, last: Member | None) -> Member:
    """Whom a lone surname, or else given name, means: one of those ``found`` under its sound, else somebody new."""
    shown, gender, sound = cast.shown(mention.span), _title_gender(cast, mention), _sound(cast, mention)
    named = [m for m in found if skeleton(parse_name(m.name).surname) == sound] or found
    fitting = [m for m in named if not gender or m.gender in {"", gender}] or named
    heads = _title_heads(cast, mention)
    titled = [m for m in fitting if m.heads & heads] or fitting
    if titled:
        return max(titled[:SHARED], key=lambda m: (_weight(m, focus) + CALLED_LAST * (m is last), -m.number))
    close = cast.slip(shown)
    if close and not (gender and close.gender and gender != close.gender):
        return close
    member = cast.add("person", shown)
    member.gender = gender or cast.lists.names.gender.get(plain(shown), "")
    return member


def _weight(member: Member, focus: Focus) -> float:
    """How much the text is about the member right now."""
    bare = CALLED_SO if len(parse_name(member.name).parts) == 1 else 0.0
    return focus.weights.get(member.number, (member, 0.0))[1] + bare


def _title_heads(cast: Cast, mention: Mention) -> set[str]:
    """The role nouns of the titles before a lone name, with what they can stand for ("Sen." for a senator)."""
    titles = [cast.shown(r) for r in mention.roles if r.end <= mention.span.start]
    heads = {h for title in titles for h in describe(plain(title).split(), cast.lists)[0]}
    return heads | {g for h in heads for g in cast.lists.roles.general[h]} - cast.lists.roles.wide


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
