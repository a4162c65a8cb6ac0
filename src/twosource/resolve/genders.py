"""Genders: what the text itself tells about people whose given name and titles tell nothing.

Evidence is a possessive or reflexive pronoun that its own subject governs ("Velanna thanked her fans"): the first one
after the name in the same sentence, with no other name between. One contrary vote leaves the gender open.
"""

from collections import defaultdict

from twosource.resolve.cast import Cast
from twosource.resolve.focus import SUBJECT
from twosource.resolve.scene import Scene

REACH = 10
"""Words after the name within which the pronoun must stand."""

_GENDERS = {"he": "m", "she": "f"}


def learn_genders(cast: Cast, scene: Scene) -> None:
    """Give people of unknown gender the one that their own pronouns tell."""
    told: dict[int, set[str]] = defaultdict(set)
    for mention in cast.mentions:
        member = cast.by_mention[mention.span]
        if member.kind == "person" and not member.gender and scene.prominence(mention.span) == SUBJECT:
            told[member.number].add(_own(mention.span.end, cast, scene))
    for number, votes in told.items():
        genders = votes - {""}
        if len(genders) == 1:
            cast.members[number].gender = genders.pop()


def _own(at: int, cast: Cast, scene: Scene) -> str:
    """The gender of the first pronoun after the name, "" where a name or nothing fitting stands before it."""
    refer = cast.lists.reference
    for word in scene.following(at - 1, REACH):
        kind = refer.pronoun.get(word.plain)
        if kind in _GENDERS:
            return _GENDERS[kind] if word.tag == "PRP$" or word.plain in refer.reflexive else ""
        if (word.capital and word.pos == "PROPN") or word.text == '"' or word.plain in refer.relative:
            return ""
    return ""
