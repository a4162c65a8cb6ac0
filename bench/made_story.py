"""Any number of reports of one made-up event: the same facts, figures and statements in changing words and order.

Nothing here is anybody's text. A report tells what a seeded choice lets it tell, each thing in one of several
wordings, and fills up with sentences of its own, so that fifty reports overlap as reports of one event do.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

WORDS = 800
"""Words of a report."""

PEOPLE = (
    "harbour master Ines Vartan", "fire chief Doru Malec", "mayor Petra Solvang", "ferry captain Olu Brandt",
    "union leader Rosa Quint", "minister Jakob Helm", "engineer Tove Aldin", "surgeon Amir Lasko",
    "passenger Nadia Wren", "dock worker Milan Ortel", "police spokeswoman Greta Fohl", "insurer Basil Crane",
)  # fmt: skip

SUBJECTS = (
    ("the pumps in the lower hall", "pumps below the hall"),
    ("the second gate at the quay", "gate two on the quay"),
    ("the night crew of the ferry", "the ferry's night shift"),
    ("the old timber roof", "the roof of old timber"),
    ("the alarm on the car deck", "the car deck's alarm"),
    ("the cables under the bridge", "cables running below the bridge"),
    ("the diesel tanks near the yard", "diesel stored beside the yard"),
    ("the winter timetable", "this winter's sailings"),
    ("the inspection in March", "what inspectors saw in March"),
    ("the sprinkler contract", "the contract for new sprinklers"),
)
ACTS = (
    ("had failed twice before the fire", "broke down two times ahead of the blaze"),
    ("will be replaced before the summer season", "are to be renewed by early summer"),
    ("was never tested after the storm", "went without a test once the storm had passed"),
    ("kept smoke away from the cabins", "held the smoke back from where people slept"),
    ("cost more than the port could pay", "was too dear for the port's budget"),
    ("must be looked at by an outside expert", "needs a look from somebody independent"),
    ("could have saved an hour of work", "might have spared crews sixty minutes"),
    ("did not delay the rescue boats", "caused no wait for the boats that came to help"),
)
FIGURES = (
    ("{n} people were treated for smoke", 41, "people"), ("{n} passengers left by the stern ramp", 318, "passengers"),
    ("{n} firefighters stayed until dawn", 96, "firefighters"), ("{n} cars burned on the lower deck", 27, "cars"),
    ("{n} crew members were on duty", 33, "members"), ("{n} boats came from nearby harbours", 14, "boats"),
    ("{n} windows of the terminal broke", 120, "windows"), ("{n} crossings were cancelled", 58, "crossings"),
)  # fmt: skip
OPENINGS = (
    "According to the port's log,",
    "By the evening,",
    "Officials counted and found that",
    "In the end,",
    "So far,",
)
CUES = ("said", "told reporters", "added", "insisted", "explained")
SYLLABLES = (
    "ka",
    "lo",
    "mer",
    "tin",
    "sa",
    "vel",
    "dro",
    "pin",
    "hal",
    "ros",
    "net",
    "gul",
    "bra",
    "fen",
    "tor",
    "mis",
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words that stand in a text, and who says them: given word for word or retold."""

    words: str
    speaker: str
    direct: bool


@dataclass(frozen=True, slots=True)
class Made:
    """One report: its text, and what was put into it in order: what is said, and figures as (number, unit)."""

    key: str
    text: str
    said: tuple[Said, ...]
    figures: tuple[tuple[str, str], ...]


def made_story(count: int, words: int = WORDS, seed: int = 11) -> Iterator[Made]:
    """Yield ``count`` reports of ``words`` words each, the same for the same arguments."""
    for number in range(count):
        yield _report(f"r{number:03}", words, random.Random(f"{seed}/{number}"))  # noqa: S311 - no secret


def _report(key: str, words: int, choose: random.Random) -> Made:
    lines = ["Ferry terminal burns as hundreds wait in the cold", ""]
    said: list[Said] = []
    figures: list[tuple[str, str]] = []
    length = 9
    while length < words:
        match choose.randrange(4):
            case 0 | 1:
                told = _said(choose)
                said.append(told)
                sentence = _statement(told, choose)
            case 2:
                sentence, figure = _figure(choose)
                figures.append(figure)
            case _:
                sentence = _filler(choose)
        length += len(sentence.split())
        lines.append(sentence)
    return Made(key, "\n".join(lines), tuple(said), tuple(figures))


def _said(choose: random.Random) -> Said:
    subject, act = choose.choice(SUBJECTS), choose.choice(ACTS)
    speaker = PEOPLE[(SUBJECTS.index(subject) * 7 + ACTS.index(act)) % len(PEOPLE)]
    words = f"{choose.choice(subject)} {choose.choice(act)}"
    direct = choose.random() < 0.5
    return Said(f"“{words[0].upper()}{words[1:]},”" if direct else words, speaker, direct)


def _statement(told: Said, choose: random.Random) -> str:
    name = " ".join(told.speaker.split()[-2:]) if choose.random() < 0.5 else told.speaker
    cue = choose.choice(CUES)
    if told.direct:
        return f"{told.words} {name} {cue}."
    return f"{name[0].upper()}{name[1:]} {cue} that {told.words}."


def _figure(choose: random.Random) -> tuple[str, tuple[str, str]]:
    pattern, value, unit = choose.choice(FIGURES)
    number = str(value if choose.random() < 0.9 else value + choose.randrange(2, 9))
    return f"{choose.choice(OPENINGS)} {pattern.format(n=number)}.", (number, unit)


def _filler(choose: random.Random) -> str:
    """A sentence that no other report has: names that mean nothing, tied by words that do."""
    names = ["".join(choose.choices(SYLLABLES, k=3)) for _ in range(6)]
    return f"The {names[0]} of {names[1]} stood beside {names[2]}, where {names[3]} and {names[4]} met {names[5]}."
