"""Articles made up for tests of the store."""

from twosource.article import Article, Outlet
from twosource.store.articles import Incoming

NOW = 1_900_000_000.0
"""A moment in 2030."""

PARTS = (
    "The harbour office at Velden counted {n} crates of pears on the east quay on Tuesday.",
    "“We had room for {n} more,” harbour master Odile Brandt said, “but nobody rang us.”",
    "Growers blame the new scale; the company that sells it did not answer questions.",
)


def article(n, **changed):
    """The ``n``-th of any number of articles, each unlike the others."""
    outlet = Outlet(f"The Lamp {n % 5}", f"lamp{n % 5}.example")
    given = {
        "id": f"pears-{n}",
        "text": "\n".join(PARTS).format(n=n),
        "outlet": outlet,
        "url": f"https://www.lamp{n % 5}.example/news/pears-{n}",
        "title": f"Pears pile up, {n} crates",
        "published": "2030-03-17",
        "origin": f"pears-{n}.txt",
    }
    return Article(**given | changed)


def incoming(n, **changed):
    """That article on its way in."""
    return Incoming(article=article(n, **changed))
