"""Makes the store that `test_sqlite` opens as one of an old version; run once when a version is released, then kept.

.venv/bin/python -m tests.store.make_version
"""

import gzip
import tempfile
from pathlib import Path

from tests.store.made import NOW, article, incoming
from twosource.store import articles, feeds, open_store, quarantine, runs
from twosource.store.articles import Incoming
from twosource.store.feeds import Found, Poll
from twosource.store.quarantine import Reject
from twosource.store.schema import VERSION


def main():
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "news.db"
        with open_store(file) as db:
            run = runs.begin(db, "add", NOW)
            feed = feeds.add(db, "https://lamp1.example/feed", now=NOW)
            named = [Found(key=f"k{n}", url=article(n).url, claimed={"title": "x"}) for n in range(1, 9)]
            feeds.polled(db, feed, Poll(next_poll=NOW, interval=600), named, NOW)
            batch = [Incoming(article=article(1), feed=feed, entry_key="k1", body=b"<p>pears", media_type="text/html")]
            articles.add(db, [*batch, incoming(2), incoming(3, id="new", text="Corrected.")], run=run, now=NOW)
            quarantine.put(db, [Reject(source="file", name="x", reason="binary", message="no text")], run=run, now=NOW)
            runs.noted(db, run, seen=4)
            runs.end(db, run, NOW)
            db.scrub()
        packed = gzip.compress(file.read_bytes(), mtime=0)
    Path(__file__).with_name(f"version-{VERSION}.db.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
