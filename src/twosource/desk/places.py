"""The file behind the name of an input, which may go on with a place in it: "lines.jsonl:6", "crawl.warc.gz@365"."""

import re
from pathlib import Path

_PLACE = re.compile(r"[:@#!][^:@#!]{0,400}\Z", re.DOTALL)

DEEPEST = 3
"""Places that a name may have one behind the other: of an archive, of a mailbox in it, of a part."""


def file_of(name: str) -> str | None:
    """Return the name without its place, if there is such a file or folder; None where it came from elsewhere."""
    here = name
    for _ in range(DEEPEST + 1):
        if not here:
            return None
        if _exists(here):
            return here
        found = _PLACE.search(here)
        if found is None:
            return None
        here = here[: found.start()]
    return None


def absolute(name: str) -> str:
    """Return the name with the whole path of its file, so that it is found from any folder; others stay as they are."""
    file = file_of(name)
    return name if file is None else f"{Path(file).absolute()}{name[len(file) :]}"


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # a name that is too long, or holds NUL
        return False
