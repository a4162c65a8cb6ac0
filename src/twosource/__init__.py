"""Read every report of one event, get one account: ``read`` an article, ``compare`` several.

Reports that are already there are joined by `twosource.pipeline.account`. ::

    import twosource
    story = [twosource.Article(id="a", text=...), twosource.Article(id="b", text=...)]
    reasons = [conflict.why for conflict in twosource.compare(story).conflicts]
"""

from typing import TYPE_CHECKING, Any

from twosource.article import Article, Block, Outlet, Span
from twosource.version import VERSION

if TYPE_CHECKING:
    from twosource.account import Account
    from twosource.pipeline import compare, read
    from twosource.report import Report

__version__ = VERSION
__all__ = ["Account", "Article", "Block", "Outlet", "Report", "Span", "__version__", "compare", "read"]

_HOMES = {"Account": "account", "Report": "report", "compare": "pipeline", "read": "pipeline"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Import the method when it is first used, so that the command line answers ``--help`` at once (PEP 562)."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'twosource' has no attribute {name!r}")
    found = getattr(import_module(f"twosource.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
