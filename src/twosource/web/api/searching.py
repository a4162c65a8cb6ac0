"""Search of articles, quotations and speakers, the conflicts feed, and saved searches."""

import time

from msgspec.structs import asdict

from twosource.store import accounts, alerts, people, search
from twosource.web import links, positions
from twosource.web.api.asked import ConflictsAsked, FoundAsked, HitsAsked, NewSearch, Query, SpeakersAsked, moment
from twosource.web.api.cursors import cursor_of, place_of
from twosource.web.api.operations import Call, Nothing, Operations
from twosource.web.api.problems import not_there
from twosource.web.api.shapes import (
    Conflicts,
    Hits,
    Quotations,
    Searches,
    SearchShape,
    Speakers,
    WholeSpeaker,
)
from twosource.web.api.shaping import change_shape, dispute_shape, hit_shape, quoted_shape, search_shape, speaker_shape
from twosource.web.cues import cues

OPERATIONS = Operations()
operation = OPERATIONS.add


@operation("GET", "/search/articles", "Search articles", tag="search", query=HitsAsked, answer=Hits)
def hits(call: Call[HitsAsked, Nothing]) -> Hits:
    """Articles that hold all terms of the query, with the places of the words."""
    asked = call.query
    before = place_of("hits", asked.cursor)
    found = search.articles(call.db, asked.q, limit=asked.limit + 1, before=before, order=asked.order)
    shown = found[: asked.limit]
    more = len(found) > asked.limit and asked.order == "newest"
    return Hits(articles=[hit_shape(h) for h in shown], next=cursor_of("hits", shown[-1].cursor) if more else None)


@operation("GET", "/search/quotations", "Search quotations", tag="search", query=FoundAsked, answer=Quotations)
def quotations(call: Call[FoundAsked, Nothing]) -> Quotations:
    """What was said: words are looked for inside quotations, `speaker:` is who spoke."""
    asked = call.query
    before = place_of("quotations", asked.cursor)
    found = search.quotations(call.db, asked.q, limit=asked.limit + 1, before=before)
    shown = found[: asked.limit]
    further = cursor_of("quotations", shown[-1].cursor) if len(found) > asked.limit else None
    cued = cues(call.db, shown)
    return Quotations(quotations=[quoted_shape(q, cued) for q in shown], next=further)


@operation("GET", "/speakers", "List who is quoted", tag="search", query=SpeakersAsked, answer=Speakers)
def speakers(call: Call[SpeakersAsked, Nothing]) -> Speakers:
    """Speakers whose name has all words of `name` (the last may be only begun), the most quoted first. `named` are
    persons and organisations.
    """
    asked = call.query
    kinds = people.KINDS if asked.kind == "named" else (asked.kind,)
    place = place_of("speakers", asked.cursor)
    before = None if place is None else (int(place[0]), place[1])
    found = people.people(call.db, asked.name, kinds=kinds, limit=asked.limit + 1, before=before)
    shown = found[: asked.limit]
    further = cursor_of("speakers", shown[-1].cursor) if len(found) > asked.limit else None
    return Speakers(speakers=[speaker_shape(s) for s in shown], next=further)


@operation("GET", "/speakers/{number}", "Show a speaker", tag="search", answer=WholeSpeaker)
def speaker(call: Call[Nothing, Nothing]) -> WholeSpeaker:
    """One speaker, with where they said something else at another time."""
    found = people.speaker(call.db, call.number())
    if found is None:
        raise not_there("speaker")
    changes = [change_shape(one) for one in positions.changed(call.db, found.number)]
    return WholeSpeaker(**asdict(speaker_shape(found)), changes=changes)


@operation("GET", "/speakers/{number}/quotations", "List what a speaker said", tag="search", query=Query,
           answer=Quotations)  # fmt: skip
def said(call: Call[Query, Nothing]) -> Quotations:
    """Everything that a speaker said, the newest first."""
    if people.speaker(call.db, call.number()) is None:
        raise not_there("speaker")
    before = place_of("said", call.query.cursor)
    found = people.said(call.db, call.number(), limit=call.query.limit + 1, before=before)
    shown = found[: call.query.limit]
    further = cursor_of("said", shown[-1].cursor) if len(found) > call.query.limit else None
    cued = cues(call.db, shown)
    return Quotations(quotations=[quoted_shape(q, cued) for q in shown], next=further)


@operation("GET", "/conflicts", "List conflicts", tag="conflicts", query=ConflictsAsked, answer=Conflicts)
def conflicts(call: Call[ConflictsAsked, Nothing]) -> Conflicts:
    """Conflicts of all stories, the latest first. `certain` leaves out possible ones, `gone` adds those that accounts
    showed once.
    """
    asked = call.query
    found = accounts.conflicts(
        call.db,
        story=asked.story,
        since=moment(asked.since),
        certain=asked.certain,
        gone=asked.gone,
        limit=asked.limit + 1,
        before=place_of("conflicts", asked.cursor),
    )
    shown = found[: asked.limit]
    further = cursor_of("conflicts", shown[-1].cursor) if len(found) > asked.limit else None
    return Conflicts(conflicts=[dispute_shape(d) for d in shown], next=further)


@operation("GET", "/searches", "List saved searches", tag="search", answer=Searches)
def saved(call: Call[Nothing, Nothing]) -> Searches:
    """All saved searches; each is also a feed."""
    return Searches(searches=[search_shape(s) for s in alerts.all(call.db)])


@operation("POST", "/searches", "Save a search", tag="search", body=NewSearch, answer=SearchShape, status=201)
def save(call: Call[Nothing, NewSearch]) -> SearchShape:
    """Keep a search under a name, in place of one of that name."""
    known = {s.name: s for s in alerts.all(call.db)}.get(call.body.name)
    channels, kinds = (known.channels, known.kinds) if known else ((), ())
    return search_shape(alerts.save(call.db, call.body.name, call.body.query, channels, time.time(), kinds=kinds))


@operation("DELETE", "/searches/{name}", "Forget a saved search", tag="search", status=204)
def unsave(call: Call[Nothing, Nothing]) -> None:
    """Forget a saved search; its name stands in the path as `feed` of the search writes it."""
    if not alerts.remove(call.db, links.known_by(call.path["name"])):
        raise not_there("saved search")
