"""What the pages of evidence show: one function for each kind of line, None where the account has no such line."""

from collections.abc import Iterator
from typing import Any

from twosource.account import Conflict, FigureLine, FigureTelling, Link, Place, Statement, Telling
from twosource.align.words import keys, words
from twosource.article import Span
from twosource.render.phrases import AGREEMENTS, CONFLICTS, HEDGES, RELATIONS, counted, linked, number
from twosource.render.reasons import reasons
from twosource.render.view import articles_of, origins_of
from twosource.web import links
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views import conflicts, lineage
from twosource.web.views.chips import chip_of, chip_of_report, outlet, speaker
from twosource.web.views.pairs import side_by_side
from twosource.web.views.places import PlaceShown, features_of, place_shown
from twosource.web.views.statements import conflicts_of, shown_whole, sides

MOST_PLACES = 12
"""Places of one line that are shown in their paragraphs; further ones are told as labels."""

MODES = {"direct": "quoted", "indirect": "reported", "mixed": "partly quoted"}

Shown = dict[str, Any]

NOTHING: Shown = {
    "kind": "",
    "heading": "",
    "meta": (),
    "places": (),
    "further": (),
    "statement": None,
    "features": (),
    "reasons": (),
    "origins": (),
    "against": (),
    "pair": None,
    "settle": "",
    "permalink": "",
    "label": "",
}
"""What a page of evidence may show; each kind fills in its own."""


def statement(told: Told, name: str) -> Shown | None:
    """Return a statement by its id, or by that of a quotation in it."""
    named = told.called(name)
    by_id = (s for s in told.account.statements if s.id == name)
    found = named[0][0] if named else next(by_id, None)
    if found is None:
        return None
    first = {id(t) for _, t in named}
    tellings = sorted(found.tellings, key=lambda t: id(t) not in first)
    who = speaker(told, found.speaker)
    return NOTHING | {
        "kind": "Statement",
        "label": told.page.labels.line(found.id),
        "heading": who,
        "meta": _rests(told, found),
        "statement": shown_whole(told, found),
        "places": [_told_place(told, found, t) for t in tellings[:MOST_PLACES]],
        "further": [chip_of(told, t) for t in tellings[MOST_PLACES:60]],
        "features": features_of(found.features),
        "reasons": list(_why_one(told, found)),
        "origins": _origins(told, found.tellings),
        "against": _against(told, found),
        "permalink": links.statement(told.story.id, told.name_of(found.tellings[0])),
    }


def _why_one(told: Told, line: Statement) -> Iterator[str]:
    """How many content words of the first telling stand in all others at least, and how alike the nearest two are."""
    texts = {t.article: told.page.view.text(t.article) for t in line.tellings}
    kept = [(t, text) for t in line.tellings if (text := texts[t.article]) is not None]
    first = set(keys(words(kept[0][1], kept[0][0].content))) if kept else set()
    shared = [len(first & set(keys(words(x, t.content)))) for t, x in kept if t.article != kept[0][0].article]
    if first and shared:
        of_them = counted(len(first), "content word")
        yield f"the first telling has {of_them}, and {min(shared)} of them or more stand in each of the others"
    if alike := reasons(line.features):
        yield f"of the two nearest to each other: {', '.join(alike)}"


def _rests(told: Told, line: Statement | FigureLine) -> list[str]:
    reports = len(articles_of(line))
    origins = min(reports, len(origins_of(line.tellings)))
    how = RELATIONS[line.relation] if isinstance(line, Statement) else AGREEMENTS[line.agreement].lower()
    if reports == 1:
        return ["told by one report"]
    return [f"told by {reports} reports of {len(told.account.articles)}, at most {origins} independent", how]


def telling(told: Told, name: str) -> Shown | None:
    """Return one report's telling by the id of its quotation."""
    named = told.called(name)
    if not named:
        return None
    line, here = named[0]
    others = len(line.tellings) > 1
    return NOTHING | {
        "kind": "Telling",
        "label": told.page.labels.place(here.article, here.quotation),
        "heading": speaker(told, line.speaker),
        "meta": [outlet(told, here.article), MODES[here.mode], *_rests(told, line)],
        "statement": shown_whole(told, line) if others else None,
        "places": [_told_place(told, s, t) for s, t in named[:MOST_PLACES]],
        "origins": _origins(told, (here,)),
        "against": _against(told, line),
        "permalink": links.telling(told.story.id, told.name_of(here) if len(named) == 1 else here.quotation),
    }


def _told_place(told: Told, line: Statement, here: Telling) -> PlaceShown:
    marks = [*((s, "cue") for s in here.cue), *((s, "src") for s in here.source)]
    if here.told_to:
        marks.append((here.told_to.span, "src"))
    facts = [
        ("Speaker", speaker(told, line.speaker)),
        ("Source in the text", _words(told, here.article, here.source)),
        ("Cue", _words(told, here.article, here.cue)),
        ("Told to", here.told_to.name if here.told_to else ""),
        ("Found by", f"{here.rule}, score {here.score:.2f}" if here.rule else ""),
    ]
    label = told.page.labels.place(here.article, here.quotation)
    who = told.page.view.speaker(line.speaker)
    return place_shown(
        told,
        here.article,
        here.content,
        label=label,
        others=marks,
        facts=facts,
        features=here.features,
        telling=here,
        speaker=short(who, 120) if line.speaker else "",
    )


def _words(told: Told, article: str, spans: tuple[Span, ...]) -> str:
    return told.page.view.words(article, spans) if spans else ""


def _origins(told: Told, tellings: tuple[Telling, ...] | tuple[FigureTelling, ...]) -> list[lineage.OriginShown]:
    wanted = origins_of(tellings)
    return [o for o in lineage.all_origins(told) if o.id in wanted]


def _against(told: Told, line: Statement) -> list[conflicts.ConflictShown]:
    wanted = conflicts_of(line, sides(told))
    return conflicts.shown(told, tuple(c for c in told.account.conflicts if c.id in wanted))


def figure(told: Told, name: str) -> Shown | None:
    """Return a figure by its line's id, or by that of one of its places, which then stands first."""
    lines = told.account.figures
    found = next((f for f in lines if name == f.id or any(t.figure == name for t in f.tellings)), None)
    if found is None:
        return None
    tellings = sorted(found.tellings, key=lambda t: t.figure != name)
    against = (c for c in told.account.conflicts if _touches(c, found))
    return NOTHING | {
        "kind": "Figure",
        "label": told.page.labels.line(found.id),
        "heading": short(told.page.view.subject(found), 160),
        "meta": [*_rests(told, found), f"unit: {short(found.unit, 60)}" if found.unit else "no unit"],
        "places": [_counted_place(told, found, t) for t in tellings[:MOST_PLACES]],
        "further": [chip_of_report(told, t.article) for t in tellings[MOST_PLACES:60]],
        "features": features_of(found.features),
        "reasons": reasons(found.features),
        "origins": _origins(told, found.tellings),
        "against": conflicts.shown(told, tuple(against)),
        "permalink": links.figure(told.story.id, found.tellings[0].figure),
    }


def _touches(conflict: Conflict, line: FigureLine) -> bool:
    sides_ = (conflict.left, conflict.right)
    return any(side.article == t.article and side.span.overlaps(t.span) for side in sides_ for t in line.tellings)


def _counted_place(told: Told, line: FigureLine, here: FigureTelling) -> PlaceShown:
    value = number(here.value) or (f"{number(here.low)} to {number(here.high)}" if here.low is not None else "")
    whole = f" of {number(here.of)}" if here.of is not None else ""
    facts = [("Read as", f"{HEDGES[here.hedge]}{value}{whole} {line.unit}" if value else "")]
    label = told.page.labels.place(here.article, here.figure)
    return place_shown(told, here.article, (here.span,), label=label, facts=facts)


def conflict(told: Told, name: str) -> Shown | None:
    """Return a conflict by its id."""
    found = next((c for c in told.account.conflicts if c.id == name), None)
    if found is None:
        return None
    sure = "conflict" if found.certainty == "conflict" else "possible conflict"
    return NOTHING | {
        "kind": "Conflict",
        "label": told.page.labels.line(found.id),
        "heading": f"{sure.capitalize()}: {CONFLICTS[found.kind]}",
        "meta": [short(found.why, 400)],
        "places": [_side(told, found.left), _side(told, found.right)],
        "features": features_of(found.features),
        "reasons": reasons(found.features),
        "settle": conflicts.settled_by(found),
        "permalink": links.conflict(told.story.id, found.id),
    }


def _side(told: Told, place: Place) -> PlaceShown:
    return place_shown(told, place.article, (place.span,), facts=[("Text", _text_origin(told, place.article))])


def _text_origin(told: Told, article: str) -> str:
    return told.page.view.origin(told.page.view.articles[article].origin)


def origin(told: Told, name: str) -> Shown | None:
    """Return what reports rest on, by its id."""
    found = next((o for o in told.account.lineage.origins if o.id == name), None)
    if found is None:
        return None
    resting = [s for s in told.account.statements if name in origins_of(s.tellings)]
    return NOTHING | {
        "kind": "Origin",
        "label": told.page.labels.line(found.id),
        "heading": short(told.page.view.origin(found.id), 160),
        "meta": [f"used by {len(found.articles)} of {len(told.account.articles)} reports", _resting(len(resting))],
        "places": [place_shown(told, p.article, (p.span,)) for p in found.evidence[:MOST_PLACES]],
        "further": [chip_of_report(told, a) for a in found.articles[:60]],
        "permalink": links.origin(told.story.id, found.id),
    }


def _resting(count: int) -> str:
    return f"{count} statements rest on it" if count != 1 else "one statement rests on it"


def pair(told: Told, left: str, right: str) -> Shown | None:
    """Return why two reports are not independent, and their texts side by side."""
    found = next((k for k in told.account.lineage.links if {k.left, k.right} == {left, right}), None)
    if found is None:
        return None
    return NOTHING | {
        "kind": "Pair",
        "heading": linked(found, _called(told, found.left), _called(told, found.right)),
        "meta": _shares(found),
        "places": [place_shown(told, p.article, (p.span,)) for p in found.evidence[:4]],
        "pair": side_by_side(told, found.left, found.right),
        "permalink": links.pair(told.story.id, found.left, found.right),
    }


def _shares(link: Link) -> list[str]:
    known = [f"{link.share:.0%} of the shorter text (or of what it quotes) in common"]
    return known + ([f"agency: {short(link.agency, 80)}"] if link.agency else [])


def _called(told: Told, article: str) -> str:
    return f"{told.page.letter(article)} {outlet(told, article)}"
