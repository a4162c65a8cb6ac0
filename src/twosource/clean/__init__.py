"""Cleaning labels, it never rewrites: each line of the received text becomes a block with its kind."""

from twosource.article import Article, Block
from twosource.lang import Language


def label_blocks(article: Article, lang: Language) -> tuple[Block, ...]:
    """Return the article's blocks in reading order; white space between them belongs to none."""
    raise NotImplementedError
