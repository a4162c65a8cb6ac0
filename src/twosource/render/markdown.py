"""An account as Markdown for a note or a message: every line with label, outlet, words and offsets.

Words of articles stand inside lines we begin, with all marks that Markdown or HTML would read escaped (CommonMark 0.31
section 2.4 allows a backslash before any ASCII punctuation), so that a text can add no markup, link, image or formula.
"""

from collections.abc import Iterator

from twosource.account import Account, AccountArticle, Conflict, Only, Place, Statement, Telling
from twosource.article import Spans
from twosource.render.alone import alone
from twosource.render.framed import first_named, loaded_cues, naming, voices
from twosource.render.lines import named, shown
from twosource.render.phrases import AGREEMENTS, CONFLICTS, ONLY, RELATIONS, counted, day, linked
from twosource.render.view import View, origins_of

_MARKS = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~$&"})
"""What has a meaning inside a line in CommonMark, GitHub's or pandoc's Markdown; a line never begins with a text."""


def render_markdown(account: Account) -> str:
    """Return the account as CommonMark with GitHub tables, ending in a line feed."""
    view = View(account)
    sections = (
        _head,
        _articles,
        _independence,
        _conflicts,
        _said,
        _figures,
        _only,
        _omitted,
        _timeline,
        _framing,
        _notes,
    )
    return "\n\n".join(text for section in sections if (text := "\n".join(section(view)))) + "\n"


def escaped(words: str) -> str:
    """Return running text of an article on one line with Markdown and HTML marks escaped."""
    return _marked(shown(words))


def _name(words: str) -> str:
    return _marked(named(words))


def _marked(words: str) -> str:
    """Marks escaped, and bare addresses too, which GitHub would link."""
    return words.translate(_MARKS).replace("://", "\\://").replace("www.", "www\\.")


def _where(view: View, article: str, spans: Spans) -> str:
    """Outlet and offsets, as every line of evidence ends."""
    places = ", ".join(f"{s.start}\N{EN DASH}{s.end}" for s in spans)
    return f"({_name(view.outlet(article))}, characters {places})"


def _head(view: View) -> Iterator[str]:
    lineage, conflicts = view.account.lineage, len(view.account.conflicts)
    yield f"# {escaped(view.title)}"
    yield ""
    yield (
        f"{counted(lineage.reports, 'report')}, at most {lineage.independent_reports} written separately; "
        f"{counted(len(view.account.statements), 'statement')}, {counted(len(view.account.figures), 'figure')}, "
        f"{counted(conflicts, 'conflict')}. No verdict: every word is an outlet's own."
    )


def _articles(view: View) -> Iterator[str]:
    yield "| | Outlet | Published | Address | Text rests on |"
    yield "|---|---|---|---|---|"
    for article in view.account.articles:
        cells = (
            view.labels.letter(article.id),
            _name(view.outlet(article.id)),
            _name(day(article.published) or "undated"),
            _name(article.url or ""),
            escaped(view.origin(article.origin)) + _older(article),
        )
        yield f"| {' | '.join(cells)} |"


def _older(article: AccountArticle) -> str:
    return f"; {counted(len(article.versions), 'older version')}" if article.versions else ""


def _independence(view: View) -> Iterator[str]:
    lineage = view.account.lineage
    if not (lineage.origins or lineage.links):
        return
    yield "## Independence"
    yield ""
    for origin in lineage.origins:
        label = view.labels.line(origin.id)
        yield f"- **{label}** {escaped(view.origin(origin.id))}: {view.letters(origin.articles)}"
        yield from (f"  - {_evidence(view, place)}" for place in origin.evidence)
    for number, link in enumerate(lineage.links, 1):
        said = linked(link, view.labels.letter(link.left), view.labels.letter(link.right))
        agency = f" ({_name(link.agency)})" if link.agency else ""
        yield f"- **link{number}** {said}, {link.share:.0%} in common{agency}"
        yield from (f"  - {_evidence(view, place)}" for place in link.evidence)
    for owned in lineage.owners:
        yield f"- {_name(owned.owner)} owns the outlets of {view.letters(owned.articles)}"


def _evidence(view: View, place: Place) -> str:
    label = view.labels.near(place)
    return (
        f"**{label}** {_cue(view.cue_at(place))}{escaped(view.at(place))} {_where(view, place.article, (place.span,))}"
    )


def _cue(words: str) -> str:
    """A cue that must stand before the words it reports."""
    return f"**{escaped(words)}:** " if words else ""


def _conflicts(view: View) -> Iterator[str]:
    if not view.account.conflicts:
        return
    yield "## Conflicts"
    yield ""
    for conflict in view.account.conflicts:
        yield _conflict(view, conflict)
        yield f"  - {_evidence(view, conflict.left)}"
        yield f"  - {_evidence(view, conflict.right)}"
        if conflict.settle:
            yield f"  - would settle it: {escaped(conflict.settle)}"


def _conflict(view: View, conflict: Conflict) -> str:
    possible = "possible: " if conflict.certainty == "possible" else ""
    return f"- **{view.labels.line(conflict.id)}** {possible}{CONFLICTS[conflict.kind]}: {escaped(conflict.why)}"


def _said(view: View) -> Iterator[str]:
    if not view.account.statements:
        return
    yield "## Said"
    yield ""
    for statement in view.account.statements:
        yield _statement(view, statement)
        yield from (f"  - {_telling(view, telling)}" for telling in statement.tellings)


def _statement(view: View, statement: Statement) -> str:
    origins = origins_of(statement.tellings)
    rests = escaped(view.origin(origins[0])) if len(origins) == 1 else f"at most {len(origins)} origins"
    speaker = escaped(view.speaker(statement.speaker))
    return f"- **{view.labels.line(statement.id)}** {speaker}: {RELATIONS[statement.relation]}, {rests}"


def _telling(view: View, telling: Telling) -> str:
    label = view.labels.place(telling.article, telling.quotation)
    told = f" to {escaped(telling.told_to.name)}" if telling.told_to else ""
    words = escaped(view.words(telling.article, telling.content))
    cue, where = _cue(view.cue(telling)), _where(view, telling.article, telling.content)
    return f"**{label}** {cue}{words} {where}, {telling.mode}{told}"


def _figures(view: View) -> Iterator[str]:
    if not view.account.figures:
        return
    yield "## Figures"
    yield ""
    for line in view.account.figures:
        yield f"- **{view.labels.line(line.id)}** {escaped(view.subject(line))}: {AGREEMENTS[line.agreement]}"
        for figure in line.tellings:
            label = view.labels.place(figure.article, figure.figure)
            words = escaped(view.figure(figure, line.unit))
            yield f"  - **{label}** {words} {_where(view, figure.article, (figure.span,))}"


def _only(view: View) -> Iterator[str]:
    if not view.account.only:
        return
    yield "## Told by one report only"
    yield ""
    yield from (_alone(view, number, only) for number, only in enumerate(view.account.only, 1))


def _alone(view: View, number: int, only: Only) -> str:
    place, told = Place(only.article, only.span), alone(view, only)
    what = escaped(told.who) or ONLY[only.what]
    if only.what != "figure":
        return f"- **only{number}** {what}: {_evidence(view, place)}"
    words = " ".join(p for p in (escaped(told.before), f"**{escaped(told.words)}**", escaped(told.after)) if p)
    where = _where(view, place.article, (place.span,))
    return f"- **only{number}** {what}: **{view.labels.near(place)}** {words} {where}"


def _omitted(view: View) -> Iterator[str]:
    """What most of the whole reports tell and one does not, by report."""
    found = [one for one in view.account.omissions if one.line in view.lines]
    if found:
        yield "## Left out by one, told by most"
        yield ""
    for article in view.account.articles:
        lines = [f"{view.labels.line(o.line)} ({o.tellers} of {o.reports})" for o in found if o.article == article.id]
        if lines:
            yield f"- **{view.labels.letter(article.id)}** {_name(view.outlet(article.id))}: {', '.join(lines)}"


def _timeline(view: View) -> Iterator[str]:
    if not view.account.timeline:
        return
    yield "## Timeline"
    yield ""
    for point in view.account.timeline:
        start, end = day(point.start) or "…", day(point.end) or "…"
        when = start if start == end else f"{start} to {end}"
        yield f"- {_name(when)}: {_evidence(view, Place(point.article, point.span))}"


def _framing(view: View) -> Iterator[str]:
    told = (
        ("naming", naming(view)),
        ("order of first mention", first_named(view)),
        ("cues", loaded_cues(view)),
        ("voice", voices(view)),
    )
    lines = [f"- {word}: {escaped(line)}" for word, found in told for line in found]
    if lines:
        yield from ("## Naming, cues, voice", "", *lines)


def _notes(view: View) -> Iterator[str]:
    if not view.account.notes:
        return
    yield "## Notes"
    yield ""
    for note in view.account.notes:
        where = f"{view.labels.letter(note.article)}: " if note.article else ""
        yield f"- {where}{escaped(view.message(note))}"
