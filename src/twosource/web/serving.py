"""Runs the application: on this machine alone unless told otherwise, and never open to others without a token."""

import ipaddress
import logging
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from twosource.errors import TwosourceError
from twosource.web.reading import Newsroom, Shelf
from twosource.web.settings import LOOPBACK, Settings

DRAIN = 4
"""Seconds that answers under way are given when the server is told to stop."""

AT_ONCE = 512
"""Connections served at the same time; further ones are told to come again."""


class ServingError(TwosourceError):
    """The server cannot be run as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where and for whom to serve. ``token`` is needed to write (with ``private`` also to read) where the host is not
    this machine alone; ``open_to_all`` does without one. ``hosts`` are further names that the server is called by.
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
        ServingError: others could reach the server, and no token keeps them from writing.

    """
    if not on_loopback(serving.host) and not serving.token and not serving.open_to_all:
        raise ServingError(
            f"{serving.host} can be reached from other machines: give a token that is needed to change anything "
            f"(such as --token {secrets.token_urlsafe(18)}), or --open-to-all if everybody there may"
        )
    named = {name.lower().strip() for name in serving.hosts}
    own = set() if serving.host in {"0.0.0.0", "::", ""} else {_in_address(serving.host)}  # noqa: S104
    return Settings(hosts=LOOPBACK | named | own, token=serving.token, private=serving.private)


def on_loopback(host: str) -> bool:
    """Tell whether only this machine reaches ``host``."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _in_address(host: str) -> str:
    bare = host.strip("[]").lower()
    return f"[{bare}]" if ":" in bare else bare


def serve(newsroom: Newsroom, serving: Serving, *, ready: Callable[[str], None]) -> None:
    """Serve until told to stop (SIGINT, SIGTERM); ``ready`` is called with the address once it answers.

    Raises:
        ServingError: the settings leave the server open to others, or the address cannot be taken.

    """
    import uvicorn

    from twosource.web.app import create_app

    settings = settings_of(serving)
    listening = _listen(serving)
    shown = _in_address(serving.host) if serving.host else "127.0.0.1"
    address = f"http://{shown}:{listening.getsockname()[1]}/"

    class Server(uvicorn.Server):
        """Says when it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready(address)

    config = uvicorn.Config(
        create_app(Shelf(newsroom), settings),
        log_level=logging.WARNING,
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
