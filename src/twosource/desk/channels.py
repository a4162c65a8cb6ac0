"""Where an alert can go, by name: a terminal, a feed file, an e-mail address, a webhook."""


def known_channel(channel: str) -> bool:
    """Tell whether a channel is one: terminal, feed:FILE, mailto:ADDRESS or an address of a webhook."""
    kind, _, rest = channel.partition(":")
    if channel == "terminal":
        return True
    return bool(rest) and (kind == "feed" or (kind == "mailto" and "@" in rest) or kind in ("http", "https"))


def bare(channel: str) -> str:
    """Return a channel as it may be shown: the address of a webhook is a secret often enough, so only its site."""
    kind, _, rest = channel.partition("://")
    return f"{kind}://{rest.partition('/')[0].rpartition('@')[2]}/…" if kind in ("http", "https") else channel
