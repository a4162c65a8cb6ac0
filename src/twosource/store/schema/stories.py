"""Tables of stories and of what is read from articles: who is in which story and who said so, reports and what is
findable of them, accounts, alerts, notes.

Times are seconds since 1970 in UTC. What hangs on an article goes with it; what a story's texts left elsewhere (title,
account, words in notes) is cleared by `twosource.store.stories.drop`.
"""

_STORIES: tuple[str, ...] = (
    "CREATE TABLE progress (name TEXT PRIMARY KEY, line {int} NOT NULL) {strict}",
    """
    CREATE TABLE story (
        number {number_key},
        id TEXT NOT NULL UNIQUE,
        title TEXT,
        first {real},
        last {real},
        size {int} NOT NULL DEFAULT 0,
        redirect {int} REFERENCES story (number),
        locked {int} NOT NULL DEFAULT 0,
        made {real} NOT NULL,
        changed {real} NOT NULL,
        changes {int} NOT NULL DEFAULT 1,
        accounted {int},
        origins {int},
        conflicts {int}
    ) {strict}""",
    "CREATE INDEX story_last ON story (last, number) WHERE redirect IS NULL AND size > 0",
    "CREATE INDEX story_size ON story (size, number) WHERE redirect IS NULL AND size > 0",
    "CREATE INDEX story_origins ON story (coalesce(origins, 1), number) WHERE redirect IS NULL AND size > 0",
    "CREATE INDEX story_changed ON story (changed, number) WHERE redirect IS NULL AND size > 0",
    "CREATE INDEX story_redirect ON story (redirect) WHERE redirect IS NOT NULL",
    """
    CREATE INDEX story_stale ON story (changed, number)
        WHERE redirect IS NULL AND size >= 2 AND (accounted IS NULL OR accounted < changes)""",
    """
    CREATE TABLE judgement (
        number {number_key},
        at {real} NOT NULL,
        by TEXT NOT NULL,
        kind TEXT NOT NULL,
        reason TEXT NOT NULL,
        score {real},
        payload TEXT NOT NULL,
        undoes {int} REFERENCES judgement (number),
        undone_by {int} REFERENCES judgement (number)
    ) {strict}""",
    """
    CREATE TABLE judgement_about (
        about TEXT NOT NULL,
        judgement {int} NOT NULL REFERENCES judgement (number) ON DELETE CASCADE,
        PRIMARY KEY (about, judgement)
    ) {strict}""",
    """
    CREATE TABLE placement (
        article {int} NOT NULL REFERENCES article (number) ON DELETE CASCADE,
        judgement {int} NOT NULL REFERENCES judgement (number) ON DELETE CASCADE,
        story {int} NOT NULL REFERENCES story (number),
        PRIMARY KEY (article, judgement)
    ) {strict}""",
    "CREATE INDEX placement_judgement ON placement (judgement)",
    "CREATE INDEX placement_story ON placement (story)",
    """
    CREATE TABLE membership (
        article {int} PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
        story {int} NOT NULL REFERENCES story (number),
        judgement {int} NOT NULL REFERENCES judgement (number),
        score {real},
        margin {real},
        why TEXT NOT NULL,
        at {real} NOT NULL,
        features {blob}
    ) {strict}""",
    "CREATE INDEX membership_story ON membership (story, article)",
)

_REPORTS: tuple[str, ...] = (
    """
    CREATE TABLE report (
        article {int} PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
        reader TEXT NOT NULL,
        read_at {real} NOT NULL,
        json {blob} NOT NULL
    ) {strict}""",
    """
    CREATE TABLE speaker (
        number {number_key},
        key TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        quotations {int} NOT NULL DEFAULT 0,
        UNIQUE (key, kind)
    ) {strict}""",
    "CREATE INDEX speaker_quotations ON speaker (quotations, number)",
    """
    CREATE TABLE speaker_outlet (
        speaker {int} NOT NULL REFERENCES speaker (number) ON DELETE CASCADE,
        outlet TEXT NOT NULL,
        quotations {int} NOT NULL,
        PRIMARY KEY (speaker, outlet)
    ) {strict}""",
    """
    CREATE TABLE quotation (
        number {number_key},
        id TEXT NOT NULL,
        article {int} NOT NULL REFERENCES article (number) ON DELETE CASCADE,
        at {real} NOT NULL,
        speaker {int} REFERENCES speaker (number),
        act TEXT NOT NULL,
        mode TEXT NOT NULL,
        start {int} NOT NULL,
        stop {int} NOT NULL,
        words TEXT NOT NULL
    ) {strict}""",
    "CREATE INDEX quotation_article ON quotation (article)",
    "CREATE INDEX quotation_speaker ON quotation (speaker, at, number, article)",
    "CREATE INDEX quotation_at ON quotation (at, number)",
    """
    CREATE TABLE figure (
        number {number_key},
        id TEXT NOT NULL,
        article {int} NOT NULL REFERENCES article (number) ON DELETE CASCADE,
        value {real},
        low {real} NOT NULL,
        high {real} NOT NULL,
        unit TEXT NOT NULL,
        subject TEXT NOT NULL,
        start {int} NOT NULL,
        stop {int} NOT NULL
    ) {strict}""",
    "CREATE INDEX figure_article ON figure (article)",
    "CREATE INDEX figure_low ON figure (low, high, unit, article)",
    "CREATE INDEX figure_range ON figure (high, low, unit, article) WHERE low < high",
    "CREATE INDEX figure_unit ON figure (unit, low, high, article)",
)

_ACCOUNTS: tuple[str, ...] = (
    """
    CREATE TABLE account (
        story {int} PRIMARY KEY REFERENCES story (number) ON DELETE CASCADE,
        basis TEXT NOT NULL,
        made {real} NOT NULL,
        reports {int} NOT NULL,
        origins {int} NOT NULL,
        conflicts {int} NOT NULL,
        summary TEXT NOT NULL,
        json {blob} NOT NULL
    ) {strict}""",
    """
    CREATE TABLE account_conflict (
        number {number_key},
        story {int} NOT NULL REFERENCES story (number) ON DELETE CASCADE,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        certainty TEXT NOT NULL,
        why TEXT NOT NULL,
        sides TEXT NOT NULL,
        first_seen {real} NOT NULL,
        gone {real},
        UNIQUE (story, id)
    ) {strict}""",
    "CREATE INDEX account_conflict_first ON account_conflict (first_seen, number) WHERE gone IS NULL",
    "CREATE INDEX account_conflict_id ON account_conflict (id)",
)

_DESK: tuple[str, ...] = (
    """
    CREATE TABLE saved_search (
        number {number_key},
        name TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL,
        created {real} NOT NULL,
        channels TEXT NOT NULL,
        kinds TEXT NOT NULL DEFAULT '[]',
        seen {int} NOT NULL DEFAULT 0
    ) {strict}""",
    """
    CREATE TABLE alert (
        number {number_key},
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        channel TEXT NOT NULL,
        at {real} NOT NULL,
        story {int} REFERENCES story (number) ON DELETE CASCADE,
        article {int} REFERENCES article (number) ON DELETE CASCADE,
        payload TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
        tries {int} NOT NULL DEFAULT 0,
        next_try {real} NOT NULL,
        done {real},
        error TEXT,
        UNIQUE (key, channel)
    ) {strict}""",
    "CREATE INDEX alert_waiting ON alert (next_try, number) WHERE state = 'waiting'",
    "CREATE INDEX alert_story ON alert (story) WHERE story IS NOT NULL",
    "CREATE INDEX alert_article ON alert (article) WHERE article IS NOT NULL",
    """
    CREATE TABLE note (
        number {number_key},
        story {int} NOT NULL REFERENCES story (number),
        article {int} REFERENCES article (number) ON DELETE SET NULL,
        target TEXT NOT NULL,
        body TEXT NOT NULL,
        author TEXT NOT NULL,
        at {real} NOT NULL,
        edited {real},
        reply_to {int} REFERENCES note (number),
        gone {int} NOT NULL DEFAULT 0
    ) {strict}""",
    "CREATE INDEX note_story ON note (story, number)",
    "CREATE INDEX note_article ON note (article) WHERE article IS NOT NULL",
    "CREATE INDEX note_reply ON note (reply_to) WHERE reply_to IS NOT NULL",
)

DDL: tuple[str, ...] = _STORIES + _REPORTS + _ACCOUNTS + _DESK
"""The statements of version 1.

``story.changes`` counts what changed a story; ``accounted`` is that count when its account was made, so that no clock
decides what is stale. ``placement`` is the log's side of membership: which line put which article where; ``membership``
is what the effective lines make of it. ``speaker.key`` is the name as folded words."""

BY_ID: tuple[str, ...] = (
    "CREATE INDEX quotation_id ON quotation (id)",
    "CREATE INDEX figure_id ON figure (id)",
)
"""The statements of version 2: an address names a quotation or figure, and its story is to be found. Among a million
quotations it took 0.2 to 0.4 s without an index, and takes 0.02 ms with it (2026-11-22)."""

WORDS: tuple[str, ...] = ("quotation_words", "speaker_words")
"""Full-text tables of version 1: what was said, and who."""
