"""Read every report of one event, get one account: ``read`` an article, ``account`` for several reports."""

from twosource.article import Article, Block, Outlet, Span
from twosource.version import VERSION

__version__ = VERSION

__all__ = ["Article", "Block", "Outlet", "Span", "__version__"]
