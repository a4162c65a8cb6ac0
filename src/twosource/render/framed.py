"""Naming, cue tone, voice and order of first mention in one line each: only where the reports differ, or a report's
choice stands out.
"""

from collections import defaultdict
from collections.abc import Mapping

from twosource.account import Naming
from twosource.render.view import View

LEAST_SHARE = 0.1
"""Share of an article's reported words from which a speaker is named in its voice line."""

SPEAKERS = 4
"""Speakers named for one article."""

NAMED_FIRST = 5
"""People shown in the order of their first mention."""

LEAST_WORDS = 15
"""Reported words of a speaker without one direct word that are worth a remark."""


def naming(view: View) -> list[str]:
    """Return a line for each person or place that two articles call by different words: "Kiev (A 2) / Kyiv (B 6)"."""
    found = (_forms(view, named) for named in view.account.framing.naming)
    return [line for line in found if line]


def _forms(view: View, named: Naming) -> str:
    """The forms with a word that another article does not use for the same one."""
    words = {a: {w for form in forms for w in form.casefold().split()} for a, forms in named.forms.items()}
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for article, forms in named.forms.items():
        rivals = [b for b in words if words[b] - words[article] and words[article] - words[b]]
        for form, count in forms.items():
            if any(set(form.casefold().split()) - words[b] for b in rivals):
                counts[form][article] = count
    lines = (f"{form} ({_by_article(view, where)})" for form, where in sorted(counts.items(), key=_weight))
    return " / ".join(list(lines)[:4]) if len(counts) > 1 else ""


def _weight(form: tuple[str, Mapping[str, int]]) -> tuple[int, str]:
    return -sum(form[1].values()), form[0]


def _by_article(view: View, where: Mapping[str, int]) -> str:
    order = [a for a in view.articles if a in where]
    return ", ".join(f"{view.labels.letter(a)} {where[a]}" for a in order[:6]) + (" …" if len(order) > 6 else "")


def loaded_cues(view: View) -> list[str]:
    """Return a line for each tone that is not neutral: "doubting: claim (A 1), insist (B 2)"."""
    tones: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for cue in view.account.framing.cues:
        if cue.tone not in {"", "neutral"}:
            tones[cue.tone][cue.cue][cue.article] = cue.count
    return [f"{tone}: {_cues(view, cues)}" for tone, cues in sorted(tones.items())]


def _cues(view: View, cues: Mapping[str, Mapping[str, int]]) -> str:
    return ", ".join(f"{cue} ({_by_article(view, where)})" for cue, where in sorted(cues.items(), key=_weight)[:6])


def first_named(view: View) -> list[str]:
    """Return a line for each article: whom it names first, second and so on; none where all agree on the order."""
    orders = {o.article: o.people[:NAMED_FIRST] for o in view.account.framing.first}
    if len(set(orders.values())) < 2:
        return []
    return [
        f"{view.labels.letter(article)}: " + " · ".join(view.surname(person) for person in orders[article])
        for article in view.articles
        if article in orders
    ]


def voices(view: View) -> list[str]:
    """Return a line for each article: whom it gives most of its reported words."""
    by_article: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for voice in view.account.framing.voice:
        if voice.share >= LEAST_SHARE:
            silent = voice.words >= LEAST_WORDS and not voice.direct_words
            remark = ", no direct word" if silent else ""
            by_article[voice.article].append((-voice.share, f"{view.surname(voice.person)} {voice.share:.0%}{remark}"))
    return [
        f"{view.labels.letter(article)}: " + " · ".join(said for _, said in sorted(by_article[article])[:SPEAKERS])
        for article in view.articles
        if article in by_article
    ]
