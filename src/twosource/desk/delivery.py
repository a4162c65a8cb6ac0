"""Alerts out of the outbox to where they are wanted: a terminal, a feed file, e-mail, a webhook.

Each is marked as sent after it was; a stop in between sends it once more, and its key says that it is the same.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from twosource.desk.channels import bare
from twosource.errors import FetchError, TwosourceError
from twosource.render.json import dumps
from twosource.render.phrases import counted
from twosource.render.syndication import Channel, Line, syndicated
from twosource.sources.fetch import Fetcher
from twosource.sources.fetch.mail import MailServer
from twosource.state import replaced
from twosource.store import alerts
from twosource.store.alerts import Queued
from twosource.store.database import Database

AT_ONCE = 100
"""Alerts that one round delivers."""

SHOWN = 100
"""Alerts that a feed file holds: the latest."""

MAIL, SENDER, SECRET = "TWOSOURCE_MAIL", "TWOSOURCE_MAIL_FROM", "TWOSOURCE_WEBHOOK_SECRET"
"""Environment variables: the mail server (smtps://user:password@host:465, smtp://host:587), who the sender is, and the
secret that webhooks are signed with. They stand in no store and no message.
"""


class Undeliverable(TwosourceError):
    """An alert cannot be sent, now or ever; the text says why and holds no secret."""


@dataclass(frozen=True, slots=True)
class Channels:
    """The ways out. ``show`` takes a line for the terminal, ``fetcher`` is the door to the network."""

    fetcher: Fetcher
    show: Callable[[str], None]

    def deliver(self, db: Database, now: float) -> int:
        """Send what is due, at most `AT_ONCE`, and return how many were sent.

        Where a channel fails, the others for it count as tried too: a receiver that is slow to fail is asked once a
        round. What could not be sent is shown once for each channel.
        """
        sent = 0
        broken: dict[str, list[str]] = {}
        for queued in alerts.waiting(db, now, AT_ONCE):
            channel = queued.alert.channel
            reasons = broken.get(channel, [])
            wrong, final = (reasons[-1], False) if reasons else self._tried(db, queued)
            if wrong is None:
                sent += alerts.sent(db, queued.number, now)
                continue
            alerts.failed(db, queued.number, now, wrong, final=final)
            if not final or reasons:
                broken.setdefault(channel, []).append(wrong)
            else:
                self._tell(channel, [wrong])
        for channel, reasons in broken.items():
            self._tell(channel, reasons)
        return sent

    def _tell(self, channel: str, reasons: Sequence[str]) -> None:
        self.show(f"{counted(len(reasons), 'alert')} could not be sent to {bare(channel)}: {reasons[0]}")

    def _tried(self, db: Database, queued: Queued) -> tuple[str | None, bool]:
        """Send one alert; return what went wrong, if anything, and whether it is for good."""
        try:
            self._send(db, queued)
        except FetchError as wrong:
            return wrong.reason, wrong.permanent
        except (Undeliverable, OSError) as wrong:
            return str(wrong), False
        return None, False

    def _send(self, db: Database, queued: Queued) -> None:
        channel = queued.alert.channel
        kind, _, rest = channel.partition(":")
        if channel == "terminal":
            self.show(subject(queued))
        elif kind == "feed":
            _write_feed(db, Path(rest), queued)
        elif kind == "mailto":
            self._mail(rest, queued)
        elif kind in ("https", "http"):
            self._post(channel, queued)
        else:
            raise Undeliverable(f"{kind}: there is no such channel")

    def _mail(self, to: str, queued: Queued) -> None:
        server = mail_server(os.environ)
        sender = os.environ.get(SENDER) or to
        try:
            self.fetcher.send_mail(server, sender=sender, to=[to], subject=subject(queued), text=letter(queued))
        except ValueError as wrong:
            raise Undeliverable(str(wrong)) from None

    def _post(self, url: str, queued: Queued) -> None:
        secret = os.environ.get(SECRET)
        status = self.fetcher.post(url, payload(queued).encode("ascii"), secret=secret.encode() if secret else None)
        if not 200 <= status < 300:
            raise Undeliverable(f"the webhook answered {status}")


def mail_server(said: Mapping[str, str]) -> MailServer:
    """Return the mail server that the environment names.

    Raises:
        Undeliverable: it names none, or in a form that is none.

    """
    given = said.get(MAIL, "")
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        raise Undeliverable(f"{MAIL} is no address of a mail server") from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise Undeliverable(f"no mail server is named: set {MAIL} to smtps://user:password@host:465 or smtp://host:587")
    tls = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname, port=port or (465 if tls else 587), security="tls" if tls else "starttls",
        user=unquote(parts.username or ""), password=unquote(parts.password or ""),
    )  # fmt: skip


def subject(queued: Queued) -> str:
    """Return an alert as one line."""
    told = queued.alert.payload
    title = told.get("title") or told.get("story") or ""
    counts = f"{counted(told.get('reports', 0), 'report')}, at most {counted(told.get('origins', 0), 'origin')}"
    return {
        "new_story": f"New story: {title} ({counts})",
        "sources_passing_two": f"Two independent sources: {title} ({counts})",
        "new_conflict": f"Conflict: {told.get('why', '')} – {title}",
        "speaker": f"{told.get('speaker', '')}: “{told.get('words', '')}” – {title}",
        "search_hit": f"{told.get('search', '')}: {title} ({told.get('outlet') or 'no outlet'})",
    }[queued.alert.kind]


def letter(queued: Queued) -> str:
    """Return an alert as the text of a message: its line, both sides of a conflict, where it comes from."""
    told = queued.alert.payload
    sides = [f"{side['outlet']}: “{side['words']}”" for side in told.get("sides", ())]
    where = [str(told[name]) for name in ("story", "url") if told.get(name)]
    return "\n\n".join([subject(queued), *sides, *where, f"Saved search: {told.get('search', '')}"]) + "\n"


def payload(queued: Queued) -> str:
    """Return an alert as JSON (twosource.alert/1)."""
    alert = queued.alert
    return dumps(
        {"schema": "twosource.alert/1", "kind": alert.kind, "key": alert.key, "at": queued.at, **alert.payload}
    )


def _write_feed(db: Database, file: Path, queued: Queued) -> None:
    """Write the channel's latest alerts as Atom, the new one among them, in place of what was there."""
    mine = [q for q in alerts.listed(db, limit=10 * SHOWN) if q.alert.channel == queued.alert.channel]
    shown = [q for q in mine if q.state == "sent" or q.number == queued.number][:SHOWN]
    lines = [
        Line(id=f"urn:twosource:{q.alert.kind}:{q.alert.key}", title=subject(q), at=q.at, text=letter(q)) for q in shown
    ]
    text = syndicated(Channel(id="urn:twosource:alerts", title="twosource alerts"), lines, "atom")
    replaced(file, text.encode("utf-8"))
