"""Reading several articles at once: the same reports in the same order, and one bad article never costs another."""

import os
import time
from dataclasses import dataclass
from multiprocessing import active_children
from pathlib import Path

import pytest

from twosource import parallel
from twosource.article import Article
from twosource.parallel import read_each
from twosource.report import Report

TEXTS = {
    "ferry": 'Ferry stays in port\n"Nobody sails in that," harbour master Mary Hollis said. About 300 cars waited.\n',
    "school": "Plan for school delayed\nThe head, Oskar Lund, insisted that each teacher had been asked in March.\n",
    "bridge": "Bridge shut\nThe road office says the crack is 2.4 metres long, and the council denied it had known.\n",
    "brug": "Brug blijft dicht\nDe brug blijft tot vrijdag gesloten, zei burgemeester Anke Smit tegen verslaggevers.\n",
    "empty": "",
}


def articles(*ids):
    return [Article(id=id_, text=TEXTS[id_.rstrip("0123456789")]) for id_ in ids]


def ids_of(outcomes):
    return [article.id for article, _ in outcomes]


def end_process(gate):
    """Stands for a crash in a library: no exception, no clean-up. Waits for the file ``gate``, where one is named."""
    while gate and not Path(gate).exists():
        time.sleep(0.02)
    os._exit(77)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadly(Article):
    """An article that ends the process which receives it, as soon as there is a file ``gate`` if one is named."""

    gate: str = ""

    def __reduce__(self):
        """Be unpacked by ending the process."""
        return end_process, (self.gate,)


class Unreadable(str):
    """A text that no rule can take."""

    __slots__ = ()

    def split(self, *_args, **_how):
        """Fail as a fault of the program would."""
        raise RuntimeError("a fault")

    splitlines = find = translate = encode = split


@pytest.fixture(scope="module")
def outcomes():
    """Two articles wait at a time; the second of five ends the process that takes it."""
    given = [*articles("ferry"), Deadly(id="deadly", text="x"), *articles("brug", "empty", "brug2")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parallel, "AHEAD", 1)
        return given, list(read_each(iter(given), jobs=2, fast=True))


def test_two_processes_yield_what_one_yields_in_the_same_order():
    more = 2 * parallel.AHEAD
    given = articles("ferry", "school", "bridge", "empty", *(f"ferry{n}" for n in range(more)))
    alone = list(read_each(given, jobs=1))
    assert alone == list(read_each(given, jobs=2))
    assert [report.id for _, report in alone] == [article.id for article in given]
    assert any("tagger" in q.features for _, report in alone for q in report.quotations)


def test_an_article_that_ends_its_process_costs_only_itself(outcomes):
    given, read = outcomes
    assert ids_of(read) == [article.id for article in given]
    lost = [(article.id, type(found).__name__) for article, found in read if not isinstance(found, Report)]
    assert lost == [("deadly", "BrokenProcessPool")]


def test_the_others_are_read_as_if_it_had_not_been_there(outcomes):
    _, read = outcomes
    sound = [(article, found) for article, found in read if article.id != "deadly"]
    assert sound == list(read_each([article for article, _ in sound], fast=True))


def test_a_process_that_ends_while_nobody_asks_costs_no_other_article(tmp_path, monkeypatch):
    monkeypatch.setattr(parallel, "AHEAD", 1)
    given = [*articles("empty"), Deadly(id="deadly", text="x", gate=str(tmp_path / "gate")), *articles("brug")]
    reading = read_each(iter(given), jobs=2, fast=True)
    read = [next(reading)]
    (tmp_path / "gate").touch()
    until = time.monotonic() + 20
    while active_children() and time.monotonic() < until:
        time.sleep(0.02)
    read += reading
    assert ids_of(read) == ["empty", "deadly", "brug"]
    assert [isinstance(found, Report) for _, found in read] == [True, False, True]


def test_an_exception_stands_in_the_place_of_its_report():
    given = [*articles("ferry"), Article(id="bad", text=Unreadable("Ferry\nIt sank.")), *articles("school")]
    read = list(read_each(given, fast=True))
    assert ids_of(read) == ["ferry", "bad", "school"]
    assert [isinstance(found, Exception) for _, found in read] == [False, True, False]


def test_articles_are_taken_as_they_are_needed():
    taken = []

    def stream():
        for article in articles("ferry", "school", "bridge"):
            taken.append(article.id)
            yield article

    reading = read_each(stream(), fast=True)
    next(reading)
    assert taken == ["ferry"]
    reading.close()
    assert taken == ["ferry"]


def test_nothing_is_read_of_nothing():
    assert list(read_each([], jobs=2)) == []


def test_fast_reading_has_a_note_and_no_trace_of_the_tagger():
    ((_, fast),) = read_each(articles("ferry"), fast=True)
    ((_, full),) = read_each(articles("ferry"))
    assert "fast" in [note.code for note in fast.notes]
    assert "fast" not in [note.code for note in full.notes]
    assert fast.quotations
    assert not any("tagger" in q.features or q.rule == "tagged" for q in fast.quotations)
    assert any("tagger" in q.features for q in full.quotations)
