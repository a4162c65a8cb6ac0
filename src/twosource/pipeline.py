"""The whole method on one page.

``read`` depends on one article alone, so it can be kept by digest, run in parallel and streamed.
``account`` is assembled from reports, and can be assembled again; the order of its inputs plays no part.
"""

from twosource.account import Account
from twosource.article import Article
from twosource.clean import label_blocks
from twosource.clean.language import tell_language
from twosource.extract.credits import find_credits
from twosource.extract.figures import find_figures
from twosource.extract.mentions import find_mentions
from twosource.extract.quotations import find_quotations
from twosource.extract.sentences import parsing
from twosource.extract.times import find_times
from twosource.lang import ENGLISH
from twosource.report import Report
from twosource.resolve.speakers import resolve_speakers


def read(article: Article) -> Report:
    """Read one article: what each line is, who is named, who said what to whom, which figures and times it tells.

    Never raises for anything in the text; what could not be done stands in ``Report.notes``.
    """
    language = tell_language(article.text)
    blocks = label_blocks(article, ENGLISH)                                           # 1 what each line is
    credits = find_credits(article, blocks, ENGLISH)                                  # 2 whose text it says it is
    with parsing(article, blocks, ENGLISH) as parsed:                                 # 3 sentences and their parse
        text = parsed.paragraphs
        mentions = find_mentions(article, text, ENGLISH)                              # 4 who is named
        figures = find_figures(article, text, ENGLISH)                                # 5 how many, how much
        times = find_times(article, text, ENGLISH)                                    # 6 when
        quotations = find_quotations(article, text, times, ENGLISH)                   # 7 what is attributed
        people, quotations = resolve_speakers(article, text, mentions, quotations, ENGLISH)  # 8 to whom
    return Report(
        article=article, language=language, model=parsed.model, blocks=blocks, quotations=quotations, people=people,
        figures=figures, times=times, credits=credits, notes=parsed.notes,
    )


def account(reports: tuple[Report, ...]) -> Account:
    """Join reports of one event into one account."""
    raise NotImplementedError
