"""The reports of an account as BibTeX, to be cited: one ``@online`` each (biblatex; older styles take ``@misc``).

Every text is an outlet's: what TeX would read as its own is escaped, so that no title adds a command or ends a field.
"""

from collections.abc import Iterator

from twosource.account import Account, AccountArticle
from twosource.anchor import visible
from twosource.article import digest
from twosource.render.view import View, headline

LONGEST = 300
"""Code points of a field."""

_TEX = str.maketrans(
    {c: f"\\{c}" for c in "$&#_%"}
    | {
        c: f"\\text{name}{{}}"
        for c, name in zip("{}\\~^", ("braceleft", "braceright", "backslash", "asciitilde", "asciicircum"), strict=True)
    }
)
"""No brace is written as one: BibTeX counts them also behind a backslash."""

_DIGITS = frozenset("0123456789")


def render_bibtex(account: Account) -> str:
    """Return one part for each report, in the account's order; ends in a line feed."""
    view = View(account)
    return "\n".join(_part(view, article) for article in account.articles)


def _part(view: View, article: AccountArticle) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(view, article) if value)
    return f"@online{{{_key(article)},\n{fields}}}\n"


def _key(article: AccountArticle) -> str:
    """A key that stays: of the article's id, whatever that holds."""
    plain = article.id.isascii() and article.id.replace("-", "").isalnum() and len(article.id) <= 60
    return article.id if plain else f"twosource-{digest(article.id)[:12]}"


def _fields(view: View, article: AccountArticle) -> Iterator[tuple[str, str]]:
    day = (article.published or "")[:10]
    fine = len(day) == 10 and set(day.replace("-", "")) <= _DIGITS
    yield "title", f"{{{_tex(headline(article))}}}"
    yield "author", f"{{{_tex(view.outlet(article.id))}}}"
    yield "date", day if fine else ""
    yield "year", day[:4] if fine else ""
    yield "url", _address(article.url)


def _tex(words: str) -> str:
    return visible(" ".join(words[:LONGEST].split())).translate(_TEX)


def _address(url: str | None) -> str:
    """A web address as the field takes it; one with characters that would end the field is left out."""
    whole = url or ""
    safe = whole.isascii() and whole.isprintable() and not set(whole) & set('{}\\ "<>')
    return whole if safe and whole.lower().startswith(("http://", "https://")) else ""
