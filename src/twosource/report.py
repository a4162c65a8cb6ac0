"""One article read: its blocks and its facts. Depends on that article alone."""

from dataclasses import dataclass

from twosource.article import Article, Block
from twosource.facts import Credit, Figure, Note, Person, Quotation, TimeExpression


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What `twosource.read` found in one article. Quotations are in order of their content; all ids are stable.

    ``language`` is an ISO 639-1 code, or None where it could not be told; ``model`` is the parse model and its version.
    """

    article: Article
    language: str | None
    model: str | None
    blocks: tuple[Block, ...]
    quotations: tuple[Quotation, ...] = ()
    people: tuple[Person, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    credits: tuple[Credit, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    def person(self, person_id: str | None) -> Person | None:
        """Return the person of that id, or None."""
        return next((p for p in self.people if p.id == person_id), None)
