"""Reads short texts as one article of body lines, for the tests of figures and times."""

from twosource.article import Article, Block
from twosource.extract.figures import find_figures
from twosource.extract.sentences import parsing
from twosource.extract.times import find_times
from twosource.lang import ENGLISH, Language

NO_MODEL = Language("en", ("no_such_model",))
WEDNESDAY = "2025-02-12"


def body_blocks(text):
    """Every line that is not empty as a body block."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("body", start, start + len(line)))
        start += len(line) + 1
    return tuple(blocks)


def figures_in(text, lang=ENGLISH):
    article = Article(id="a", text=text)
    with parsing(article, body_blocks(text), lang) as parsed:
        return find_figures(article, parsed.paragraphs, lang)


def times_in(text, published=WEDNESDAY, lang=ENGLISH, blocks=None, captions=()):
    article = Article(id="a", text=text, published=published)
    with parsing(article, blocks or body_blocks(text), lang) as parsed:
        return find_times(article, parsed.paragraphs, lang, captions)
