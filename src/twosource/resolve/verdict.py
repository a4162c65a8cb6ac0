"""A verdict: who speaks in one quotation, by which rule, and how surely."""

from dataclasses import dataclass, field

from twosource.resolve.cast import Member
from twosource.resolve.confidence import confidence


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who speaks, by which rule, whether later pronouns may mean them, and what the rule saw.

    ``rests_on`` is how sure the decision is that this one takes its speaker from (1 where it stands alone).
    """

    member: Member | None
    rule: str
    antecedent: bool = False
    rests_on: float = 1.0
    seen: dict[str, str | float] = field(default_factory=dict)

    @property
    def sure(self) -> float:
        """How often such a decision is right, 0 to 1."""
        return confidence(self.rule, self.seen) * self.rests_on


NOBODY = Verdict(None, "nobody")
