"""Reads articles one after another, or several at once in processes of their own; reports keep the articles' order.

What one article does to its process (a fault, a crash, too much memory) costs that article alone.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

from twosource.article import Article
from twosource.pipeline import read
from twosource.report import Report

AHEAD = 4
"""Articles a process that are read or wait to be read: enough that none stands idle, few enough for memory."""

Outcome = tuple[Article, Report | Exception]
"""An article, and its report or what went wrong."""


def read_each(articles: Iterable[Article], *, jobs: int = 1, fast: bool = False) -> Iterator[Outcome]:
    """Yield each article with its report, or with the exception that reading it raised.

    With more than one of ``jobs`` as many processes read, each with models of its own (about 300 MB).
    """
    if jobs <= 1:
        for article in articles:
            yield article, _read(article, fast=fast)
        return
    yield from _in_processes(iter(articles), jobs, fast=fast)


def _in_processes(articles: Iterator[Article], jobs: int, *, fast: bool) -> Iterator[Outcome]:
    pool = _pool(jobs)
    waiting: deque[tuple[Article, Future[Report | Exception]]] = deque()
    try:
        while True:
            fresh = islice(articles, AHEAD * jobs - len(waiting))
            waiting += ((article, _submitted(pool, article, fast=fast)) for article in fresh)
            if not waiting:
                return
            try:
                found = waiting[0][1].result()
            except BrokenProcessPool:
                held = [article for article, _ in waiting]
                waiting.clear()
                pool = _pool(jobs)
                yield from ((article, _alone(article, fast=fast)) for article in held)
                continue
            yield waiting.popleft()[0], found
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def _submitted(pool: ProcessPoolExecutor, article: Article, *, fast: bool) -> Future[Report | Exception]:
    """Hand an article to the processes; where one of them has ended meanwhile, its future says so."""
    try:
        return pool.submit(_read, article, fast=fast)
    except BrokenProcessPool as broken:
        refused: Future[Report | Exception] = Future()
        refused.set_exception(broken)
        return refused


def _alone(article: Article, *, fast: bool) -> Report | Exception:
    """Read an article in a process of its own after one of several articles ended theirs."""
    with _pool(1) as pool:
        try:
            return pool.submit(_read, article, fast=fast).result()
        except BrokenProcessPool as broken:
            return broken


def _read(article: Article, *, fast: bool) -> Report | Exception:
    try:
        return read(article, fast=fast)
    except Exception as fault:  # noqa: BLE001 - one bad article never loses the others
        return fault
