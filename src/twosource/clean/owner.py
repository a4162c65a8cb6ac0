"""Whose page a text is, where nobody says: the outlet that the text's own furniture names.

Evidence, line by line and never in the report's own words: a copyright notice, words with which an outlet speaks of
itself to its readers ("Follow The Lantern on …", "the Lantern app"), its name alone on a line, mail addresses and hosts
under one domain. A name that is merely mentioned is no outlet's; a notice of an agency stands below its copies
everywhere; a text that says it was first published elsewhere is not the page of whom it names.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from twosource.anchor import fold
from twosource.article import Block, Outlet
from twosource.clean.address import domain_of
from twosource.clean.phrases import table
from twosource.clean.plain import label_text
from twosource.extract.outlets import bare, find_outlets, is_agency, names_of, publisher_of, squeezed
from twosource.lang import Language

MAX_READ = 200_000
"""Code points at each end of a text that are read; furniture further in is a round-up's."""

MAX_LINE = 600
"""Code points of a line that are read."""

MAX_WORDS = 90
"""Words of the longest line that is furniture: notices go on with terms of use."""

MAX_NAME = 5
"""Words of the longest name of an outlet that no list has."""

MAX_QUOTED = 80
"""Code points of a line that a remark quotes."""

NOTICE, INVITES, ALONE, DOMAIN = 3, 1, 1, 1
"""What a line of each kind weighs; own judgement, 2026-11-22."""

ENOUGH = 3
"""Least weight of the lines that name the outlet."""

AGENCY, FOOT, MENUS = 4, 12, 40
"""The same for an agency, whose notice stands below its copies everywhere; and within how many lines of the end its
notice must stand, in a text of how many lines of furniture, for the page to be its own.
"""

AHEAD = 2
"""Times the weight of the second outlet that the first must have."""

EACH = 3
"""Lines of one kind that count."""

_NOT_OURS = frozenset({"body", "headline", "dek", "caption", "credit"})
_HOST = re.compile(r"(?<![\w.-])(?:[\w.+-]{1,64}@)?((?:[a-zA-Z0-9-]{1,40}\.){1,4}[a-zA-Z]{2,12})(?![\w-])")
_TOKEN = re.compile(r"[^\s,|;:•·]{1,60}|[,|;:•·]")
_STRIPPED = "\"'().»›"


@dataclass(frozen=True, slots=True)
class OwnerTable:
    """The words of the language's table ``outlets`` by which furniture is read, in lower case."""

    notices: list[str]
    notice_fill: list[str]
    notice_ends: list[str]
    companies: list[str]
    holders: list[str]
    invites: list[str]
    invited: list[str]
    carriers: list[str]


@dataclass(frozen=True, slots=True)
class CreditWords:
    """The words of the table ``credits`` with which a text says that it was first published elsewhere, and those of
    pictures' credits.
    """

    repost_before: list[str]
    repost_lines: list[str]
    pictures: list[str]


@dataclass(frozen=True, slots=True)
class Owner:
    """The outlet that furniture names, and the line that shows it best."""

    outlet: Outlet
    line: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One line that names an outlet: its name, how it does so, with what weight."""

    name: str
    kind: str
    weight: int
    line: str
    domain: str | None = None


def owner_in(text: str, markup: tuple[Block, ...], title: str | None, lang: Language) -> Owner | None:
    """Return the outlet whose page ``text`` is by its furniture, or None where that names none, or several."""
    read = text if len(text) <= 2 * MAX_READ else f"{text[:MAX_READ]}\n{text[-MAX_READ:]}"
    if not (markup and len(read) == len(text)) and not _may_tell(fold(read).casefold(), lang):
        return None
    blocks = markup if markup and len(read) == len(text) else label_text(read, title, table(lang))
    lines = [fold(block.span.of(read)[:MAX_LINE]) for block in blocks if _is_furniture(block, blocks[-1])]
    if any(_is_repost(line.casefold().strip(), lang) for line in lines):
        return None
    foot = len(lines) - FOOT if len(lines) >= MENUS else len(lines)
    return _clearest([sign for i, line in enumerate(lines) for sign in _signs(line, lang, at_foot=i >= foot)], lang)


def _may_tell(key: str, lang: Language) -> bool:
    """Tell whether anything stands in the text that only furniture has, before its lines are labelled."""
    known = _words(lang)
    return "@" in key or any(map(key.__contains__, known.notices))


def _is_furniture(block: Block, last: Block) -> bool:
    """Tell whether the line is outside the report, or the last one of it and beyond doubt a notice by its words."""
    return block.kind not in _NOT_OURS or (block is last and block.kind == "body" and block.span.width <= MAX_LINE)


def _is_repost(key: str, lang: Language) -> bool:
    known = lang.table("credits", CreditWords)
    return key in known.repost_lines or any(map(key.__contains__, known.repost_before))


def _signs(line: str, lang: Language, *, at_foot: bool) -> Iterator[Sign]:
    """What one line of furniture tells."""
    words = _TOKEN.findall(line)
    if not words or len(words) > MAX_WORDS:
        return
    shown = " ".join(line.split())
    for name, listed in _noticed(words, lang):
        agency = is_agency(name, lang)
        yield Sign(name, "notice" if listed and (at_foot or not agency) else "unlisted", NOTICE, shown)
    if named := _invited(words, lang):
        yield Sign(named[0], "alone" if named[1] else "invites", ALONE if named[1] else INVITES, shown)
    for found in _HOST.finditer(line):
        domain = domain_of(found.group(1))
        if domain and domain not in _words(lang).carriers:
            name = publisher_of(Outlet(domain, domain), lang) or domain
            yield Sign(name, "domain", DOMAIN, shown, domain)


def _noticed(words: list[str], lang: Language) -> Iterator[tuple[str, bool]]:
    """The name in a copyright notice, and whether it is believed alone: an outlet's known name, or no company's."""
    known = _words(lang)
    keys = [word.casefold() for word in words]
    at = next((i for i, key in enumerate(keys) if key.startswith(tuple(known.notices))), None)
    if at is None or any(
        key.strip(_STRIPPED) in ("image", "images", "photo", "photos", "picture") for key in keys[:at]
    ):
        return
    name = _name_after(words, at, known)
    if not name:
        return
    listed = _known_name(name, known, lang)
    cut = list(name)
    while cut and cut[-1].casefold().strip(".") in known.companies:
        cut.pop()
    if listed:
        yield listed, True
    elif cut and _is_holder(cut, known):
        named = find_outlets(" ".join(words[at:]), lang=lang)
        yield from [(one.name, False) for one in named if one.sure and not is_agency(one.name, lang)][:1]
    elif cut and len(cut) <= MAX_NAME:
        yield " ".join(cut), len(cut) == len(name)


def _name_after(words: list[str], at: int, known: OwnerTable) -> list[str]:
    """The capitalised words after the notice's mark and its year."""
    name: list[str] = []
    for token in words[at:]:
        word = _without_mark(token, known.notices)
        key = word.casefold().strip(_STRIPPED)
        if not name and (not key or key[:1].isdigit() or (key in known.notice_fill and key != "the") or word in ",-"):
            continue
        if not key or key in known.notice_ends or key[:1].isdigit() or not (word[:1].isupper() or key in _SMALL):
            break
        name.append(word.strip(_STRIPPED))
        if word.endswith(".") and len(word) > 4:
            break
    while name and name[-1].casefold() in _SMALL - {"i"}:
        name.pop()
    return name if any(word[:1].isupper() for word in name) else []


def _without_mark(word: str, marks: list[str]) -> str:
    """The word without a notice's mark before it: "©2031", "©The"."""
    mark = next((mark for mark in marks if word.casefold().startswith(mark)), "")
    return word[len(mark) :]


_SMALL = frozenset({"the", "of", "and", "&", "i", "de", "la", "le", "for"})


def _known_name(name: list[str], known: OwnerTable, lang: Language) -> str | None:
    """The listed outlet that a company's name begins with: "Lantern News & Media Limited"; in capitals too."""
    forms = _small_forms(lang)
    for end in range(len(name), 0, -1):
        if all(word.casefold().strip(".") in known.companies for word in name[end:]):
            found = forms.get(bare(" ".join(name[:end]).casefold()))
            if found:
                return found
    return None


def _small_forms(lang: Language) -> dict[str, str]:
    return {form.casefold(): name for form, name in names_of(lang).items()}


def _is_holder(name: list[str], known: OwnerTable) -> bool:
    key = bare(" ".join(name).casefold())
    return any(key == holder or key.startswith(f"{holder} ") for holder in known.holders)


def _invited(words: list[str], lang: Language) -> tuple[str, bool] | None:
    """The name in words to readers, and whether it stands alone: "Follow Lantern News on Facebook", "Lantern News"."""
    known = _words(lang)
    shown = [bare_word for word in words if (bare_word := word.strip(_STRIPPED)) not in ("", "*", "+", "•", "·")]
    keys = [word.casefold() for word in shown]
    begin = _invites(keys, known)
    begin -= begin > 0 and keys[begin - 1] == "the"
    end = next((i for i in range(begin + 1, len(keys)) if keys[i] in known.invited), len(keys))
    name = " ".join(shown[begin:end])
    if not name or end - begin > MAX_NAME + 1 or "." in name:
        return None
    return (name, not begin and end == len(keys)) if name[:1].isupper() or keys[begin] == "the" else None


def _invites(keys: list[str], known: OwnerTable) -> int:
    """Where a name may begin: after words to readers at the line's beginning, or after several such words in it."""
    ends = (
        start + n
        for start in range(len(keys) - 1)
        for n in (1, 2, 3)
        if (n > 1 or not start) and start + n < len(keys) and " ".join(keys[start : start + n]) in known.invites
    )
    return max(ends, default=0)


def _clearest(signs: list[Sign], lang: Language) -> Owner | None:
    """The one outlet that has enough lines, and far more than any other."""
    held: dict[str, list[Sign]] = defaultdict(list)
    for sign in signs:
        held[squeezed(names_of(lang).get(bare(sign.name), sign.name))].append(sign)
    weights = {key: _weight(of) for key, of in held.items()}
    ranked = sorted(weights, key=lambda key: (-weights[key], key))
    if not ranked:
        return None
    best, second = ranked[0], weights[ranked[1]] if len(ranked) > 1 else 0
    strongest = max(held[best], key=lambda sign: (sign.weight, "." not in sign.name))
    name = names_of(lang).get(bare(strongest.name), strongest.name)
    agency = is_agency(name, lang)
    if weights[best] < max(AGENCY if agency else ENOUGH, AHEAD * second):
        return None
    if agency and all(sign.kind != "notice" for sign in held[best]):
        return None
    domain = next((sign.domain for sign in held[best] if sign.domain), None)
    return Owner(Outlet(name, domain), strongest.line[:MAX_QUOTED])


def _weight(of: list[Sign]) -> int:
    """The weight of all lines that name one outlet, of each kind and wording once, and of each kind a few.

    Without a notice a domain counts beside words to readers, and these beside a domain: menus are full of capitals, and
    of links to others. A company's notice counts only beside another line with its name.
    """
    kinds = {sign.kind for sign in of}
    if kinds == {"unlisted"} or not (kinds & {"notice", "unlisted"} or kinds >= {"domain", "invites"}):
        return 0
    lines: dict[str, set[str]] = defaultdict(set)
    for sign in of:
        lines[sign.kind].add(sign.line.casefold())
    worth = {"notice": NOTICE, "unlisted": NOTICE, "invites": INVITES, "alone": ALONE, "domain": DOMAIN}
    return sum(worth[kind] * (1 if worth[kind] > 1 else min(EACH, len(shown))) for kind, shown in lines.items())


def _words(lang: Language) -> OwnerTable:
    return lang.table("outlets", OwnerTable)
