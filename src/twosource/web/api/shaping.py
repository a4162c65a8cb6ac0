"""From what the store returns to what the API answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from twosource.article import Article
from twosource.judgements import Told
from twosource.store.accounts import Dispute
from twosource.store.alerts import SavedSearch
from twosource.store.articles import Listed
from twosource.store.feeds import Feed
from twosource.store.lines import Judgement
from twosource.store.notes import StoredNote
from twosource.store.people import Speaker
from twosource.store.runs import Run
from twosource.store.search import Hit, Quoted
from twosource.store.shelf import Member, Story
from twosource.web import links
from twosource.web.api.shapes import (
    ArticleShape,
    ChangeShape,
    DisputeShape,
    FeedShape,
    HitShape,
    Ledger,
    LineShape,
    MemberShape,
    NoteShape,
    PositionShape,
    QuotedShape,
    SearchShape,
    SideShape,
    SpeakerShape,
    StoryShape,
    WholeArticle,
)
from twosource.web.moments import rfc
from twosource.web.people import address as speaker_page
from twosource.web.positions import Changed, Side


def story_shape(s: Story) -> StoryShape:
    """Return a story as it is answered."""
    return StoryShape(
        id=s.id, title=s.title, first=rfc(s.first), last=rfc(s.last), changed=rfc(s.changed), reports=s.size,
        origins=s.origins, conflicts=s.conflicts, locked=s.locked, stale=s.stale, page=links.story(s.id),
    )  # fmt: skip


def member_shape(m: Member) -> MemberShape:
    """Return an article's seat as it is answered."""
    return MemberShape(
        article=m.article, at=rfc(m.at), score=m.score, margin=m.margin, why=list(m.why), by=m.by, line=m.line
    )


def article_shape(a: Listed) -> ArticleShape:
    """Return an article of a list as it is answered."""
    return ArticleShape(
        id=a.id, version=a.version, outlet=a.outlet, title=a.title, url=a.url, published=a.published, at=rfc(a.at),
        first_seen=rfc(a.first_seen), characters=a.characters, story=a.story, page=links.article(a.id),
    )  # fmt: skip


def whole_shape(a: Article, versions: Sequence[Listed]) -> WholeArticle:
    """Return an article with its text as it is answered."""
    return WholeArticle(
        id=a.id, sha256=a.sha256, outlet=a.outlet.name if a.outlet else None,
        domain=a.outlet.domain if a.outlet else None, title=a.title, url=a.url, published=a.published,
        modified=a.modified, remarks=list(a.remarks), versions=[v.id for v in versions], text=a.text,
    )  # fmt: skip


def ledger_shape(r: Run) -> Ledger:
    """Return a run as it is answered."""
    return Ledger(
        run=r.number, command=r.command, started=rfc(r.started), ended=rfc(r.ended), seen=r.seen, stored=r.stored,
        known=r.known, rejected=dict(r.rejected), deferred=r.deferred, note=r.note,
    )  # fmt: skip


def hit_shape(h: Hit) -> HitShape:
    """Return a found article as it is answered."""
    return HitShape(
        id=h.id, title=h.title, outlet=h.outlet, url=h.url, published=h.published, at=rfc(h.at), story=h.story,
        spans=[(s.start, s.end) for s in h.spans], excerpt=(h.excerpt.start, h.excerpt.end), shown=h.shown,
        page=links.article(h.id, h.spans[0] if h.spans else None),
    )  # fmt: skip


def quoted_shape(q: Quoted, cued: Mapping[Told, str]) -> QuotedShape:
    """Return a quotation as it is answered."""
    return QuotedShape(
        id=q.id, article=q.article, title=q.title, outlet=q.outlet, at=rfc(q.at), story=q.story, speaker=q.name,
        kind=q.kind, act=q.act, mode=q.mode, span=(q.span.start, q.span.end),
        cue=cued.get((q.article, q.id)), words=q.words, page=links.article(q.article, q.span),
    )  # fmt: skip


def speaker_shape(s: Speaker) -> SpeakerShape:
    """Return a speaker as it is answered."""
    return SpeakerShape(
        number=s.number, name=s.name, kind=s.kind, quotations=s.quotations, outlets=s.outlets, first=rfc(s.first),
        last=rfc(s.last), page=speaker_page(s),
    )  # fmt: skip


def change_shape(c: Changed) -> ChangeShape:
    """Return a change of position as it is answered."""
    return ChangeShape(
        id=c.id, kind=c.kind, certainty=c.certainty, why=c.why, early=_position(c.early), late=_position(c.late)
    )


def _position(s: Side) -> PositionShape:
    return PositionShape(
        day=s.day, recalled=s.recalled, outlet=s.outlet, article=s.article, span=(s.span.start, s.span.end),
        words=s.parts[1], quotation=s.quotation, story=s.story, also=s.also, page=s.page,
    )  # fmt: skip


def dispute_shape(d: Dispute) -> DisputeShape:
    """Return a conflict as it is answered."""
    sides = [
        SideShape(article=s.article, outlet=s.outlet, span=(s.span.start, s.span.end), words=s.words) for s in d.sides
    ]
    return DisputeShape(
        id=d.id, story=d.story, title=d.title, kind=d.kind, certainty=d.certainty, why=d.why,
        first_seen=rfc(d.first_seen), gone=rfc(d.gone), sides=sides, page=links.conflict(d.story, d.id),
    )  # fmt: skip


def note_shape(n: StoredNote) -> NoteShape:
    """Return a note as it is answered."""
    on = n.target.selector
    return NoteShape(
        number=n.number, story=n.story, line=n.target.line, article=n.target.article,
        exact=on.quote.exact if on else None, start=on.position.start if on else None,
        end=on.position.end if on else None, body=n.body, author=n.author, at=rfc(n.at), edited=rfc(n.edited),
        reply_to=n.reply_to, gone=n.gone, here=f"/api/v1/notes/{n.number}",
    )  # fmt: skip


def line_shape(j: Judgement) -> LineShape:
    """Return a line of the log as it is answered."""
    payload: Mapping[str, Any] = j.payload
    return LineShape(
        number=j.number, at=rfc(j.at), by=j.by, kind=j.kind, reason=j.reason, score=j.score, payload=dict(payload),
        placed=list(j.placed), undoes=j.undoes, undone_by=j.undone_by, effective=j.effective,
        here=f"/api/v1/corrections/{j.number}",
    )  # fmt: skip


def feed_shape(f: Feed) -> FeedShape:
    """Return a feed as it is answered."""
    return FeedShape(
        number=f.number, url=f.url, kind=f.kind, title=f.title, outlet=f.outlet, added=rfc(f.added),
        next_poll=rfc(f.next_poll), last_ok=rfc(f.last_ok), last_error=f.last_error, failures=f.failures,
        status=f.status, here=f"/api/v1/feeds/{f.number}",
    )  # fmt: skip


def search_shape(s: SavedSearch) -> SearchShape:
    """Return a saved search as it is answered."""
    return SearchShape(
        name=s.name, query=s.query, created=rfc(s.created), kinds=list(s.kinds),
        feed=f"/saved/{links.token(s.name)}.atom",
    )  # fmt: skip
