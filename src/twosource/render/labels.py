"""Short labels for all that an account shows, and what each stands for.

Articles are A, B, ... Z, AA, AB, ... in the account's order. A place in an article is its letter and a number: A7 is
the seventh telling (words or figure) of A in order of place. Lines over several articles have a word and a number, in
account order: said4, fig3, con1, org2, link1, who5, only6; three letters never meet an article's one or two.
Labels depend on the account alone and are not stored: a saved account gives the same ones again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from twosource.account import (
    Account,
    AccountArticle,
    AccountPerson,
    Conflict,
    FigureLine,
    FigureTelling,
    Link,
    Only,
    Origin,
    Place,
    Statement,
    Telling,
)
from twosource.article import Span, hull
from twosource.errors import UnknownLabel

LEAST_ID = 6
"""Characters of an id that are enough to name it, as long as only one id begins so."""


@dataclass(frozen=True, slots=True)
class ToldHere:
    """One place of an article where words are told, with the statements it stands in (one, rarely two)."""

    article: str
    quotation: str
    tellings: tuple[tuple[Statement, Telling], ...]


@dataclass(frozen=True, slots=True)
class CountedHere:
    """One place of an article where a figure is told, with the lines it stands in."""

    article: str
    figure: str
    tellings: tuple[tuple[FigureLine, FigureTelling], ...]


Subject = (
    AccountArticle | ToldHere | CountedHere | Statement | FigureLine | Conflict | Origin | Link | AccountPerson | Only
)


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one account: ``subjects`` by label, and the way back from ids and places."""

    subjects: Mapping[str, Subject]
    letters: Mapping[str, str]
    places: Mapping[tuple[str, str], str]
    lines: Mapping[str, str]
    spots: Mapping[str, Sequence[tuple[Span, str]]]

    def letter(self, article: str) -> str:
        """Return the letter of an article id, or "?"."""
        return self.letters.get(article, "?")

    def place(self, article: str, fact: str) -> str:
        """Return the label of a quotation or figure of an article, or the article's letter."""
        return self.places.get((article, fact)) or self.letter(article)

    def line(self, line_id: str) -> str:
        """Return the label of a statement, figure line, conflict, origin or person id, or the id itself."""
        return self.lines.get(line_id, line_id)

    def near(self, place: Place) -> str:
        """Return the label of the telling that best fits ``place``, or the article's letter."""
        best, found = 0.0, self.letter(place.article)
        for span, label in self.spots.get(place.article, ()):
            share = _overlap(span, place.span)
            if share > best:
                best, found = share, label
        return found

    def find(self, wanted: str) -> tuple[str, Subject]:
        """Return the label and what it stands for; ``wanted`` is a label in any case, an id, or its beginning.

        Raises:
            UnknownLabel: nothing or more than one thing is called so; the message suggests near labels.

        """
        key = wanted.strip()
        by_case = {label.lower(): label for label in self.subjects}
        if label := by_case.get("".join(key.lower().split())):
            return label, self.subjects[label]
        named = self._by_id(key)
        if len(named) != 1:
            raise UnknownLabel(self._advice(wanted, sorted(named), by_case))
        return next(iter(named.items()))

    def _by_id(self, key: str) -> dict[str, Subject]:
        """What has that id; failing that, all whose id begins so."""
        ids = [(article, label) for article, label in self.letters.items()]
        ids += [(fact, label) for (_, fact), label in self.places.items()] + list(self.lines.items())
        exact = {label for known, label in ids if known == key}
        begun = {label for known, label in ids if len(key) >= LEAST_ID and known.startswith(key)}
        return {label: self.subjects[label] for label in exact or begun}

    def _advice(self, wanted: str, several: list[str], by_case: Mapping[str, str]) -> str:
        if several:
            return f"{wanted!r} may be any of {', '.join(several[:8])}: give more of it"
        near = [by_case[k] for k in get_close_matches(wanted.lower().strip(), by_case, n=4, cutoff=0.5)]
        hint = f"did you mean {', '.join(near)}?" if near else f"there are {self.ranges()}"
        return f"no label or id {wanted!r}; {hint}"

    def ranges(self) -> str:
        """Return the labels in use, such as "A1-A9, B1-B12, said1-said7"."""
        last: dict[str, str] = {}
        for label in self.subjects:
            last[label.rstrip("0123456789")] = label
        return ", ".join(label if label in {stem, f"{stem}1"} else f"{stem}1-{label}" for stem, label in last.items())


def label_account(account: Account) -> Labels:
    """Give everything in ``account`` its label."""
    letters = {a.id: letter(n) for n, a in enumerate(account.articles)}
    subjects: dict[str, Subject] = {letters[a.id]: a for a in account.articles}
    places: dict[tuple[str, str], str] = {}
    spots: dict[str, list[tuple[Span, str]]] = {}
    for article in account.articles:
        for number, here in enumerate(_places_of(account, article.id), 1):
            name = f"{letters[article.id]}{number}"
            subjects[name] = here
            places[article.id, here.quotation if isinstance(here, ToldHere) else here.figure] = name
            spots.setdefault(article.id, []).extend((span, name) for span in _spans(here))
    lines: dict[str, str] = {}
    for name, subject in _lines_of(account):
        subjects[name] = subject
        if not isinstance(subject, Link | Only):
            lines[subject.id] = name
    return Labels(subjects, letters, places, lines, spots)


def letter(position: int) -> str:
    """Return the letter of an article by its position from 0: A to Z, then AA, AB and so on."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _lines_of(
    account: Account,
) -> Iterator[tuple[str, Statement | FigureLine | Conflict | Origin | Link | AccountPerson | Only]]:
    yield from ((f"said{n}", s) for n, s in enumerate(account.statements, 1))
    yield from ((f"fig{n}", f) for n, f in enumerate(account.figures, 1))
    yield from ((f"con{n}", c) for n, c in enumerate(account.conflicts, 1))
    yield from ((f"org{n}", o) for n, o in enumerate(account.lineage.origins, 1))
    yield from ((f"link{n}", k) for n, k in enumerate(account.lineage.links, 1))
    yield from ((f"who{n}", p) for n, p in enumerate(account.people, 1))
    yield from ((f"only{n}", o) for n, o in enumerate(account.only, 1))


def _places_of(account: Account, article: str) -> list[ToldHere | CountedHere]:
    """The tellings of one article in order of place; a quotation that stands in two statements is one place."""
    told: dict[str, list[tuple[Statement, Telling]]] = {}
    for statement in account.statements:
        for telling in statement.tellings:
            if telling.article == article:
                told.setdefault(telling.quotation, []).append((statement, telling))
    counted: dict[str, list[tuple[FigureLine, FigureTelling]]] = {}
    for line in account.figures:
        for figure in line.tellings:
            if figure.article == article:
                counted.setdefault(figure.figure, []).append((line, figure))
    here: list[ToldHere | CountedHere] = [ToldHere(article, q, tuple(t)) for q, t in told.items()]
    here += [CountedHere(article, f, tuple(t)) for f, t in counted.items()]
    return sorted(here, key=_order)


def _order(here: ToldHere | CountedHere) -> tuple[Span, bool, str]:
    fact = here.quotation if isinstance(here, ToldHere) else here.figure
    return hull(tuple(_spans(here)) or (Span(0, 0),)), isinstance(here, CountedHere), fact


def _spans(here: ToldHere | CountedHere) -> list[Span]:
    if isinstance(here, CountedHere):
        return [telling.span for _, telling in here.tellings]
    return [span for _, telling in here.tellings for span in telling.content]


def _overlap(left: Span, right: Span) -> float:
    """Shared code points as a part of both spans together."""
    shared = min(left.end, right.end) - max(left.start, right.start)
    return shared / (left.width + right.width - shared) if shared > 0 else 0.0
