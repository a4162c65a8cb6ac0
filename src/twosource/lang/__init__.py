"""Languages: one folder each, mostly data."""

from twosource.lang.language import ENGLISH, LANGUAGES, Language, language

__all__ = ["ENGLISH", "LANGUAGES", "Language", "language"]
