"""Names of agencies and outlets in running text: a list of well-known ones, and the shapes that unknown ones take.

Evidence: the language's `outlets` table, the outlets of the reports themselves, the words beside a capitalised name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from twosource.article import Outlet, Span
from twosource.lang import ENGLISH, Language


@dataclass(frozen=True, slots=True)
class Publisher:
    """One agency or outlet of the table. ``short`` letters name it only where a credit stands."""

    name: str
    forms: list[str]
    short: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OutletTable:
    """The `outlets` table of a language, as written in its TOML file."""

    agencies: list[Publisher]
    outlets: list[Publisher]
    beginnings: list[str]
    endings: list[str]
    agency_endings: list[str]
    kinds: list[str]
    announces: list[str]
    hearing: list[str]
    not_titles: list[str]
    call_signs: list[str]
    not_first: list[str]
    common: list[str]


@dataclass(frozen=True, slots=True)
class Named:
    """A place that names an agency or outlet; ``sure`` is False where only the name's shape says that it is one."""

    name: str
    span: Span
    sure: bool = True


_WORD = r"(?:[A-Z][a-z]{0,2}\.|[A-Z0-9][\w&'-]{0,30})"


def find_outlets(folded: str, own: Iterable[str] = (), lang: Language = ENGLISH) -> list[Named]:
    """Return the agencies and outlets named in ``folded`` text, in order, none inside another.

    ``own`` are names to know beside the table, such as those of the story's own outlets.
    """
    found = list(_known(folded, _by_beginning(tuple(sorted(own)), lang), _common(lang)))
    taken = {at for named in found for at in range(*named.span)}
    for match in _shaped(lang).finditer(folded):
        span = _without_first(Span(*match.span()), folded, lang)
        if span.width and taken.isdisjoint(range(*span)):
            found.append(Named(span.of(folded), span, sure=False))
    return sorted(found, key=lambda named: named.span)


def titles_in(folded: str, lang: Language = ENGLISH) -> set[str]:
    """Return names that the text itself shows to be titles: "... told The Lantern", "the newspaper Erlbacher Bote"."""
    table = lang.table("outlets", OutletTable)
    stop = {*table.not_first, *table.not_titles}
    found = {m[1] or m[2] for m in _titled(lang).finditer(folded)}
    return {name for name in found if name not in stop and name.split()[0] not in stop - {"The"}}


@cache
def _titled(lang: Language) -> re.Pattern[str]:
    table = lang.table("outlets", OutletTable)
    announced, hearing = ("|".join(map(re.escape, words)) for words in (table.announces, table.hearing))
    name = r"[A-Z][\w-]{1,30}(?: [A-Z][\w-]{1,30}){0,2}"
    return re.compile(rf"\b(?:{hearing}) (The {name})|\b(?:{announced}) ({name})")


def bare(form: str) -> str:
    """Return the form without "The" in front."""
    return form[4:] if form[:4] in {"The ", "the "} else form


@cache
def names_of(lang: Language = ENGLISH) -> dict[str, str]:
    """Return the canonical name of every form of the table (forms without "The")."""
    table = lang.table("outlets", OutletTable)
    return {
        bare(form): p.name for p in (*table.outlets, *table.agencies) for form in (p.name, *p.forms) if _safe(form, p)
    }


def _safe(form: str, publisher: Publisher) -> bool:
    """A name that is a common word counts only in the forms listed for running text."""
    return form in publisher.forms or " " in bare(form) or form not in publisher.short


@cache
def _by_beginning(own: tuple[str, ...], lang: Language) -> dict[str, tuple[tuple[str, str], ...]]:
    """The forms to look for, longest first, with their names, by their first two characters."""
    extra = {bare(name): name for name in own if len(name) > 2 and "." not in name}
    by: dict[str, list[tuple[str, str]]] = {}
    for form, name in sorted((extra | names_of(lang)).items(), key=lambda pair: (-len(pair[0]), pair)):
        by.setdefault(form[:2], []).append((form, name))
    return {beginning: tuple(forms) for beginning, forms in by.items()}


_START = re.compile(r"(?<![\w@.#/-])\w")


def _known(folded: str, forms: dict[str, tuple[tuple[str, str], ...]], common: frozenset[str]) -> Iterator[Named]:
    end = 0
    for start in (m.start() for m in _START.finditer(folded)):
        if start < end:
            continue
        for form, name in forms.get(folded[start : start + 2], ()):
            if folded.startswith(form, start) and _ends(folded, start + len(form)):
                end = start + len(form)
                the = folded[max(0, start - 4) : start] in {"The ", "the "}
                if the or form not in common:
                    yield Named(name, Span(start - 4 * the, end))
                break


@cache
def _common(lang: Language) -> frozenset[str]:
    return frozenset(lang.table("outlets", OutletTable).common)


def _ends(folded: str, at: int) -> bool:
    """Tell whether a word ends at ``at``: no letter, no hyphened or dotted continuation."""
    after = folded[at : at + 2]
    return not after[:1].isalnum() and not (after[:1] in set("-.@_") and after[1:2].isalnum())


@cache
def _shaped(lang: Language) -> re.Pattern[str]:
    """Capitalised names that begin or end as outlets do, agencies by their last words, and call signs."""
    table = lang.table("outlets", OutletTable)
    endings = "|".join(map(re.escape, sorted((*table.endings, *table.agency_endings), key=len, reverse=True)))
    calls = "|".join(table.call_signs)
    stations = rf"(?:{calls})[A-Z]{{2,3}}(?:-?(?:TV|FM|AM)| radio| television| News| Eyewitness News)(?!\w)"
    letters = rf"(?:{calls})[B-DF-HJ-NP-TV-Z]{{3}}(?!\w)"  # four letters without a vowel are no word in capitals
    names = rf"(?:{_WORD} ){{1,3}}(?:{endings})(?:-[A-Z]\w{{1,20}}){{0,2}}(?![\w-])"
    beginnings = "|".join(map(re.escape, table.beginnings))
    waves = rf"(?:{beginnings}) (?:[A-Z][a-z]\w{{1,30}}|[0-9]{{1,3}})(?![\w-])"
    return re.compile(rf"(?<![\w@.#/-])(?:{names}|{stations}|{letters}|{waves})")


def _without_first(span: Span, folded: str, lang: Language) -> Span:
    """Cut words from the front that begin sentences, not names; empty where nothing but the ending is left."""
    table = lang.table("outlets", OutletTable)
    stop = frozenset(table.not_first)
    words = span.of(folded).split(" ")
    cut = 0
    while len(words) > 1 and _begins(words[0], stop):
        cut += len(words.pop(0)) + 1
    begins_well = len(words) > 1 and words[0] in table.beginnings
    return Span(span.end if words[0] in table.endings and not begins_well else span.start + cut, span.end)


def _begins(word: str, stop: frozenset[str]) -> bool:
    return word.strip("'.") in stop or word.endswith(("'s", "s'")) or word.isdigit()


@cache
def _by_domain(lang: Language) -> dict[str, str]:
    table = lang.table("outlets", OutletTable)
    return {domain: p.name for p in (*table.agencies, *table.outlets) for domain in p.domains}


def publisher_of(outlet: Outlet | None, lang: Language = ENGLISH) -> str | None:
    """Return the canonical name of an article's outlet: by its domain, by its name, else the name as given."""
    if outlet is None:
        return None
    for host in filter(None, (outlet.domain, outlet.name if "." in outlet.name else None)):
        if name := next((n for d in _parents(host.lower()) if (n := _by_domain(lang).get(d))), None):
            return name
    return names_of(lang).get(bare(outlet.name), outlet.name)


def _parents(host: str) -> Iterator[str]:
    """The host and each domain above it, longest first."""
    parts = host.removeprefix("www.").split(".")
    return (".".join(parts[i:]) for i in range(len(parts) - 1))


@lru_cache(maxsize=4096)
def squeezed(name: str) -> str:
    """Return the key of a name: letters and digits, small, without "the" or a domain's ending.

    "Harrow Times-News" and "harrowtimesnews.com" have one key.
    """
    name = bare(name).lower()
    if "." in name and " " not in name:
        name = max(name.split(".")[:-1], key=len, default=name)
    return "".join(c for c in name if c.isalnum())


@cache
def agencies(lang: Language = ENGLISH) -> dict[str, str]:
    """Return the canonical name of every form of an agency, short letters included."""
    table = lang.table("outlets", OutletTable)
    return {bare(form): p.name for p in table.agencies for form in (p.name, *p.forms, *p.short)}


def is_agency(name: str, lang: Language = ENGLISH) -> bool:
    """Tell whether a canonical name, or one of an unknown outlet, is an agency's."""
    endings = tuple(lang.table("outlets", OutletTable).agency_endings)
    return name in agencies(lang).values() or name.endswith(endings)
