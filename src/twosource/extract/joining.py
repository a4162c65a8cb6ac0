"""Amounts that belong together: the ends of a range, two hedges that bound one quantity, odds, a ratio, a part and its
whole.

Evidence: the words between two amounts, and the word before the first.
"""

from dataclasses import replace

from twosource.extract.amounts import Amount
from twosource.extract.figurewords import FigureWords
from twosource.extract.lexemes import Lexeme, gap
from twosource.facts import Hedge


def joined(words: list[Lexeme], found: list[Amount], known: FigureWords) -> list[Amount]:
    """Join the two ends of ranges and odds, and give parts their wholes, from left to right; ``found`` is in order of
    place.
    """
    done: list[Amount] = []
    for amount in found:
        left = done[-1] if done else None
        between = words[left.last : amount.opening] if left else []
        if left is None or len(between) > 2 or any(w.text == "." for w in between):
            done.append(amount)
        elif made := _one_of_two(words, left, amount, known):
            done[-1] = made
        else:
            if _is_part_of(words, left, amount, known):
                done[-1] = replace(left, of=amount.value)
            done.append(amount)
    return done


def _one_of_two(words: list[Lexeme], left: Amount, right: Amount, known: FigureWords) -> Amount | None:
    """Return the one figure that two amounts side by side tell, or None."""
    for rule in (_range, _bounds, _odds, _quotient):
        if made := rule(words, left, right, known):
            return made
    return None


def _range(words: list[Lexeme], left: Amount, right: Amount, known: FigureWords) -> Amount | None:
    """Join "10 to 15", "$5-10 million", "between 5 and 7", "two or three"; not "rose from 5 to 7", nor a score.

    "Between" and "from" belong to the range as "to" does, and stand in its span; a hedge does not.
    """
    if right.first - left.last != 1 or left.value is None or right.value is None or left.low is not None:
        return None
    joint = words[left.last].low
    before = words[left.opening - 1].low if left.opening else ""
    if not _joins(joint, before, left, right, words, known):
        return None
    low, high = left.value, right.value
    if left.unit and right.unit and left.unit != right.unit:
        return None
    if right.scale > left.scale and left.scale == 1 and low * right.scale < high and low < right.scale:
        low *= right.scale
    if low >= high:
        return None
    unit, kind = (right.unit, right.kind) if right.unit else (left.unit, left.kind)
    opened = before in known.words["range_opens"] and left.hedge is None and joint != "-"
    first = left.first - 1 if opened else left.first
    opening = min(first, left.opening)
    return replace(
        right, first=first, opening=opening, value=None, low=low, high=high, unit=unit, kind=kind, hedge=left.hedge
    )


def _bounds(words: list[Lexeme], left: Amount, right: Amount, known: FigureWords) -> Amount | None:
    """Join "more than 10 but fewer than 20": two hedges that bound one quantity from both sides."""
    between = words[left.last : right.opening]
    if left.value is None or right.value is None or left.opening == left.first or right.opening == right.first:
        return None
    if len(between) != 1 or between[0].low not in known.words["bounds_join"] or (left.unit or right.unit) != right.unit:
        return None
    floor, ceiling = (left, right) if left.hedge in _FLOORS else (right, left)
    low, high = floor.value, ceiling.value
    if floor.hedge not in _FLOORS or ceiling.hedge not in _CEILINGS or low is None or high is None or low >= high:
        return None
    return replace(right, first=left.opening, opening=left.opening, value=None, low=low, high=high, hedge=None)


_FLOORS: tuple[Hedge, ...] = ("at_least", "over")
_CEILINGS: tuple[Hedge, ...] = ("at_most", "under")


def _quotient(words: list[Lexeme], left: Amount, right: Amount, known: FigureWords) -> Amount | None:
    """Join "120 over 80": bare numbers at the end of a phrase, where "over" hedges nothing."""
    bare = left.kind == right.kind == "count" and left.hedge is None and left.opening == left.first
    joined = right.opening == left.last == right.first - 1 and words[left.last].low in known.words["over"]
    ended = right.last >= len(words) or not (words[right.last].text[0].isalnum() or words[right.last].text in "-$%")
    if not (bare and joined and ended) or left.value is None or not right.value:
        return None
    ratio = left.value / right.value
    return replace(
        right, first=left.first, opening=left.opening, value=ratio, kind="fraction", unit="fraction", hedge=None
    )


def _joins(joint: str, before: str, left: Amount, right: Amount, words: list[Lexeme], known: FigureWords) -> bool:
    """Tell whether the word between two amounts makes them a range."""
    if joint == "-":
        return gap(words, left.last) == gap(words, left.last + 1) and not _is_score(words, left, right, known)
    if joint in known.words["and"]:
        return before in known.words["range_opens"] and before not in known.words["from"]
    if joint in known.words["or"]:
        return right.opening == right.first and (right.value or 0) - (left.value or 0) <= max(10.0, (left.value or 0))
    if joint not in known.words["range_joins"] or right.opening != right.first:
        return False
    if before not in known.words["from"]:
        return True
    start = max(0, left.opening - 9)
    return known.words["changes"].isdisjoint(w.low for w in words[start : left.opening])


def _is_score(words: list[Lexeme], left: Amount, right: Amount, known: FigureWords) -> bool:
    """Tell whether two numbers are the sides of a vote or a match ("ruled 4-5", "a 47-53 vote")."""
    around = words[max(0, left.first - 5) : left.first] + words[right.last : right.last + 2]
    return not known.words["contests"].isdisjoint(w.low for w in around)


def _odds(words: list[Lexeme], left: Amount, right: Amount, known: FigureWords) -> Amount | None:
    """Join "one in five": a share told with small numbers."""
    if (
        left.kind != "count"
        or right.kind != "count"
        or right.first - left.last != 1
        or not left.value
        or not right.value
    ):
        return None
    if words[left.last].low not in known.words["in"] or not left.value < right.value or left.value > 9:
        return None
    if right.value > 10 and right.value % 10:
        return None
    return replace(
        right,
        first=left.first,
        opening=left.opening,
        value=left.value / right.value,
        kind="fraction",
        unit="fraction",
        hedge=left.hedge,
    )


def _is_part_of(words: list[Lexeme], left: Amount, right: Amount, known: FigureWords) -> bool:
    """Tell whether ``left`` is told as a part of ``right``: "six of seven", "two out of the three"."""
    between = [w.low for w in words[left.last : right.opening]]
    if (
        not between
        or left.kind not in ("count", "both")
        or left.value is None
        or right.value is None
        or right.low is not None
    ):
        return False
    if between[0] in known.words["out"]:
        between = between[1:]
    of_whole = bool(between) and between[0] in known.words["of"] and set(between[1:]) <= known.words["determiners"]
    return of_whole and left.value <= right.value and right.kind == "count"
