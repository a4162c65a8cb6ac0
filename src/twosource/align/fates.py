"""Fates: what becomes of the people a figure counts: killed, hurt, in hospital, missing, arrested.

Evidence: the words on both sides of the number. The verb it depends on stands close before it ("killed 14"), or after
it ("14 were killed"); another number or a conjunction ends the search, because what stands beyond belongs to another
count.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import dropwhile, takewhile

from twosource.align.words import key, likeness, stem
from twosource.lang import ENGLISH, Language

CLOSE = 3
"""Words before a number in which the verb it is the object of may stand ("injuring at least another 14")."""

FAR = 10
"""Words before a number in which "the number of" may stand."""

REACH = 6
"""Words after a number in which its fate may stand ("14 men from two villages were arrested")."""


def fate(before: Sequence[str], after: Sequence[str], lang: Language = ENGLISH) -> str:
    """Return what becomes of those counted, by the first word of its line in the `likeness` table, or "" where
    nothing is said.

    ``before`` and ``after`` are the forms of the words around the number, nearest first.
    """
    if after[:1] == ("of",):
        return ""
    near = _first(before[:CLOSE], lang)
    return near or _first(after[:REACH], lang) or _first(before[:REACH], lang)


def whereabouts(before: Sequence[str], after: Sequence[str], lang: Language = ENGLISH) -> str:
    """Return the key of the place where those counted were ("120 spectators were on the bridge", "put the number of
    people on the bridge at 80"), or "" where the words do not say so in this plain way.

    ``before`` and ``after`` are the forms of the words around the number, nearest first.
    """
    table = likeness(lang)
    numbering = table.numbering.split()
    named = next((i for i, form in enumerate(before[:FAR]) if form in numbering), 0)
    if named:
        return _place(before[:named][::-1], lang)
    stood = table.stood.split()
    verb = next((i for i, form in enumerate(after[:CLOSE]) if form in stood), None)
    if verb is None:
        return ""
    rest = list(dropwhile(lambda form: form in stood, after[verb : verb + REACH]))
    return _place(rest, lang) if rest[:1] and rest[0] in table.whereabouts.split() else ""


def _place(forms: Sequence[str], lang: Language) -> str:
    """The key of the first word with content after the first preposition of place."""
    known = likeness(lang).whereabouts.split()
    beyond = dropwhile(lambda form: form not in known, forms)
    return next((found for form in beyond if (found := key(form, lang))), "")


def _first(forms: Iterable[str], lang: Language) -> str:
    """The fate named first, up to a word that breaks off."""
    known, breaks = _known(lang), likeness(lang).breaks.split()
    told = takewhile(lambda form: form not in breaks and not form[0].isdigit(), forms)
    return next((known[cut] for form in told if (cut := stem(form, lang)) in known), "")


@cache
def _known(lang: Language) -> dict[str, str]:
    return {stem(word, lang): line.split()[0] for line in likeness(lang).fates for word in line.split()}
