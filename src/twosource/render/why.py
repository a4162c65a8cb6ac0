"""Shows the evidence behind one label: the source paragraph with the words underlined, and what led to the line.

Nothing here decides: rule, score and features are those the extractor or the alignment kept with the fact.
"""

from collections.abc import Iterable, Mapping, Sequence

from twosource.account import (
    Account,
    AccountArticle,
    AccountPerson,
    Conflict,
    FigureLine,
    Link,
    Only,
    Origin,
    Place,
    Statement,
    Telling,
)
from twosource.anchor import select
from twosource.article import Span, Spans, hull
from twosource.facts import Features
from twosource.render.labels import CountedHere, Subject, ToldHere
from twosource.render.lines import Look, Piece, Sheet, flowing, named, padded, shown
from twosource.render.phrases import AGREEMENTS, CONFLICTS, HEDGES, ONLY, RELATIONS, counted, day, linked, number
from twosource.render.view import View, articles_of, headline, origins_of

WIDE = 11
"""Cells of the column of names."""

LONGEST = 1_500
"""Code points shown before and after the words at most, where a paragraph has no end in sight."""

WRAPPED = range(40, 101)
"""Lengths of a line that may go on in the next one: text wrapped at 60 to 80 columns. The next begins in lower case."""

MOST_PLACES = 8
"""Places shown with their paragraph; further ones are only named."""


def render_why(account: Account, label: str, subject: Subject, look: Look) -> str:
    """Return what stands behind ``subject``, which `Labels.find` found for ``label``."""
    view, sheet = View(account), Sheet(look)
    match subject:
        case ToldHere():
            _told(view, sheet, label, subject)
        case CountedHere():
            _counted(view, sheet, label, subject)
        case Statement():
            _statement(view, sheet, label, subject)
        case FigureLine():
            _figure(view, sheet, label, subject)
        case Conflict():
            _conflict(view, sheet, label, subject)
        case Origin():
            _origin(view, sheet, label, subject)
        case Link():
            _link(view, sheet, label, subject)
        case AccountPerson():
            _person(view, sheet, label, subject)
        case Only():
            _only(view, sheet, label, subject)
        case AccountArticle():
            _article(view, sheet, label, subject)
    return sheet.text()


def paragraph(text: str, span: Span) -> Span:
    """Return the paragraph of ``text`` around ``span``: its line, with lines that are plainly wrapped joined to it."""
    start, end = text.rfind("\n", 0, span.start) + 1, _line_end(text, span.end)
    while span.start - start < LONGEST and (before := _line_before(text, start)) is not None:
        start = before
    while end - span.end < LONGEST and _runs_on(text, text.rfind("\n", 0, end) + 1, end):
        end = _line_end(text, end + 1)
    return Span(max(start, span.start - LONGEST), min(end, span.end + LONGEST))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _line_before(text: str, start: int) -> int | None:
    """Where the line above begins, if it goes on in the one at ``start``."""
    above = text.rfind("\n", 0, max(0, start - 1)) + 1
    return above if start and _runs_on(text, above, start - 1) else None


def _runs_on(text: str, start: int, end: int) -> bool:
    """Tell whether the line goes on below: full, and the next one begins in lower case."""
    return len(text[start:end].rstrip()) in WRAPPED and text[end + 1 : end + 2].islower()


def _title(view: View, sheet: Sheet, label: str, words: str, article: str | None = None) -> None:
    pieces: list[Piece] = [(f"{label}  ", "label"), (words, "title")]
    if article is not None:
        when = day(view.articles[article].published) if article in view.articles else ""
        pieces.append((f" · {named(view.outlet(article))}" + (f" · {named(when)}" if when else ""), ""))
    sheet.add(pieces, hang=len(label) + 2)


def _line(sheet: Sheet, name: str, *pieces: Piece | str) -> None:
    laid: list[Piece] = [(padded(name, WIDE), "head")]
    laid += [(piece, "") if isinstance(piece, str) else piece for piece in pieces]
    sheet.add(laid, hang=WIDE)


def _source(view: View, sheet: Sheet, article: str, spans: Spans) -> None:
    """The paragraph around the words, the words underlined."""
    text = view.text(article)
    sheet.gap()
    if text is None:
        absent = "(the account was saved without this text: give the inputs again to see the words)"
        sheet.add([(absent, "faint")], first=4, hang=4)
        sheet.gap()
        return
    whole = paragraph(text, hull(spans))
    pieces: list[Piece] = []
    at = whole.start
    for span in sorted(spans):
        pieces.append((flowing(text[at : span.start]), ""))
        pieces.append((flowing(span.of(text)), "mark"))
        at = max(at, span.end)
    pieces.append((flowing(text[at : whole.end]), ""))
    sheet.quote(pieces, indent=4)
    sheet.gap()


def _places(spans: Spans) -> str:
    return ", ".join(f"{s.start}\N{EN DASH}{s.end}" for s in spans)


def _role(view: View, sheet: Sheet, name: str, article: str, spans: Spans) -> None:
    if spans:
        words = shown(view.words(article, spans)) if view.text(article) is not None else ""
        _line(sheet, name, words, (f"  [{_places(spans)}]", "faint"))


def _seen(sheet: Sheet, name: str, features: Features) -> None:
    if features:
        told = (f"{named(key)} {_value(value)}" for key, value in features.items())
        _line(sheet, name, " · ".join(told))


def _value(value: str | float) -> str:
    return shown(value) if isinstance(value, str) else number(round(value, 3))


def _selectors(view: View, sheet: Sheet, article: str, spans: Spans) -> None:
    text = view.text(article)
    for position, span in enumerate(spans):
        found = f"position {span.start} {span.end}"
        if text is not None:
            quote = select(text, span).quote
            found += f'; quote "{named(quote.exact[:60])}" after "{named(quote.prefix)}" before "{named(quote.suffix)}"'
        _line(sheet, "" if position else "Selector", (found, "faint"))


def _told(view: View, sheet: Sheet, label: str, here: ToldHere) -> None:
    telling = here.tellings[0][1]
    _title(view, sheet, label, f"{telling.mode} speech, characters {_places(telling.content)}", here.article)
    _source(view, sheet, here.article, telling.content)
    _speaker(view, sheet, here.tellings[0][0], telling)
    _role(view, sheet, "Cue", here.article, telling.cue)
    if telling.told_to:
        _line(sheet, "Told to", shown(telling.told_to.name), (f"  [{_places((telling.told_to.span,))}]", "faint"))
    _line(sheet, "Rule", f"{shown(telling.rule) or 'not kept'}, score {telling.score:.2f}")
    _seen(sheet, "Seen", telling.features)
    for statement, _ in here.tellings:
        _tellings(view, sheet, statement, besides=label)
    _rests_on(view, sheet, (telling.origin,))
    _in_conflict(view, sheet, here.article, telling.content)
    _selectors(view, sheet, here.article, telling.content)


def _speaker(view: View, sheet: Sheet, statement: Statement, telling: Telling) -> None:
    who = view.people.get(statement.speaker or "")
    role = f", {shown(', '.join(who.roles[:3]))}" if who and who.roles else ""
    label = view.labels.line(who.id) if who else ""
    _line(sheet, "Speaker", (f"{label}  " if label else "", "label"), shown(view.speaker(statement.speaker)) + role)
    _role(view, sheet, "Source", telling.article, telling.source)


def _outlet(view: View, article: str) -> Piece:
    return (f"  ({named(view.outlet(article))})", "faint")


def _tellings(view: View, sheet: Sheet, statement: Statement, besides: str = "") -> None:
    about = f"{RELATIONS[statement.relation]}, told in {counted(len(articles_of(statement)), 'report')}"
    _line(sheet, "Statement", (f"{view.labels.line(statement.id)}  ", "label"), about)
    for telling in statement.tellings:
        label = view.labels.place(telling.article, telling.quotation)
        if label != besides:
            words = shown(view.words(telling.article, telling.content))
            cue = f"{shown(must)}: " if (must := view.cue(telling)) else ""
            _line(sheet, "", (padded(label, 5), "label"), (cue, "cue"), words, _outlet(view, telling.article))
    _seen(sheet, "Joined by", statement.features)


def _rests_on(view: View, sheet: Sheet, origins: Iterable[str]) -> None:
    for origin in origins:
        known = view.origins.get(origin)
        letters = f" ({view.letters(known.articles)})" if known else ""
        label = f"{view.labels.line(known.id)}  " if known else ""
        _line(sheet, "Origin", (label, "label"), shown(view.origin(origin)) + letters)


def _in_conflict(view: View, sheet: Sheet, article: str, spans: Spans) -> None:
    for conflict in view.account.conflicts:
        sides = (conflict.left, conflict.right)
        if any(side.article == article and any(side.span.overlaps(s) for s in spans) for side in sides):
            label = view.labels.line(conflict.id)
            _line(sheet, "Conflict", (f"{label}  ", "label"), f"{CONFLICTS[conflict.kind]}: {shown(conflict.why)}")


def _counted(view: View, sheet: Sheet, label: str, here: CountedHere) -> None:
    figure = here.tellings[0][1]
    _title(view, sheet, label, f"figure, characters {_places((figure.span,))}", here.article)
    _source(view, sheet, here.article, (figure.span,))
    for line, telling in here.tellings:
        value = number(telling.value) or f"{number(telling.low)} to {number(telling.high)}"
        whole = f" of {number(telling.of)}" if telling.of is not None else ""
        _line(sheet, "Read as", f"{HEDGES[telling.hedge]}{value}{whole} {shown(line.unit)}")
        _values(view, sheet, line, besides=label)
    _rests_on(view, sheet, (figure.origin,) if figure.origin else ())
    _in_conflict(view, sheet, here.article, (figure.span,))
    _selectors(view, sheet, here.article, (figure.span,))


def _values(view: View, sheet: Sheet, line: FigureLine, besides: str = "") -> None:
    about = f"{shown(view.subject(line))}: {AGREEMENTS[line.agreement]}"
    _line(sheet, "Figure", (f"{view.labels.line(line.id)}  ", "label"), about)
    for figure in line.tellings:
        label = view.labels.place(figure.article, figure.figure)
        if label != besides:
            words = shown(view.figure(figure, line.unit))
            _line(sheet, "", (padded(label, 5), "label"), words, _outlet(view, figure.article))
    _seen(sheet, "Joined by", line.features)


def _statement(view: View, sheet: Sheet, label: str, statement: Statement) -> None:
    _title(view, sheet, label, shown(view.speaker(statement.speaker)))
    about = f"{RELATIONS[statement.relation]}, told in {counted(len(articles_of(statement)), 'report')}"
    _line(sheet, "Relation", about)
    _seen(sheet, "Joined by", statement.features)
    _rests_on(view, sheet, origins_of(statement.tellings))
    spots = [(view.labels.place(t.article, t.quotation), t.article, t.content) for t in statement.tellings]
    _evidence(view, sheet, spots)


def _figure(view: View, sheet: Sheet, label: str, line: FigureLine) -> None:
    _title(view, sheet, label, f"{shown(view.subject(line))}: {AGREEMENTS[line.agreement]}")
    _line(sheet, "Unit", shown(line.unit) or "none")
    _seen(sheet, "Joined by", line.features)
    _rests_on(view, sheet, origins_of(line.tellings))
    spots = [(view.labels.place(f.article, f.figure), f.article, (f.span,)) for f in line.tellings]
    _evidence(view, sheet, spots)


def _evidence(view: View, sheet: Sheet, spots: Sequence[tuple[str, str, Spans]]) -> None:
    """Each place with its paragraph."""
    for label, article, spans in spots[:MOST_PLACES]:
        sheet.gap()
        _title(view, sheet, label, f"characters {_places(spans)}", article)
        _source(view, sheet, article, spans)
    if further := [label for label, _, _ in spots[MOST_PLACES:]]:
        _line(sheet, "Also", ", ".join(further))


def _spots(view: View, places: Iterable[Place]) -> list[tuple[str, str, Spans]]:
    return [(view.labels.near(place), place.article, (place.span,)) for place in places]


def _conflict(view: View, sheet: Sheet, label: str, conflict: Conflict) -> None:
    sure = "conflict" if conflict.certainty == "conflict" else "possible conflict"
    _title(view, sheet, label, f"{sure}: {CONFLICTS[conflict.kind]}")
    _line(sheet, "Why", shown(conflict.why))
    if conflict.settle:
        _line(sheet, "Settle", shown(conflict.settle))
    _seen(sheet, "Seen", conflict.features)
    _evidence(view, sheet, _spots(view, (conflict.left, conflict.right)))


def _origin(view: View, sheet: Sheet, label: str, origin: Origin) -> None:
    _title(view, sheet, label, shown(view.origin(origin.id)))
    _line(sheet, "Reports", ", ".join(_called(view, article) for article in origin.articles))
    told = [view.labels.line(s.id) for s in view.account.statements if origin.id in origins_of(s.tellings)]
    if told:
        _line(sheet, "Said", ", ".join(told))
    _evidence(view, sheet, _spots(view, origin.evidence))


def _called(view: View, article: str) -> str:
    return f"{view.labels.letter(article)} {named(view.outlet(article))}"


def _link(view: View, sheet: Sheet, label: str, link: Link) -> None:
    _title(view, sheet, label, linked(link, _called(view, link.left), _called(view, link.right)))
    _line(sheet, "Share", f"{link.share:.0%} in common" + (f", {named(link.agency)}" if link.agency else ""))
    _evidence(view, sheet, _spots(view, link.evidence))


def _person(view: View, sheet: Sheet, label: str, person: AccountPerson) -> None:
    _title(view, sheet, label, f"{shown(view.speaker(person.id))}, {person.kind}")
    if person.roles:
        _line(sheet, "Roles", shown(", ".join(person.roles)))
    for position, (article, forms) in enumerate(_in_order(view, person.forms)):
        _line(sheet, "" if position else "Called", f"{_called(view, article)}: {shown(', '.join(forms))}")
    spots = [
        view.labels.place(t.article, t.quotation)
        for s in view.account.statements
        if s.speaker == person.id
        for t in s.tellings
    ]
    if spots:
        _line(sheet, "Said", ", ".join(dict.fromkeys(spots)))


def _in_order(view: View, forms: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    return [(article, forms[article]) for article in view.articles if article in forms]


def _only(view: View, sheet: Sheet, label: str, only: Only) -> None:
    near = view.labels.near(Place(only.article, only.span))
    _title(view, sheet, label, f"{ONLY[only.what]}, told by this report alone", only.article)
    _source(view, sheet, only.article, (only.span,))
    _line(sheet, "Place", (f"{near}  ", "label"), f"characters {_places((only.span,))}")
    _selectors(view, sheet, only.article, (only.span,))


def _article(view: View, sheet: Sheet, label: str, article: AccountArticle) -> None:
    _title(view, sheet, label, shown(headline(article)), article.id)
    _line(sheet, "Id", named(article.id))
    if article.url:
        _line(sheet, "Address", named(article.url))
    when = named(day(article.published) or "undated")
    guess = f", {day(article.published_inferred)} by the other reports" if article.published_inferred else ""
    _line(sheet, "Published", when + guess)
    if article.sightings > 1:
        _line(sheet, "Seen", f"{article.sightings} times")
    _rests_on(view, sheet, (article.origin,))
    for number_, link in enumerate(view.account.lineage.links, 1):
        if article.id in (link.left, link.right):
            said = linked(link, _called(view, link.left), _called(view, link.right))
            _line(sheet, "Link", (f"link{number_}  ", "label"), said)
    places = [spot for (where, _), spot in view.labels.places.items() if where == article.id]
    _line(sheet, "Tellings", ", ".join(places) or "none")
