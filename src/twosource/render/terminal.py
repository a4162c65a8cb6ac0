"""An account on a terminal: what an editor must act on first, at a glance.

Order: how many reports and how many of them independent, conflicts, who said what in whose words, figures, what one
report alone tells, naming and voice, notes, what to type next. Every line carries a label that `why` explains.
"""

from collections.abc import Sequence
from itertools import groupby

from twosource.account import (
    Account,
    AccountArticle,
    FigureLine,
    FigureTelling,
    Only,
    Origin,
    Place,
    Statement,
    Telling,
)
from twosource.align.omitted import unfinished
from twosource.article import TOLD_IN
from twosource.render.framed import first_named, loaded_cues, naming, voices
from twosource.render.labels import ToldHere
from twosource.render.lines import NO_BREAK, Look, Piece, Sheet, cells, clipped, flowing, named, padded, shown
from twosource.render.phrases import AGREEMENTS, CONFLICTS, ORIGINS, counted, day, linked
from twosource.render.variants import Wording, wordings
from twosource.render.view import View, articles_of, origins_of
from twosource.report import Report

MOST_CONFLICTS, MOST_SAID, MOST_FIGURES, MOST_ONLY, MOST_FRAMED, MOST_NOTES = 8, 8, 6, 5, 4, 5
"""Lines of each section before "+N more": with two reports the whole account then fits two screens of 40 rows."""

LONGEST_TELLING = 3
"""Rows that one wording may fill."""

WIDEST_THING = 32
"""Cells of the column that says what a figure counts."""

NOT_ONE = "no common event found. "
"""How the note begins that the heading already says."""

ALL = 10_000
"""More lines than any section has."""


def render_terminal(account: Account, look: Look, reports: Sequence[Report] = (), *, whole: bool = False) -> str:
    """Return the account as lines for a terminal; ``reports`` add what was set aside, ``whole`` leaves nothing out."""
    view, sheet = View(account), Sheet(look)
    _head(view, sheet)
    _articles(view, sheet, reports)
    _independence(view, sheet, whole=whole)
    _conflicts(view, sheet, ALL if whole else MOST_CONFLICTS)
    _said(view, sheet, ALL if whole else MOST_SAID, whole=whole)
    _figures(view, sheet, ALL if whole else MOST_FIGURES)
    _only(view, sheet, ALL if whole else MOST_ONLY)
    _omits(view, sheet, ALL if whole else MOST_ONLY)
    _framing(view, sheet, ALL if whole else MOST_FRAMED)
    _notes(view, sheet, ALL if whole else MOST_NOTES)
    _next(view, sheet, whole=whole)
    return sheet.text()


def _head(view: View, sheet: Sheet) -> None:
    account = view.account
    sheet.add([(shown(view.title), "title")], most=2)
    sure = sum(c.certainty == "conflict" for c in account.conflicts)
    line: list[Piece] = [(_kept_together(counted(account.lineage.reports, "report")), ""), (" · ", "")]
    line += [(_kept_together(_independent(view)), "head"), (" · ", "")] if account.lineage.reports != 1 else []
    line.append((_kept_together(counted(sure, "conflict")), "alarm" if sure else ""))
    if possible := len(account.conflicts) - sure:
        line.append((_kept_together(f" (+{possible} possible)"), ""))
    several = sum(len(articles_of(s)) > 1 for s in account.statements)
    figures = sum(len(articles_of(f)) > 1 for f in account.figures)
    line.append((f" · {_kept_together(counted(several, 'shared statement'))}", ""))
    line.append((f" · {_kept_together(counted(figures, 'shared figure'))}", ""))
    sheet.add(line)
    for note in account.notes:
        if note.code == "no_common_event":
            sheet.add([("NO COMMON EVENT  ", "alarm"), (shown(view.message(note).removeprefix(NOT_ONE)), "")], hang=2)


def _kept_together(words: str) -> str:
    return words.replace(" ", NO_BREAK)


def _independent(view: View) -> str:
    known = view.account.lineage
    many = known.independent_reports
    return f"at most {many} independent" if many > 1 else "not independent"


def _articles(view: View, sheet: Sheet, reports: Sequence[Report]) -> None:
    sheet.gap()
    read = {r.id: r for r in reports}
    names = {a.id: clipped(named(view.outlet(a.id)), 30) for a in view.account.articles}
    whens = {a.id: named(_when(a)) for a in view.account.articles}
    wide, long = (max(map(cells, column.values()), default=0) + 2 for column in (names, whens))
    for article in view.account.articles:
        about = [counted(len(article.text.split()), "word")] if article.text else []
        about += [f"seen {article.sightings} times"] if article.sightings > 1 else []
        about += [counted(len(article.versions), "older version")] if article.versions else []
        about += _set_aside(read.get(article.id))
        sheet.add(
            [
                (padded(view.labels.letter(article.id), 4), "label"),
                (padded(names[article.id], wide), "speaker"),
                (padded(whens[article.id], long), ""),
                (" · ".join(about), "faint"),
            ],
            hang=4,
        )


def _when(article: AccountArticle) -> str:
    """The day of publication, one guessed from the other reports, or "undated"."""
    guessed = f"about {day(article.published_inferred)}" if article.published_inferred else "undated"
    return day(article.published) or guessed


def _set_aside(report: Report | None) -> list[str]:
    if report is None:
        return []
    lines = sum(b.kind not in TOLD_IN for b in report.blocks)
    names = dict.fromkeys(named(c.name) for c in report.credits if c.kind != "byline" and c.name)
    found = [f"{counted(lines, 'line')} set aside"] if lines else []
    return found + ([f"names {', '.join(list(names)[:2])}"] if names else [])


def _independence(view: View, sheet: Sheet, *, whole: bool) -> None:
    lineage = view.account.lineage
    if lineage.reports < 2:
        return
    sheet.gap()
    most = f"at most {lineage.independent_reports} of {lineage.reports} reports written separately"
    sheet.add([("INDEPENDENT?  ", "head"), (most, "")], hang=2)
    texts = {a.origin for a in view.account.articles}
    shared = [o for o in lineage.origins if whole or len(o.articles) > 1 or (o.id in texts and not _own(o))]
    for origin in sorted(shared, key=lambda o: -len(o.articles)):
        label = view.labels.line(origin.id)
        sheet.add(_row(label, f"{view.letters(origin.articles)}  ", view.origin(origin.id)), hang=9)
    own = [a for o in lineage.origins if o not in shared and _own(o) for a in o.articles]
    if own:
        sheet.add(_row("", f"{view.letters(own)}  ", ORIGINS["own_reporting"]), hang=9)
    for number, link in enumerate(lineage.links, 1):
        agency = f" ({named(link.agency)})" if link.agency else ""
        said = linked(link, view.labels.letter(link.left), view.labels.letter(link.right))
        share = f", {link.share:.0%} in common" if round(link.share, 2) else ""
        sheet.add(_row(f"link{number}", "", f"{said}{share}{agency}"), hang=9)
    for owned in lineage.owners:
        sheet.add(_row("", f"{view.letters(owned.articles)}  ", f"one owner: {named(owned.owner)}"), hang=9)


def _own(origin: Origin) -> bool:
    return origin.kind == "own_reporting"


def _row(label: str, letters: str, words: str) -> list[Piece]:
    return [("  ", ""), (padded(label, 7), "label"), (letters, "speaker"), (shown(words), "")]


def _conflicts(view: View, sheet: Sheet, most: int) -> None:
    conflicts = sorted(view.account.conflicts, key=lambda c: c.certainty)
    for conflict in conflicts[:most]:
        sheet.gap()
        sure = conflict.certainty == "conflict"
        pieces: list[Piece] = [("CONFLICT  ", "alarm") if sure else ("POSSIBLE CONFLICT  ", "head")]
        pieces.append((f"{view.labels.line(conflict.id)}  ", "label"))
        pieces.append((f"{CONFLICTS[conflict.kind]}: {shown(conflict.why)}", ""))
        sheet.add(pieces, hang=10)
        _side(view, sheet, conflict.left)
        _side(view, sheet, conflict.right)
        if conflict.settle:
            sheet.add([("would settle it: ", "faint"), (shown(conflict.settle), "faint")], first=2, hang=6)
    _further(sheet, len(conflicts) - most)


def _further(sheet: Sheet, number: int, indent: int = 2) -> None:
    if number > 0:
        sheet.add([(f"+ {number} more", "faint")], first=indent)


def _side(view: View, sheet: Sheet, place: Place) -> None:
    label = view.labels.near(place)
    pieces: list[Piece] = [
        ("  ", ""),
        (padded(label, 5), "label"),
        *_cue(view.cue_at(place)),
        (shown(view.at(place)), ""),
    ]
    outlet: Piece = (f"  ({named(view.outlet(place.article))})", "faint")
    sheet.add(pieces, hang=7, most=LONGEST_TELLING, remark=[outlet])


def _cue(words: str) -> list[Piece]:
    """A cue that must stand before the words it reports."""
    return [(f"{shown(words)}: ", "cue")] if words else []


def _said(view: View, sheet: Sheet, most: int, *, whole: bool) -> None:
    shared = [s for s in view.account.statements if len(articles_of(s)) > 1]
    if not shared:
        return
    sheet.gap()
    legend = "differing words underlined" if sheet.look.colour else "{differing words}"
    sheet.add([("SAID BY  ", "head"), (f"{counted(len(shared), 'statement')} in several reports; {legend}", "faint")])
    place = {s.id: n for n, s in enumerate(shared)}
    speaker: dict[str | None, int] = {}
    for statement in shared:
        speaker.setdefault(statement.speaker, place[statement.id])
    shared.sort(key=lambda s: (speaker[s.speaker], -len(articles_of(s)), place[s.id]))
    for who, statements in groupby(shared[:most], key=lambda s: s.speaker):
        sheet.add([("  ", ""), (shown(view.speaker(who)), "speaker")], hang=4)
        for statement in statements:
            _statement(view, sheet, statement, ALL if whole else LONGEST_TELLING)
    _further(sheet, len(shared) - most)


def _statement(view: View, sheet: Sheet, statement: Statement, rows: int) -> None:
    found = wordings(view, statement)
    labels = [_equal(view, w.tellings) + (f" (+{len(w.origin)} of this origin)" if w.origin else "") for w in found]
    wide = max(map(cells, labels)) + 2
    told = [_told_to(view, w.tellings) for w in found]
    remarks = [f"  ({to})" if to else "" for to in told] if len(set(told)) > 1 else ["" for _ in found]
    remarks[-1] += f"  ({', '.join(filter(None, (told[-1] * (len(set(told)) == 1), _rests_on(view, statement))))})"
    for number, (label, wording, remark) in enumerate(zip(labels, found, remarks, strict=True)):
        pieces: list[Piece] = [("    " if number else "  • ", ""), (padded(label, wide), "label")]
        pieces += _cue(view.cue(wording.tellings[0])) + marked(wording, colour=sheet.look.colour)
        sheet.add(pieces, hang=wide + 4, most=rows, remark=[(remark, "faint")] if remark else ())


def _told_to(view: View, tellings: Sequence[Telling]) -> str:
    """Whom the words were told to: for all of these tellings, or each by its label where they differ."""
    names = [f"to {named(t.told_to.name)}" if t.told_to else "" for t in tellings]
    if len({name.casefold() for name in names}) == 1:
        return names[0]
    labels = (view.labels.place(t.article, t.quotation) for t in tellings)
    return ", ".join(f"{label} {name}" for label, name in zip(labels, names, strict=True) if name)


def _equal(view: View, tellings: Sequence[Telling]) -> str:
    labels = [view.labels.place(t.article, t.quotation) for t in tellings]
    return " = ".join(labels[:3]) + (f" +{len(labels) - 3}" if len(labels) > 3 else "")


def _rests_on(view: View, statement: Statement) -> str:
    """On how many origins it rests: by label, because they are listed above."""
    origins = origins_of(statement.tellings)
    known = view.origins.get(origins[0]) if len(origins) == 1 else None
    return f"{view.origin_kind(known)}, {view.labels.line(known.id)}" if known else f"at most {len(origins)} origins"


def marked(wording: Wording, *, colour: bool) -> list[Piece]:
    """Return a wording's pieces with its differing words styled (those that change the meaning more strongly) or,
    without colour, in braces (those that change the meaning in double ones).
    """
    pieces: list[Piece] = []
    at = 0
    for span in wording.differing:
        pieces.append((flowing(wording.words[at : span.start]), ""))
        words = flowing(wording.words[span.start : span.end])
        weighs = span in wording.weighty
        plain = f"{{{{{words}}}}}" if weighs else f"{{{words}}}"
        pieces.append((words if colour else plain, "weighs" if weighs else "differs"))
        at = span.end
    pieces.append((flowing(wording.words[at:]), ""))
    return [piece for piece in pieces if piece[0]]


def _figures(view: View, sheet: Sheet, most: int) -> None:
    lines = [f for f in view.account.figures if len(articles_of(f)) > 1]
    if not lines:
        return
    rank = ("conflict", "updated", "different_scope", "agree", "single")
    lines.sort(key=lambda f: (rank.index(f.agreement), -len(articles_of(f))))
    sheet.gap()
    sheet.add([("FIGURES", "head")])
    things = {f.id: shown(view.subject(f)) or "(nothing named)" for f in lines[:most]}
    wide = min(WIDEST_THING, max(map(cells, things.values())))
    for line in lines[:most]:
        pieces: list[Piece] = [("  ", ""), (padded(view.labels.line(line.id), 7), "label")]
        pieces.append((padded(clipped(things[line.id], wide), wide + 2), ""))
        pieces += _values(view, line)
        pieces.append((f"  {AGREEMENTS[line.agreement]}", "alarm" if line.agreement == "conflict" else "faint"))
        sheet.add(pieces, hang=9)
    _further(sheet, len(lines) - most)


def _values(view: View, line: FigureLine) -> list[Piece]:
    """The values, each with the labels of the places that tell it."""
    by_value: dict[object, list[FigureTelling]] = {}
    for figure in line.tellings:
        words = " ".join(view.figure(figure, line.unit).lower().split())
        value = (figure.value, figure.low, figure.high, figure.of, figure.hedge)
        by_value.setdefault(words if figure.value is None else value, []).append(figure)
    pieces: list[Piece] = []
    for tellings in by_value.values():
        first = {t.article: view.labels.place(t.article, t.figure) for t in reversed(tellings)}
        labels = [first[a] for a in view.articles if a in first]
        pieces.append((" · " if pieces else "", "faint"))
        pieces.append((" ".join(labels[:4]) + (f" +{len(labels) - 4}" if len(labels) > 4 else "") + " ", "label"))
        pieces.append((shown(view.figure(tellings[0], line.unit)), ""))
    return pieces


def _only(view: View, sheet: Sheet, most: int) -> None:
    sheet.gap()
    for article in view.account.articles:
        told = [o for o in view.account.only if o.article == article.id]
        if not told:
            continue
        told.sort(key=lambda o: ("statement", "figure", "event", "passage").index(o.what))
        pieces: list[Piece] = [(padded(f"ONLY {view.labels.letter(article.id)}", 8), "head")]
        for number, only in enumerate(told[:most]):
            pieces.append((" · " if number else "", "faint"))
            pieces += _alone(view, only)
        if len(told) > most:
            pieces.append((f" · +{len(told) - most}", "faint"))
        sheet.add(pieces, hang=8)


def _alone(view: View, only: Only) -> list[Piece]:
    place = Place(only.article, only.span)
    label = view.labels.near(place)
    words = clipped(shown(view.at(place)), 48)
    told = view.labels.subjects.get(label)
    who = f" ({shown(view.surname(told.tellings[0][0].speaker))})" if isinstance(told, ToldHere) else ""
    return [(f"{label} " if len(label) > 1 else "", "label"), *_cue(view.cue_at(place)), (words + who, "")]


def _omits(view: View, sheet: Sheet, most: int) -> None:
    """What each report leaves out that most tell; reports of which only a part was received omit nothing."""
    found = [one for one in view.account.omissions if one.line in view.lines]
    for article in view.account.articles:
        left_out = [one for one in found if one.article == article.id]
        if left_out:
            pieces: list[Piece] = [(padded(f"OMITS {view.labels.letter(article.id)}", 9), "head")]
            for number, one in enumerate(left_out[:most]):
                pieces += [(" · " if number else "", "faint"), (f"{view.labels.line(one.line)} ", "label")]
                pieces.append((f"{_thing(view, view.lines[one.line])} ({one.tellers} of {one.reports} tell it)", ""))
            if len(left_out) > most:
                pieces.append((f" · +{len(left_out) - most}", "faint"))
            sheet.add(pieces, hang=9)
    if cut := unfinished(view.account):
        sheet.add([(padded("PARTIAL", 9), "head"), (f"{view.letters(cut)}: only a part was received", "")], hang=9)


def _thing(view: View, line: Statement | FigureLine) -> str:
    """A few words for a line: who said what, or what is counted."""
    if isinstance(line, FigureLine):
        return clipped(shown(view.subject(line)) or "(nothing named)", 32)
    first = line.tellings[0]
    return f"{clipped(shown(view.words(first.article, first.content)), 40)} ({shown(view.surname(line.speaker))})"


def _framing(view: View, sheet: Sheet, most: int) -> None:
    told = (
        ("NAMING", naming(view)),
        ("ORDER", first_named(view)),
        ("CUES", loaded_cues(view)),
        ("VOICE", voices(view)),
    )
    if not any(lines for _, lines in told):
        return
    sheet.gap()
    for word, lines in told:
        for number, line in enumerate(lines[:most]):
            sheet.add([(padded("" if number else word, 8), "head"), (shown(line), "")], hang=10)
        _further(sheet, len(lines) - most, 8)


def _notes(view: View, sheet: Sheet, most: int) -> None:
    notes = [n for n in view.account.notes if n.code != "no_common_event"]
    if not notes:
        return
    sheet.gap()
    for number, note in enumerate(notes[:most]):
        where = f"{view.labels.letter(note.article)}: " if note.article else ""
        sheet.add(
            [(padded("" if number else "NOTES", 8), "head"), (f"{where}{shown(view.message(note))}", "faint")], hang=8
        )
    _further(sheet, len(notes) - most, 8)


def _next(view: View, sheet: Sheet, *, whole: bool) -> None:
    labels = view.labels
    first = next((labels.line(c.id) for c in view.account.conflicts), None)
    first = first or next((name for name in labels.places.values()), None)
    hints = ([f"twosource why {first}"] if first else []) + ([] if whole else ["--all"])
    hints += ["--json", "--html account.html"]
    sheet.gap()
    sheet.add([("Next:  ", "faint"), ("   ".join(hints), "faint")])
