"""Whether pages may promise that a desk goes on with what came in."""

from starlette.requests import Request

from twosource.desk.presence import held
from twosource.store.database import Database


def desk_works(request: Request) -> bool:
    """Tell whether some process groups and accounts what comes in."""
    db: Database | None = getattr(request.app.state.shelf.newsroom, "database", None)
    return db is not None and held(db)
