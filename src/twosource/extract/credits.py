"""Credits: where an article says its text, or a part of it, comes from.

Evidence, block by block: agency names in dateline and byline positions and on lines of their own, copyright notices,
tails ("... contributed to this report"), marks of a repost, outlets named in the page's furniture. Photo credits are
left out: they say nothing about the text.
"""

import re
from collections.abc import Iterator

from twosource.anchor import fold
from twosource.article import TOLD_IN, Article, Block, Span
from twosource.extract.creditline import REACH, CreditTable, Line, lines, publishers
from twosource.extract.outlets import bare, names_of
from twosource.facts import Credit
from twosource.lang import Language

DATELINE = 100
"""Code points from the start of a block within which a dateline ends (longest in 173 articles of 2013-2018: 64)."""

FURNITURE = 2000
"""Code points of a furniture block that are searched for outlets."""

MENU = 0.5
"""Part of a furniture line's words from which it is a menu when they are a menu's (own judgement, 2026-11-22)."""

MOST_LETTERS = 0.8
"""Part of the letters in closing parentheses that agency names must make up."""


def find_credits(article: Article, blocks: tuple[Block, ...], lang: Language) -> tuple[Credit, ...]:
    """Return agency, outlet, repost and byline credits in order of place; none overlaps another.

    An agency that only helped has the whole phrase as its span ("Reuters contributed to this report"), else the span is
    the name alone (see `helped`). A repost mark that names nobody ("Source link") has the name "".
    """
    found = [credit for line in lines(article, blocks, lang) for credit in _apart(_of_line(line))]
    return _one_name_each(found)


def helped(credit: Credit, text: str, lang: Language) -> bool:
    """Tell whether a credit is for help only ("additional reporting by AFP"), not for the text as a whole."""
    shown = fold(credit.span.of(text)).lower()
    table = lang.table("credits", CreditTable)
    return any(phrase in shown for phrase in (*table.helped_before, *table.helped_after))


def _of_line(line: Line) -> Iterator[Credit]:
    if line.block.kind != "caption":
        for rule in (_dateline, _helped, _notice, _repost, _byline, _alone, _tail, _furniture):
            yield from rule(line)


def _apart(credits_: Iterator[Credit]) -> list[Credit]:
    """Keep what an earlier rule found where two overlap, and put the rest in order."""
    kept: list[Credit] = []
    for credit in credits_:
        if not any(credit.span.overlaps(other.span) for other in kept):
            kept.append(credit)
    return sorted(kept, key=lambda c: (c.span, c.kind))


def _one_name_each(found: list[Credit]) -> tuple[Credit, ...]:
    """Call an agency by its letters throughout where the article has both ("Northern Press Agency", "NPA")."""
    letters = {c.name for c in found if c.kind == "agency" and c.name.isupper()}
    return tuple(Credit("agency", initials, c.span) if (initials := _initials(c)) in letters else c for c in found)


def _initials(credit: Credit) -> str:
    words = bare(credit.name).split() if credit.kind in {"agency", "outlet"} else []
    return "".join(word[0] for word in words)


# --- agencies in their usual places ---------------------------------------------------------------------------

_AGENCY_PLACE = re.compile(r"([^\n()/]{0,70})(?:\(([^()\n]{2,50})\) {0,2}[-:]|/([A-Z][\w -]{1,30})/\.? ?)")
_OPENING = re.compile(r"()\(([A-Z][\w /,&-]{1,40})\)() {0,2}[-\"'A-Z0-9]")
_SMALL = frozenset({"de", "of", "la", "le", "del", "al", "and", "do", "da", "on", "the"})


def _dateline(line: Line) -> Iterator[Credit]:
    """Find "LONDON (Reuters) -", "KYIV, 3 May (Interfax) -", "MOSCOW, May 3. /TASS/." and "(CNN)Police say"."""
    head = line.text[:DATELINE]
    match = _AGENCY_PLACE.match(head) or _OPENING.match(head)
    if match is None or line.block.kind == "boilerplate":
        return
    start, end = match.span(2 if match[2] else 3)
    a_place = all(not word[0].islower() or word in _SMALL for word in re.findall(r"\w+", match[1]))
    if a_place and not line.credits_picture(start, end):
        yield from publishers(line, start, end, unknown=True)


_PERSON = re.compile(r"[^\W\d_](?:[^\W\d_]|['.-]){0,24}(?: (?:[^\W\d_]|['.-]){1,25}){1,3}")
_SPLIT = re.compile(r" *(?:,|;|\||/|&|\band\b|\bfor\b|\bin\b|\bat\b| - |\n) *")


def _byline(line: Line) -> Iterator[Credit]:
    """Find "By Jane Doe, Associated Press", and "Jane Doe in Lisava" where the line is known to be a byline."""
    by = next((b for b in line.table.by if line.low.startswith(b)), "")
    opens = bool(by) and line.at_edge and not _is_prose(line.text)
    if not line.is_short or not (opens or line.block.kind == "byline"):
        return
    named = publishers(line, len(by), len(line.text))
    yield from named
    at = len(by)
    for part in _SPLIT.split(line.text[at:]):
        start = line.text.find(part, at)
        at = start + len(part)
        if _PERSON.fullmatch(part) and _is_name(part):
            yield Credit("byline", part, line.span(start, at))


def _is_prose(text: str) -> bool:
    """Tell whether the line goes on as prose does: it ends in a stop or has many small words."""
    small = sum(word.islower() for word in text.split()[1:])
    return small > (2 if text.rstrip().endswith((".", "?", "!", ":")) else 6)


def _is_name(words: str) -> bool:
    """Tell whether each word has a capital or is short enough for a particle."""
    return all(word[0].isupper() or len(word) <= 3 for word in words.split())


_PHOTOGRAPHER = re.compile(r"[A-Z][\w'-]{1,24} ?/|/ ?[A-Z][a-z]")


def _alone(line: Line) -> Iterator[Credit]:
    """Find agencies on a short line near an edge that holds their names, dates and places, and nothing else."""
    if not (line.at_edge and line.is_short) or line.block.kind == "headline":
        return
    if line.under_picture or line.credits_picture():
        return
    found = [c for c in publishers(line, 0, len(line.text)) if c.kind == "agency"]
    rest = line.text
    for credit in found:
        start, end = credit.span.moved(-line.block.start)
        rest = rest[:start] + " " * (end - start) + rest[end:]
    words = [w for w in re.findall(r"[^\W\d_]+", rest) if w.lower() not in line.table.line_words]
    if found and len(words) <= 3 and _is_name(" ".join(words)) and not _PHOTOGRAPHER.search(rest):
        yield from found


def _tail(line: Line) -> Iterator[Credit]:
    """Find agencies in parentheses at the very end: "(AFP, dpa)"."""
    start = line.text.rfind("(")
    closes = line.text.rstrip().endswith(")") and start >= 0
    if not (line.is_last and closes) or any(notice in line.low for notice in line.table.notices):
        return
    found = publishers(line, start + 1, len(line.text))
    letters = sum(char.isalnum() for char in line.text[start:])
    if all(c.kind == "agency" for c in found) and sum(c.span.width for c in found) >= letters * MOST_LETTERS:
        yield from found


_YEARS = re.compile(r"[\s\d(),.:;©c-]{0,20}(?:by |of )?(?:the )?", re.IGNORECASE)


def _notice(line: Line) -> Iterator[Credit]:
    """Find "Copyright 2017 The Associated Press"; with a person's name between, it is a picture's."""
    for notice in line.table.notices:
        at = line.low.find(notice)
        stop = at + len(notice)
        if at < 0 or not (line.is_short or at < DATELINE) or line.credits_picture(0, stop):
            continue
        years = _YEARS.match(line.text, stop)
        start = years.end() if years else stop
        yield from (c for c in publishers(line, stop, start + REACH)[:1] if c.span.start <= line.block.start + start)
        return


# --- help and reposts -----------------------------------------------------------------------------------------


def _helped(line: Line) -> Iterator[Credit]:
    """Find "Reuters contributed to this report" and "with files from the Canadian Press" near an edge."""
    if not line.at_edge:
        return
    for phrase in line.table.helped_before:
        at = line.low.find(phrase)
        if at >= 0 and not line.low[:at].rstrip()[-1:].isalnum():
            for credit in publishers(line, at + len(phrase), line.sentence_end(at)):
                yield Credit(credit.kind, credit.name, Span(line.block.start + at, credit.span.end))
    for phrase in line.table.helped_after:
        at = line.low.find(phrase)
        end = at + len(phrase)
        if at >= 0 and not line.low[end : end + 2].strip(" )").isalnum():
            for credit in publishers(line, max(line.sentence_start(at), at - REACH), at):
                yield Credit(credit.kind, credit.name, Span(credit.span.start, line.block.start + end))


def _repost(line: Line) -> Iterator[Credit]:
    """Find "Source link", "This article first appeared in the Courier", "Originally published at example.org"."""
    low = line.low.strip(" .:-[]()>")
    if low in line.table.repost_lines:
        yield Credit("repost", "", line.block.span)
    elif phrase := next((p for p in line.table.repost_before if _says_so(line, p)), ""):
        yield _whom(line, phrase)
    elif line.is_last and len(line.text) <= REACH:
        phrase = next((p for p in line.table.repost_starts if line.low.startswith(p)), "")
        credit = _whom(line, phrase)
        if phrase and (credit.name in names_of(line.lang).values() or "." in credit.name):
            yield credit


def _says_so(line: Line, phrase: str) -> bool:
    """Tell whether the phrase is of this text: it follows "this article", or begins a sentence where credits stand."""
    at = line.low.find(phrase)
    before = line.low[line.sentence_start(at) : max(0, at)].strip(" ([-*")
    subject = before.startswith(tuple(line.table.repost_subjects))
    return at >= 0 and (subject or (not before and (line.at_edge or line.block.kind not in TOLD_IN)))


_DOMAIN = re.compile(r"(?:[\w-]{1,40}\.){1,4}[a-z]{2,12}(?!\w)")
_NAME = re.compile(r"[A-Z0-9][\w.&'-]{0,30}(?: (?:[A-Z0-9][\w.&'-]{0,30}|of|and|the|de)){0,4}")


def _whom(line: Line, phrase: str) -> Credit:
    """The repost credit of a phrase: a known name behind it, a domain, capitalised words, or "" and the phrase."""
    at = line.low.find(phrase)
    start = at + len(phrase)
    if named := publishers(line, start, line.sentence_end(start)):
        return Credit("repost", named[0].name, named[0].span)
    part = line.text[start : line.sentence_end(start)]
    if match := _DOMAIN.search(part) or _NAME.search(part):
        name = match.group().rstrip(".'-")
        return Credit("repost", name, line.span(start + match.start(), start + match.start() + len(name)))
    return Credit("repost", "", line.span(at, start))


def _furniture(line: Line) -> Iterator[Credit]:
    """Find outlets named in the page's own furniture ("Watch: CBC News went along"), pictures' credits left out."""
    if line.block.kind in {"teaser", "boilerplate"} and not line.credits_picture(0, FURNITURE):
        found = (c for c in publishers(line, 0, FURNITURE) if c.kind == "outlet")
        yield from (c for c in found if not _of_menu(line, c))


def _of_menu(line: Line, credit: Credit) -> bool:
    """Tell whether a name that only its shape makes an outlet's is words of the page's menu ("Home News")."""
    if credit.name in names_of(line.lang).values():
        return False
    return line.menu_share(*credit.span.moved(-line.block.start)) == 1 or line.menu_share() >= MENU
