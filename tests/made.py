"""A small account made by hand, with every kind of line, and the reports it would come from."""

from dataclasses import replace

from twosource.account import (
    Account,
    AccountArticle,
    AccountPerson,
    Conflict,
    CueTone,
    FigureLine,
    FigureTelling,
    Framing,
    Lineage,
    Link,
    Naming,
    Only,
    Origin,
    Place,
    Statement,
    Telling,
    TimelinePoint,
    Voice,
)
from twosource.align.omitted import omissions
from twosource.article import Article, Block, Outlet, Span
from twosource.facts import Credit, Figure, Note, Period, Person, Quotation, TimeExpression, ToldTo
from twosource.report import Report

WIRE = """Bridge at Ostrava Kolné shut after crack is found
OSTRAVA KOLNÉ (Meridian News) – The road bridge over the Olša was closed on Monday after divers found a crack.
“Nobody will drive over it before we know how deep it goes,” mayor Ilona Drábková told reporters at the town hall.
About 12,000 cars use the bridge every day, she said.
The builder, Hartwig & Sons, said it had not been asked to inspect the pillars since 2019.
"""
COPY = """Olsa bridge shut after crack is found
"Nobody will drive over it before we know how deep it goes," mayor Ilona Drabkova told reporters at the town hall.
Around 12,000 cars use the bridge every day, she said.
Share this story
"""
OWN = """\u2018They knew in spring\u2019: divers warned of the bridge
Nobody is going to drive across before we know how deep the crack is, Mayor Ilona Drabková told the Evening Lamp.
Some 21,000 cars cross it daily, according to the road office. Three divers took part.
Hartwig claims that it was never asked to look at the pillars.
The crack is 2.4 metres long.
"""


def span(text, words, nth=0):
    """The place of ``words`` in ``text``."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


WIRE_QUOTE = span(WIRE, "“Nobody will drive over it before we know how deep it goes,”")
COPY_QUOTE = span(COPY, '"Nobody will drive over it before we know how deep it goes,"')
OWN_QUOTE = span(OWN, "Nobody is going to drive across before we know how deep the crack is")


def telling(article, quotation, mode, *content, **more):
    return Telling(article=article, quotation=quotation, mode=mode, content=content, **more)


def made_account():
    """Three reports, A and B one agency text, C its own."""
    told = ToldTo("reporters", span(WIRE, "reporters"))
    mayor = Statement(
        id="s-mayor00001",
        speaker="p-mayor",
        relation="variant_wording",
        tellings=(
            telling(
                "w",
                "q-w1",
                "direct",
                WIRE_QUOTE,
                cue=(span(WIRE, "told"),),
                source=(span(WIRE, "mayor Ilona Drábková"),),
                told_to=told,
                origin="o-wire",
                rule="direct_after",
                score=0.97,
                features={"marks": "typographic", "speaker": "surname", "distance": 1.0},
            ),
            telling(
                "c",
                "q-c1",
                "direct",
                COPY_QUOTE,
                told_to=ToldTo("reporters", span(COPY, "reporters")),
                origin="o-wire",
                rule="direct_after",
                score=0.97,
            ),
            telling(
                "l",
                "q-l1",
                "indirect",
                OWN_QUOTE,
                told_to=ToldTo("the Evening Lamp", span(OWN, "the Evening Lamp")),
                origin="o-lamp",
                rule="clause_before",
                score=0.8,
            ),
        ),
        features={"similarity": 0.91, "speaker": "same person"},
    )
    builder = Statement(
        id="s-builder001",
        speaker="p-builder",
        relation="paraphrase",
        tellings=(
            telling(
                "w",
                "q-w2",
                "indirect",
                span(WIRE, "it had not been asked to inspect the pillars since 2019"),
                origin="o-wire",
                rule="that_clause",
                score=0.9,
            ),
            telling(
                "l",
                "q-l2",
                "indirect",
                span(OWN, "it was never asked to look at the pillars"),
                origin="o-lamp",
                rule="that_clause",
                score=0.9,
            ),
        ),
    )
    alone = Statement(
        id="s-headline01",
        speaker="p-divers",
        relation="single",
        tellings=(
            telling(
                "l",
                "q-l0",
                "direct",
                span(OWN, "\u2018They knew in spring\u2019"),
                origin="o-lamp",
                rule="headline",
                score=0.6,
            ),
        ),
    )
    cars = FigureLine(
        id="f-cars000001",
        unit="cars",
        subject="cars",
        agreement="conflict",
        tellings=(
            FigureTelling(
                article="w", figure="n-w1", span=span(WIRE, "12,000"), value=12000.0, hedge="about", origin="o-wire"
            ),
            FigureTelling(
                article="c", figure="n-c1", span=span(COPY, "12,000"), value=12000.0, hedge="about", origin="o-wire"
            ),
            FigureTelling(
                article="l", figure="n-l1", span=span(OWN, "21,000"), value=21000.0, hedge="about", origin="o-lamp"
            ),
        ),
    )
    long = FigureLine(
        id="f-long000001",
        unit="m",
        subject="crack",
        agreement="single",
        tellings=(FigureTelling(article="l", figure="n-l2", span=span(OWN, "2.4 metres"), value=2.4, origin="o-lamp"),),
    )
    made = Account(
        articles=(
            AccountArticle(
                id="w",
                outlet="Kolné Gazette",
                url="https://gazette.example/1",
                title=None,
                published="2025-03-03",
                origin="o-wire",
                text=WIRE,
            ),
            AccountArticle(
                id="c",
                outlet="Valley Today",
                url=None,
                title="Olsa bridge shut",
                published="2025-03-04",
                origin="o-wire",
                sightings=2,
                text=COPY,
            ),
            AccountArticle(
                id="l",
                outlet="Evening Lamp",
                url=None,
                title=None,
                published="2025-03-04T07:00:00+01:00",
                origin="o-lamp",
                text=OWN,
            ),
        ),
        people=(
            AccountPerson(
                id="p-mayor",
                name="Ilona Drábková",
                kind="person",
                roles=("mayor",),
                forms={"w": ("Ilona Drábková",), "c": ("Ilona Drabkova",), "l": ("Ilona Drabková",)},
            ),
            AccountPerson(
                id="p-builder",
                name="Hartwig & Sons",
                kind="organisation",
                forms={"w": ("Hartwig & Sons",), "l": ("Hartwig",)},
            ),
            AccountPerson(id="p-divers", name="divers", kind="anonymous", forms={"l": ("divers",)}),
        ),
        statements=(mayor, builder, alone),
        figures=(cars, long),
        conflicts=(
            Conflict(
                id="c-cars000001",
                kind="number",
                certainty="conflict",
                why="12,000 against 21,000 cars a day",
                left=Place("w", span(WIRE, "12,000 cars")),
                right=Place("l", span(OWN, "21,000 cars")),
                features={"gap": 0.43},
            ),
            Conflict(
                id="c-asked00001",
                kind="strength",
                certainty="possible",
                why="not since 2019 against never",
                left=Place("w", span(WIRE, "not been asked")),
                right=Place("l", span(OWN, "never asked")),
            ),
        ),
        lineage=Lineage(
            reports=3,
            independent_reports=2,
            origins=(
                Origin(
                    id="o-wire",
                    kind="wire_copy",
                    name="Meridian News",
                    articles=("w", "c"),
                    evidence=(Place("w", span(WIRE, "Meridian News")),),
                ),
                Origin(id="o-lamp", kind="own_reporting", name="Evening Lamp", articles=("l",)),
            ),
            links=(
                Link(
                    left="w",
                    right="c",
                    kind="copy",
                    direction="common_source",
                    share=0.92,
                    agency="Meridian News",
                    evidence=(Place("c", COPY_QUOTE),),
                ),
            ),
        ),
        timeline=(TimelinePoint(start="2025-03-03", end="2025-03-03", article="w", span=span(WIRE, "on Monday")),),
        only=(
            Only(article="l", span=span(OWN, "\u2018They knew in spring\u2019"), what="statement"),
            Only(article="l", span=span(OWN, "2.4 metres"), what="figure"),
            Only(article="w", span=span(WIRE, "OSTRAVA KOLNÉ"), what="passage"),
        ),
        framing=Framing(
            naming=(
                Naming(
                    person="p-mayor",
                    forms={"w": {"Ilona Drábková": 1}, "c": {"Ilona Drabkova": 1}, "l": {"Ilona Drabková": 1}},
                ),
                Naming(person="Olša", forms={"w": {"Olša": 1}, "c": {"Olsa": 1}}),
            ),
            cues=(
                CueTone(article="l", cue="claim", tone="doubting", count=1),
                CueTone(article="w", cue="say", tone="neutral", count=2),
            ),
            voice=(
                Voice(article="w", person="p-mayor", words=12, direct_words=12, share=0.55),
                Voice(article="w", person="p-builder", words=30, direct_words=0, share=0.45),
                Voice(article="l", person="p-mayor", words=14, direct_words=0, share=0.6),
            ),
        ),
        notes=(Note("undated", "no date in the text", None, "l"),),
    )
    return replace(made, omissions=omissions(made))


def made_report():
    """The report of the agency text."""
    return Report(
        article=Article(
            id="w",
            text=WIRE,
            outlet=Outlet("Kolné Gazette", "gazette.example"),
            url="https://gazette.example/1",
            published="2025-03-03",
            origin="gazette.txt",
        ),
        language="en",
        model="made 1",
        blocks=(
            Block("headline", *span(WIRE, WIRE.split("\n", maxsplit=1)[0])),
            *(Block("body", *span(WIRE, line)) for line in WIRE.split("\n")[1:5]),
        ),
        quotations=(
            Quotation(
                id="q-w1",
                act="said",
                mode="direct",
                content=(WIRE_QUOTE,),
                cue=(span(WIRE, "told"),),
                source=(span(WIRE, "mayor Ilona Drábková"),),
                speaker="p-w1",
                told_to=ToldTo("reporters", span(WIRE, "reporters")),
                said=Period("2025-03-03", None),
                score=0.97,
                rule="direct_after",
                features={"marks": "typographic", "near": 1.0},
            ),
        ),
        people=(
            Person("p-w1", "Ilona Drábková", "person", ("mayor",), "p-w2", (span(WIRE, "Ilona Drábková"),)),
            Person("p-w2", "town hall", "organisation", (), None, (span(WIRE, "town hall"),)),
        ),
        figures=(
            Figure(
                id="n-w1",
                span=span(WIRE, "12,000"),
                value=12000.0,
                unit="cars",
                hedge="about",
                subject=span(WIRE, "cars"),
            ),
        ),
        times=(
            TimeExpression(
                span=span(WIRE, "on Monday"), type="DATE", value="2025-03-03", start="2025-03-03", end="2025-03-03"
            ),
        ),
        credits=(Credit("agency", "Meridian News", span(WIRE, "Meridian News")),),
        notes=(Note("undated", "no date in the text", Span(0, 3)),),
    )


EVIL = (
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;cm0gLXJm\x07",
    "abc\u202egnp.exe",
    "a\x00b\rc\x08d",
    "two\nlines",
    "\u2066isolated\u2069",
    "[bold]rich[/bold]",
    "\ud800 alone",
    "zero\u200bwidth\u200dhere",
    "<script>alert(1)</script>",
    "![x](http://evil.example/x.png)",
    '=HYPERLINK("http://evil.example")',
    "\u05e9\u05dc\u05d5\u05dd",
    "漢字の名前",
)
"""Texts that steer a terminal, a page or a spreadsheet where they are shown as they are."""


def evil_account(words):
    """An account of two reports in which every name and every span is ``words``."""
    text = f"{words} and {words}\n{words}"
    whole, first = Span(0, len(text)), Span(0, len(words))
    told = Telling(
        article="1",
        quotation="q1",
        mode="direct",
        content=(first, Span(first.end + 5, len(words) * 2 + 5)),
        cue=(first,),
        source=(first,),
        told_to=ToldTo(words, first),
        origin="o",
        rule=words,
        features={words: words},
    )
    again = Telling(article="2", quotation="q2", mode="direct", content=(first,), origin="o")
    place = Place("1", whole)
    return Account(
        articles=tuple(
            AccountArticle(id=i, outlet=words, url=words, title=words, published=words, origin="o", text=text)
            for i in "12"
        ),
        people=(
            AccountPerson(id="p", name=words, kind="person", roles=(words,), forms={"1": (words,)}, speaks_for="p"),
        ),
        statements=(
            Statement(id="s", speaker="p", relation="same_words", tellings=(told, again), features={words: words}),
        ),
        figures=(
            FigureLine(
                id="f",
                unit=words,
                subject=words,
                agreement="conflict",
                tellings=(
                    FigureTelling(article="1", figure="n1", span=first, value=-5.0, low=1.0, of=3.0),
                    FigureTelling(article="2", figure="n2", span=first, value=None),
                ),
            ),
        ),
        conflicts=(
            Conflict(id="c", kind="number", certainty="conflict", why=words, left=place, right=Place("2", first)),
        ),
        lineage=Lineage(
            reports=2,
            independent_reports=1,
            origins=(Origin(id="o", kind="wire_copy", name=words, articles=("1", "2"), evidence=(place,)),),
            links=(Link(left="1", right="2", kind="copy", direction=None, share=1.0, agency=words, evidence=(place,)),),
        ),
        timeline=(TimelinePoint(start=words, end=None, article="1", span=first),),
        only=(Only(article="1", span=first, what="statement"),),
        framing=Framing(
            naming=(Naming(person="p", forms={"1": {words: 1}, "2": {"other": 1}}),),
            cues=(CueTone(article="1", cue=words, tone=words, count=1),),
            voice=(Voice(article="1", person="p", words=20, direct_words=0, share=1.0),),
        ),
        notes=(Note("odd", words, first, "1"), Note("no_common_event", words)),
    )
