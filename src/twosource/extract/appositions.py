"""Roles that stand with a name: the title before it, the apposition beside it, and what it is said to be.

Works on words and tags, not on dependencies: the parser attaches appositions wrongly too often (appos F 0.68 in its
own scores),
and the same rules must serve a text without a parse.
"""

from collections.abc import Sequence

from twosource.article import Span, Spans
from twosource.extract.wordlists import WordLists
from twosource.extract.words import FINITE, Word

REACH = 10
"""Words a title may be long before its role noun, and an apposition before it comes to one; three times as many may
follow.
"""

TITLE_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PART", ""})


def roles_around(words: Sequence[Word], first: int, last: int, lists: WordLists) -> Spans:
    """Return the spans of titles and appositions of the name at ``words[first:last]``, in order of place."""
    home = _bracketed_state(words, last, lists)
    after = [home] if home else _after(words, last, lists)
    found = [_title(words, first, lists), _fronted(words, first, last, lists), *after]
    return tuple(sorted({span for span in found if span}))


def role_noun(words: Sequence[Word], i: int, lists: WordLists) -> int:
    """Return how many words the role noun that ends at ``i`` has ("prime minister": 2), 0 where none ends there."""
    general = lists.roles.general
    for length in (3, 2):
        if i >= length - 1 and " ".join(w.plain.rstrip(".") for w in words[i - length + 1 : i + 1]) in general:
            return length
    bare = words[i].plain.rstrip(".").removeprefix("ex-").removeprefix("co-")
    return int(bare in general or (words[i].capital and bare.endswith("s") and bare[:-1] in general))


def _left(words: Sequence[Word], i: int, lists: WordLists) -> int:
    """Index of the first word of the noun phrase that ends before ``i``."""
    refer, at = lists.reference, i
    sentence = words[min(i, len(words) - 1)].sentence
    while at > 0 and i - at < REACH and words[at - 1].sentence == sentence:
        word = words[at - 1]
        over = word.plain in refer.article and at > 1 and words[at - 2].plain in refer.link
        opening = word.first and word.tag == "VB" and at < i  # "Harbour chief" read as a command
        told = over or opening or word.pos in TITLE_TAGS or word.plain in refer.within_title | refer.link
        if _breaks(word) or not told:
            break
        at -= 1
    loose = refer.link | refer.joining | refer.possessive
    while at < i and words[at].plain in loose:
        at += 1
    return at


def _breaks(word: Word) -> bool:
    return word.punctuation and word.plain not in {"'s", "'", "&"}


def _title(words: Sequence[Word], first: int, lists: WordLists) -> Span | None:
    """The title straight before the name: "US Secretary of Defense", "Kremlin spokesman", "Mrs."."""
    before = words[first - 1] if first and words[first - 1].sentence == words[first].sentence else None
    if before and before.plain.rstrip(".") in lists.names.honorifics.keys() - lists.roles.general.keys():
        return before.span
    start = _left(words, first, lists)
    for i in range(first - 1, start - 1, -1):
        size = role_noun(words, i, lists)
        if size:
            if i == first - 1 or _over(words, i, first, lists):
                return Span(words[_title_start(words, start, i + 1 - size, lists)].start, words[first - 1].end)
            return None
        if words[i].plain in lists.reference.possessive:
            return None
    return None


def _over(words: Sequence[Word], i: int, first: int, lists: WordLists) -> bool:
    """Between role noun and name stands what the role is over ("of Defense"), not the name's own title ("ally of
    Mr.").
    """
    linked = words[i + 1].plain in lists.reference.link and first - i > 2
    refer = lists.reference
    return linked and words[first - 1].plain.rstrip(".") not in refer.mister | refer.joining


def _title_start(words: Sequence[Word], start: int, i: int, lists: WordLists) -> int:
    """First word after the last preposition before ``i``: "a war of President" begins at the title; joined roles are
    one title.
    """
    refer, capital = lists.reference, words[i].capital
    for at in range(i - 1, start - 1, -1):
        joined = words[at].plain in refer.joining
        if joined and any(role_noun(words, k, lists) for k in range(start, at)):
            return start
        common = capital and words[at].pos == "NOUN" and not words[at].capital
        if joined or common or words[at].plain in refer.link:
            return at + 1
    return start


def _fronted(words: Sequence[Word], first: int, last: int, lists: WordLists) -> Span | None:
    """A role set before the name with a comma: "the mayor, Luis Ortega," and "a spokesman for it, Tom Reyes,"."""
    if first < 2 or words[first - 1].text != "," or words[first - 2].sentence != words[first].sentence:
        return None
    if last < len(words) and words[last].tag and not (words[last].punctuation or words[last].tag in FINITE):
        return None
    start = comma = first - 1
    while (
        start > 0 and first - start < REACH + 4 and not _breaks(words[start - 1]) and words[start - 1].tag not in FINITE
    ):
        start -= 1
    for i in range(comma - 1, start - 1, -1):
        size = role_noun(words, i, lists) or int(words[i].plain in lists.roles.gender)
        if size and (i == comma - 1 or words[i + 1].plain in lists.reference.link):
            return Span(words[_left(words, max(0, i + 1 - size), lists)].start, words[comma - 1].end)
    return None


def _after(words: Sequence[Word], last: int, lists: WordLists) -> list[Span]:
    """Roles after the name: ", chairman of the board,", ", R-S.C.,", ", who served as president", " is the mayor"."""
    if last >= len(words) or words[last].sentence != words[last - 1].sentence:
        return []
    mark, refer = words[last], lists.reference
    if mark.plain in refer.being:
        return [] if _acts(words, last + 1, lists) else _first_role(words, last + 1, last + 1 + REACH, lists)
    if mark.text not in {",", "(", "-", "--"}:
        return []
    stop = _phrase_end(words, last + 1)
    inside = words[last + 1 : stop]
    if not inside:
        return []
    if _party(inside, lists):
        return [Span(inside[0].start, inside[-1].end)]
    if inside[0].plain in refer.relative:
        at = [i for i in range(last + 1, stop) if words[i].plain in refer.being and not _acts(words, i + 1, lists)]
        return [span for i in at for span in _first_role(words, i + 1, stop, lists)]
    closed = stop >= len(words) or _breaks(words[stop])
    if not closed or any(w.tag in FINITE for w in inside[:4]) or inside[0].plain in refer.not_apposition:
        return []
    return _first_role(words, last + 1, stop, lists)


def _acts(words: Sequence[Word], i: int, lists: WordLists) -> bool:
    """What follows "is" tells what is done, not who it is: "is mourning her cousin", "was shot twice by an officer",
    but not "was named chairman", "was painted as a liberal".
    """
    refer = lists.reference
    while i + 1 < len(words) and words[i].tag == "RB":
        i += 1
    if i + 1 >= len(words) or words[i].plain in refer.within_title or words[i].pos != "VERB":
        return False
    named = words[i + 1].plain in refer.being | refer.article or role_noun(words, i + 1, lists)
    return words[i].tag == "VBG" or (words[i].tag == "VBN" and not named)


def _phrase_end(words: Sequence[Word], start: int) -> int:
    """Index of the next mark or sentence end."""
    stop = start
    while stop < len(words) and stop - start < 3 * REACH and words[stop].sentence == words[start].sentence:
        if _breaks(words[stop]):
            break
        stop += 1
    return stop


def _bracketed_state(words: Sequence[Word], last: int, lists: WordLists) -> Span | None:
    """A state in brackets after the name ("(Fla.)")."""
    inside = words[last : last + 3]
    shown = [w.text for w in inside]
    if len(inside) == 3 and shown[0] == "(" and shown[2] == ")" and inside[1].plain.rstrip(".") in lists.places.states:
        return inside[1].span
    return None


def _party(inside: Sequence[Word], lists: WordLists) -> bool:
    """Party and state beside the name ("R-S.C.", "D")."""
    head = inside[0].plain
    letter = head[:1] in lists.reference.speaking.party_letters and inside[0].capital
    return letter and len(inside) <= 4 and (len(head) == 1 or head[1:2] == "-")


def _first_role(words: Sequence[Word], start: int, stop: int, lists: WordLists) -> list[Span]:
    """The role from ``start`` on, with what follows it up to ``stop``, where a role noun stands in reach."""
    stop = min(stop, len(words))
    refer = lists.reference
    for i in range(start, min(stop, start + REACH)):
        word = words[i]
        if word.sentence != words[start].sentence or _breaks(word) or word.tag in FINITE:
            return []
        if word.plain in refer.not_apposition - refer.joining or _over_another(words, start, i, lists):
            return []
        if role_noun(words, i, lists) and not _goes_on(words, i, stop, lists):
            if i + 1 < len(words) and words[i + 1].pos == "PROPN":  # the title of the next name
                return []
            named = words[start].tag == "VBN" and words[start].plain not in refer.within_title  # "named mayor"
            begin = start + named
            begin += words[begin].plain in refer.article
            return [Span(words[min(begin, i)].start, words[_right(words, i, stop, lists) - 1].end)]
    return []


def _over_another(words: Sequence[Word], start: int, i: int, lists: WordLists) -> bool:
    """What comes from ``i`` on belongs to a noun before it that is no role ("as examples of the mayor's temper")."""
    if i == start or words[i].plain not in lists.reference.link:
        return False
    before = words[i - 1]
    counts = before.plain in lists.reference.counting | lists.roles.quantity or before.plain in lists.roles.gender
    return before.pos == "NOUN" and not counts


def _goes_on(words: Sequence[Word], i: int, stop: int, lists: WordLists) -> bool:
    """The noun only begins a longer one ("chief executive", "police officer", "Republican lawmakers") or owns what
    follows ("the mayor's temper").
    """
    if i + 1 >= stop:
        return False
    owns = words[i + 1].plain in lists.reference.possessive
    return owns or words[i + 1].pos == "NOUN" or role_noun(words, i + 1, lists) > 0


def _right(words: Sequence[Word], i: int, stop: int, lists: WordLists) -> int:
    """Index after the last word of what follows the role noun ("of the Republican National Committee")."""
    refer, end = lists.reference, i + 1
    while end < stop and end - i < 2 * REACH and words[end].sentence == words[i].sentence and not _breaks(words[end]):
        clause = words[end].plain in refer.joining and end + 1 < stop and words[end + 1].tag in FINITE
        if clause or words[end].tag in FINITE or words[end].plain in refer.relative:
            break
        end += 1
    return end
