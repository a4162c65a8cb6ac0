"""The live stories of a store as the stream takes them up: who is where, and what people decided."""

from twosource.store import stories
from twosource.store.database import Database
from twosource.stories import Stream
from twosource.stories.stream import WINDOW


def lived_up_to(db: Database) -> int:
    """Return the number of the last line of the log of judgements, 0 where there is none."""
    row = db.one("SELECT max(number) FROM judgement")
    return int(row[0]) if row and row[0] is not None else 0


def restored(db: Database, now: float) -> Stream:
    """Return the stream as the store has it: the stories that an article joined within the window before ``now``."""
    with db.reading() as r:
        seats = [seat for seat in stories.live(r, now - WINDOW) if seat.found is not None]
        looked = stories.looked_at(r)
        locked = [row["id"] for row in r.rows("SELECT id FROM story WHERE locked = 1")]
        redirects = {
            row["id"]: row["leads"]
            for row in r.rows(
                "SELECT s.id, t.id AS leads FROM story s JOIN story t ON t.number = s.redirect WHERE t.last >= :since",
                since=now - WINDOW,
            )
        }
    return Stream.restore(
        ((seat.article, seat.story, seat.found, seat.at) for seat in seats if seat.found is not None),
        redirects=redirects,
        locked=locked,
        pinned=[seat.article for seat in seats if seat.person],
        taken=lambda name: db.one("SELECT 1 FROM story WHERE id = :id", id=name) is not None,
        unsettled=[seat.article for seat in seats if seat.line > looked],
    )
