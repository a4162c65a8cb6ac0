"""Whether the process answers, whether it can be used, and what a monitor counts (Prometheus' text format 0.0.4)."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from twosource.errors import StoreError
from twosource.store import quarantine, runs
from twosource.store.database import Database, Reading
from twosource.version import VERSION
from twosource.web.api.operations import database_of
from twosource.web.api.problems import Problem

router = APIRouter()

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
NO_STORE = {"Cache-Control": "no-store"}

KEPT_SECONDS = 10.0
"""Seconds for which counts are not counted again: a monitor asks every 15, and counting a million rows takes 50 ms."""

DEADLINE = 2.0
"""Seconds after which readiness and counting are given up."""

COUNTS: Mapping[str, tuple[str, str]] = {
    "twosource_articles": ("Articles in the store.", "SELECT count(*) FROM article"),
    "twosource_articles_ungrouped": ("Articles that wait for a story.", "SELECT count(*) FROM ungrouped"),
    "twosource_stories": (
        "Stories with at least one report.",
        "SELECT count(*) FROM story WHERE redirect IS NULL AND size > 0",
    ),
    "twosource_stories_stale": (
        "Stories whose account is due.",
        (
            "SELECT count(*) FROM story WHERE redirect IS NULL AND size >= 2 "
            "AND (accounted IS NULL OR accounted < changes)"
        ),
    ),
    "twosource_conflicts": ("Conflicts that show.", "SELECT count(*) FROM account_conflict WHERE gone IS NULL"),
    "twosource_pages_pending": ("Pages still to be fetched.", "SELECT count(*) FROM entry WHERE state = 'pending'"),
    "twosource_feeds": ("Feeds that are called.", "SELECT count(*) FROM feed WHERE status = 'active'"),
    "twosource_feeds_failing": (
        "Feeds that failed when they were called last.",
        "SELECT count(*) FROM feed WHERE status = 'active' AND failures > 0",
    ),
    "twosource_alerts_waiting": ("Alerts to be sent.", "SELECT count(*) FROM alert WHERE state = 'waiting'"),
    "twosource_alerts_failed": ("Alerts given up.", "SELECT count(*) FROM alert WHERE state = 'failed'"),
}
"""Gauges: what each is of, and how it is counted."""


class _Counted:
    """The counts of a moment ago."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.at = -KEPT_SECONDS
        self.text = ""
        self.address = ""

    def get(self, db: Database) -> str:
        with self.lock:
            if time.monotonic() - self.at >= KEPT_SECONDS or self.address != db.address:
                self.text, self.at, self.address = exposed(db), time.monotonic(), db.address
            return self.text


_COUNTED = _Counted()


@router.get("/healthz")
def alive() -> Response:
    """Answer that the process does."""
    return PlainTextResponse("ok\n", headers=NO_STORE)


@router.get("/readyz")
def ready(request: Request) -> Response:
    """Answer whether the store can be read and a desk works on it; 503 with the reason where not."""
    try:
        why = _unready(request, database_of(request))
    except Problem:
        return PlainTextResponse("ready, without a store\n", headers=NO_STORE)
    return PlainTextResponse(f"not ready: {why}\n" if why else "ready\n", 503 if why else 200, NO_STORE)


def _unready(request: Request, db: Database) -> str:
    """Why the server cannot be used, "" where it can."""
    if "://" not in db.address and not Path(db.address).exists():
        return "the store's file is gone"
    try:
        with db.reading(deadline=DEADLINE) as r:
            r.rows("SELECT number FROM article ORDER BY number DESC LIMIT 1")  # which reads the file, as 1 would not
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it cannot be read
        return "the store cannot be read"
    return "" if request.app.state.desk_runs() else "no desk runs, so what comes in is put into no story"


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Answer with counts for Prometheus."""
    try:
        return Response(_COUNTED.get(database_of(request)), 200, NO_STORE, MEDIA)
    except Problem:
        return Response(_about(), 200, NO_STORE, MEDIA)
    except StoreError:
        return PlainTextResponse("the store cannot be read\n", 503, headers=NO_STORE)


def exposed(db: Database) -> str:
    """Return all counts of a store in Prometheus' text format."""
    with db.reading(deadline=DEADLINE) as r:
        return _about() + "".join(_lines(r))


def _about() -> str:
    return _gauge("twosource_info", "The program.", {f'{{version="{VERSION}"}}': 1.0})


def _lines(r: Reading) -> Iterator[str]:
    for name, (words, sql) in COUNTS.items():
        yield _gauge(name, words, {"": float(r.rows(sql)[0][0])})
    rejects = {f'{{reason="{_label(reason)}"}}': float(n) for reason, n in quarantine.reasons(r).items()}
    yield _gauge("twosource_quarantined", "What came in and could not be used, by reason.", rejects)
    last = runs.last(r)
    if last is not None:
        yield _gauge("twosource_last_run_timestamp_seconds", "When the last run began.", {"": last.started})


def _gauge(name: str, words: str, values: Mapping[str, float]) -> str:
    told = "".join(f"{name}{labels} {value:.17g}\n" for labels, value in values.items())
    return f"# HELP {name} {words}\n# TYPE {name} gauge\n{told}"


def _label(value: str) -> str:
    """A label's value with backslash, quotation mark and line feed escaped, as the format asks."""
    plain = value.encode("utf-8", "replace").decode()[:200]
    return plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
