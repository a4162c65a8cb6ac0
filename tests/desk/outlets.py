"""Outlets made up for tests of the desk: feeds and pages on a server of our own, sound or faulty as a script says."""

from html import escape

from tests.faulty import ok

TEXT = (
    "The ferry office in Port {place} said on Tuesday that {n} passengers had waited for the night boat.",
    "“Nobody told us that the {n} tickets were sold twice,” ferry master Ilse Varga told the Lamp.",
    "The company that runs the line, Norrland & Daughters, did not answer questions about the {n} tickets.",
    "Two of those who waited, a baker and her son, went back to {place} on foot, eleven kilometres in the rain.",
    "The harbour council meets on Thursday to talk about who is to pay for the {n} nights in hotels.",
)

PLACES = ("Alma", "Brisk", "Corran", "Dorrit", "Elmet", "Farne", "Gower", "Hollin", "Ister", "Jura", "Kelso", "Lorn")


def page(n):
    """A page of an article of its own."""
    body = "".join(f"<p>{escape(line.format(n=n, place=PLACES[n % len(PLACES)]))}</p>" for line in TEXT)
    title = f"Port {PLACES[n % len(PLACES)]}: {n} left on the quay"
    head = f"<!doctype html><html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>"


def feed(host, port, numbers, title="The Lamp"):
    """An RSS feed of those articles, the newest first."""
    items = "".join(
        f"<item><title>Port {PLACES[n % len(PLACES)]}: {n} left on the quay</title>"
        f"<link>http://{host}:{port}/page/{n}</link><guid>urn:lamp:{n}</guid>"
        f"<description>Some {n} passengers waited for the night boat.</description></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


def rss(body, *headers):
    return ok(body, *headers, kind="application/rss+xml")
