"""Tables of what comes in: feeds, what they gave, articles as received, what could not be used, and runs.

Times are seconds since 1970 in UTC. JSON stands in TEXT columns whose names say what it is of.
"""

DDL: tuple[str, ...] = (
    """
    CREATE TABLE feed (
        number {number_key},
        url TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('feed', 'sitemap', 'page', 'folder')),
        title TEXT,
        site TEXT,
        outlet TEXT,
        etag TEXT,
        last_modified TEXT,
        added {real} NOT NULL,
        next_poll {real} NOT NULL,
        interval {real} NOT NULL,
        failures {int} NOT NULL DEFAULT 0,
        last_polled {real},
        last_ok {real},
        last_error TEXT,
        status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'gone')),
        moved_to TEXT
    ) {strict}""",
    "CREATE INDEX feed_due ON feed (next_poll) WHERE status = 'active'",
    """
    CREATE TABLE outlet_mark (
        outlet TEXT PRIMARY KEY,
        mark TEXT NOT NULL CHECK (mark IN ('hidden', 'distrusted')),
        at {real} NOT NULL,
        by TEXT NOT NULL
    ) {strict}""",
    """
    CREATE TABLE original (
        sha256 TEXT PRIMARY KEY,
        media_type TEXT,
        charset TEXT,
        size {int} NOT NULL,
        bytes {blob} NOT NULL
    ) {strict}""",
    """
    CREATE TABLE article (
        number {number_key},
        id TEXT NOT NULL UNIQUE,
        key TEXT NOT NULL,
        version {int} NOT NULL,
        sha256 TEXT NOT NULL,
        outlet TEXT,
        outlet_key TEXT,
        domain TEXT,
        url TEXT,
        canonical TEXT,
        title TEXT,
        published TEXT,
        modified TEXT,
        at {real} NOT NULL,
        first_seen {real} NOT NULL,
        origin TEXT NOT NULL,
        claims TEXT NOT NULL,
        markup TEXT NOT NULL,
        remarks TEXT NOT NULL,
        language TEXT,
        from_page {int} NOT NULL,
        feed {int} REFERENCES feed (number) ON DELETE SET NULL,
        original TEXT REFERENCES original (sha256),
        text {blob} NOT NULL,
        characters {int} NOT NULL,
        UNIQUE (key, sha256)
    ) {strict}""",
    "CREATE INDEX article_at ON article (at, number)",
    "CREATE INDEX article_outlet ON article (outlet_key, at)",
    "CREATE INDEX article_domain ON article (domain, at) WHERE domain IS NOT NULL",
    "CREATE INDEX article_feed ON article (feed, at) WHERE feed IS NOT NULL",
    "CREATE INDEX article_original ON article (original) WHERE original IS NOT NULL",
    """
    CREATE TABLE ungrouped (
        article {int} PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
        first_seen {real} NOT NULL
    ) {strict}""",
    "CREATE INDEX ungrouped_order ON ungrouped (first_seen, article)",
    """
    CREATE TABLE sighting (
        article {int} NOT NULL REFERENCES article (number) ON DELETE CASCADE,
        mark TEXT NOT NULL,
        feed {int} REFERENCES feed (number) ON DELETE SET NULL,
        guid TEXT,
        url TEXT,
        seen {real} NOT NULL,
        PRIMARY KEY (article, mark)
    ) {strict}""",
    "CREATE INDEX sighting_feed ON sighting (feed) WHERE feed IS NOT NULL",
    """
    CREATE TABLE entry (
        number {number_key},
        feed {int} NOT NULL REFERENCES feed (number) ON DELETE CASCADE,
        key TEXT NOT NULL,
        url TEXT,
        claimed TEXT NOT NULL,
        seen {real} NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'stored', 'rejected', 'known')),
        next_try {real},
        tries {int} NOT NULL DEFAULT 0,
        article {int} REFERENCES article (number) ON DELETE SET NULL,
        UNIQUE (feed, key)
    ) {strict}""",
    "CREATE INDEX entry_pending ON entry (next_try, number) WHERE state = 'pending'",
    "CREATE INDEX entry_article ON entry (article) WHERE article IS NOT NULL",
    """
    CREATE TABLE run (
        number {number_key},
        command TEXT NOT NULL,
        started {real} NOT NULL,
        ended {real},
        seen {int} NOT NULL DEFAULT 0,
        stored {int} NOT NULL DEFAULT 0,
        known {int} NOT NULL DEFAULT 0,
        rejected TEXT NOT NULL DEFAULT '',
        deferred {int} NOT NULL DEFAULT 0,
        note TEXT
    ) {strict}""",
    """
    CREATE TABLE quarantine (
        number {number_key},
        run {int} REFERENCES run (number) ON DELETE SET NULL,
        entry {int} REFERENCES entry (number) ON DELETE CASCADE,
        source TEXT NOT NULL,
        name TEXT NOT NULL,
        url TEXT,
        reason TEXT NOT NULL,
        message TEXT NOT NULL,
        at {real} NOT NULL,
        tries {int} NOT NULL DEFAULT 1,
        media_type TEXT,
        bytes {blob},
        claimed TEXT NOT NULL
    ) {strict}""",
    "CREATE INDEX quarantine_reason ON quarantine (reason, number)",
    "CREATE INDEX quarantine_entry ON quarantine (entry) WHERE entry IS NOT NULL",
)
"""The statements of version 1. ``key`` and ``mark`` are bounded (`database.FIELD_BYTES`), so that an index takes them.
``outlet_key`` is the outlet's name as folded words. ``ungrouped`` holds the articles that no story has yet, to be
found without looking at all others. ``rejected`` of a run is JSON {reason: how many}, or empty."""

WORDS: tuple[str, ...] = ("article_words",)
"""Full-text tables of version 1."""
