"""Reads what the command line names: files, directories, standard input, web addresses. In input order, and one bad
input spoils no other.
"""

import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from twosource.article import Article
from twosource.errors import InputError
from twosource.sources.contents import HEAD, archive_in, from_archive, from_bytes, from_web
from twosource.sources.given import Given, Known, NotAnArticle, Notice, OtherJson, stated
from twosource.sources.jsonl import from_lines, parse
from twosource.sources.received import MAX_BYTES, NoText, receive
from twosource.sources.sidecar import beside, is_sidecar

if TYPE_CHECKING:
    from twosource.sources.fetch import Fetcher

__all__ = ["Given", "articles"]

TOO_LARGE = f"is over {MAX_BYTES // 1_000_000} MB"
"""What is said of an input that is not read for its size."""

_OBJECT = re.compile(rb'\{\s{0,20}"')
LINES = (".jsonl", ".ndjson")
_MEANT = (".txt", ".text", ".html", ".htm", ".xhtml", ".rss", ".atom", ".eml", ".mbox", ".warc", *LINES)
_KINDS = (
    (stat.S_ISFIFO, "is a pipe: give - and pipe into standard input"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


def articles(
    names: Sequence[str],
    given: Given = Given(),  # noqa: B008
    fetcher: "Fetcher | None" = None,
    *,
    versions: bool = False,
) -> Iterator[Article | InputError]:
    """Yield the articles of ``names`` in input order, each as soon as it is read.

    An input that cannot be read is yielded as its error, and the others go on. A name is a text file, a page, JSON
    Lines or JSON, a feed, an e-mail or mbox, a web archive (WARC, WACZ), a directory of these, a web address of one, or
    ``-`` for standard input. A file's sidecar (``NAME.json``) adds outlet, published, url and title. What is ``given``
    wins over the sidecar, which wins over the text. Addresses are fetched by ``fetcher``, or one of its own. What is
    only to be told of an input is yielded as a `Notice`. Another text under an id that was there is an error, or with
    ``versions`` an article like any other: a store takes it as the next version.
    """
    known = stated(given)
    seen: dict[str, str] = {}
    for found in chain.from_iterable(_named(name, known, fetcher) for name in names):
        if versions:
            yield found
        elif isinstance(found, Article) and seen.setdefault(found.id, found.sha256) != found.sha256:
            yield InputError(found.origin, f"has the id {found.id!r}, which another article has already")
        else:
            yield found


def _named(name: str, known: Known, fetcher: "Fetcher | None") -> Iterator[Article | InputError]:
    if name == "-":
        return _from_stdin(known)
    if not name:
        return iter([InputError("an input", "has an empty name")])
    if name.lower().startswith(("http://", "https://")):
        return _from_address(name, known, fetcher)
    return _from_path(Path(name), name, known)


def _from_stdin(known: Known) -> Iterator[Article | InputError]:
    try:
        yield from from_stream(sys.stdin.buffer, "standard input", known)
    except (OSError, ValueError) as wrong:
        yield InputError("standard input", _reason(wrong))


def _from_address(url: str, known: Known, fetcher: "Fetcher | None") -> Iterator[Article | InputError]:
    """What an address holds: the one place where reading reaches the network, and only where a person named it."""
    from twosource.errors import FetchError
    from twosource.sources.fetch import Fetcher
    from twosource.sources.web import received

    try:
        if fetcher is not None:
            came = received(url, fetcher)
        else:
            with Fetcher() as own:
                came = received(url, own)
    except FetchError as wrong:
        yield InputError(wrong.url, wrong.reason)
        return
    yield from from_web(came, known)


def _from_path(path: Path, name: str, known: Known) -> Iterator[Article | InputError]:
    try:
        if path.is_dir():
            yield from _from_directory(path, known)
        elif not is_sidecar(path):
            yield from _from_file(path, name, known)
    except (OSError, ValueError) as wrong:
        yield InputError(name, _reason(wrong))


def _reason(wrong: OSError | ValueError) -> str:
    """A clause for people in place of an errno."""
    if isinstance(wrong, FileNotFoundError):
        return "there is no such file"
    if isinstance(wrong, PermissionError):
        return "may not be read (permission denied)"
    return f"cannot be read ({(wrong.strerror if isinstance(wrong, OSError) else None) or wrong})"


def _from_directory(folder: Path, known: Known) -> Iterator[Article | InputError]:
    """The files below, sorted. Hidden ones and links that lead out are passed over, and so is what is no article,
    unless its name says that it was meant for one.
    """
    found_any = False
    for path in _below(folder):
        for found in _from_path(path, str(path), known):
            if not isinstance(found, NotAnArticle) or _is_meant(path, found):
                found_any = found_any or not isinstance(found, Notice)
                yield found
    if not found_any:
        yield NotAnArticle(str(folder), "is a directory without articles")


def _is_meant(path: Path, found: NotAnArticle) -> bool:
    """Tell whether a file in a directory that holds no article must be named, as an empty text must."""
    ending = path.suffix.lower()
    return ending in _MEANT or (ending == ".json" and not isinstance(found, OtherJson))


def _below(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    barred: list[OSError] = []
    for here, folders, names in os.walk(folder, onerror=barred.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            if not name.startswith(".") and path.is_file() and path.resolve().is_relative_to(root):
                yield path
    if barred:
        raise barred[0]


def _from_file(path: Path, origin: str, known: Known) -> Iterator[Article | InputError]:
    status = path.stat()
    wrong = next((why for is_kind, why in _KINDS if is_kind(status.st_mode)), None)
    if wrong:
        yield InputError(origin, wrong)
        return
    lines = path.suffix.lower() in LINES
    with path.open("rb") as stream:
        yield from from_stream(stream, origin, beside(path).under(known), lines=lines, size=status.st_size)


def from_stream(
    stream: BinaryIO, origin: str, known: Known, *, lines: bool = False, size: int = 0
) -> Iterator[Article | InputError]:
    """Tell the format from the first bytes and read on only as it needs: line by line, or whole up to the limit."""
    head = stream.read(HEAD)
    if kind := archive_in(head):
        yield from from_archive(kind, stream, head, origin, known)
    elif size > MAX_BYTES and not lines and not _is_json_lines(head):
        yield InputError(origin, TOO_LARGE)
    elif head and isinstance(refused := receive(head[: len(head) & ~3]), NoText):
        yield NotAnArticle(origin, refused.reason)
    elif head and (lines or _is_json_lines(head)):
        yield from from_lines(_lines(head, stream), origin, known)
    else:
        raw = head + (stream.read(MAX_BYTES + 1 - len(head)) if len(head) == HEAD else b"")
        yield from [InputError(origin, TOO_LARGE)] if len(raw) > MAX_BYTES else from_bytes(raw, origin, known)


def _is_json_lines(head: bytes) -> bool:
    """Tell whether the first line alone is an article in JSON, and more than a line was given or may be."""
    line, newline, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if b"//jsonfeed.org/version/" in line[:4_000].replace(b"\\/", b"/"):
        return False
    if not _OBJECT.match(line) or (not newline and len(head) < HEAD):
        return False
    if not newline:
        return any(field in line for field in (b'"text"', b'"html"', b'"id"', b'"outlet"'))
    try:
        return isinstance(parse(line), dict)
    except ValueError:
        return line.rstrip().endswith(b"}")


def _lines(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The lines of head and stream; of a line over the limit, as much as shows that."""
    parts = head.split(b"\n")
    yield from parts[:-1]
    rest = parts[-1]
    while True:
        line = rest + stream.readline(MAX_BYTES + 1 - len(rest))
        rest = b""
        if not line:
            return
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)
