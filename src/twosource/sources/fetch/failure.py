"""Why a visit ended badly. The `Fetcher` adds the address that was asked for and tells its caller as `FetchError`."""

import dataclasses


@dataclasses.dataclass
class Failure(Exception):
    """One reason to give up: ``code`` for programs, ``reason`` a clause for people; the rest as in `FetchError`."""

    code: str
    reason: str
    status: int | None = None
    permanent: bool = False
    retry_after: float | None = None
