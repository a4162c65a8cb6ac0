"""The only door to the network: no other module opens a connection, and this one does only where an address was given.

Importing it opens nothing. A `Fetcher` looks at every address that a name resolves to before it connects, to that very
address; bounds time, bytes and redirects; reads no proxy from the environment; and tells a whole answer from a part.
"""

from twosource.errors import FetchError
from twosource.sources.fetch.deadline import Clock
from twosource.sources.fetch.fetched import ANY, FEEDS, HTML, Fetched, Request
from twosource.sources.fetch.fetcher import SIGNATURE, Fetcher, signature
from twosource.sources.fetch.hosts import backoff
from twosource.sources.fetch.limits import Limits
from twosource.sources.fetch.mail import MailServer

__all__ = [
    "ANY",
    "FEEDS",
    "HTML",
    "SIGNATURE",
    "Clock",
    "FetchError",
    "Fetched",
    "Fetcher",
    "Limits",
    "MailServer",
    "Request",
    "backoff",
    "signature",
]
