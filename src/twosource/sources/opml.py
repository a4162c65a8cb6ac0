"""OPML 2.0: lists of feeds, as readers exchange them, in and out.

Outlines may be nested; an outline with an address of a feed is one, the names of those around it are its folder. The
same guard as for feeds looks at the XML first, and only http and https addresses are kept.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from twosource.clean.address import web_address
from twosource.errors import InputError
from twosource.sources.feeds.claims import canonical
from twosource.sources.feeds.guard import MAX_FEED, Refused, scanned
from twosource.sources.feeds.loose import mended
from twosource.sources.feeds.parse import decoded
from twosource.sources.feeds.wellformed import name_of, parse
from twosource.sources.feeds.words import line

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Remark = tuple[str, str]

MAX_SUBSCRIPTIONS = 20_000
"""Feeds of one list that are read."""

MAX_FOLDERS = 8
"""Names of folders around a feed that are kept, outermost first."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed in a list: its address, its name, its site, and the folders it lies in, outermost first."""

    url: str
    title: str | None = None
    site: str | None = None
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """A list of feeds, each address once. Outlines with a feed = ``feeds`` + ``repeated`` + ``refused`` + ``left``."""

    feeds: tuple[Subscription, ...] = ()
    title: str | None = None
    repeated: int = 0
    refused: int = 0
    left: int = 0
    remarks: tuple[Remark, ...] = ()


def read_opml(body: bytes, name: str) -> Subscriptions:
    """Return the feeds that an OPML document lists, in its order; ``name`` is what messages call it.

    Raises:
        InputError: it is no OPML, broken beyond mending, nested too deep, or declares entities.

    """
    if len(body) > MAX_FEED:
        raise InputError(name, f"is over {MAX_FEED // 1_048_576} MiB")
    text, remarks = decoded(body, name, None)
    try:
        looked = scanned(text)
    except Refused as wrong:
        raise InputError(name, str(wrong)) from None
    root = parse(looked.text)
    if root is None:
        root = parse(mended(looked.text))
        remarks = (*remarks, ("opml_mended", "its XML is not well-formed and was mended"))
    if root is None or name_of(root) != "opml":
        raise InputError(name, "is no OPML list of feeds")
    return _listed(root, remarks)


def write_opml(feeds: "tuple[Subscription, ...] | list[Subscription]", title: str, made: datetime | None = None) -> str:
    """Return an OPML 2.0 document of ``feeds``; those of one folder stand together, in the order given."""
    when = format_datetime((made or datetime.now(UTC)).astimezone(UTC), usegmt=True)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>"]
    lines += [f"    <title>{_text(title)}</title>", f"    <dateCreated>{when}</dateCreated>", "  </head>", "  <body>"]
    opened: tuple[str, ...] = ()
    order = {folders: number for number, folders in enumerate(dict.fromkeys(feed.folders for feed in feeds))}
    for feed in sorted(feeds, key=lambda feed: order[feed.folders]):
        lines += _between(opened, feed.folders)
        opened = feed.folders
        lines.append(f"{'  ' * (len(opened) + 2)}{_outline(feed)}")
    lines += [*_between(opened, ()), "  </body>", "</opml>"]
    return "\n".join(lines) + "\n"


def _listed(root: "Element", remarks: tuple[Remark, ...]) -> Subscriptions:
    """The outlines in document order; libxml2 has bounded their depth, and this walk needs no stack of calls."""
    kept: dict[str, Subscription] = {}
    repeated = refused = left = 0
    for outline in root.iter("{*}outline"):
        said = {str(key).rpartition("}")[2].lower(): str(value) for key, value in outline.items()}
        if not said.get("xmlurl", "").strip():
            continue
        url = web_address(said["xmlurl"])
        key = canonical(url) or ""
        if url is None:
            refused += 1
        elif key in kept:
            repeated += 1
        elif len(kept) >= MAX_SUBSCRIPTIONS:
            left += 1
        else:
            name = line(said.get("title")) or line(said.get("text"))
            kept[key] = Subscription(url, name, web_address(said.get("htmlurl")), _folders(outline))
    told = ("bad_link", f"{refused} outlines have no http or https address and are left out")
    return Subscriptions(
        tuple(kept.values()), _title(root), repeated, refused, left, (*remarks, *([told] if refused else []))
    )


def _folders(outline: "Element") -> tuple[str, ...]:
    names = (line(above.get("text") or above.get("title")) for above in outline.iterancestors("{*}outline"))
    return tuple(reversed(list(filter(None, names))))[:MAX_FOLDERS]


def _title(root: "Element") -> str | None:
    found = root.find("{*}head/{*}title")
    return line(found.text) if found is not None else None


def _between(left: tuple[str, ...], right: tuple[str, ...]) -> list[str]:
    """The lines that close the folders of one feed and open those of the next."""
    shared = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    closed = [f"{'  ' * (depth + 2)}</outline>" for depth in range(len(left) - 1, shared - 1, -1)]
    begun = [f"{'  ' * (depth + 2)}<outline text={_quoted(right[depth])}>" for depth in range(shared, len(right))]
    return closed + begun


def _outline(feed: Subscription) -> str:
    name = _quoted(feed.title or feed.url)
    site = f" htmlUrl={_quoted(feed.site)}" if feed.site else ""
    return f'<outline type="rss" text={name} title={name} xmlUrl={_quoted(feed.url)}{site}/>'


def _quoted(value: str) -> str:
    return quoteattr(line(value) or "")


def _text(value: str) -> str:
    return (line(value) or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
