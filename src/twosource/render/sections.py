"""The sections of the page, one function each: (page) -> the values its part of the template shows."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from twosource.account import AccountArticle, Conflict, FigureLine, FigureTelling, Link, Only, Place, Statement, Telling
from twosource.align.omitted import unfinished
from twosource.article import Block
from twosource.render.alone import alone
from twosource.render.annotate import Mark, annotate, in_place, landed_once
from twosource.render.framed import first_named
from twosource.render.glance import glance
from twosource.render.lanes import begins, lanes, owners, ticks
from twosource.render.lines import named
from twosource.render.page import LONG, LONGEST_TEXT, Page, cut, hull_place
from twosource.render.phrases import ONLY, counted, day
from twosource.render.view import articles_of, headline, origins_of
from twosource.render.wording import Part, base_of, parts
from twosource.report import Report

ARROWS = {"left_from_right": "←", "right_from_left": "→", "common_source": "↔", None: "–"}
MOST_ONLY = 12
"""Lines of one report alone that are shown at once; further ones are folded."""

MOST_TELLINGS = 40
"""Tellings of one statement that are shown, with a line that says how many more the JSON has."""

LISTED = 12
"""Origins of one statement that are named."""


def _articles(page: Page) -> list[dict[str, Any]]:
    parts_only = unfinished(page.account)
    return [
        {
            "letter": page.letter(a.id),
            "anchor": page.anchor(a.id),
            "outlet": page.outlet(a.id),
            "title": cut(named(headline(a))),
            "published": named(_when(a) + (", only a part received" if a.id in parts_only else "")),
            "origin": named(page.view.origin(a.origin)),
            "sightings": a.sightings,
            "versions": counted(len(a.versions), "older version") if a.versions else "",
            "digest": page.report[a.id].article.sha256[:12],
        }
        for a in page.account.articles
    ]


def _when(article: AccountArticle) -> str:
    """The day of publication, one guessed from the other reports, or "undated"."""
    guessed = f"about {day(article.published_inferred)}" if article.published_inferred else "undated"
    return day(article.published) or guessed


def _counts(page: Page) -> dict[str, int]:
    account = page.account
    return {
        "reports": account.lineage.reports,
        "independent": account.lineage.independent_reports,
        "shared": sum(_is_shared(s) for s in account.statements),
        "figures": len(account.figures),
        "conflicts": len(account.conflicts),
    }


def _is_shared(statement: Statement) -> bool:
    return len(articles_of(statement)) > 1


def _notes(page: Page) -> list[dict[str, str]]:
    return [
        {
            "code": n.code,
            "message": named(page.view.message(n)),
            "label": page.letter(n.article) if n.article in page.view.articles else "",
        }
        for n in page.account.notes
    ]


def _conflicts(page: Page) -> list[dict[str, Any]]:
    return [_conflict(page, c) for c in page.account.conflicts]


def _conflict(page: Page, conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "label": page.labels.line(conflict.id),
        "certainty": conflict.certainty,
        "kind": conflict.kind,
        "why": named(conflict.why),
        "settle": named(conflict.settle) if conflict.settle else None,
        "sides": [_side(page, conflict.left), _side(page, conflict.right)],
    }


def _side(page: Page, place: Place) -> dict[str, Any]:
    return {
        "label": page.letter(place.article),
        "anchor": page.spot(place),
        "outlet": page.outlet(place.article),
        "evidence": page.evidence(place),
    }


def _shared(page: Page) -> list[dict[str, Any]]:
    return [_statement(page, s) for s in page.account.statements if _is_shared(s)]


def _statement(page: Page, statement: Statement) -> dict[str, Any]:
    base = _base(page, statement)
    return {
        "id": statement.id,
        "label": page.labels.line(statement.id),
        "speaker": cut(page.speaker(statement.speaker)),
        "relation": statement.relation.replace("_", " "),
        "reports": len(articles_of(statement)),
        "origins": len(origins_of(statement.tellings)),
        "rests_on": [cut(named(page.view.origin(o))) for o in origins_of(statement.tellings)[:LISTED]],
        "features": [(named(str(k)), _number(v)) for k, v in statement.features.items()],
        "tellings": [_telling(page, t, base) for t in statement.tellings[:MOST_TELLINGS]],
        "further": max(0, len(statement.tellings) - MOST_TELLINGS),
    }


def _base(page: Page, statement: Statement) -> str | None:
    """The wording the others are held against; a lone telling or a mere paraphrase has none."""
    if statement.relation in {"single", "paraphrase"}:
        return None
    return base_of([_words(page, t) for t in statement.tellings])


def _words(page: Page, telling: Telling) -> str:
    text = page.report[telling.article].article.text
    return " … ".join(s.of(text) for s in telling.content)


def _telling(page: Page, telling: Telling, base: str | None) -> dict[str, Any]:
    place = hull_place(telling.article, telling.content)
    words = _words(page, telling)
    return {
        "label": page.labels.place(telling.article, telling.quotation),
        "anchor": page.spot(place),
        "outlet": page.outlet(telling.article),
        "told_to": named(telling.told_to.name) if telling.told_to else "",
        "mode": telling.mode,
        "cue": in_place(page.view.cue(telling)),
        "parts": [Part("same", in_place(words))] if base is None else parts(base, words),
        "evidence": page.evidence(place, telling.rule, telling.score, telling.features),
    }


def _number(value: str | float) -> str:
    return named(f"{value:.2f}" if isinstance(value, float) else str(value))


def _single(page: Page) -> list[dict[str, Any]]:
    told: dict[str, list[Statement]] = defaultdict(list)
    for statement in page.account.statements:
        if not _is_shared(statement):
            told[statement.tellings[0].article].append(statement)
    return [
        {
            "letter": page.letter(a.id),
            "outlet": page.outlet(a.id),
            "statements": [_statement(page, s) for s in told[a.id]],
        }
        for a in page.account.articles
        if told[a.id]
    ]


def _figures(page: Page) -> list[dict[str, Any]]:
    lines = sorted(page.account.figures, key=lambda f: -len(articles_of(f)))
    return [_figure(page, line) for line in lines]


def _figure(page: Page, line: FigureLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "label": page.labels.line(line.id),
        "subject": in_place(page.view.subject(line)),
        "agreement": line.agreement,
        "reports": len(articles_of(line)),
        "rests_on": [cut(named(page.view.origin(o))) for o in origins_of(line.tellings)],
        "cells": [[_figure_cell(page, t) for t in line.tellings if t.article == a.id] for a in page.account.articles],
    }


def _figure_cell(page: Page, telling: FigureTelling) -> dict[str, str]:
    place = Place(telling.article, telling.span)
    around = page.evidence(place)
    hedge = f"{telling.hedge.replace('_', ' ')} " if telling.hedge else ""
    return {
        "anchor": page.spot(place),
        "shown": hedge + around.shown,
        "context": f"{around.before_short}{around.shown}{around.after_short}",
    }


def _origins(page: Page) -> list[dict[str, Any]]:
    return [
        {
            "id": o.id,
            "label": page.labels.line(o.id),
            "words": named(page.view.origin(o.id)),
            "letters": [page.letter(a) for a in o.articles],
            "evidence": [page.evidence(e) for e in o.evidence],
        }
        for o in page.account.lineage.origins
    ]


def _links(page: Page) -> list[dict[str, Any]]:
    return [_link(page, link) for link in page.account.lineage.links]


def _link(page: Page, link: Link) -> dict[str, Any]:
    return {
        "left": page.letter(link.left),
        "right": page.letter(link.right),
        "arrow": ARROWS[link.direction],
        "kind": link.kind.replace("_", " "),
        "share": f"{link.share:.0%}",
        "agency": named(link.agency or ""),
        "evidence": [page.evidence(e) for e in link.evidence[:4]],
    }


def _only(page: Page) -> list[dict[str, Any]]:
    told: dict[str, list[Only]] = defaultdict(list)
    for line in page.account.only:
        told[line.article].append(line)
    return [
        {
            "letter": page.letter(a.id),
            "outlet": page.outlet(a.id),
            "told": [_alone(page, o) for o in told[a.id][:MOST_ONLY]],
            "further": [_alone(page, o) for o in told[a.id][MOST_ONLY:]],
        }
        for a in page.account.articles
        if told[a.id]
    ]


def _alone(page: Page, only: Only) -> dict[str, Any]:
    place, told = Place(only.article, only.span), alone(page.view, only)
    return {
        "what": ONLY[only.what],
        "anchor": page.spot(place),
        "who": cut(told.who),
        "before": told.before,
        "shown": page.text(place),
        "after": told.after,
        "cue": told.cue,
    }


def _naming(page: Page) -> list[dict[str, Any]]:
    return [
        {
            "name": page.speaker(n.person) if n.person in page.view.people else named(n.person),
            "cells": [[(named(f), c) for f, c in n.forms.get(a.id, {}).items()] for a in page.account.articles],
        }
        for n in page.account.framing.naming
    ]


def _cues(page: Page) -> list[dict[str, Any]]:
    told: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for cue in page.account.framing.cues:
        if cue.tone != "neutral":
            told[cue.article].append((named(cue.cue), cue.tone, cue.count))
    return [{"letter": page.letter(a.id), "cues": told[a.id]} for a in page.account.articles if told[a.id]]


def _voice(page: Page) -> list[dict[str, Any]]:
    by_person: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for voice in page.account.framing.voice:
        direct = voice.share * voice.direct_words / max(1, voice.words)
        by_person[voice.person][voice.article] = {"percent": round(100 * voice.share), "direct": round(100 * direct)}
    ranked = sorted(by_person.items(), key=lambda kv: -sum(c["percent"] for c in kv[1].values()))
    return [
        {"name": page.speaker(person), "cells": [cells.get(a.id) for a in page.account.articles]}
        for person, cells in ranked
    ]


def _timeline(page: Page) -> list[dict[str, str]]:
    return [
        {
            "when": (point.start or "…") if point.start == point.end else f"{point.start or '…'} – {point.end or '…'}",
            "letter": page.letter(point.article),
            "anchor": page.spot(Place(point.article, point.span)),
            "shown": page.text(Place(point.article, point.span)),
        }
        for point in page.account.timeline
    ]


def _annotated(page: Page) -> list[dict[str, Any]]:
    spots = _spots(page)
    return [_report(page, a, spots.get(a.id, [])) for a in page.account.articles]


def _report(page: Page, a: AccountArticle, spots: list[Mark]) -> dict[str, Any]:
    """One report in place. ``ids`` are places that no block of it covers: links to them land on its head."""
    report, title = page.report[a.id], named(headline(a))
    text = report.article.text[:LONGEST_TEXT]
    blocks = [replace(b, end=min(b.end, len(text))) for b in report.blocks if b.start < len(text)]
    blocks = blocks or ([Block("body", 0, len(text))] if text else [])
    shown = landed_once(annotate(text, blocks, [*_fact_marks(report), *spots]))
    landed = {i for block in shown for segment in block.segments for i in segment.ids}
    wanted = dict.fromkeys(i for mark in spots for i in mark.ids)
    return {
        "letter": page.letter(a.id),
        "anchor": page.anchor(a.id),
        "outlet": named(page.view.outlet(a.id)),
        "title": title if len(title) > LONG else "",
        "lang": report.language or "",
        "blocks": shown,
        "ids": [i for i in wanted if i not in landed and i != page.anchor(a.id)],
        "further": len(report.article.text) - len(text),
    }


def _fact_marks(report: Report) -> Iterator[Mark]:
    for quotation in report.quotations:
        yield from (Mark(s, ("q", quotation.mode)) for s in quotation.content)
        yield from (Mark(s, ("cue",)) for s in quotation.cue)
        yield from (Mark(s, ("src",)) for s in quotation.source)
    yield from (Mark(f.span, ("fig",)) for f in report.figures)


def _spots(page: Page) -> dict[str, list[Mark]]:
    """Everything the account links to, as marks by article."""
    found: dict[str, list[Mark]] = defaultdict(list)

    def spot(place: Place, *classes: str, ref: tuple[str, str] | None = None) -> None:
        found[place.article].append(Mark(place.span, classes, (page.spot(place),), (ref,) if ref else ()))

    for statement in page.account.statements:
        for telling in statement.tellings:
            spot(
                hull_place(telling.article, telling.content),
                ref=(statement.id, page.labels.place(telling.article, telling.quotation)),
            )
    for conflict in page.account.conflicts:
        for place in (conflict.left, conflict.right):
            spot(place, "cf", ref=(conflict.id, page.labels.line(conflict.id)))
    for line in page.account.figures:
        for figure in line.tellings:
            spot(Place(figure.article, figure.span))
    for only in page.account.only:
        spot(Place(only.article, only.span))
    for point in page.account.timeline:
        spot(Place(point.article, point.span))
    return found


def _lang(page: Page) -> str:
    codes = {r.language for r in page.report.values() if r.language}
    return codes.pop() if len(codes) == 1 else "en"


SECTIONS: dict[str, Callable[[Page], Any]] = {
    "lang": _lang,
    "articles": _articles,
    "counts": _counts,
    "glance": glance,
    "notes": _notes,
    "conflicts": _conflicts,
    "shared": _shared,
    "single": _single,
    "figures": _figures,
    "origins": _origins,
    "links": _links,
    "lanes": lanes,
    "ticks": ticks,
    "begins": begins,
    "owners": owners,
    "only": _only,
    "naming": _naming,
    "cues": _cues,
    "order": lambda page: [named(line) for line in first_named(page.view)],
    "voice": _voice,
    "timeline": _timeline,
    "annotated": _annotated,
}
"""Every name the template asks for, and what makes it."""
