"""The cues that must stand with quotations in lists: without "denied", what somebody denied reads as what he said."""

from collections.abc import Mapping, Sequence

from twosource.judgements import Told
from twosource.render.cues import telling_cue
from twosource.store import articles, reports
from twosource.store.database import Database
from twosource.store.search import Quoted


def cues(db: Database, said: Sequence[Quoted]) -> Mapping[Told, str]:
    """Return the outlet's words that must stand before those of each quotation, by article and quotation; those that
    can stand alone are left out.
    """
    names = list(dict.fromkeys(q.article for q in said))
    known = reports.attributed(db, names)
    texts = {article.id: article.text for article in articles.get(db, names)}
    found: dict[Told, str] = {}
    for q in said:
        one = known.get(q.article, {}).get(q.id)
        cue = telling_cue(texts[q.article], one.mode, one.content, one.cue) if one and q.article in texts else ""
        if cue:
            found[q.article, q.id] = cue
    return found
