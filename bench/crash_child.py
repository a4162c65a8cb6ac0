"""A process that is killed: takes a fixed corpus in through the store's functions, and notes what was acknowledged.

    python bench/crash_child.py STORE ACK SEED

Run again after it was killed it goes on as a desk would: from the beginning, and what is known stays as it is.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from twosource.article import Article, Outlet
from twosource.store import articles, feeds, forget, open_store, runs
from twosource.store.articles import Incoming
from twosource.store.feeds import Found, Poll

NOW = 1_900_000_000.0
ARTICLES = 60
BATCH = 5
FORGOTTEN = tuple(f"weir-{n}" for n in range(0, ARTICLES, 7))
FEED = "https://lamp.example/feed"

PARTS = (
    "The weir at Dunholt let {n} cubic metres a second pass on Sunday night, the river office wrote.",
    "“Nobody told us that {n} sandbags were all there was,” said Imre Falk, who runs the mill below it.",
    "The office said it had warned every household by telephone; Falk says his did not ring.",
)


def corpus(seed: int) -> Iterator[Incoming]:
    """Articles of many lengths, some delivered twice, some in two versions; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for n in range(ARTICLES):
        text = "\n".join(chance.choices(PARTS, k=chance.randrange(1, 60))).format(n=n)
        yield _incoming(n, text)
        if n % 9 == 4:
            yield _incoming(n, f"{text}\nCorrected.")
        if n % 5 == 3:
            yield _incoming(n, text)


def _incoming(n: int, text: str) -> Incoming:
    url = f"https://lamp.example/weir-{n}"
    article = Article(id=f"weir-{n}", text=text, title=f"Weir opens, {n}", url=url, outlet=Outlet("The Lamp"))
    return Incoming(article=article, body=text.encode(), media_type="text/plain", feed=1, entry_key=f"weir-{n}")


def main() -> int:
    """Take all in, forget some, end the run."""
    store, ack, seed = sys.argv[1:]
    came = list(corpus(int(seed)))
    with open_store(store) as db, Path(ack).open("a", encoding="utf-8") as told:
        run = runs.begin(db, "add", NOW)
        feed = feeds.add(db, FEED, now=NOW)
        named = [Found(key=i.entry_key or "", url=i.article.url) for i in came]
        feeds.polled(db, feed, Poll(next_poll=NOW + 60, interval=60), named, NOW)
        for start in range(0, len(came), BATCH):
            batch = came[start : start + BATCH]
            runs.noted(db, run, seen=len(batch))
            told.writelines(f"{outcome.id}\n" for outcome in articles.add(db, batch, run=run, now=NOW))
            told.flush()
        for name in FORGOTTEN:
            forget.article(db, name)
        runs.end(db, run, NOW)
    return 0


if __name__ == "__main__":
    sys.exit(main())
