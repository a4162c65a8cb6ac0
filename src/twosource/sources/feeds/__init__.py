"""Feeds: bytes in, `Feed` and `Entry` out; the network is `sources.fetch`'s, the store is nobody's here."""

from twosource.sources.feeds.articles import entry_article
from twosource.sources.feeds.discovery import FeedLink, feed_links
from twosource.sources.feeds.parse import is_feed, parse_feed
from twosource.sources.feeds.shapes import Entry, Feed

__all__ = ["Entry", "Feed", "FeedLink", "entry_article", "feed_links", "is_feed", "parse_feed"]
