"""Hands in an alert by e-mail to the server that the user named, with the same look at numbers and one deadline.

Only over TLS, or in plain to a server that was allowed as private. Passwords are not part of any error or repr.
"""

import contextlib
import smtplib
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Literal

from twosource.sources.fetch.address import Address
from twosource.sources.fetch.deadline import Deadline
from twosource.sources.fetch.dial import Dialer, hang_up, secured, trust
from twosource.sources.fetch.failure import Failure

PORTS = frozenset((25, 465, 587, 2525))
"""Ports of mail servers; on a server allowed as private, any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed in. ``security``: "tls" from the first byte (port 465), "starttls" (587), or "none"."""

    host: str
    port: int = 587
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


def letter(sender: str, to: Sequence[str], subject: str, text: str) -> EmailMessage:
    """Return the message; line ends in the subject become spaces. ValueError for addresses that are none."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = ", ".join(to)
    message["Subject"] = " ".join(subject.split())[:200]
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain="twosource.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def hand_in(server: MailServer, message: EmailMessage, dialer: Dialer, deadline: Deadline) -> None:
    """Give ``message`` to ``server``; raises `Failure`, with "mail_refused" where the server does not take it."""
    opened = _opened(server, dialer, deadline)
    talk = _Talk(opened, server.host, deadline)
    watch = threading.Timer(deadline.left(), talk.break_off)
    watch.daemon = True
    watch.start()
    try:
        talk.begin(server.port)
        if server.security == "starttls":
            talk.starttls(context=trust())
        if server.user:
            talk.login(server.user, server.password)
        talk.send_message(message)
        with contextlib.suppress(smtplib.SMTPException, OSError):
            talk.quit()  # the letter is theirs by now, whatever they say to this
    except smtplib.SMTPResponseException as wrong:
        raise Failure("mail_refused", f"does not take the mail (SMTP {wrong.smtp_code})", wrong.smtp_code) from None
    except (smtplib.SMTPException, OSError, ValueError) as wrong:
        deadline.left()
        raise Failure("mail_refused", f"does not take the mail ({type(wrong).__name__})") from None
    finally:
        watch.cancel()
        watch.join()
        talk.close()
        hang_up(opened)


def _opened(server: MailServer, dialer: Dialer, deadline: Deadline) -> socket.socket:
    where = Address("smtp", server.host.lower(), server.port, "")
    numbers = dialer.numbers(where.host, where.port, deadline)
    allowed = all(dialer.guard.is_allowed(where.host, number) for number in numbers)
    if where.port not in PORTS and not allowed:
        raise Failure("bad_port", f"is not sent mail: port {where.port} is not one of mail", permanent=True)
    if server.security == "none" and not allowed:
        raise Failure("insecure", "is not sent mail: it is not asked for TLS", permanent=True)
    opened = dialer.connected(numbers, where.port, deadline)
    return secured(opened, where.host, deadline) if server.security == "tls" else opened


class _Talk(smtplib.SMTP):
    """An SMTP session over a connection that is open already: it never dials by itself."""

    def __init__(self, opened: socket.socket, host: str, deadline: Deadline) -> None:
        super().__init__(local_hostname="[127.0.0.1]", timeout=deadline.left())
        self._host = host  # the name that a certificate must be for
        self._opened = opened
        opened.settimeout(deadline.left())

    def begin(self, port: int) -> None:
        """Take the server's greeting."""
        code, greeting = self.connect(self._host, port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, greeting)

    def break_off(self) -> None:
        """Make whoever waits for the server wait no more; the connection is theirs to close."""
        with contextlib.suppress(OSError):
            (self.sock or self._opened).shutdown(socket.SHUT_RDWR)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - smtplib's hook
        return self._opened
