# ruff: noqa: E501  # paragraphs stand on one line, as in articles
"""Reports for the tests of lineage: texts of an invented event, read for blocks and credits only."""

from tests.written import lines, place
from twosource.article import Article, Block, Outlet, stable_id
from twosource.extract.credits import find_credits
from twosource.facts import Person, Quotation, ToldTo
from twosource.lang import ENGLISH
from twosource.report import Report

WIRE = """Cable car stops above Varn valley, 38 rescued
VARN (Reuters) - Thirty-eight people spent the night in the gondolas of a cable car above the Varn valley after a storm tore a pylon out of line.
The last of them, a couple from Graz and their dog, were lowered to the ground shortly before seven on Sunday morning.
"We sang until the batteries of the lamps were empty," one of the rescued, Milo Hartl, told reporters in the valley station.
The operator said wind sensors on two pylons had given no warning. Its engineers began to take the damaged wheels apart on Sunday afternoon.
Some 120 mountain rescuers from four districts took part, helped by a helicopter of the army that had to turn back twice.
The line, opened in 1974, carries about 900 passengers a day in the season and was due for an overhaul next spring.
A prosecutor in the district town opened an inquiry against persons unknown.
"""

OWN = """A night between two pylons
By Tessa Lorin
Nobody in gondola eleven slept. When the wind turned at about ten, Ute Brandl says, the cabin swung so far that the children slid from the bench.
Brandl, a teacher, was one of 41 people who hung over the gorge until dawn, because the wheels on the fourth pylon had jumped the rope.
"We sang until the batteries of the lamps were empty," Milo Hartl told reporters in the morning, his voice gone.
What nobody told them up there: the company had postponed the overhaul of the line twice, a letter to the supervisory board shows.
The mayor wants the cars to stand still until an expert from outside the province has looked at every wheel.
"""

PRESS = """Cable car drama: operator promises answers
The storm came up fast. By nightfall the gondolas of the Varn line hung still over the dark slope, and the phones of the rescue service did not stop ringing.
"We sang until the batteries of the lamps were empty," said Milo Hartl at the press conference that the rescuers gave before noon.
A spokesman for the operator promised to pay back every ticket. He would not say how old the wheels were.
Hotels in Varn opened their halls to the families who waited.
"""


def said(text, words, speaker="Milo Hartl", told_to="", mode="direct"):
    """A quotation of ``words`` by the person of that name."""
    return Quotation(
        id=stable_id("q", words, text),
        act="said",
        mode=mode,
        content=(place(text, words),),
        speaker=f"p-{speaker}" if speaker else None,
        told_to=ToldTo(told_to, place(text, told_to)) if told_to else None,
        score=1.0,
        rule="made",
    )


def report(key, text, *quotations, outlet="", published=None, kinds=None):
    """A report of ``text``; ``kinds`` gives other kinds to blocks by number. ``outlet`` defaults to the key."""
    article = Article(id=key, text=text, outlet=Outlet(outlet or f"{key}.example"), published=published)
    blocks = tuple(Block((kinds or {}).get(i, b.kind), b.start, b.end) for i, b in enumerate(lines(text)))
    speakers = {q.speaker for q in quotations if q.speaker}
    return Report(
        article=article,
        language="en",
        model=None,
        blocks=blocks,
        quotations=quotations,
        people=tuple(Person(id=s, name=s.removeprefix("p-"), kind="person") for s in sorted(speakers)),
        credits=find_credits(article, blocks, ENGLISH),
    )


def without(text, *numbers):
    """The text without these lines."""
    return "\n".join(line for i, line in enumerate(text.split("\n")) if i not in numbers)


def kinds_of(traced):
    """The links as (left, right): kind."""
    return {(link.left, link.right): link.kind for link in traced.lineage.links}
