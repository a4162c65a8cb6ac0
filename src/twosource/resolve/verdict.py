"""A verdict: who speaks in one quotation, by which rule, and how surely."""

from dataclasses import dataclass, field

from twosource.resolve.cast import Member


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who speaks, by which rule, how surely (0 to 1), whether later pronouns may mean them, and what the rule saw."""

    member: Member | None
    rule: str
    score: float
    antecedent: bool = False
    seen: dict[str, str | float] = field(default_factory=dict)


NOBODY = Verdict(None, "nobody", 0.5)
