"""Hostile feeds, pages, archives and mails, made from a seed: what each is, and what must come of it.

``expect`` is E (a declared error, nothing of it taken), W (taken, with a remark), or OK (taken as it is). ``holds`` is
how many entries, articles or records must come out; None where it does not matter.
"""

import gzip
import io
import json
import random
import zipfile
from dataclasses import dataclass
from typing import Literal

HOST = "https://tessel-times.example"
FEED = f"{HOST}/feed.xml"
_WORDS = """orchard brigade harvest warden valley ferry council tunnel inspector meadow lantern quarry bridge mayor
baker reservoir pickers drought clinic station"""
WORDS = _WORDS.split()


@dataclass(frozen=True)
class Case:
    number: int
    what: str
    body: bytes
    expect: Literal["E", "W", "OK"]
    holds: int | None = None
    says: str = ""
    media_type: str | None = None


def sentence(r: random.Random, words: int = 14) -> str:
    return f"{' '.join(r.choices(WORDS, k=words)).capitalize()}, the {r.choice(WORDS)} said on Monday."


def item(n: int, *more: str, title: str | None = None, link: str | None = None, guid: str | None = None) -> str:
    r = random.Random(n)
    link = f"<link>{link or f'{HOST}/{n}'}</link>" if link != "" else ""
    guid = f'<guid isPermaLink="false">{guid or f"tag:{n}"}</guid>' if guid != "" else ""
    shown = f"Report {n}: {sentence(r, 5)}" if title is None else title
    when = f"<pubDate>{1 + n % 27:02d} Mar 2026 10:00:00 +0100</pubDate>" if "pubDate" not in "".join(more) else ""
    return f"<item><title>{shown}</title>{link}{guid}{when}{''.join(more)}</item>"


def rss(*items: str, head: str = "", before: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    about = f"<title>Tessel Times</title><link>{HOST}/</link>{head}"
    return f"{before}<rss version='2.0'><channel>{about}{''.join(items)}</channel></rss>".encode()


def items(count: int) -> list[str]:
    return [item(n) for n in range(count)]


def atom(*entries: str, attributes: str = "") -> bytes:
    said = "".join(entries) or entry(1)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{attributes}><title>Tessel</title>{said}</feed>'.encode()


def entry(n: int, *more: str) -> str:
    shown = f'<title>Entry {n}</title><link href="/{n}"/><updated>2026-03-01T10:00:00Z</updated>'
    return f"<entry><id>tag:{n}</id>{shown}{''.join(more)}</entry>"


def json_feed(*posts: object, **more: object) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": list(posts), **more}
    ).encode()


def laughs(count: int = 9) -> str:
    lines = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, count)]
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{"".join(lines)}]>'


def outside(address: str) -> list[bytes]:
    """Feeds that ask a parser to open ``address``: a file's or one on the network."""
    one = item(1, "<description>&x;</description>")
    return [
        rss(one, before=f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{address}">]>'),
        rss(one, before=f'<!DOCTYPE rss [<!ENTITY x PUBLIC "-//X//EN" "{address}">]>'),
        rss(one, before=f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{address}"> %p;]>'),
        rss(one, before=f'<!DOCTYPE rss SYSTEM "{address}">'),
        rss(one, before=f'<?xml version="1.0"?><?xml-stylesheet href="{address}"?>'),
        rss(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}"/>', one),
    ]


def feeds() -> list[Case]:
    """Feeds 1 to 35 of the list of hostile inputs."""
    standard = item(1, f"<description>{'&amp;&lt;b&gt;' * 40_000}</description>")
    dates = ["<pubDate>Mon, 01 Jan 99999 10:00:00 GMT</pubDate>", "<pubDate>Sat, 01 Jan 0000 10:00:00 GMT</pubDate>",
             "<pubDate>Sat, 31 Feb 2026 10:00:00 GMT</pubDate>", "<pubDate>Sun, 01 Mar 2026 10:00:00 +9999</pubDate>",
             "<pubDate>Sun, 01 Mar 2036 10:00:00 GMT</pubDate>"]  # fmt: skip
    script = "&lt;script&gt;alert(1)&lt;/script&gt;The mayor &lt;b&gt;won&lt;/b&gt;"
    accents = item(1, title="Café «Zum Löwen» brennt: Bürger löschen mit Eimern").encode("latin-1")
    wide = rss(item(1)).decode().replace("UTF-8", "UTF-16")
    page = '<html><head><link rel="alternate" type="application/atom+xml" href="/all.atom"></head><body>x</body></html>'
    return [
        Case(1, "billion laughs", rss(item(1, title="&l8;"), before=laughs()), "E", says="declares"),
        Case(
            2,
            "quadratic blow-up",
            rss(item(1, title="&a;" * 50_000), before=f'<!DOCTYPE r [<!ENTITY a "{"a" * 10_000}">]>'),
            "E",
        ),
        Case(
            6,
            "document type of RSS 0.91",
            rss(
                *items(3),
                before='<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
            ),
            "W",
            3,
            "document_type",
        ),
        Case(
            7,
            "cut in mid-item",
            rss(*items(50), item(50, title="It breaks off")).rpartition(b"</title>")[0],
            "W",
            50,
            "feed_cut_off",
        ),
        Case(8, "empty", b"", "E", says="is empty"),
        Case(9, "a page instead", page.encode(), "E", says=f"not a feed; found links: {HOST}/all.atom"),
        Case(10, "JSON 100,000 deep", b'{"items":' + b"[" * 100_000, "E", says="nested deeper"),
        Case(
            11,
            "JSON number of 5,000 digits",
            json_feed({"id": "x", "title": "T"})[:-1] + b',"n":' + b"9" * 5_000 + b"}",
            "OK",
            1,
        ),
        Case(
            12, "half a character", json_feed({"id": "1", "title": "The \ud800 mayor"}), "W", 1, "characters_replaced"
        ),
        Case(13, "one GUID for all", rss(*(item(n, guid="same") for n in range(10))), "OK", 10),
        Case(
            15,
            "no GUID, link or date",
            rss(*(item(n, "<pubDate/>", link="", guid="") for n in range(3))),
            "W",
            3,
            "no_identity",
        ),
        Case(17, "script in a title", rss(item(1, title=script)), "OK", 1),
        Case(18, "script as a link", rss(item(1, link="javascript:alert(1)")), "W", 1, "bad_link"),
        Case(19, "data as a link", rss(item(1, link="data:text/html,x")), "W", 1, "bad_link"),
        Case(20, "script as a link, hidden", rss(item(1, link=" java\tscript:alert(1)")), "W", 1, "bad_link"),
        Case(21, "markup as author", rss(item(1, "<author>&lt;svg onload=alert(1)&gt;Jo</author>")), "OK", 1),
        Case(
            22, "a file attached", rss(item(1, '<enclosure url="file:///etc/passwd"/>')), "W", 1, "enclosures_left_out"
        ),
        *(Case(23 + n, f"date {n}", rss(item(1, when)), "W", 1, "bad_date") for n, when in enumerate(dates)),
        Case(
            28,
            "latin-1 called UTF-8",
            rss().replace(b"</channel>", accents + b"</channel>"),
            "W",
            1,
            "encoding_guessed",
        ),
        Case(29, "UTF-16 without a mark", wide.encode("utf-16-le"), "OK", 1),
        Case(30, "controls and NUL", rss(item(1, title="The\x0b may\0or")), "W", 1, "controls_left_out"),
        Case(
            31,
            "declarations begun and not ended",
            rss(item(1, f"<description><![CDATA[{'<!h' * 2_000}]]></description>")),
            "OK",
            1,
        ),
        Case(32, "120,000 standard references", rss(standard), "OK", 1),
        Case(33, "100,000 deep", rss(item(1, "<a>" * 100_000)), "E", says="nested deeper"),
        Case(34, "base on a private host", atom(attributes=' xml:base="http://127.0.0.1:8000/"'), "W", 1, "bad_base"),
        Case(
            35,
            "next page on a private host",
            atom('<link rel="next" href="http://127.0.0.1/p2"/>', entry(1)),
            "W",
            1,
            "private_address",
        ),
    ]


def page(*body: str, head: str = "") -> bytes:
    report = f"<h1>Orchard fire put out</h1><p>{sentence(random.Random(1))}</p>"
    top = f"<!doctype html><html><head>{head}<title>Orchard fire</title></head>"
    return f"{top}<body>{report}{''.join(body)}</body></html>".encode()


HIDDEN = "An invented sentence that nobody ever said to anyone."


def pages() -> list[Case]:
    """Pages 89 to 104; ``says`` is a remark, or the reason of an error."""
    quote = f"<p>“{HIDDEN}”, the mayor said.</p>"
    told = '{"@type":"NewsArticle","headline":"<script>x</script>","__proto__":{"a":1},"datePublished":"2026-03-01"}'
    linked = f'<script type="application/ld+json">{told}</script>'
    state = '<script>window.s = {"html": "</script><script>alert(1)"}</script>'
    svg = "<svg><style><img src=x onerror=alert(1)></style></svg><math><mi><mglyph><style></math><p>Last words.</p>"
    return [
        Case(89, "depth 257", page("<div>" * 257, "Deep words at the end of it."), "OK", 1),
        Case(90, "depth 100,000", page("<div>" * 100_000, "Deep words."), "W", 1, "page_not_parsed"),
        Case(91, "a million elements", page("<p>x" * 1_000_000), "W", 1, "page_not_parsed"),
        Case(92, "attribute of 10 MB", page(f'<p title="{"a" * 10_000_000}">Words after it.</p>'), "OK", 1),
        Case(93, "comment that never ends", page("<p>Last words.</p><!-- ", "x" * 9_000), "OK", 1),
        Case(
            94,
            "words only in noscript",
            b"<html><body><noscript><p>Words of a report</p></noscript></body></html>",
            "E",
        ),
        Case(95, "a hidden quotation", page(f'<div style="display:none">{quote * 5}</div>'), "W", 1, "hidden_text"),
        Case(96, "hostile base", page(head='<base href="http://127.0.0.1/"><link rel="canonical" href="/x">'), "OK", 1),
        Case(
            97,
            "refresh to a private address",
            page(head='<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">'),
            "OK",
            1,
        ),
        Case(98, "one line of 5 MB", page(f"<p>{'word ' * 1_000_000}</p>"), "OK", 1),
        Case(
            99,
            "hostile linked data",
            page(head=linked + f'<script type="application/ld+json">{"[" * 90_000}</script>'),
            "OK",
            1,
        ),
        Case(
            100,
            "address of another outlet",
            page(head='<meta property="og:url" content="https://big.example/a">'),
            "W",
            1,
            "address_claimed",
        ),
        Case(101, "a program named as a page", b"\x7fELF\x02\x01\x01" + b"\0" * 60, "E", says="program"),
        Case(102, "500 tables in one another", page("<table><tr><td>" * 500, "Deep words."), "OK", 1),
        Case(103, "markup that changes when parsed", page(svg), "OK", 1),
        Case(104, "a script's end inside a script", page(state), "OK", 1),
    ]


def answer(body: bytes, *header: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    fields = "".join(f"{one}\r\n" for one in (f"Content-Type: {kind}", *header))
    return f"HTTP/1.1 {status}\r\n{fields}\r\n".encode() + body


def record(n: int, block: bytes | None = None, *header: str, kind: str = "response", length: object = None) -> bytes:
    block = answer(page(f"<p>Page {n}. {sentence(random.Random(n), 30)}</p>")) if block is None else block
    said = len(block) if length is None else length
    fields = [f"WARC-Type: {kind}", f"WARC-Target-URI: {HOST}/{n}", "WARC-Date: 2026-03-02T08:00:00Z"]
    fields += [f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{n:012d}>", *header, f"Content-Length: {said}"]
    return "".join(f"{one}\r\n" for one in ("WARC/1.0", *fields, "")).encode() + block + b"\r\n\r\n"


def packed(*some: bytes) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in some)


def archives() -> list[Case]:
    """Archives 131 to 139; ``holds`` is the number of articles, ``says`` the code under which the rest is counted."""
    sound = [record(n) for n in range(6)]
    parts = [gzip.compress(one, mtime=0) for one in sound]
    flipped = bytearray(parts[2])
    flipped[len(flipped) // 2] ^= 0x55
    bomb = record(2, answer(b"\0" * 300_000_000))
    chunks = answer(b"c8\r\n" + page()[:200] + b"\r\nzz\r\n", "Transfer-Encoding: chunked")
    lies = [record(2, length=said) for said in (-5, "abc", 10**11, 50, 90_000)]
    return [
        Case(131, "last record cut", b"".join(parts)[:-40], "W", 5, "truncated"),
        Case(132, "flipped byte", b"".join((*parts[:2], bytes(flipped), *parts[3:])), "W", 5, "damaged"),
        *(Case(133, f"length {n}", packed(*sound[:2], lie, *sound[3:]), "W", 5, "") for n, lie in enumerate(lies)),
        *(
            Case(133, f"length {n}, not packed", b"".join((*sound[:2], lie, *sound[3:])), "W", 5, "")
            for n, lie in enumerate(lies)
        ),
        Case(134, "packed as a whole", gzip.compress(b"".join(sound)), "E", 0, "whole_gzip"),
        Case(135, "1 kB to 300 MB", b"".join((*parts[:2], gzip.compress(bomb, 9), *parts[3:])), "W", 5, "too_large"),
        Case(
            136,
            "no responses",
            packed(record(1, b"", kind="warcinfo"), record(2, b"GET / HTTP/1.1\r\n\r\n", kind="request")),
            "E",
            0,
            "request",
        ),
        Case(
            137,
            "revisit of itself",
            packed(
                record(1, b"", "WARC-Refers-To: <urn:uuid:00000000-0000-0000-0000-000000000001>", kind="revisit"),
                sound[3],
            ),
            "OK",
            1,
            "revisit",
        ),
        Case(
            138,
            "wrong digest",
            packed(record(1, None, "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
            "W",
            1,
            "digest_wrong",
        ),
        Case(139, "chunks broken", packed(record(1, chunks), sound[1]), "W", None, "chunks_broken"),
    ]


def zipped(members: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name), content, compress_type=how)
    return made.getvalue()


def mail(subject: str = "Orchard fire put out", body: str | None = None, *header: str) -> bytes:
    shown = sentence(random.Random(5), 40) if body is None else body
    fields = ["From: Tessel Council <press@tessel.example>", f"Subject: {subject}", "MIME-Version: 1.0"]
    fields += ["Date: Mon, 02 Mar 2026 09:00:00 +0100", "Message-ID: <1@tessel.example>", *header]
    kind = [] if any(one.startswith("Content-Type") for one in header) else ["Content-Type: text/plain; charset=utf-8"]
    return "".join(f"{one}\r\n" for one in (*fields, *kind, "")).encode() + shown.encode()


def seeds() -> list[tuple[str, bytes]]:
    """Forty sound inputs of every kind, to be damaged."""
    r = random.Random(20260322)
    made: list[tuple[str, bytes]] = []
    for n in range(8):
        said = "".join(f"<p>{sentence(r, 20)}</p>" for _ in range(4))
        content = f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA[{said}]]></content:encoded>"
        made.append(("feed.xml", rss(*(item(n * 10 + i, content) for i in range(3)))))
        made.append(("page.html", page(said, head='<meta property="article:published_time" content="2026-03-01">')))
        made.append(("crawl.warc.gz", packed(*(record(n * 10 + i) for i in range(3)))))
    for n in range(4):
        made.append(("feed.atom", atom(*(entry(n * 10 + i, f"<summary>{sentence(r)}</summary>") for i in range(3)))))
        made.append(("feed.json", json_feed({"id": str(n), "title": "Report", "content_text": sentence(r, 30)})))
        made.append(("crawl.warc", b"".join(record(n * 10 + i) for i in range(3))))
        made.append(("letter.eml", mail(body=sentence(r, 60))))
    return made


def damaged(raw: bytes, r: random.Random) -> bytes:
    """One input with one kind of damage: flipped bits, cut, spliced, repeated, or read in another charset."""
    way = r.randrange(5)
    if way == 0:
        changed = bytearray(raw)
        for _ in range(r.randint(1, 8)):
            changed[r.randrange(len(changed))] ^= 1 << r.randrange(8)
        return bytes(changed)
    if way == 1:
        return raw[: r.randrange(len(raw))]
    at, to = sorted(r.sample(range(len(raw)), 2))
    if way == 2:
        return raw[:at] + raw[to:] + raw[at:to]
    if way == 3:
        return raw[:at] + raw[at:to] * r.randint(2, 5) + raw[to:]
    return raw.decode("latin-1").encode(r.choice(("utf-16", "utf-8", "cp037", "utf-32")))
