"""What all renderings look up in an account: labels, the words at a place, outlets, speakers, origins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from twosource.account import (
    Account,
    AccountArticle,
    AccountPerson,
    FigureLine,
    FigureTelling,
    Origin,
    Place,
    Statement,
    Telling,
)
from twosource.article import Spans
from twosource.facts import Note
from twosource.render.cues import telling_cue
from twosource.render.grounds import about_figure, named_release, spelled_out
from twosource.render.hedged import with_hedge
from twosource.render.labels import Labels, ToldHere, label_account
from twosource.render.phrases import GAP, measured, origin_kind, origin_words, quantity, surname


@dataclass(frozen=True)
class View:
    """An account with its labels. Words come from the articles' texts; where one was saved without, from nothing."""

    account: Account

    @cached_property
    def labels(self) -> Labels:
        """The account's labels."""
        return label_account(self.account)

    @cached_property
    def articles(self) -> dict[str, AccountArticle]:
        """The articles by id, in the account's order."""
        return {a.id: a for a in self.account.articles}

    @cached_property
    def people(self) -> dict[str, AccountPerson]:
        """The people by id."""
        return {p.id: p for p in self.account.people}

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """The origins by id."""
        return {o.id: o for o in self.account.lineage.origins}

    @cached_property
    def lines(self) -> dict[str, Statement | FigureLine]:
        """The statements and figures by id."""
        told: tuple[Statement | FigureLine, ...] = (*self.account.statements, *self.account.figures)
        return {line.id: line for line in told}

    @property
    def title(self) -> str:
        """The headline of the first article that has one."""
        return next((headline(a) for a in self.account.articles), "no article")

    def text(self, article: str) -> str | None:
        """Return the article's text, or None where it was not kept."""
        known = self.articles.get(article)
        return known.text if known else None

    def words(self, article: str, spans: Spans) -> str:
        """Return the words at ``spans``, pieces joined by a gap mark; without the text, their offsets."""
        text = self.text(article)
        if text is None:
            return GAP.join(f"[characters {s.start} to {s.end}]" for s in spans)
        return GAP.join(s.of(text) for s in spans)

    def at(self, place: Place) -> str:
        """Return the words at a place."""
        return self.words(place.article, (place.span,))

    def cue(self, telling: Telling) -> str:
        """Return the cue's words where they must stand before the telling's, such as "denied"; else ""."""
        text = self.text(telling.article)
        return telling_cue(text, telling.mode, telling.content, telling.cue) if text is not None else ""

    def cue_at(self, place: Place) -> str:
        """Return the cue that must stand before the words at ``place``: "" where none must, or they hold it."""
        here = self.labels.subjects.get(self.labels.near(place))
        if not isinstance(here, ToldHere):
            return ""
        telling = here.tellings[0][1]
        inside = any(span.overlaps(place.span) for span in telling.content)
        held = any(span.overlaps(place.span) for span in telling.cue)
        return self.cue(telling) if inside and not held else ""

    def subject(self, line: FigureLine) -> str:
        """Return what a figure line counts; where that is unknown, the first telling with the words around it."""
        first = line.tellings[0]
        text = self.text(first.article)
        return (about_figure(text, first.span, line.subject) if text else "") or line.subject or line.unit

    def message(self, note: Note) -> str:
        """Return a note's message with letters and outlets in place of the articles' ids."""
        called = {a: f"{self.labels.letter(a)} ({self.outlet(a)})" for a in self.articles}
        return spelled_out(note.message, called)

    def figure(self, figure: FigureTelling, unit: str) -> str:
        """Return a figure in its article's words with its hedge, or by its value."""
        text = self.text(figure.article)
        if text is None:
            return measured(figure, unit)
        hedged = with_hedge(text, figure.span, figure.hedge)
        words = (hedged or figure.span).of(text)
        return quantity(replace(figure, hedge=None) if hedged else figure, words)

    def outlet(self, article: str) -> str:
        """Return what to call the article's outlet."""
        known = self.articles.get(article)
        return outlet(known) if known else article

    def speaker(self, person: str | None) -> str:
        """Return the speaker's name with the body spoken for, or "unnamed"."""
        who = self.people.get(person or "")
        if who is None:
            return "unnamed"
        body = self.people.get(who.speaks_for or "")
        return f"{who.name} (for {body.name})" if body else who.name

    def surname(self, person: str | None) -> str:
        """Return a short form of the speaker's name."""
        who = self.people.get(person or "")
        return "unnamed" if who is None else surname(who.name) if who.kind == "person" else who.name

    def origin(self, origin: str) -> str:
        """Return an origin in words, such as "one interview: The Guardian"."""
        known = self.origins.get(origin)
        if known is None:
            return "an origin of its own"
        return origin_words(known, release=self._release(known))

    def origin_kind(self, origin: Origin) -> str:
        """Return what kind of origin it is, such as "one interview"."""
        return origin_kind(origin, release=self._release(origin))

    def _release(self, origin: Origin) -> bool:
        """Tell whether the reports name a release, statement or post, or rest on one as a whole."""
        if any(a.origin == origin.id for a in self.account.articles):
            return True
        places = (p for p in origin.evidence if self.text(p.article) is not None)
        return any(named_release(self.at(place)) for place in places)

    def letters(self, articles: Sequence[str]) -> str:
        """Return the letters of article ids, in the account's order."""
        return " ".join(letter for article, letter in self.labels.letters.items() if article in articles)


def articles_of(line: Statement | FigureLine) -> list[str]:
    """Return the distinct articles that tell a line, in order."""
    return list(dict.fromkeys(t.article for t in line.tellings))


def origins_of(tellings: Sequence[Telling] | Sequence[FigureTelling]) -> list[str]:
    """Return the distinct origins the tellings rest on, in order."""
    return list(dict.fromkeys(t.origin for t in tellings if t.origin))


def outlet(article: AccountArticle) -> str:
    """Return what to call an article's outlet: its name, the host of its address, the input's name, or its id."""
    host = (article.url or "").partition("://")[2].partition("/")[0]
    return article.outlet or host or article.name or article.id


def headline(article: AccountArticle) -> str:
    """Return the article's title, else the first line of its text that is not blank, else its outlet."""
    if article.title and article.title.strip():
        return article.title.strip()
    lines = (line.strip() for line in (article.text or "")[:2000].splitlines())
    return next((line for line in lines if line), outlet(article))
