"""Reads a page, and reads it in a process of its own where it is large or deep: that one is killed at a deadline.

No parser written in C can be interrupted from within, and a page may cost minutes, all memory or a crash. What a scan
shows to be small is read in place, without the wait for a second process. Which pages are small: in shapes made to
be slow (rows of paragraphs, links, tables, boxes in boxes), pages below these sizes took 1.0 s at most (2026-11-22).
"""

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import asdict

from twosource.clean.page import Page, read_page, without_markup
from twosource.clean.phrases import table
from twosource.clean.tree import Scan, scan
from twosource.lang import ENGLISH

MAX_NEAR = 1_000_000
"""Characters up to which a page is read in place; the largest of 80 news pages has 373,000."""

MAX_NEAR_ELEMENTS = 3_200
"""Elements, and lines of a page with preformatted text, up to which it is read in place; the largest of 80 news pages
has 2,551. Of 26 shapes just below, two took 1.0 s on a busy core (3,900: 1.3 s), the others less (2026-11-22).
"""

MAX_NEAR_DEPTH = 250
"""Open elements up to which a page is read in place; that of a news page is about 30."""

DEADLINE = 30.0
"""Seconds after which the other process is killed. It takes 0.3 to begin, 1.6 on 9,000 paragraphs and 9 on 100,000
(two cores, both busy, 2026-11-22).
"""

_PREFORMATTED = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)

GRACE = 2
"""Seconds after the deadline at which the other process ends itself, should this one be gone by then."""


def read_safely(html: str) -> Page:
    """Read a page, in place or apart as its size asks; never raises, and takes `DEADLINE` seconds at most."""
    looked = scan(html)
    if not looked.fits or _is_small(html, looked):
        return read_page(html, table(ENGLISH), looked)
    return read_apart(html)


def read_apart(html: str, deadline: float = DEADLINE) -> Page:
    """Read a page in a process of its own.

    Where that breaks, or is not done after ``deadline`` seconds, the page is stripped of its tags, with a remark.
    """
    try:
        answer = _asked(html, deadline)
    except subprocess.TimeoutExpired:
        why = f"the page was not laid out within {deadline:g} seconds: its tags were stripped"
        return without_markup(html, ("page_timed_out", why))
    except OSError:
        answer = b""
    page = _page(answer)
    return page or without_markup(html, ("page_not_parsed", "the page broke its parser: its tags were stripped"))


def main() -> None:
    """Read a page from standard input and write it to standard output as JSON; the argument is the deadline."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(float(sys.argv[1])) + GRACE)  # ends the process wherever it is, also inside a parser
    html = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    sys.stdout.write(json.dumps(asdict(read_page(html, table(ENGLISH)))))


def _is_small(html: str, looked: Scan) -> bool:
    """Tell whether a page is read in place: in preformatted text each line costs as much as an element."""
    written = _PREFORMATTED.search(html)
    rows = looked.elements + (html.count("\n", written.start()) if written else 0)
    return rows <= MAX_NEAR_ELEMENTS and looked.depth <= MAX_NEAR_DEPTH and len(html) <= MAX_NEAR


def _asked(html: str, deadline: float) -> bytes:
    """What the other process answers; it is killed and waited for in any case.

    It finds modules where this one does, and no others: not in the folder that happens to be the current one.
    """
    path = os.pathsep.join(folder for folder in sys.path if folder)
    return subprocess.run(  # noqa: S603 - our own module, in the interpreter that runs this one
        [sys.executable, "-P", "-m", __name__, str(deadline)],
        input=html.encode("utf-8", "surrogatepass"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=deadline,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    ).stdout


def _page(answer: bytes) -> Page | None:
    """The page that the other process wrote, or None where it broke off."""
    import msgspec

    try:
        return msgspec.convert(json.loads(answer), Page)
    except (ValueError, msgspec.MsgspecError):
        return None


if __name__ == "__main__":
    main()
