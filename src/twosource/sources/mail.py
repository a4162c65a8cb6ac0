"""E-mails as articles: newsletters and press releases, one in a file or many in an mbox.

The body is the HTML part, read as a page, else the plain text; subject, date and sender are claims of the mail. What
is attached is counted and left out. The mail library parses nested parts by recursion and may raise anything on a
hostile header, so parts are counted before and errors of every kind end that mail alone. Its old interface is used:
the new one takes 25 s for a sender of 32,000 quotation marks and 63 s for such a content type, this one none (3.11).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from typing import BinaryIO

from twosource.article import Article
from twosource.clean.address import domain_of
from twosource.errors import InputError
from twosource.sources.arrived import decoded
from twosource.sources.feeds.dates import believed
from twosource.sources.feeds.words import line
from twosource.sources.given import Known, NotAnArticle, Remark, article, kept
from twosource.sources.pages import finished, laid_out
from twosource.sources.received import MAX_BYTES, NoText

MAX_PARTS = 200
"""Parts and inner messages of one mail up to which it is parsed; a newsletter has three, a digest some dozens."""

MAX_FIELDS = 1_000
"""Lines of a mail's header up to which it is parsed."""

MAX_FIELD = 2_000
"""Characters of a field of a mail's header that are read."""

HEAD = 8_192
"""Bytes in which a mail shows that it is one."""

_PART = re.compile(rb"^content-type:\s{0,200}(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_STRUCTURED = re.compile(rb"^content-(?:type|disposition):[^\n]*+(?:\n[ \t][^\n]*+)*+", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,70}:[ \t\r\n]")
_SENT = re.compile(rb"^From:[ \t]", re.IGNORECASE | re.MULTILINE)
_MARKED = re.compile(
    rb"^(?:Message-ID|MIME-Version|Received|Return-Path|Delivered-To):[ \t]", re.IGNORECASE | re.MULTILINE
)
_FROM_LINE = re.compile(rb"From \S{1,300}[ \t][^\r\n]{0,80}\d{4}")
_QUOTED = re.compile(rb">+From ")


def looks_like_mail(head: bytes, name: str = "") -> bool:
    """Tell a mail by its name, or by a header with a sender and a mark that only mail programs set."""
    if name.lower().endswith(".eml"):
        return True
    top = re.split(rb"\r?\n\r?\n", head[:HEAD], maxsplit=1)[0]
    return bool(_FIELD.match(top) and _SENT.search(top) and _MARKED.search(top))


def looks_like_mailbox(head: bytes) -> bool:
    """Tell an mbox: its first line names sender and day, and a mail's header follows."""
    first, _, rest = head.partition(b"\n")
    return bool(_FROM_LINE.match(first) and _FIELD.match(rest))


def mailbox_articles(stream: BinaryIO, name: str, *, stated: Known | None = None) -> Iterator[Article | InputError]:
    """Yield the article of each mail of an mbox, in order; a mail is named by its number from 1 on."""
    for number, raw in enumerate(_mails(stream), 1):
        place = f"{name}:{number}"
        if len(raw) > MAX_BYTES:
            yield InputError(place, f"is over {MAX_BYTES // 1_000_000} MB")
        else:
            yield kept(mail_article(raw, place, stated=stated), raw, "message/rfc822")


def mail_article(
    raw: bytes, name: str, *, stated: Known | None = None, now: datetime | None = None
) -> Article | InputError:
    """Return the article that one mail holds, or why it holds none; ``stated`` wins over what the mail says."""
    if len(raw) > MAX_BYTES:
        return InputError(name, f"is over {MAX_BYTES // 1_000_000} MB")
    if sum(1 for _ in _PART.finditer(raw)) > MAX_PARTS:
        return InputError(name, f"is a mail of more than {MAX_PARTS} parts")
    if any(len(found[0]) > MAX_FIELD for found in _STRUCTURED.finditer(raw)):
        return InputError(name, f"is a mail with a field of more than {MAX_FIELD:,} characters that tells its form")
    if _header_lines(raw) > MAX_FIELDS:
        return InputError(name, f"is a mail with a header of more than {MAX_FIELDS:,} lines")
    try:
        return _article(raw, name, stated or Known(), now or datetime.now(UTC))
    except Exception as wrong:  # noqa: BLE001 - the library raises errors of every kind on hostile mail
        return InputError(name, f"is a mail that cannot be parsed ({type(wrong).__name__})")


def _article(raw: bytes, name: str, stated: Known, now: datetime) -> Article | InputError:
    mail: Message = BytesParser(policy=policy.compat32).parsebytes(raw)
    known = _known(mail, now)
    found: Article | InputError = NotAnArticle(name, "is a mail without text")
    parts = [part for part in mail.walk() if not part.is_multipart() and not _is_attached(part)]
    for kind in ("text/html", "text/plain"):
        part = next((part for part in parts if part.get_content_type() == kind), None)
        if part is not None:
            found = _body(part, kind, known, stated, name)
            if isinstance(found, Article):
                return found
    return found


def _body(part: Message, kind: str, known: Known, stated: Known, name: str) -> Article | InputError:
    """The article in one part."""
    content = part.get_payload(decode=True)
    received = decoded(content if isinstance(content, bytes) else b"", part.get_content_charset())
    if isinstance(received, NoText):
        return NotAnArticle(name, received.reason)
    if kind == "text/plain":
        return article(received.text, Known(remarks=received.remarks).under(known).under(stated), name, from_page=True)
    page, own = laid_out(received.text)
    return finished(page, Known(remarks=(*received.remarks, *own.remarks)).under(known).under(stated), name)


def _known(mail: Message, now: datetime) -> Known:
    """What the mail says of itself."""
    said = {name: _field(mail, name) for name in ("from", "subject", "date")}
    sender, address = parseaddr((said["from"] or "")[:500])
    domain = domain_of(address.rpartition("@")[2]) if "@" in address else None
    published = believed(said["date"], now)
    return Known(
        outlet=line(sender) or domain,
        title=line(said["subject"]),
        published=published,
        remarks=tuple(_remarks(mail, said, published)),
    )


def _remarks(mail: Message, said: dict[str, str | None], published: str | None) -> Iterator[Remark]:
    if said["from"]:
        yield "mail_from", f"an e-mail that says it is from {line(said['from'])}"
    if said["date"] and published is None:
        yield "bad_date", f"the date {line(said['date'][:128])!r} cannot be believed"
    attached = sum(map(_is_attached, mail.walk()))
    if attached:
        yield "attachments_left_out", f"{attached} attached file{'s' * (attached > 1)} left out"


def _is_attached(part: Message) -> bool:
    kind = part.get_content_maintype()
    return part.get_content_disposition() == "attachment" or kind in ("application", "audio", "video", "font")


def _field(mail: Message, name: str) -> str | None:
    """A field of the header, decoded; raw bytes are UTF-8 where they fit, and what cannot be parsed is not said."""
    raw = next((str(value) for one, value in mail.raw_items() if one.lower() == name), None)
    if raw is None:
        return None
    octets = raw[:MAX_FIELD].encode("utf-8", "surrogateescape")
    try:
        shown = octets.decode("utf-8")
    except UnicodeDecodeError:
        shown = octets.decode("cp1252", "replace")
    try:
        return str(make_header(decode_header(" ".join(shown.split()))))
    except Exception:  # noqa: BLE001 - words packed wrongly are shown as they came
        return shown


def _header_lines(raw: bytes) -> int:
    end = raw.find(b"\n\n")
    crlf = raw.find(b"\r\n\r\n")
    stop = min((place for place in (end, crlf) if place >= 0), default=len(raw))
    return raw.count(b"\n", 0, stop)


def _mails(stream: BinaryIO) -> Iterator[bytes]:
    """The mails of an mbox, without their first lines; of one over the limit as much as shows that."""
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    while one := stream.readline(MAX_BYTES + 1):
        if blank and _FROM_LINE.match(one):
            if begun:
                yield b"".join(lines)
            lines, size, begun = [], 0, True
        elif size <= MAX_BYTES:
            lines.append(one[1:] if _QUOTED.match(one) else one)
            size += len(one)
        blank = not one.strip()
    if begun:
        yield b"".join(lines)
