"""Texts written down for tests: where words stand in them, and their lines as blocks."""

from twosource.article import Block, Span


def place(text, words, nth=0):
    """The nth place of ``words`` in ``text``."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def lines(text):
    """Headline and body, one line a block."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Block("body" if found else "headline", at, at + len(line)))
        at += len(line) + 1
    return tuple(found)
