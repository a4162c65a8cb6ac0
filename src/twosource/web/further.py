"""Routers besides those of the story's own pages: the API, what leads out, and what people write."""

from collections.abc import Sequence

from fastapi import APIRouter

from twosource.web.api import described, health
from twosource.web.outgoing import articles as articles_out
from twosource.web.outgoing import evidence as evidence_out
from twosource.web.outgoing import pages as pages_out
from twosource.web.outgoing import stories as stories_out
from twosource.web.pages import conflicts, feeds, log, method, outlets, search, speakers
from twosource.web.writing import adding, correcting, noting

ROUTERS: Sequence[APIRouter] = (
    health.router,
    described.router,
    described.OPERATIONS.router(),
    stories_out.router,
    evidence_out.router,
    articles_out.router,
    pages_out.router,
    conflicts.router,
    speakers.router,
    outlets.router,
    search.router,
    feeds.router,
    log.router,
    method.router,
    adding.router,
    correcting.router,
    noting.router,
)
"""In the order in which they are asked; they come before the pages, because a page's path takes any ending."""
