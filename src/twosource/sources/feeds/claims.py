"""Turns what a feed tells into what is believed of it: addresses that can be opened, dates that can be, identities.

A feed is foreign text. Of addresses only http and https stay, a base that leads to this machine or its network is not
used, dates outside [1990, now + 48 h] stay as claims, and an identity that several entries share is none.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

from twosource.clean.address import page_key, web_address
from twosource.sources.feeds.dates import MAX_DATE, believed
from twosource.sources.feeds.shapes import Entry, Feed, Remark, Told, ToldFeed
from twosource.sources.feeds.words import clean, holds_markup, line, paragraphs

MIN_PAUSE = 300
"""Seconds that a feed can ask to be polled after, at least."""

MAX_PAUSE = 86_400
"""Seconds that a feed can ask to be left alone, at most."""

MAX_GUID = 2_048
"""Code points of the longest GUID that is kept whole; a longer one is kept as its digest."""

MAX_CONTENT = 2_000_000
"""Characters of the longest content of one entry that is kept."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".lan", ".home", ".intranet", ".arpa")


def feed_of(told: ToldFeed, url: str, now: datetime) -> Feed:
    """Return the feed with its entries; those equal in every respect to one before are counted, not kept."""
    found = [entry_of(one, url, now) for one in told.entries]
    kept = [entry for entry in found if entry is not None]
    keyed = list(dict.fromkeys(_keyed(kept)))
    return Feed(
        url=url,
        title=line(told.title, told.title_form),
        site=_resolved(told.site, url),
        language=line(told.language),
        self_url=_resolved(told.self_url, url),
        next_url=_resolved(told.next_url, url),
        hub_url=_resolved(told.hub_url, url),
        poll_after=_poll_after(told, now),
        entries=tuple(keyed),
        repeated=len(kept) - len(keyed),
        broken=len(found) - len(kept),
        remarks=(*told.remarks, *_led_home(told, url)),
        parser=told.parser,
    )


def entry_of(told: Told, url: str, now: datetime) -> Entry | None:
    """Return the entry with a key of its own content, or None where it holds nothing."""
    base, wrong_base = _base(told.base, url)
    link = told.link or (told.guid if told.permalink else None)
    address = _resolved(link, base)
    title, summary = line(told.title, told.title_form), paragraphs(told.summary, told.summary_form)
    published = believed(told.published, now)
    content = _content(told)
    if not (title or summary or address or content):
        return None
    remarks = [wrong_base] if wrong_base else []
    remarks += _remarks(told, address, published)
    return Entry(
        key="",
        guid=_guid(told.guid),
        url=address,
        canonical=canonical(address),
        title=title,
        author=line(told.author, "html"),
        published=published,
        updated=believed(told.updated, now),
        claimed_published=line((told.published or "")[: 2 * MAX_DATE]) if not published else None,
        summary=summary,
        content_html=content,
        source_name=line(told.source_name, "html"),
        source_url=_resolved(told.source_url, base),
        categories=tuple(filter(None, (line(one, "html") for one in told.categories))),
        remarks=tuple(remarks),
    )


def canonical(address: str | None) -> str | None:
    """Return an address without fragment and without parameters that count visitors, the others sorted, or None."""
    if address is None or web_address(address) is None:
        return None
    parts = urlsplit(address)
    kept = (page_key(f"https://a.example/a?{parts.query}") or "").partition("?")[2]
    host = parts.netloc.rpartition("@")[2].lower()
    return f"{parts.scheme.lower()}://{host}{parts.path or '/'}{kept and '?' + kept}"


def leads_home(address: str | None) -> bool:
    """Tell whether an address names this machine or a private network by its text alone; a name may still lead there.

    It only tells what to distrust in a document. What may be called is decided when calling.
    """
    try:
        host = (urlsplit(address or "").hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if host == "localhost" or host.endswith(_LOCAL_NAMES):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host.replace(".", "").isdecimal() or host.startswith("0x")


def _keyed(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries with their keys: the address or the GUID where that is one entry's alone, else what it says."""
    said = [_digest(entry) for entry in entries]
    unique = list(dict(zip(said, entries, strict=True)).values())
    addresses = Counter(entry.canonical for entry in unique)
    guids = Counter(entry.guid for entry in unique)
    for entry, digest in zip(entries, said, strict=True):
        if entry.canonical and addresses[entry.canonical] == 1:
            key = f"url:{entry.canonical}"
        elif entry.guid and guids[entry.guid] == 1:
            key = f"guid:{entry.guid}"
        else:
            key = f"said:{digest}"
        yield replace(entry, key=key)


def _digest(entry: Entry) -> str:
    """A hash of what the entry says of its article."""
    said = (
        entry.guid,
        entry.url,
        entry.title,
        entry.summary,
        entry.content_html,
        entry.published,
        entry.claimed_published,
    )
    return hashlib.sha256("\x1f".join(part or "" for part in said).encode("utf-8", "replace")).hexdigest()[:24]


def _base(base: str | None, url: str) -> tuple[str, Remark | None]:
    """What relative addresses are resolved against."""
    if not base:
        return url, None
    resolved = _resolved(base, url)
    if resolved is None or (leads_home(resolved) and not leads_home(url)):
        return url, ("bad_base", f"the base {line(base)!r} of its addresses is not used")
    return resolved, None


def _resolved(link: str | None, base: str) -> str | None:
    """An absolute http or https address, or None."""
    if not link:
        return None
    try:
        return web_address(urljoin(base, clean(link).strip()))
    except ValueError:
        return None


def _guid(guid: str | None) -> str | None:
    shown = " ".join(clean(guid).split()) if guid else ""
    if len(shown) > MAX_GUID:
        return f"sha256:{hashlib.sha256(shown.encode('utf-8', 'replace')).hexdigest()}"
    return shown or None


def _content(told: Told) -> str | None:
    """The entry's own HTML: its content, else a summary that is HTML."""
    html = told.content or (told.summary if told.summary_form == "html" and holds_markup(told.summary) else None)
    return clean(html) if html and len(html) <= MAX_CONTENT else None


def _remarks(told: Told, address: str | None, published: str | None) -> Iterator[Remark]:
    if told.link and address is None:
        yield "bad_link", f"the link {line(told.link)!r} is no http or https address and is left out"
    if told.published and published is None:
        yield "bad_date", f"the date {line(told.published[: 2 * MAX_DATE])!r} cannot be believed and is kept as a claim"
    if not (told.guid or told.link):
        yield "no_identity", "has neither an address nor a GUID: it is known again only by what it says"
    if told.content and len(told.content) > MAX_CONTENT:
        yield "content_left_out", f"its content is over {MAX_CONTENT:,} characters and is left out"
    if _holds_surrogates(told):
        yield "characters_replaced", "halves of characters are shown as U+FFFD"
    if told.enclosures:
        yield "enclosures_left_out", f"{told.enclosures} attached file{'s' * (told.enclosures > 1)} left out"


def _holds_surrogates(told: Told) -> bool:
    """Tell whether a text holds lone surrogates, as only JSON can bring them."""
    return any(_SURROGATE.search(text) for text in (told.title, told.summary, told.content) if text)


def _poll_after(told: ToldFeed, now: datetime) -> int | None:
    """The pause that the feed asks for, and until its silent hours are over."""
    silent = 0
    if now.hour in told.silent_hours and len(told.silent_hours) < 24:
        hours = next(ahead for ahead in range(1, 25) if (now.hour + ahead) % 24 not in told.silent_hours)
        silent = hours * 3_600 - now.minute * 60 - now.second
    wanted = max(told.pause or 0, silent)
    return min(MAX_PAUSE, max(MIN_PAUSE, wanted)) if wanted else None


def _led_home(told: ToldFeed, url: str) -> Iterator[Remark]:
    """A remark on addresses of the feed's own that lead to a private network."""
    for name, link in (("self", told.self_url), ("next", told.next_url), ("hub", told.hub_url)):
        if leads_home(_resolved(link, url)) and not leads_home(url):
            yield "private_address", f"its {name} address leads to a private network and is not followed"
