"""An account as one self-contained page: no request, no script, evidence behind every line, the reports in place.

Everything from a text passes `named` or `in_place` (controls and bidi marks made visible) and Jinja's autoescape;
addresses pass a scheme allow-list; the page's own policy forbids whatever is not its own style sheet.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any

from twosource.account import Account
from twosource.render.lines import named
from twosource.render.noted import NoteLine
from twosource.render.page import Page, shortened
from twosource.report import Report
from twosource.version import VERSION


def render_html(account: Account, reports: Sequence[Report], notes: Sequence[NoteLine] = ()) -> str:
    """Return the page for ``account``; ``reports`` are those it was made from, in any order.

    ``notes`` are readers' own, to be shown with it: the page is made to be sent on, so they are given by who asks.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("twosource.render"), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    style = files("twosource.render").joinpath("templates/account.css").read_text("utf-8")
    return environment.get_template("account.html").render(
        style=Markup(style),  # noqa: S704  our own constant
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        version=VERSION,
        user_notes=notes,
        **_sections(Page(shortened(account), reports)),
    )


def _sections(page: "Page") -> dict[str, Any]:
    from twosource.render import sections

    return {name: make(page) for name, make in sections.SECTIONS.items()} | {"title": named(page.view.title)}
