"""Opens connections, and only to numbers that were looked at.

A name is resolved once for each connection; if any of its numbers is not allowed, none is dialled, for whoever
mixes private numbers among public ones means no good. The connection goes to a number just looked at, not to
the name, so that a second answer of the name's server cannot change it (DNS rebinding).
"""

import contextlib
import functools
import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from twosource.sources.fetch.address import Address, Literal
from twosource.sources.fetch.deadline import Deadline
from twosource.sources.fetch.failure import Failure
from twosource.sources.fetch.guard import Guard

Resolve = Callable[[str, int], Sequence[str]]
"""From host and port to numbers, each as text; raises OSError where there are none."""

TRIED = 4
"""Numbers of one host that are dialled, one after the other."""

LOOKING_UP = 64
"""Look-ups at a time, those included that were given up and whose system call still waits: it cannot be ended."""

_looking_up = threading.BoundedSemaphore(LOOKING_UP)


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the numbers of a name, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(where[0]).partition("%")[0] for *_, where in found]


class Dialer:
    """Opens connections to what ``guard`` lets pass; ``connect`` is the longest wait for a number, in seconds."""

    def __init__(self, guard: Guard, connect: float, resolve: Resolve = resolve) -> None:
        self.guard = guard
        self._connect = connect
        self._resolve = resolve

    def dial(self, address: Address, deadline: Deadline, *, plain_to_allowed: bool = False) -> socket.socket:
        """Return a connection to the address's host, with TLS for https.

        With ``plain_to_allowed`` http is spoken only where every number was allowed by the user. Raises `Failure`:
        ``private_address``, ``dns``, ``connect``, ``tls``, ``insecure`` and ``timeout``.
        """
        numbers = self.numbers(address.host, address.port, deadline)
        plain = address.scheme == "http"
        if plain and plain_to_allowed and not all(self.guard.is_allowed(address.host, n) for n in numbers):
            raise Failure("insecure", "is not sent to: it is not an https address", permanent=True)
        opened = self.connected(numbers, address.port, deadline)
        return opened if plain else secured(opened, address.host, deadline)

    def numbers(self, host: str, port: int, deadline: Deadline) -> list[Literal]:
        """Return the numbers of ``host``, all of which may be dialled; raises `Failure`."""
        try:
            shown: Sequence[str] = [str(ipaddress.ip_address(host))]
        except ValueError:
            shown = self._looked_up(host, port, min(self._connect, deadline.left()))
        try:
            numbers = [ipaddress.ip_address(one) for one in dict.fromkeys(shown)]
        except ValueError as wrong:
            raise Failure("dns", f"has a name server that gives no number for {host}") from wrong
        if not numbers:
            raise Failure("dns", f"has a host, {host}, that has no number")
        if not all(self.guard.passes(host, number) for number in numbers):
            raise Failure("private_address", f"is not asked: {host} is in a private network")
        return numbers[:TRIED]

    def connected(self, numbers: Sequence[Literal], port: int, deadline: Deadline) -> socket.socket:
        """Return a connection to the first of ``numbers`` that answers; each may wait for its share of the time."""
        wrong: OSError | None = None
        for left, number in zip(range(len(numbers), 0, -1), numbers, strict=True):
            try:
                return socket.create_connection(
                    (str(number), port), max(min(self._connect, deadline.left()) / left, 0.05)
                )
            except OSError as refused:
                wrong = refused
        if isinstance(wrong, TimeoutError):
            raise Failure("connect", f"did not take a connection within {self._connect:g} seconds")
        raise Failure("connect", f"takes no connection ({wrong and wrong.strerror})")

    def _looked_up(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """Resolve in a thread of its own, since the system's look-up has no deadline."""
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()
        if not _looking_up.acquire(timeout=seconds):
            raise Failure("dns", "was not looked up: too many names are being looked up")
        threading.Thread(target=_look_up, args=(self._resolve, host, port, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            raise Failure("dns", f"has a host, {host}, that was not found within {seconds:.3g} seconds") from None
        if isinstance(answer, Exception):
            raise Failure("dns", f"has a host, {host}, that was not found") from answer
        return answer


def _look_up(resolve: Resolve, host: str, port: int, answers: "queue.SimpleQueue[Sequence[str] | Exception]") -> None:
    try:
        answers.put(resolve(host, port))
    except (OSError, ValueError) as wrong:
        answers.put(wrong)
    finally:
        _looking_up.release()


@functools.cache
def trust() -> ssl.SSLContext:
    """Return how certificates are checked: always, by the system's list of authorities, or by ``certifi``'s where the
    system has none.
    """
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not any(kept and Path(kept).exists() for kept in (paths.cafile, paths.capath)) and not context.get_ca_certs():
        import certifi

        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


def secured(opened: socket.socket, host: str, deadline: Deadline) -> ssl.SSLSocket:
    """Return ``opened`` behind TLS; the whole handshake ends by the deadline. The socket is closed on `Failure`."""
    try:
        opened.settimeout(deadline.left())
        return trust().wrap_socket(opened, server_hostname=host)
    except ssl.SSLCertVerificationError as wrong:
        opened.close()
        raise Failure("tls", f"has a certificate that is not trusted ({wrong.verify_message})") from wrong
    except (OSError, ValueError) as wrong:
        opened.close()
        deadline.left()
        raise Failure("tls", "could not be asked securely (the TLS handshake failed)") from wrong


def hang_up(opened: socket.socket) -> None:
    """Close a connection, whatever state it is in."""
    with contextlib.suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        opened.close()
