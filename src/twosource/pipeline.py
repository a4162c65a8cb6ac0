"""The whole method on one page.

``read`` depends on one article alone, so it can be kept by digest, run in parallel and streamed.
``account`` is assembled from reports, and can be assembled again; the order of its inputs plays no part.
"""

from collections.abc import Iterable
from dataclasses import replace

from twosource.account import Account, AccountArticle
from twosource.align.conflicts import find_conflicts
from twosource.align.dismissed import undismissed, unopposed
from twosource.align.event import common_event
from twosource.align.figures import align_figures
from twosource.align.omitted import omissions
from twosource.align.only import find_only, undisputed
from twosource.align.statements import align_statements
from twosource.align.timeline import timeline
from twosource.article import Article
from twosource.clean import label_blocks
from twosource.clean.language import tell_language
from twosource.extract.ascription import ascribed
from twosource.extract.credits import find_credits
from twosource.extract.figures import find_figures
from twosource.extract.mentions import find_mentions
from twosource.extract.quotations import find_quotations
from twosource.extract.sentences import parsing
from twosource.extract.tagger.tagging import FAST, load_tagger
from twosource.extract.times import find_times
from twosource.facts import Note
from twosource.framing import frame
from twosource.judgements import NONE, Judgements
from twosource.lang import ENGLISH, LANGUAGES
from twosource.lineage import Traced, trace
from twosource.lineage.owners import Owners
from twosource.lineage.voices import Voices
from twosource.report import Report
from twosource.resolve.articles import Gathered, gather
from twosource.resolve.corrected import corrected
from twosource.resolve.lookalikes import look_alikes
from twosource.resolve.people import unify_people
from twosource.resolve.speakers import resolve_speakers


def read(article: Article, *, fast: bool = False) -> Report:
    """Read one article: what each line is, who is named, who said what to whom, which figures and times it tells.

    ``fast`` leaves out the learned tagger: rules alone say what is attributed, about twice as fast and less well.
    Never raises for anything in the text; what could not be done stands in ``Report.notes``.
    """
    code = tell_language(article.text)
    lang = LANGUAGES.get(code or ENGLISH.code)
    # 1 what each line is
    blocks = label_blocks(article, lang or ENGLISH)
    if lang is None:
        return Report(article=article, language=code, model=None, blocks=blocks, notes=_remarks(article, code))
    # 2 whose text it says it is
    credited = find_credits(article, blocks, lang)
    # 3 sentences and their parse, which live no longer than this block
    with parsing(article, blocks, lang) as parsed:
        text = parsed.paragraphs
        # 4 who is named
        mentions = find_mentions(article, text, lang)
        # 5 how many, how much, when
        figures = find_figures(article, text, lang)
        times = find_times(article, text, lang, blocks)
        # 6 what is attributed
        learned = FAST if fast else load_tagger(lang)
        found = find_quotations(article, text, times, lang, learned.tagger)
        # 7 to whom, and whose figures they are
        people, quotations = resolve_speakers(article, text, mentions, found, lang)
        figures = ascribed(figures, quotations, times, text)
    return Report(
        article=article,
        language=code,
        model=parsed.model,
        blocks=blocks,
        quotations=quotations,
        people=people,
        figures=figures,
        times=times,
        credits=credited,
        notes=(*_remarks(article), *parsed.notes, *learned.notes, *look_alikes(people)),
    )


def compare(articles: Iterable[Article]) -> Account:
    """Read the articles and join them into one account."""
    return account(read(article) for article in articles)


def account(reports: Iterable[Report], owners: Owners | None = None, judged: Judgements = NONE) -> Account:
    """Join reports of one event into one account.

    ``owners`` says which outlets belong together; without it the built-in list does. ``judged`` is what people have
    corrected. Reports that tell no common event still get an account, with a note ``no_common_event``.
    """
    # 1 which inputs are one article, in what order, from which day
    gathered = gather(corrected(report, judged) for report in reports)
    told = gathered.reports
    # 2 who copied whom, and which words rest on one origin
    traced = trace(told, owners)
    # 3 who is one person
    people = unify_people(told, judged)
    # 4 which tellings are one statement, which figures one quantity
    statements = align_statements(told, people, traced, judged)
    figures = unopposed(align_figures(told, traced), judged)
    # 5 on how many origins each rests: what one voice said on one occasion has one, in whatever words it is told
    voices = Voices(traced, told, people)
    statements = tuple(map(voices.statement, statements))
    figures = tuple(map(voices.figure, figures))
    # 6 what does not agree, what one report alone tells, and what it leaves out
    conflicts = undismissed(find_conflicts(told, statements, figures), judged)
    found = Account(
        articles=_articles(gathered, traced),
        people=people.people,
        statements=statements,
        figures=figures,
        conflicts=conflicts,
        lineage=voices.traced.lineage,
        timeline=timeline(told),
        only=undisputed(find_only(told, statements, figures), conflicts),
        framing=frame(told, people),
        notes=(*common_event(told), *gathered.notes, *_notes_of(told)),
    )
    return replace(found, omissions=omissions(found))


def _articles(gathered: Gathered, traced: Traced) -> tuple[AccountArticle, ...]:
    return tuple(
        AccountArticle(
            id=r.id,
            name=gathered.names[r.id] or None,
            outlet=r.article.outlet.name if r.article.outlet else None,
            url=r.article.url,
            title=r.article.title,
            published=r.article.published,
            published_inferred=gathered.inferred.get(r.id),
            origin=traced.origin(r.id),
            sightings=gathered.sightings[r.id],
            versions=gathered.versions.get(r.id, ()),
            text=r.article.text,
        )
        for r in gathered.reports
    )


def _remarks(article: Article, unsupported: str | None = None) -> tuple[Note, ...]:
    """Notes on the input itself: what its source remarked, and a language we have no rules for."""
    notes = tuple(Note(code, message) for code, message in article.remarks)
    if unsupported:
        known = ", ".join(sorted(LANGUAGES))
        notes += (Note("language_not_supported", f"written in {unsupported!r}; there are rules for: {known}"),)
    return notes


def _notes_of(reports: Iterable[Report]) -> tuple[Note, ...]:
    """The notes of each report, with its id."""
    return tuple(Note(n.code, n.message, n.span, r.id) for r in reports for n in r.notes)
