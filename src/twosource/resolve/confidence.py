"""Confidence: how often a speaker found by this kind of rule is the right one.

A decision's rule tells most about how sure it is; for pronouns it is also how far the first in focus leads, for roles
how well they fit. The table holds shares of right ones, so that 0.9 means nine in ten, given the right source words.
"""

from collections.abc import Mapping

from twosource.facts import Features

CLEAR = 0.3
"""Share of the weight by which the first in focus leads for a pronoun to count as clear."""

FAINT = 0.1
"""Weight in focus under which nobody has been named for a while."""

SURE: Mapping[str, float] = {
    "name": 0.97, "names": 0.95, "name.unlisted": 0.95,
    "pronoun.subject, clear": 0.96, "pronoun.subject, close": 0.9, "pronoun.subject, faint": 0.84,
    "pronoun.group, clear": 0.81, "pronoun.group, close": 0.73, "pronoun.group, faint": 0.6,
    "pronoun.body, clear": 0.72, "pronoun.body, close": 0.65, "pronoun.body, faint": 0.55,
    "pronoun.first": 0.95, "pronoun.group": 0.9, "pronoun.body": 0.68,
    "role, fitting": 0.92, "role, bare": 0.95, "role.focus": 0.9, "role.ahead": 0.95,
    "body": 0.88, "body.again": 0.88, "body.described": 0.95, "body.voice": 0.91,
    "group": 0.92, "described": 0.91, "anonymous": 0.69, "anonymous.owned": 0.84,
    "document": 0.91, "document.issuer": 0.96, "document.again": 0.92,
    "carried": 0.93, "carried.last": 0.49,
}  # fmt: skip
"""Share right by kind of decision, drawn to 0.85 as if four had been seen of which that share was right; none over 0.97
(764 decisions: 226 statements of the account gold with the program's own source words, 538 attributions of PolNeAR
judged by reading; 2026-11-22, ``bench/calibration.py``; the confidence of a story or article from all others lies 2.5
points off on average).
"""

OTHER = 0.85
"""The same for a kind that was not seen there."""

FAMILIES = {
    "country.spokesperson": "body.voice",
    "body.spokesperson": "body.voice",
    "body.spokesperson.again": "body.voice",
    "body.officials": "body.voice",
    "pronoun.speaker.last": "carried.last",
    "carried.far": "carried.last",
    "cue.focus": "carried.last",
    "repeated": "carried",
    "signature": "carried",
    "role.owned": "role.ahead",
    "role.only": "role.focus",
    "role.foremost": "role.focus",
    "document.before": "document.again",
    "document.it": "document.again",
}
"""Rare rules with the kind they are counted under."""


def kind_of(rule: str, seen: Features) -> str:
    """Return the kind under which a decision by ``rule`` is counted, by what the rule saw."""
    if rule.startswith("pronoun.") and "focus" in seen:
        weight, lead = float(seen["focus"]), float(seen.get("lead", 0.0))
        return f"{rule}, {'faint' if weight < FAINT else 'clear' if lead > CLEAR * weight else 'close'}"
    if rule == "role":
        return "role, fitting" if float(seen.get("fit", 2.0)) > 1 else "role, bare"
    return FAMILIES.get(rule, rule)


def confidence(rule: str, seen: Features) -> float:
    """Return 0 to 1: the share of decisions of this kind that are right."""
    return SURE.get(kind_of(rule, seen), OTHER)
