"""Templates to text. Escaping is on for everything, a name that is missing is an error, nothing is marked as safe."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from twosource.render.lines import named
from twosource.render.phrases import counted, day
from twosource.version import VERSION
from twosource.web import links
from twosource.web.navigation import NAVIGATION

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC: Mapping[str, str] = {
    "twosource.css": "text/css; charset=utf-8",
    "lists.css": "text/css; charset=utf-8",
    "twosource.js": "text/javascript; charset=utf-8",
    "theme.js": "text/javascript; charset=utf-8",
    "twosource.svg": "image/svg+xml",
}
"""Files that pages ask for, and what they are."""

LONGEST = 300
"""Code points of a name or headline that a page shows; an input may hold a million."""


@cache
def static_file(name: str) -> bytes:
    """Return a file of `STATIC`."""
    return files("twosource.web").joinpath("static", name).read_bytes()


@cache
def fingerprint() -> str:
    """Return what changes with the program, its templates and static files: a part of every ETag."""
    found = sha256(VERSION.encode())
    for package in ("twosource.web", "twosource.render"):
        folder = files(package).joinpath("templates")
        for name in sorted(entry.name for entry in folder.iterdir() if entry.is_file()):
            found.update(folder.joinpath(name).read_bytes())
    for name in STATIC:
        found.update(static_file(name))
    return found.hexdigest()[:12]


@cache
def environment() -> "Environment":
    """Return the environment of all templates, made once; ``render/`` leads to those of single-file pages."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

    loader = ChoiceLoader([PackageLoader("twosource.web"), PrefixLoader({"render": PackageLoader("twosource.render")})])
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, cache_size=-1
    )
    made.filters |= {"short": short, "day": day, "counted": counted_of}
    made.globals |= {"links": links, "version": VERSION, "navigation": NAVIGATION, "static": static_address}
    return made


def render(template: str, **values: Any) -> str:  # noqa: ANN401 - what a template shows has no narrower type
    """Return a template filled with ``values``."""
    return environment().get_template(template).render(**values)


def static_address(name: str) -> str:
    """Return the address of a static file, which changes with its content, so that browsers may keep it."""
    return f"/static/{sha256(static_file(name)).hexdigest()[:12]}/{name}"


def short(words: str | None, most: int = LONGEST) -> str:
    """Return a name or headline for display: controls made visible, cut where it is very long."""
    whole = words or ""
    return named(whole) if len(whole) <= most else named(whole[:most]) + " …"


def counted_of(number: int, noun: str, nouns: str | None = None) -> str:
    """Return "1 report", "2 reports" and the like."""
    return counted(number, noun, nouns)
