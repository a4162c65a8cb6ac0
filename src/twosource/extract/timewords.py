"""The words of time expressions: every lexeme gets one class, from the lists of ``times.toml`` or from its form.

Decides what a doubtful word is where it stands: "May" and "march", "second", "spring", four digits that may be a year.
"""

from twosource.extract.lexemes import Lexeme, gap
from twosource.extract.numberwords import number_in_digits
from twosource.extract.numerals import numeral_at
from twosource.extract.timetable import TimeWords, Token

MAX_GAP = 3
"""Most blanks between two words of one expression."""

FIRST_YEAR, LAST_YEAR = 1000, 2199
"""Four digits in this range may be a year; outside it no number is one without "BC" or "AD"."""

SURE_YEARS = range(1800, 2100)
"""Four digits in this range are a year unless they count something; others need a word such as "in" before them."""

MAX_ZONE = 4
"""Longest abbreviation of a time zone, which counts in capitals only; "local time" counts in any case."""

_NONE = ""


def classified(words: list[Lexeme], known: TimeWords) -> list[Token]:
    """Give every lexeme, or run that is one word, its class; a wide gap is a word of no class."""
    tokens: list[Token] = []
    at = 0
    while at < len(words):
        if tokens and gap(words, at) > MAX_GAP:
            tokens.append(Token(at, at, _NONE, None))
        token = _token(words, at, known)
        tokens.append(token)
        at = token.last
    return tokens


def _token(words: list[Lexeme], at: int, known: TimeWords) -> Token:
    word = words[at]
    if word.is_number:
        return _from_digits(words, at, known)
    if clock := _spoken(words, at + (word.low in known.numbers.table.articles), known):
        return Token(at, clock.last, clock.kind, clock.value)
    if word.low in known.numbers.kinds and _listed(words, at, known, longer_than=1) is None:
        numeral = numeral_at(words, at, known.numbers)
        return Token(at, numeral.last, "number", numeral.value) if numeral else Token(at, at + 1, _NONE, None)
    if word.low in known.numbers.table.articles:
        numeral = numeral_at(words, at, known.numbers)
        if numeral and not numeral.doubtful:
            return Token(at, numeral.last, "number", numeral.value)
    return _listed(words, at, known) or Token(at, at + 1, _NONE, None)


def _listed(words: list[Lexeme], at: int, known: TimeWords, longer_than: int = 0) -> Token | None:
    """Return the longest listed phrase that begins at ``at`` and is what it looks like there."""
    for phrase, kind, value in known.vocabulary.get(words[at].low, ()):
        size = len(phrase)
        if size <= longer_than or at + size > len(words):
            continue
        if size > 1 and tuple(w.low for w in words[at : at + size]) != phrase:
            continue
        if _plausible(words, at, kind, known):
            return Token(at, at + size, kind, value)
    return None


def _plausible(words: list[Lexeme], at: int, kind: str, known: TimeWords) -> bool:
    """Tell whether a word that may be something else ("May", "sat", "spring", "c") is of that class here."""
    if kind == "month_doubtful":
        return _is_month(words, at, known)
    if kind in ("month_short", "weekday_short"):
        return words[at].capital and (_before_stop_or_number(words, at) or _after_number(words, at))
    if kind == "season_doubtful":
        return _is_season(words, at, known)
    if kind == "zone":
        return words[at].capital or len(words[at].low) > MAX_ZONE
    if kind == "month" and words[at].low in known.context["capital_months"]:
        return words[at].capital
    if kind == "decade":
        return at > 0 and words[at - 1].low in known.context["opens_decade"]
    if kind == "part" and at:
        named = words[at].capital and words[at - 1].capital  # "Operation Red Dawn"
        return words[at - 1].low in known.table.weekdays or not (
            named or words[at - 1].low in known.context["no_part_after"]
        )
    if kind == "offset" and words[at].low in known.context["ends_offset"]:
        return at + 1 >= len(words) or not words[at + 1].text[0].isalnum()
    if kind == "vague" and words[at].capital:
        return not _is_name(words, at)
    if kind == "adverb" and words[at].capital:
        return not (at + 1 < len(words) and words[at + 1].capital)  # "The Weekly Standard"
    return True


def _is_name(words: list[Lexeme], at: int) -> bool:
    """Tell "Hawaii News Now" and "NOW members" from "Now" at the beginning of a sentence."""
    after = words[at + 1].text if at + 1 < len(words) else ""
    shouted = words[at].text.isupper() and after.isalpha() and not after.isupper()
    return shouted or (at > 0 and words[at - 1].capital)


def _is_month(words: list[Lexeme], at: int, known: TimeWords) -> bool:
    if not words[at].capital:
        return False
    before = words[at - 1].low if at else ""
    if before == "-" and at > 1:
        before = words[at - 2].low  # "mid-March"
    return before in known.context["opens_month"] or _before_stop_or_number(words, at) or _after_number(words, at)


def _before_stop_or_number(words: list[Lexeme], at: int) -> bool:
    if at + 1 >= len(words):
        return False
    after = words[at + 1]
    if after.text == "." and gap(words, at + 1) == 0:
        return at + 2 < len(words) and len(words[at].text) < 5
    return after.is_number and len(after.text) <= 4


def _after_number(words: list[Lexeme], at: int) -> bool:
    return at > 0 and gap(words, at) <= 1 and (words[at - 1].is_number or words[at - 1].low in _ORDINAL_MARKS)


_ORDINAL_MARKS = frozenset(("st", "nd", "rd", "th"))


def _is_season(words: list[Lexeme], at: int, known: TimeWords) -> bool:
    before = words[at - 1].low if at else ""
    after = words[at + 1] if at + 1 < len(words) else None
    followed = after is not None and (len(after.text) == 4 and after.text.isdecimal())
    return before in known.context["opens_season"] or followed


def _from_digits(words: list[Lexeme], at: int, known: TimeWords) -> Token:
    """Class a number in digits by its form and what is glued to it."""
    shown = words[at].text
    other = Token(at, at + 1, _NONE, None)
    if clock := _clock(words, at) or _run_together(words, at, known):
        return clock
    if (
        at
        and gap(words, at) == 0
        and (words[at - 1].text in ("$", "£", "€", "#", "_", "@", "=", "&") or words[at - 1].text.isalpha())
    ):
        return other
    if gap(words, at + 1) == 0 and words[at + 1].text.isalpha():
        return _glued(words, at, known) or other
    if decade := _owned(words, at, known):
        return decade
    if not shown.isdecimal() or not shown.isascii():
        value = number_in_digits(shown)
        numeral = numeral_at(words, at, known.numbers)
        return Token(at, numeral.last, "number", numeral.value) if numeral and value is not None else other
    after = words[at + 1].low if at + 1 < len(words) else ""
    if after in known.numbers.kinds or after in ("/", known.numbers.table.joined_by):
        numeral = numeral_at(words, at, known.numbers)
        if numeral and numeral.last > at + 1:
            return Token(at, numeral.last, "number", numeral.value)
    return Token(at, at + 1, _class_of_digits(shown), float(shown) if len(shown) < 20 else None)


def _class_of_digits(shown: str) -> str:
    if len(shown) <= 2:
        return "dayno" if 1 <= int(shown) <= 31 else "two"
    if len(shown) == 4 and FIRST_YEAR <= int(shown) <= LAST_YEAR:
        return "year"
    return "number" if len(shown) < 20 else _NONE


def _clock(words: list[Lexeme], at: int) -> Token | None:
    """Read "10:30", "10:30:15", and "10.30" before "am"."""
    shown = words[at].text
    if at + 2 < len(words) and words[at + 1].text == ":" and gap(words, at + 1) == gap(words, at + 2) == 0:
        hour, minute = shown, words[at + 2].text
        last = at + 3
        if (
            last + 1 < len(words)
            and words[last].text == ":"
            and len(words[last + 1].text) == 2
            and gap(words, last + 1) == 0
        ):
            last += 2
        return Token(at, last, "clock", f"{int(hour):02}:{minute}") if _is_clock(hour, minute) else None
    hour, _, minute = shown.partition(".")
    if (
        minute
        and at + 1 < len(words)
        and words[at + 1].low[:1] in "ap"
        and words[at + 1].low.replace(".", "") in ("am", "pm")
    ):
        last = at + 1
        return Token(at, last, "clock", f"{int(hour):02}:{minute}") if _is_clock(hour, minute) else None
    return None


def _run_together(words: list[Lexeme], at: int, known: TimeWords) -> Token | None:
    """Read "0230" before a time zone, and "at 1400 hours"."""
    shown, last = words[at].text, at + 1
    if len(shown) != 4 or last >= len(words) or not _is_clock(shown[:2], shown[2:]):
        return None
    clock = f"{shown[:2]}:{shown[2:]}"
    if words[last].low in known.table.words["zone"]:
        return Token(at, last, "clock", clock) if words[last].capital else None
    military = words[last].low in known.context["after_clock"] and at > 0
    opened = military and words[at - 1].low in known.context["opens_clock"]
    return Token(at, last + 1, "clock", clock) if opened else None


def _spoken(words: list[Lexeme], at: int, known: TimeWords) -> Token | None:
    """Read "half past ten", "ten past 4", and "quarter to six" where a word such as "at" shows a clock time."""
    minutes = known.table.spoken.get(words[at].low) if at + 2 < len(words) else None
    if minutes is None or max(gap(words, at + 1), gap(words, at + 2)) > 1:
        return None
    joint, before = words[at + 1].low, words[max(0, at - 2) : at]
    past = joint in known.context["past_hour"]
    opened = any(w.low in known.context["opens_clock"] for w in before)
    if not past and not (joint in known.context["to_hour"] and opened and words[at].low not in known.numbers.kinds):
        return None
    numeral = numeral_at(words, at + 2, known.numbers)
    hour = numeral.value if numeral and numeral.last == at + 3 else None
    if hour not in _HOURS:
        return None
    total = (int(hour) * 60 + (minutes if past else -minutes) - 60) % 720 + 60
    return Token(at, at + 3, "clock", f"{total // 60:02}:{total % 60:02}")


_HOURS = frozenset(range(1, 13))


def _is_clock(hour: str, minute: str) -> bool:
    digits = hour.isascii() and minute.isascii() and hour.isdecimal() and minute.isdecimal()
    return digits and 1 <= len(hour) <= 2 and len(minute) == 2 and int(hour) <= 24 and int(minute) <= 59


def _glued(words: list[Lexeme], at: int, known: TimeWords) -> Token | None:
    """Read "4th", "1990s", "8pm", "5min": digits with letters glued on."""
    shown, letters = words[at].text, words[at + 1].low
    if not (shown.isdecimal() and shown.isascii() and len(shown) <= 4):
        return None
    if letters in _ORDINAL_MARKS:
        return Token(at, at + 2, "ordinal", int(shown))
    if letters == "s" and shown.endswith("0"):
        return Token(at, at + 2, "decade", int(shown)) if len(shown) in (2, 4) else None
    kinds = {kind for _, kind, _ in known.vocabulary.get(letters, ())}
    return Token(at, at + 1, _class_of_digits(shown), float(shown)) if kinds & {"daypart", "unit_plural"} else None


def _owned(words: list[Lexeme], at: int, known: TimeWords) -> Token | None:
    """Read "the 1980's", as some outlets write decades."""
    glued = gap(words, at + 1) == gap(words, at + 2) == 0 and words[at + 1].text == "'" and words[at + 2].text == "s"
    shown, before = words[at].text, words[at - 1].low if at else ""
    decade = glued and len(shown) == 4 and _class_of_digits(shown) == "year" and shown[-1] == "0"
    return Token(at, at + 3, "decade", int(shown)) if decade and before in known.context["opens_decade"] else None


def is_year(words: list[Lexeme], at: int, known: TimeWords) -> bool:
    """Tell whether the bare four digits at ``at`` name a year: by range, neighbours, and what they would count."""
    before = words[at - 1].low if at else ""
    after = words[at + 1] if at + 1 < len(words) else None
    if before in ("$", "£", "€", "#", "no", "+") or (before == "." and gap(words, at) == 0):
        return False
    if after is not None and (after.low in known.context["not_a_year_before"] or after.text in ("%", "°")):
        return False
    if after is not None and after.text == "-" and gap(words, at + 1) == 0 and gap(words, at + 2) == 0:
        other = words[at + 2].text
        if other.isalpha():
            return before in known.context["opens_year"]
        return len(other) < 3 or _class_of_digits(other) == "year"  # "1000-5000" counts something
    sure = int(words[at].text) in SURE_YEARS
    return before in known.context["opens_year" if sure else "opens_old_year"] or (
        sure and before not in ("about", "over", "than")
    )
