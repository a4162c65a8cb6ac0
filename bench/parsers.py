"""Feeds and web archives: how fast, and how much of what they say comes through, beside the libraries made for it.

Feeds and archives are made here, of an invented vocabulary; nothing is fetched. Read ratios, not absolutes. Prints one
line a number; libraries that are not installed are named and skipped.
"""

import gzip
import io
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

from measures import Measure

ENTRIES = 50
"""Entries of the feed that is timed, with content: about 120 kB, as news feeds have."""

RESPONSES = 400
"""Responses of the archive that is timed, each with a request beside it."""

SECONDS = 1.5
"""For how long each reader is timed."""

HOST = "https://orrin.example"
NOW = datetime(2026, 3, 20, tzinfo=UTC)
_WORDS = "harvest warden ferry council tunnel lantern quarry bridge reservoir clinic station meadow valley baker"
WORDS = _WORDS.split()
MADE = f"made here, {ENTRIES} entries"
ARCHIVE = f"made here, {RESPONSES} responses and as many requests, packed one by one"

TRAPS: tuple[tuple[str, str, str], ...] = (
    ("title", "<title>Barn &amp; byre</title>", "Barn & byre"),
    ("title", "<title>Barn & byre &nbsp;burn</title>", "Barn & byre burn"),
    ("title", "<title>A <i>grave</i> error</title>", "A grave error"),
    ("title", "<title><![CDATA[AT&amp;T <b>wins</b>]]></title>", "AT&T wins"),
    ("title", "<title>3 &lt; 5</title>", "3 < 5"),
    ("source", '<title>T</title><source url="https://meridian.example/f">Meridian News</source>', "Meridian News"),
    ("published", "<title>T</title><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate>", "2026-03-01T10:00"),
    ("published", "<title>T</title><pubDate>Sun, 01 Mar 2026 10:00:00 EST</pubDate>", "2026-03-01T15:00"),
    ("published", "<title>T</title><pubDate>Sat, 01 Jan 0000 10:00:00 GMT</pubDate>", ""),
    ("published", '<title>T</title><guid isPermaLink="false">20240101</guid>', ""),
    ("link", "<title>T</title><link>javascript:alert(1)</link>", ""),
    ("author", "<title>T</title><author>&lt;svg onload=x&gt;Ida</author>", "Ida"),
)
"""What an entry holds, and what its field should say; the text of entry and answer are invented."""

Reader = Callable[[bytes], object]


def main() -> None:
    """Measure and print."""
    for one in measured():
        print(f"{one.name:58} {one.value:10.1f}  ({one.gold})")


def measured() -> Iterator[Measure]:
    """Yield the numbers: feeds a second and fields right, responses a second."""
    yield from _feeds()
    yield from _archives()


def _feeds() -> Iterator[Measure]:
    body = made_feed()
    for name, read, fields in _feed_readers():
        whose = f" [{name}]" if name else ""
        yield Measure(f"feeds: feeds a second{whose}", _rate(lambda read=read: read(body)), MADE, "made", pinned=False)
        wrong = tuple(f"{field}: {text}" for field, text, right in TRAPS if fields(_trap(text), field) != right)
        share = 100 * (1 - len(wrong) / len(TRAPS))
        yield Measure(
            f"feeds: fields right{whose}",
            share,
            "entries with traps",
            "made",
            len(TRAPS),
            misses=wrong,
            pinned=not name,
        )


def _feed_readers() -> Iterator[tuple[str, Reader, Callable[[bytes, str], str]]]:
    from twosource.sources.feeds import parse_feed

    def ours(body: bytes, field: str) -> str:
        entry = parse_feed(body, f"{HOST}/feed", now=NOW).entries[0]
        shown = {"title": entry.title, "source": entry.source_name, "link": entry.url, "author": entry.author}
        return (entry.published or "")[:16] if field == "published" else shown[field] or ""

    yield "", lambda body: parse_feed(body, f"{HOST}/feed", now=NOW), ours
    for name in ("feedparser", "fastfeedparser"):
        try:
            library = import_module(name)
        except ImportError:
            print(f"{name} is not installed: skipped")
            continue
        yield name, partial(_parsed, library), partial(_theirs, library)


def _parsed(library: ModuleType, body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = library.parse(body if library.__name__ == "fastfeedparser" else io.BytesIO(body))
    return found


def _theirs(library: ModuleType, body: bytes, field: str) -> str:
    """A field as a library gives it; of a date what it made of it, as our readers would take it."""
    found = _parsed(library, body)["entries"]
    if not found:
        return ""
    entry = dict(found[0])
    if field == "published":
        parts = entry.get("published_parsed")
        return time.strftime("%Y-%m-%dT%H:%M", parts) if parts else str(entry.get("published") or "")[:16]
    if field == "source":
        return str((entry.get("source") or {}).get("title") or "")
    return " ".join(str(entry.get(field) or "").split())


def _trap(text: str) -> bytes:
    return f"<rss version='2.0'><channel><title>Orrin</title><item>{text}</item></channel></rss>".encode()


def made_feed() -> bytes:
    """RSS 2.0 with content, categories and a Dublin Core writer."""
    made = random.Random(7)  # noqa: S311
    entries = []
    for n in range(ENTRIES):
        paragraphs = "".join(f"<p>{' '.join(made.choices(WORDS, k=40)).capitalize()}.</p>" for _ in range(7))
        entries.append(
            f"<item><title>Report {n}: {' '.join(made.choices(WORDS, k=7))} &amp;amp; more</title>"
            f"<link>{HOST}/{n}?utm_source=rss</link><guid isPermaLink='false'>{n}</guid>"
            f"<dc:creator>Ida Brandt</dc:creator>"
            f"<pubDate>{1 + n % 19:02d} Mar 2026 10:00:00 +0100</pubDate><category>Local</category>"
            f"<description>{' '.join(made.choices(WORDS, k=25))}</description>"
            f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"
        )
    modules = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f"<rss version='2.0' {modules}><channel><title>Orrin</title>{''.join(entries)}</channel></rss>".encode()


def _archives() -> Iterator[Measure]:
    raw = made_archive()
    for name, read in _archive_readers():
        rate = _rate(lambda read=read: read(raw)) * RESPONSES
        whose = f" [{name}]" if name else ""
        yield Measure(f"archives: responses a second{whose}", rate, ARCHIVE, "made", pinned=False)


def _archive_readers() -> Iterator[tuple[str, Reader]]:
    from twosource.sources.archived import answer
    from twosource.sources.warc_records import Skipped, records

    def ours(raw: bytes) -> int:
        found = (one for one in records(io.BytesIO(raw), len(raw)) if not isinstance(one, Skipped))
        return sum(len(answer(one.block, one.header).body) for one in found if one.kind == "response")

    yield "", ours
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        print("warcio is not installed: skipped")
    else:

        def warcio(raw: bytes) -> int:
            found = ArchiveIterator(io.BytesIO(raw))
            return sum(len(one.content_stream().read()) for one in found if one.rec_type == "response")

        yield "warcio", warcio
    from fastwarc.warc import ArchiveIterator as Fast
    from fastwarc.warc import WarcRecordType

    yield (
        "FastWARC alone",
        lambda raw: sum(len(one.reader.read()) for one in Fast(io.BytesIO(raw), record_types=WarcRecordType.response)),
    )


def made_archive() -> bytes:
    """Pages of about 60 kB, as news pages are, packed one by one."""
    made = random.Random(7)  # noqa: S311
    parts = []
    for n in range(RESPONSES):
        paragraphs = "".join(
            f"<p class='c{made.random()}'>{' '.join(made.choices(WORDS, k=40))}</p>" for _ in range(180)
        )
        page = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>{paragraphs}</body></html>"
        )
        for kind, block in (("request", f"GET /{n} HTTP/1.1\r\nHost: orrin.example\r\n\r\n"), ("response", page)):
            head = (
                f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {HOST}/{n}\r\nWARC-Date: 2026-03-02T08:00:00Z\r\n"
            )
            kinds = f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block.encode())}\r\n\r\n"
            parts.append(gzip.compress(f"{head}{kinds}{block}\r\n\r\n".encode(), 6))
    return b"".join(parts)


def _rate(run: Callable[[], object]) -> float:
    """How often something runs in a second of processor time."""
    run()
    begun, count = time.process_time(), 0
    while time.process_time() - begun < SECONDS:
        run()
        count += 1
    return count / (time.process_time() - begun)


if __name__ == "__main__":
    main()
