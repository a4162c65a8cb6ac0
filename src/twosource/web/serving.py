"""Runs the application: on this machine alone unless told otherwise, and never open to others without a token."""

import asyncio
import logging
import os
import re
import secrets
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from twosource.errors import TwosourceError
from twosource.web.reading import Newsroom, Shelf
from twosource.web.settings import LOOPBACK, Settings, on_loopback

LOG = logging.getLogger("twosource.web")

DRAIN = 10
"""Seconds that answers under way are given when the server is told to stop."""

ARRIVING = 0.3
"""Seconds that requests already sent are given to be read when the server is told to stop."""


SHORTEST = 8
"""Characters of a token that others may try to guess, thirty times a minute (`twosource.web.guesses`)."""

_PLACE = re.compile(r"(?:https?://)?(\[[0-9a-f:.]{2,45}\]|[^\s/:?#@*\[\]]{1,253})(?::[0-9]{1,5})?")


class ServingError(TwosourceError):
    """The server cannot be run as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where and for whom to serve. ``token`` is needed to write (with ``private`` also to read) where others reach the
    server; ``open_to_all`` does without one. ``hosts`` are further names that the server is called by, each as
    "news.example" or, where a proxy in front speaks https, as "https://news.example".
    """

    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    private: bool = False
    open_to_all: bool = False
    hosts: tuple[str, ...] = field(default=())


def settings_of(serving: Serving) -> Settings:
    """Return the settings for what was asked.

    Raises:
        ServingError: others could reach the server, and no token that is hard to guess keeps them from writing; or a
            name is none.

    """
    named = {_name(told): told.strip().lower().startswith("https://") for told in serving.hosts}
    token = (serving.token or "").strip()
    if elsewhere := _elsewhere(serving.host, named):
        _guarded(elsewhere, token, serving)
    if serving.private and not token:
        raise ServingError("--private needs a token that readers show: give --token")
    own = set() if serving.host in {"0.0.0.0", "::", ""} else {_in_address(serving.host)}  # noqa: S104
    return Settings(
        hosts=LOOPBACK | named.keys() | own,
        secure=frozenset(name for name, secure in named.items() if secure),
        token=token or None,
        private=serving.private,
        open_to_all=serving.open_to_all,
    )


def _elsewhere(host: str, named: Iterable[str]) -> str:
    """The first of the server's addresses and names that others may reach, "" where there is none."""
    return next((name for name in (host or "every address", *named) if not on_loopback(name)), "")


def _guarded(reached: str, token: str, serving: Serving) -> None:
    """Refuse to serve others without a token that is hard to guess."""
    if token and len(token) < SHORTEST:
        raise ServingError(f"a token of fewer than {SHORTEST} characters is soon guessed: give a longer one")
    if not token and not serving.open_to_all:
        raise ServingError(
            f"{reached} can be reached from other machines: give a token that is needed to change anything "
            f"(such as --token {secrets.token_urlsafe(18)}), or --open-to-all if everybody there may"
        )


def _name(told: str) -> str:
    """The bare name in "News.Example", "news.example:8000" or "https://news.example", as browsers send it."""
    bare = _PLACE.fullmatch(told.strip().lower().rstrip("/"))
    try:
        name = bare.group(1).encode("idna").decode() if bare else ""
    except UnicodeError:
        name = ""
    if not name:
        raise ServingError(
            f"{told!r} is no name that a server is called by: write news.example or https://news.example"
        )
    return name


def _in_address(host: str) -> str:
    bare = host.strip("[]").lower()
    return f"[{bare}]" if ":" in bare else bare


def serve(
    newsroom: Newsroom,
    serving: Serving,
    *,
    ready: Callable[[str], None],
    desk_runs: Callable[[], bool] = lambda: True,
) -> None:
    """Serve until told to stop (SIGINT, SIGTERM); ``ready`` is called with the address once it answers, and
    ``desk_runs`` whenever a monitor asks whether a desk works on what comes in.

    Raises:
        ServingError: the settings leave the server open to others, or the address cannot be taken.

    """
    import uvicorn

    from twosource.web.app import create_app
    from twosource.web.connections import AT_ONCE, MOST_HEAD, Connection
    from twosource.web.warming import warmed

    shelf = Shelf(newsroom)
    settings = settings_of(serving)
    listening = _listen(serving)
    shown = _in_address(serving.host) if serving.host else "127.0.0.1"
    address = f"http://{shown}:{listening.getsockname()[1]}/"

    class Server(uvicorn.Server):
        """Says when it answers, and ends when all is answered that was asked before it was told to."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready(address)
            warmed(shelf)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            for _ in range(2):  # in which all connections that the system has made already are taken
                await asyncio.sleep(0)
            for server in self.servers:
                server.close()
            await asyncio.sleep(ARRIVING)
            await super().shutdown(sockets)
            if self.server_state.tasks:
                LOG.warning("%d answers took too long and were given up", len(self.server_state.tasks))
                os._exit(1)  # a thread cannot be ended otherwise, and whatever it writes is whole or not there

    config = uvicorn.Config(
        create_app(shelf, settings, desk_runs=desk_runs),
        http=Connection,
        h11_max_incomplete_event_size=MOST_HEAD,
        log_level=logging.ERROR,  # warnings are of requests that are none: whoever sends them would fill the log
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN,
        limit_concurrency=AT_ONCE,
        ws="none",
        lifespan="off",
    )
    with listening:
        Server(config).run(sockets=[listening])


def _listen(serving: Serving) -> socket.socket:
    host = serving.host.strip("[]")
    try:
        return socket.create_server((host, serving.port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as wrong:
        why = getattr(wrong, "strerror", None) or str(wrong)
        raise ServingError(f"{serving.host}:{serving.port} cannot be listened on: {why}") from wrong
