"""Sidecars: ``NAME.json`` beside ``NAME.txt`` says what a plain file does not: outlet, published, url, title."""

from pathlib import Path

from twosource.sources.given import Known, known_from
from twosource.sources.jsonl import parse

MAX_SIDECAR = 65_536
"""Bytes of the largest sidecar."""

DESCRIBED = ("", ".txt", ".text", ".md", ".html", ".htm", ".xhtml")
"""Endings of files that may have a sidecar."""

_JSON = (".json", ".jsonl", ".ndjson")


def beside(path: Path) -> Known:
    """Return what the sidecar of ``path`` says (``report.txt.json`` or ``report.json``); nothing where it has none."""
    if path.suffix.lower() in _JSON:
        return Known()
    for sidecar in (path.with_name(f"{path.name}.json"), path.with_suffix(".json")):
        if sidecar.is_file():
            try:
                fields = _fields(sidecar)
            except (OSError, ValueError) as wrong:
                return Known(remarks=(("bad_sidecar", f"{sidecar.name} is left out: it {wrong}"),))
            if fields is not None:
                return known_from(fields)
    return Known()


def is_sidecar(path: Path) -> bool:
    """Tell whether a JSON file only describes a file beside it, and is no article."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    bare = path.with_suffix("")
    if not any(bare.with_name(bare.name + ending).is_file() for ending in DESCRIBED):
        return False
    try:
        return _fields(path) is not None
    except (OSError, ValueError):
        return False


def _fields(path: Path) -> dict[str, object] | None:
    """The fields of a sidecar; None for JSON that is an article of its own, or no object.

    Raises:
        ValueError: it is too large or no JSON.

    """
    if path.stat().st_size > MAX_SIDECAR:
        raise ValueError("is too large")
    parsed = parse(path.read_bytes())
    return parsed if isinstance(parsed, dict) and not {"text", "html"} & parsed.keys() else None
