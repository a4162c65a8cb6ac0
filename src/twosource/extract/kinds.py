"""Kinds: whether a name is a person's, a body's, a group's or a place's, judged once for the whole article.

Word lists decide where they know the name; else titles, given names and longer names of the article; else the model's
votes.
"""

from collections.abc import Mapping

from twosource.extract.proposals import Key, Votes
from twosource.extract.wordlists import WordLists
from twosource.facts import MentionKind

LONE_VOTES = 2
"""Votes of the model that make a single word a person where no title and no longer name says so (one vote: half were
not people).
"""

TIES: tuple[MentionKind, ...] = ("organisation", "person", "group", "place")
"""Which kind wins where the model's votes are even."""


def judge(votes: Mapping[Key, Votes], lists: WordLists) -> dict[Key, MentionKind]:
    """Return one kind for every name that has one; long names are judged first, so that a lone surname can follow
    them.
    """
    kinds: dict[Key, MentionKind] = {}
    people: set[str] = set()
    votes = {key: vote for key, vote in votes.items() if not _headline_run(key, vote, votes)}
    for key in sorted(votes, key=lambda k: (-len(k), k)):
        kind = _kind(key, votes[key], people, lists)
        if kind:
            kinds[key] = kind
        if kind == "person" and len(key) > 1:
            people |= {_surname(key, lists)} | ({key[0]} & lists.names.gender.keys())
    for surname in people:
        kinds.setdefault((surname,), "person")
    return kinds


def _headline_run(key: Key, vote: Votes, votes: Mapping[Key, Votes]) -> bool:
    """A name and the next word of a line set in capitals ("Holt Breaks"): the name stands alone in the text."""
    return len(key) == 2 and vote.loud == vote.seen and any((word,) in votes for word in key[:1])


def _surname(key: Key, lists: WordLists) -> str:
    last = len(key) - 1
    while last > 0 and key[last].strip(".,") in lists.names.suffixes:
        last -= 1
    return key[last]


def _kind(key: Key, votes: Votes, people: set[str], lists: WordLists) -> MentionKind | None:
    listed = _by_name(key, votes, lists) or _by_ending(key, lists)
    surname = key[-1] in people and set(key[:-1]) <= lists.names.particles
    if surname and not (listed and votes.labels["person"] + votes.titled == 0):
        return "person"
    if listed:
        return listed
    if votes.titled or votes.kin or (_given(key, lists) and key[-1] not in lists.bodies.words):
        return "person"
    return _by_votes(key, votes)


def _given(key: Key, lists: WordLists) -> bool:
    return len(key) > 1 and key[0] in lists.names.gender


def _by_name(key: Key, votes: Votes, lists: WordLists) -> MentionKind | None:
    """What the lists of places, peoples and bodies say about the whole name."""
    name, places, bodies = " ".join(key), lists.places, lists.bodies
    titled = votes.titled and len(key) == 1 and name not in places.country
    if name in places.names and not titled:
        return "place"
    if key[-1] in lists.reference.speaking.party_groups:
        return "group"
    if name in places.adjectives or votes.labels["group"] > sum(votes.labels.values()) / 2:
        return "group"
    return "organisation" if name in bodies.known or name in bodies.outlets or name in bodies.companies else None


def _by_ending(key: Key, lists: WordLists) -> MentionKind | None:
    """What the words of a longer name say: "Trump Tower", "Telegram Messenger", "Institute for Peace", "Ministry of
    Health".
    """
    bodies, given = lists.bodies, _given(key, lists)
    if len(key) < 2:
        return None
    if key[-1] in lists.places.endings and not given:
        return "place"
    firm = not given and (key[0] in bodies.companies or key[0] in bodies.outlets)
    long = len(key) > 3 and {"for", "of"} & set(key) and set(key) & bodies.words
    begins = key[0] in lists.reference.speaking.body_beginnings
    return "organisation" if firm or long or begins or (key[-1] in bodies.words and not given) else None


def _by_votes(key: Key, votes: Votes) -> MentionKind | None:
    if not votes.labels:
        return None
    best = max(votes.labels.values())
    kind = next(k for k in TIES if votes.labels[k] == best)
    if kind != "group" and not votes.inside and not votes.after_the and votes.owning >= _needed(key, kind):
        return "person"
    if kind != "person":
        return kind
    if votes.which:
        return "organisation"
    if 2 * votes.inside >= votes.seen and len(key) < 3:
        return "place"
    if len(key) == 1 and (votes.labels["person"] < LONE_VOTES or votes.small):
        return None
    if _person_like(key) and 3 * votes.after_the < votes.seen:
        return "person"
    return "organisation" if votes.after_the else None


def _needed(key: Key, kind: MentionKind) -> int:
    """How often "her" or "his" must follow a name with a verb to make it a person's; "Lumo removed his post" is a
    firm.
    """
    return 2 if len(key) == 1 and kind == "organisation" else 1


def _person_like(key: Key) -> bool:
    """Up to five words, letters in each and no digit."""
    return (
        len(key) <= 5 and all(any(c.isalpha() for c in w) for w in key) and not any(c.isdigit() for w in key for c in w)
    )
