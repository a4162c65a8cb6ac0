"""An account in the words of schema.org (JSON-LD 1.1): reports as ``NewsArticle``, tellings as ``Quotation``.

Reports are cited, not published, so each says who wrote down what stands here (``sdPublisher``). There is no
``ClaimReview``: that is a verdict, and none is given. Agreement and conflict have no terms in that vocabulary; they
stand in the account's own JSON.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from twosource.account import Account, AccountArticle, Statement, Telling
from twosource.render.json import dumps
from twosource.render.view import View, headline

KINDS = {"person": "Person", "organisation": "Organization", "group": "Organization", "document": "CreativeWork"}
"""Types of speakers; unnamed ones are left out."""

OURS = {"@type": "SoftwareApplication", "name": "twosource"}


def render_linked(account: Account) -> str:
    """Return the account as one line of JSON-LD."""
    view = View(account)
    graph = [*(_article(view, a) for a in account.articles), *_people(view), *_quotations(view)]
    return dumps({"@context": "https://schema.org", "@graph": graph})


def _urn(kind: str, *names: str) -> str:
    return f"urn:twosource:{kind}:" + ":".join(quote(name, safe="", errors="replace") for name in names)


def _article(view: View, a: AccountArticle) -> dict[str, Any]:
    told = {
        "@type": "NewsArticle",
        "@id": _urn("article", a.id),
        "headline": headline(a),
        "url": a.url if (a.url or "").lower().startswith(("http://", "https://")) else None,
        "datePublished": a.published,
        "publisher": {"@type": "Organization", "name": view.outlet(a.id)},
        "sdPublisher": OURS,
    }
    return {name: value for name, value in told.items() if value is not None}


def _people(view: View) -> Iterator[dict[str, Any]]:
    for p in view.account.people:
        if p.kind in KINDS:
            yield {"@type": KINDS[p.kind], "@id": _urn("person", p.id), "name": p.name}


def _quotations(view: View) -> Iterator[dict[str, Any]]:
    for statement in view.account.statements:
        yield from (_quotation(view, statement, telling) for telling in statement.tellings)


def _quotation(view: View, statement: Statement, t: Telling) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "Quotation",
        "@id": _urn("telling", t.article, t.quotation, str(t.content[0].start)),
        "text": view.words(t.article, t.content),
        "isPartOf": {"@id": _urn("article", t.article)},
        "exampleOfWork": {"@type": "Claim", "@id": _urn("statement", statement.id)},
    }
    person = view.people.get(statement.speaker or "")
    if person is not None and person.kind in KINDS:
        told["spokenByCharacter"] = {"@id": _urn("person", person.id)}
    return told
