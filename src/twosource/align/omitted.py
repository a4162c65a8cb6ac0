"""Omitted: what most reports tell and one does not.

Evidence: the account's statements and figures by article. A report of which only a part was received omits nothing, and
nor does one that tells another event, is a stub or carries no text: only reports that could have told it are counted.
They must be three, for of two one cannot say what most tell.
"""

from statistics import median

from twosource.account import Account, FigureLine, Omission, Statement

LEAST = 3
"""Whole reports from which on "most" means something."""

STUB = 3
"""A report with so many times fewer words than the median of all is a stub: it has no room for what others tell."""

_NOT_COUNTED = frozenset({"partial", "other_event", "empty"})
"""Codes of notes on a report after which its silence says nothing."""


def unfinished(account: Account) -> tuple[str, ...]:
    """Return the articles of which only a part was received, in the account's order."""
    noted = {note.article for note in account.notes if note.code == "partial"}
    return tuple(article.id for article in account.articles if article.id in noted)


def omissions(account: Account) -> tuple[Omission, ...]:
    """Return what each whole report leaves out that more than half of them tell, the most widely told first.

    Made from the account's other parts; what it has as ``omissions`` already plays no part.
    """
    aside = {note.article for note in account.notes if note.code in _NOT_COUNTED}
    words = {a.id: len((a.text or "").split()) for a in account.articles if a.id not in aside}
    whole = [id_ for id_, count in words.items() if STUB * count >= median(words.values())]
    if len(whole) < LEAST:
        return ()
    found: list[Omission] = []
    lines: tuple[Statement | FigureLine, ...] = (*account.statements, *account.figures)
    for line in lines:
        tellers = {telling.article for telling in line.tellings} & set(whole)
        if 2 * len(tellers) > len(whole):
            silent = (article for article in whole if article not in tellers)
            found += (Omission(article=a, line=line.id, tellers=len(tellers), reports=len(whole)) for a in silent)
    return tuple(sorted(found, key=lambda one: -one.tellers))
