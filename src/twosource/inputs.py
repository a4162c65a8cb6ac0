"""From the names on the command line to reports: what fails is named on standard error, and the rest goes on."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import click

from twosource.console import DONE, FAILED, Progress, say

if TYPE_CHECKING:
    from twosource.article import Article
    from twosource.errors import InputError
    from twosource.report import Report

UNKNOWN_LANGUAGE = "language_not_supported"
"""Code of the note of a report whose language has no rules."""

MOST_ARTICLES = 50
"""Articles that one comparison takes."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the command line names, and what the user says of it."""

    names: tuple[str, ...]
    outlets: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()

    def articles(self) -> "Iterator[Article | InputError]":
        """Yield the articles; an option given once is for all inputs, given as often as inputs for each in turn."""
        from twosource.sources.files import Given, articles

        options = (("--outlet", self.outlets), ("--published", self.dates), ("--url", self.urls))
        given = [self._for_each(option, values) for option, values in options]
        if all(len(values) < 2 for _, values in options):
            yield from articles(self.names, Given(*(values[0] for values in given)))
            return
        for name, *said in zip(self.names, *given, strict=True):
            yield from articles([name], Given(*said))

    def _for_each(self, option: str, values: tuple[str, ...]) -> Sequence[str | None]:
        if len(values) not in (0, 1, len(self.names)):
            raise click.UsageError(f"{option} is given {len(values)} times for {len(self.names)} inputs")
        return values if len(values) > 1 else [values[0] if values else None] * len(self.names)


class Reading:
    """Reads what the command line names; what fails is named on standard error, and the rest goes on."""

    def __init__(self, inputs: Inputs, *, quiet: bool, jobs: int = 1, fast: bool = False) -> None:
        """Take the inputs; nothing is opened yet. ``jobs`` processes read, ``fast`` without the tagger."""
        self.inputs = inputs
        self.quiet = quiet
        self.jobs = jobs
        self.fast = fast
        self.progress = Progress(quiet=quiet)
        self.failed = False

    def articles(self) -> "Iterator[Article]":
        """Yield what can be read, and say what cannot."""
        from twosource.errors import InputError
        from twosource.sources.given import Notice

        for found in self.inputs.articles():
            if not isinstance(found, InputError):
                yield found
                continue
            self.failed = self.failed or not isinstance(found, Notice)
            if not (self.quiet and isinstance(found, Notice)):
                self.progress.clear()
                say(str(found))

    def reports(self) -> "Iterator[Report]":
        """Yield the report of each article as soon as it is read."""
        return self._read(self.articles(), "")

    def story(self) -> "tuple[Report, ...]":
        """Return the reports of one story: at most fifty, all inputs looked at before the first is read."""
        articles = list(islice(self.articles(), MOST_ARTICLES + 1))
        if len(articles) > MOST_ARTICLES:
            raise click.UsageError(f"more than {MOST_ARTICLES} articles: they are too many for one comparison")
        self._name_twins(articles)
        return tuple(self._remarked(self._read(iter(articles), f" of {len(articles)}")))

    def _remarked(self, reports: "Iterator[Report]") -> "Iterator[Report]":
        """Say at once which input is written in a language without rules: hardly anything can be read from it."""
        for report in reports:
            for note in report.notes:
                if note.code == UNKNOWN_LANGUAGE and not self.quiet:
                    say(f"{report.article.origin}: {note.message}")
            yield report

    def _read(self, articles: "Iterator[Article]", of: str) -> "Iterator[Report]":
        from twosource.parallel import read_each

        for article, found in read_each(self._shown(articles, of), jobs=self.jobs, fast=self.fast):
            if isinstance(found, Exception):
                self._fault(article, found)
                continue
            self.progress.clear()
            yield found

    def _shown(self, articles: "Iterator[Article]", of: str) -> "Iterator[Article]":
        """Pass the articles on, showing each as its reading begins."""
        for number, article in enumerate(articles, 1):
            self.progress.show(f"reading {number}{of}: {article.origin}")
            yield article

    def _fault(self, article: "Article", fault: Exception) -> None:
        """Say that reading broke off by a fault of ours; TWOSOURCE_DEBUG shows where."""
        if os.environ.get("TWOSOURCE_DEBUG"):
            raise fault
        self.failed = True
        self.progress.clear()
        say(f"{article.origin}: a fault of twosource itself ({type(fault).__name__}: {fault}); please report it")

    def _name_twins(self, articles: "list[Article]") -> None:
        """Say which input is an article that came in before."""
        seen: dict[tuple[str, str], str] = {}
        for article in articles:
            before = seen.setdefault((article.id, article.sha256), article.origin)
            if before != article.origin and not self.quiet:
                say(f"{article.origin}: the same article as {before}, counted once")

    def code(self) -> int:
        """Return the exit code as far as reading goes."""
        return FAILED if self.failed else DONE
