"""Bad input for speakers: look-alike names, long lists of names, one name throughout."""

from string import ascii_lowercase

from tests.growth import grows_linearly
from tests.resolve.marked import told
from twosource.article import Article, Block, Span
from twosource.extract.mentions import find_mentions
from twosource.extract.sentences import parsing
from twosource.facts import Quotation
from twosource.lang import Language
from twosource.resolve.lookalikes import look_alikes
from twosource.resolve.speakers import resolve_speakers

NO_MODEL = Language("en", ("no_such_model",))


def test_a_name_in_letters_of_two_scripts_is_kept_apart_and_noted():
    text = """Two chiefs
Anna Kessler said it rained. [1:Kessler] said (1:it was over).
Anna Kessl\u0435r said it snowed. [2:Anna Kessl\u0435r] said (2:it was not).
"""
    chiefs = told(text)
    assert chiefs.name(1) == "Anna Kessler"
    assert chiefs.name(2) == "Anna Kessl\u0435r"
    notes = look_alikes(chiefs.people)
    assert [n.code for n in notes] == ["mixed_script_name"]
    assert notes[0].span.of(chiefs.article.text) == "Anna Kessl\u0435r"


def test_a_lone_look_alike_is_not_the_name_it_looks_like():
    text = """Two chiefs
Anna Kessler said it rained. President Kessl\u0435r left. [1:President Kessl\u0435r] said (1:it was not).
"""
    assert told(text).name(1) != "Anna Kessler"


def letters(i):
    return "".join(ascii_lowercase[i // 26**k % 26] for k in range(4))


def resolved(text):
    """Names found by their titles and given names, without a parse; every tenth name speaks."""
    article = Article(id="n", text=text)
    with parsing(article, (Block("body", 0, len(text)),), NO_MODEL) as parsed:
        mentions = find_mentions(article, parsed.paragraphs, NO_MODEL)
        quotations = tuple(
            Quotation(
                id=str(i), act="said", mode="indirect", content=(Span(m.span.end, m.span.end + 1),), source=(m.span,),
                score=1.0, rule="made",
            )
            for i, m in enumerate(mentions[::10])
        )  # fmt: skip
        return mentions, resolve_speakers(article, parsed.paragraphs, mentions, quotations, NO_MODEL)


def test_a_list_of_ten_thousand_names_takes_time_in_proportion():
    def work(n):
        resolved(", ".join(f"Anna {letters(31 * i).title()}" for i in range(n)) + ".")

    assert grows_linearly(work, 125, 1000)


def test_ten_thousand_names_are_read_and_speak():
    mentions, (people, quotations) = resolved(
        ", ".join(f"Anna {letters(7919 * i).title()}" for i in range(10_000)) + "."
    )
    assert len(mentions) == 10_000
    assert {q.speaker for q in quotations} <= {p.id for p in people}
    assert all(q.speaker for q in quotations)


def test_one_name_throughout_takes_time_in_proportion():
    def work(n):
        resolved("Anna Kessler left. Kessler said so. Mr. Kessler said no. " * n)

    assert grows_linearly(work, 60, 480)
