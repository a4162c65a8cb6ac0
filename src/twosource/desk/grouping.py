"""Articles that no story has yet, each given its story; and the looks back that merge and split.

The live stories are held in memory and made from the store whenever they may differ from it: at the start, after a
person changed a story or had articles forgotten, after a change of the machine's was refused, after a write that
failed. So the store is always right, and a stop costs nothing but the time to read it again.
"""

from collections.abc import Sequence

from twosource.article import Article
from twosource.desk.intake import Clock
from twosource.desk.live import lived_up_to, restored
from twosource.desk.pace import Pace
from twosource.store import articles, stories
from twosource.store.article_rows import AHEAD
from twosource.store.crashing import point
from twosource.store.database import Database
from twosource.stories import Stream, features
from twosource.stories.replay import PERIOD, seconds


class Grouping:
    """The stream of one store. One process at a time may group: the caller holds the desk's lock."""

    def __init__(self, db: Database, clock: Clock, pace: Pace | None = None) -> None:
        """Take the store; the live stories are read when they are first needed."""
        self._db = db
        self._clock = clock
        self._pace = pace or Pace()
        self._stream: Stream | None = None
        self._line = 0
        self._seated = 0

    def group(self) -> int:
        """Give every waiting article its story and return how many there were.

        After each batch the stories are looked at again, also after one whose look a stop cut off: so a run that was
        killed ends as one that was not.
        """
        done = 0
        if self._members() != self._seated:  # some were forgotten, and are no ground for anything any more
            self._stream = None
        if self._live().unsettled():
            self._look()
        row = self._db.one("SELECT count(*) FROM ungrouped")
        every = int(row[0]) if row else 0
        while not self._pace.stopped() and (waiting := articles.unassigned(self._db, PERIOD)):
            self._pace.show(f"grouping: {done:,} of {every:,} articles")
            self._assign([article for _, article in waiting])
            self._look()
            done += len(waiting)
        self._seated = self._members()
        return done

    def _members(self) -> int:
        """How many articles are in stories."""
        row = self._db.one("SELECT count(*) FROM membership")
        return int(row[0]) if row else 0

    def _assign(self, waiting: Sequence[Article]) -> None:
        """Give these articles their stories, in one transaction."""
        stream, now = self._live(), self._clock()
        found = {article.id: features(article) for article in waiting}
        made = [stream.assign(article.id, found[article.id], _at(article, now)) for article in waiting]
        self._stream = None  # until it is written, the store may differ from it
        stories.assign(self._db, made, now, features=found)
        point("mid_grouping")
        self._stream, self._line = stream, lived_up_to(self._db)

    def _look(self) -> None:
        """Merge and split where the articles that came since the last look say so; let old stories go."""
        stream, now = self._live(), self._clock()
        changes = stream.repair(now)
        self._stream = None
        written = stories.change(self._db, changes, now, looked=True)
        point("after_repair")
        if all(line is not None for line in written):
            stream.expire(now)
            self._stream, self._line = stream, lived_up_to(self._db)

    def _live(self) -> Stream:
        """The live stories, read anew where the log has lines that this process did not write."""
        line = lived_up_to(self._db)
        if self._stream is None or line != self._line:
            self._stream, self._line = restored(self._db, self._clock()), line
        return self._stream


def _at(article: Article, now: float) -> float:
    """The time of an article in the stream: when it was published, if that can be believed, else when it came."""
    at = seconds(article.published)
    return now if at is None or at > now + AHEAD else at
