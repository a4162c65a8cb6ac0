"""Whom a pronoun means: people in the order and prominence in which the text has just named them.

Every naming adds weight by its grammatical part, most as the one who speaks; weights fade with each sentence. People
named only inside
someone else's words weigh little, and a phrase that was not resolved never enters: a prototype that carried one on
lost a fifth of all
speakers, because every later pronoun followed it.
"""

from dataclasses import dataclass, field

from twosource.facts import PersonKind
from twosource.resolve.cast import Member

SPEAKING = 1.5
SUBJECT = 1.0
CLAUSE_SUBJECT = 0.7
SUBJECT_OWNER = 0.7
OBJECT = 0.5
OWNER = 0.35
INSIDE_REPORTED = 0.5
INSIDE_QUOTED = 0.15
"""Weights of one naming by its part ("Ryan's ideas have met": owner of a subject), and factors for namings inside
reported and quoted
words (account gold and 400 pronouns of PolNeAR read by eye; 2026-11-22)."""

FADE = 0.5
PARAGRAPH_FADE = 0.8
"""What is left of a weight one sentence and one paragraph later."""

AGAIN = 0.25
"""Share of the lesser weight that a repeated naming adds."""

KEPT = 24
"""People in focus at one time: bounds the work on lists of names."""

UNKNOWN_GENDER = 0.8
"""Factor for someone whose gender the text does not tell."""

UNNAMED = 0.6
"""Factor for an unnamed source ("a caller") against a person with a name."""

_LONG_AGO = 30

HUMAN: frozenset[PersonKind] = frozenset({"person", "anonymous"})
BODIES: frozenset[PersonKind] = frozenset({"organisation"})
PLURAL: frozenset[PersonKind] = frozenset({"organisation", "group"})


@dataclass(slots=True)
class Focus:
    """Weights of those recently named, as of ``sentence`` and ``paragraph`` (counted over the article).

    ``here`` holds the weights that the sentence itself has given so far.
    """

    weights: dict[int, tuple[Member, float]] = field(default_factory=dict)
    here: dict[int, tuple[Member, float]] = field(default_factory=dict)
    sentence: int = 0
    paragraph: int = 0

    def advance(self, sentence: int, paragraph: int) -> None:
        """Let the weights fade up to this sentence."""
        sentences = min(_LONG_AGO, max(0, sentence - self.sentence))
        paragraphs = min(_LONG_AGO, max(0, paragraph - self.paragraph))
        self.sentence, self.paragraph = max(sentence, self.sentence), max(paragraph, self.paragraph)
        if sentences or paragraphs:
            self.here = {} if sentences else self.here
            factor = FADE**sentences * PARAGRAPH_FADE**paragraphs
            self.weights = {k: (m, w * factor) for k, (m, w) in self.weights.items()}

    def name(self, member: Member, weight: float) -> None:
        """Note that ``member`` has been named with this weight."""
        _, held = self.weights.get(member.number, (member, 0.0))
        self.weights[member.number] = (member, max(held, weight) + AGAIN * min(held, weight))
        if weight > self.here.get(member.number, (member, 0.0))[1]:
            self.here[member.number] = (member, weight)
        if len(self.weights) > KEPT:
            del self.weights[min(self.weights, key=lambda k: (self.weights[k][1], k))]

    def ranked(
        self, gender: str = "", kinds: frozenset[PersonKind] = HUMAN - {"anonymous"}
    ) -> list[tuple[float, Member]]:
        """Return those of these kinds whose gender fits, with their weight, the heaviest first."""
        found = [(self._weight(m, w, gender), m) for m, w in self.weights.values() if m.kind in kinds]
        fitting = [(w, m) for w, m in found if not gender or m.gender in {"", gender}]
        return sorted(fitting, key=lambda t: (-t[0], t[1].number))

    def acting(self, gender: str, kinds: frozenset[PersonKind]) -> Member | None:
        """Return who acts in this sentence and fits, the foremost first: whose something is that stands behind."""
        found = [
            (w, -n, m)
            for n, (m, w) in self.here.items()
            if w >= CLAUSE_SUBJECT and m.kind in kinds and m.gender in ({"", gender} if gender else {m.gender})
        ]
        return max(found)[2] if found else None

    @staticmethod
    def _weight(member: Member, weight: float, gender: str) -> float:
        known = 1.0 if member.gender or not gender else UNKNOWN_GENDER
        return weight * known * (UNNAMED if member.kind == "anonymous" else 1.0)
