"""Posts of social networks set into a text without marks: the words, a dash, the name with its handle, a date."""

import re
from collections.abc import Iterator

from twosource.article import Span
from twosource.extract.marked import Draft, Marked

_SIGNED = re.compile(r"(?P<dash>[—–-]|&mdash;) ?(?P<name>[^\n()—–]{2,60}?) ?\(@(?P<handle>\w{1,30})\)")
_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/)\S{1,200}")
_LEAD = re.compile(r"Skip (?:Twitter|X) post by @\w{1,30} ")

MIN_WORDS = 3
"""Words of a post that can be a statement."""


def post_drafts(marked: Marked) -> Iterator[Draft]:
    """Yield the posts set into a paragraph, each as a direct quotation of its signer."""
    text, start = marked.doc.text, 0
    if "(@" not in text:
        return
    for signed in _SIGNED.finditer(text):
        lead = _LEAD.search(text, start, signed.start())
        content = _words(marked, text, lead.end() if lead else start, signed.start())
        name = Span(marked.paragraph.start + signed.start("name"), marked.paragraph.start + signed.end("name"))
        start = signed.end()
        if content is not None:
            yield Draft(
                content=(content,),
                cue=(),
                source=(name.trimmed(marked.text),),
                act="said",
                score=0.85,
                rule="post",
                mode="direct",
                anchor=0,
                features={"cue": "post", "handle": signed["handle"]},
            )


def _words(marked: Marked, text: str, first: int, end: int) -> Span | None:
    """The words of the post, links at its end left out; None where too few are left."""
    links = list(_LINK.finditer(text, first, end))
    while links and not text[links[-1].end() : end].strip():
        end = links.pop().start()
    span = Span(marked.paragraph.start + first, marked.paragraph.start + end).trimmed(marked.text)
    return span if len(span.of(marked.text).split()) >= MIN_WORDS else None
