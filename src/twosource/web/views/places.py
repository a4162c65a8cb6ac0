"""Evidence: one place of an article with all that a person needs to check it."""

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.account import Place, Telling
from twosource.anchor import select, visible
from twosource.article import Span, Spans, hull
from twosource.facts import Features
from twosource.render.phrases import number
from twosource.web import links
from twosource.web.deeplinks import deep_link
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views.chips import outlet
from twosource.web.views.cite import Citation, cite
from twosource.web.views.paragraphs import Paragraph, paragraph
from twosource.web.views.reports import when

MOST_FEATURES = 16
"""Features of a rule that are shown."""

LONGEST_QUOTE = 300
"""Code points of a selector's exact words that are shown; the JSON has all."""


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """A place in its paragraph. ``facts`` are names and values of what the program made of it."""

    label: str
    outlet: str
    when: str
    address: str
    stored: str
    page: str | None
    paragraph: Paragraph
    facts: tuple[tuple[str, str], ...]
    features: tuple[tuple[str, str], ...]
    position: str
    exact: str
    digest: str
    citation: Citation


def place_shown(
    told: Told,
    article: str,
    content: Spans,
    *,
    label: str = "",
    others: Sequence[tuple[Span, str]] = (),
    facts: Sequence[tuple[str, str]] = (),
    features: Features | None = None,
    telling: Telling | None = None,
    speaker: str = "",
) -> PlaceShown:
    """Return the place of ``content`` in an article; ``others`` are further spans to mark, each with a style class.

    ``telling`` is the one that these words are, ``speaker`` the name of its speaker: both for citing it.
    """
    report = told.page.report[article]
    known = told.page.view.articles[article]
    text, whole = report.article.text, hull(content)
    selector = select(text, whole)
    page = deep_link(known.url, text, whole)
    return PlaceShown(
        label or told.page.labels.near(Place(article, whole)),
        outlet(told, article),
        when(known),
        links.article(article, whole),
        links.plain_text(article),
        page,
        paragraph(report, [*((span, "told") for span in content), *others]),
        tuple((name, short(value, 300)) for name, value in facts if value),
        features_of(features or {}),
        f"{selector.position.start}–{selector.position.end}",
        visible(selector.quote.exact[:LONGEST_QUOTE]),
        report.article.sha256,
        cite(told, article, content, page=page, telling=telling, speaker=speaker),
    )


def features_of(features: Features) -> tuple[tuple[str, str], ...]:
    """Return what a rule saw, by name, for display."""
    return tuple((short(str(k).replace("_", " "), 60), _value(v)) for k, v in list(features.items())[:MOST_FEATURES])


def _value(value: str | float) -> str:
    return short(value, 120) if isinstance(value, str) else number(round(value, 3))
