"""Plain text of what feeds write: tags taken out by the rules of text, references decoded once, controls left out."""

import re
from html import unescape

from twosource.clean.tree import stripped
from twosource.sources.feeds.shapes import Form

MAX_LINE = 1_000
"""Code points of the longest title or name that is kept."""

MAX_SUMMARY = 20_000
"""Code points of the longest summary that is kept."""

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INLINE_NAMES = """a abbr b bdi bdo big blockquote br center cite code del dfn div em figure font h1 h2 h3 h4 h5 h6 hr i
iframe img ins kbd li mark mi ol p pre q s samp small span strike strong sub sup svg time tt u ul var wbr"""
_TAGS = re.compile(rf"</?(?:{'|'.join(_INLINE_NAMES.split())})(?:[\s/][^<>]{{0,2000}})?>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b[^<>]{0,2000}>", re.IGNORECASE)
_MARKUP = re.compile(r"<[A-Za-z/!]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return ``text`` without control characters but tab and newline; lone surrogates become U+FFFD."""
    if not _CONTROLS.search(text):
        return text
    return _CONTROLS.sub(lambda found: "\ufffd" if "\ud800" <= found[0] <= "\udfff" else "", text.replace("\r", "\n"))


def line(text: str | None, form: Form = "text") -> str | None:
    """Return a title or a name as one line, at most `MAX_LINE` code points, or None where nothing is left.

    In HTML only tags that stand in titles are taken out, so that "3 < 5" and "<3" stay; scripts go with their text.
    """
    if not text:
        return None
    if form == "html":
        text = _decoded(_TAGS.sub(_gap, _without_scripts(text[: 4 * MAX_LINE])))
    shown = " ".join(clean(text).split())
    return (shown if len(shown) <= MAX_LINE else f"{shown[: MAX_LINE - 1]}…") or None


def paragraphs(text: str | None, form: Form) -> str | None:
    """Return a summary as plain text, one block a line, at most `MAX_SUMMARY` code points, or None."""
    if not text:
        return None
    if form == "html" and _MARKUP.search(text):
        text = stripped(text)
    elif form == "html":
        text = _decoded(text)
    lines = (" ".join(one.split()) for one in clean(text).splitlines())
    return "\n".join(one for one in lines if one)[:MAX_SUMMARY] or None


def holds_markup(text: str | None) -> bool:
    """Tell whether a text of a feed is HTML rather than words."""
    return bool(text and _MARKUP.search(text))


def _gap(found: "re.Match[str]") -> str:
    """A block or a break parts words, a mere run of words does not."""
    return " " if found[0].strip("</>").split(None, 1)[0].lower() in ("br", "p", "div", "li", "hr") else ""


def _decoded(text: str) -> str:
    return _REFERENCE.sub(lambda found: unescape(found[0]), text)


def _without_scripts(text: str) -> str:
    """The text without scripts and styles; one that is never closed loses only its tag."""
    at = 0
    kept: list[str] = []
    while found := _UNSEEN.search(text, at):
        kept.append(text[at : found.start()])
        end = re.compile(f"</{found[1]}[^<>]{{0,20}}>", re.IGNORECASE).search(text, found.end())
        at = end.end() if end else found.end()
    return "".join(kept) + text[at:]
