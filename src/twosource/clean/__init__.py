"""Cleaning labels, it never rewrites: each line of the received text becomes a block with its kind."""

from twosource.article import Article, Block
from twosource.clean.phrases import table
from twosource.clean.plain import label_text
from twosource.lang import Language


def label_blocks(article: Article, lang: Language) -> tuple[Block, ...]:
    """Return the article's blocks in reading order; white space between them belongs to none.

    A page's own markup decides where there is any, else what the lines themselves show. Every character that is not
    white space is in exactly one block, and a block has none at its edges.
    """
    return article.markup or label_text(article.text, article.title, table(lang))
