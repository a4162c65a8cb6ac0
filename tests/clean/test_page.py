"""Pages: the received text, its labels, what is hidden, what cannot be parsed, and what the page says of itself."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import grows_linearly
from twosource.clean.metadata import publication, read_metadata
from twosource.clean.page import lay_out, read_page
from twosource.clean.phrases import table
from twosource.clean.tree import MAX_ATTRIBUTES, MAX_DEPTH, parse, scan, stripped
from twosource.lang import ENGLISH

PAGE = """<!doctype html><html><head>
<title>Dam keepers walk out - Lake Herald</title>
<meta property="og:site_name" content="Lake Herald">
<meta property="og:title" content="Dam keepers walk out over night shifts">
<link rel="canonical" href="https://www.lake-herald.example/2031/dam-keepers">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "publisher": {"name": "Lake Herald"},
"headline": "Dam keepers walk out over night shifts", "datePublished": "2031-04-02T08:15:00+02:00"}]}</script>
<style>p {color: red}</style></head>
<body class="has-sidebar newsletter-open">
<nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
<main><article>
<header><h1>Dam keepers walk out over night shifts</h1>
<p class="standfirst">Gates on the upper lake are run by managers until Friday</p>
<div class="byline">By <a rel="author" href="/x">Mara Oduya</a></div>
<time datetime="2031-04-02">2 April 2031</time></header>
<p><span class="drop-cap">K</span>eepers at the Orrin dam walked out on Wednesday after talks over night shifts
broke down, their union said.</p>
<figure><img src="x.jpg" alt="A dam">
<figcaption>Water runs over the spillway of the Orrin dam. Photograph: Jo Lund/AFP</figcaption></figure>
<p>&ldquo;Nobody has slept a full week since January,&rdquo; the union's secretary, Petr Hollar, told this paper.</p>
<aside class="related-stories"><h3>More stories</h3><a href="/y">Lake level falls to a record low in spring</a></aside>
<h2>Managers at the gates</h2>
<p>The lake authority said that managers had been trained to run the gates and that no village was in danger.<br>
It declined to say how many keepers had walked out, but the union put the number at thirty-one of forty.</p>
<p style="display: none">You have read three of three free articles this month, so please sign in to go on reading.</p>
<p>Talks are to go on at the labour office in Orrin on Thursday, both sides said in separate statements.</p>
<blockquote class="twitter-tweet"><p>We will be back at the gates when we are heard. Not before. https://t.co/abc</p></blockquote>
<p class="author-bio">Mara Oduya writes about work and water for the Lake Herald.</p>
</article></main>
<footer><p>Lake Herald Publishing. All rights reserved.</p></footer>
<noscript>Please enable scripts to read this page.</noscript>
</body></html>"""


def page(html):
    return read_page(html, table(ENGLISH))


def kinds(html):
    read = page(html)
    return [(b.kind, read.text[b.start : b.end]) for b in read.blocks]


def test_received_text_is_what_a_reader_sees_one_block_a_line():
    lines = page(PAGE).text.split("\n")
    assert lines[:6] == [
        "Home", "Sport", "Dam keepers walk out over night shifts",
        "Gates on the upper lake are run by managers until Friday", "By Mara Oduya", "2 April 2031",
    ]  # fmt: skip
    assert lines[-1] == "Lake Herald Publishing. All rights reserved."
    assert all(line == line.strip() and "  " not in line for line in lines)


def test_blocks_label_every_line_in_order():
    read = page(PAGE)
    assert all(a.end <= b.start for a, b in pairwise(read.blocks))
    assert "".join(read.text[b.start : b.end] for b in read.blocks).replace(" ", "") == "".join(read.text.split())


def test_each_kind_is_told_from_markup():
    found = kinds(PAGE)
    by_kind = {}
    for kind, shown in found:
        by_kind.setdefault(kind, []).append(shown)
    assert by_kind["headline"] == ["Dam keepers walk out over night shifts"]
    assert by_kind["dek"] == ["Gates on the upper lake are run by managers until Friday"]
    assert by_kind["byline"] == ["By Mara Oduya"]
    assert by_kind["dateline"] == ["2 April 2031"]
    assert by_kind["caption"] == ["Water runs over the spillway of the Orrin dam."]
    assert by_kind["credit"] == ["Photograph: Jo Lund/AFP"]
    assert by_kind["heading"] == ["Managers at the gates"]
    assert by_kind["teaser"] == ["Lake level falls to a record low in spring"]
    assert [line.split()[0] for line in by_kind["body"]] == ["Keepers", "“Nobody", "The", "It", "Talks"]


def test_posts_bios_and_footers_are_no_body():
    furniture = [shown for kind, shown in kinds(PAGE) if kind == "boilerplate"]
    for start in ("We will be back", "Mara Oduya writes", "Lake Herald Publishing", "Home"):
        assert any(line.startswith(start) for line in furniture)


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>secret</p>",
        '<div style="DISPLAY : none !important">secret</div>',
        '<div style="visibility:hidden"><p>secret</p></div>',
        '<span style="font-size:0px">secret</span>',
        '<i aria-hidden="true">secret</i>',
        '<span class="x sr-only">secret</span>',
        "<script>secret</script>",
        "<style>secret</style>",
        "<noscript>secret</noscript>",
        "<template><p>secret</p></template>",
        "<!-- secret -->",
        "<svg><title>secret</title></svg>",
        "<dialog>secret</dialog>",
        '<input value="secret">',
        '<p style="position:absolute; left: -9999px">secret</p>',
        '<span style="text-indent:-999em">secret</span>',
        '<div style="height:0; overflow:hidden">secret</div>',
        '<div style="overflow: hidden;max-height : 0px">secret</div>',
        '<p style="position:absolute;width:1px;height:1px;overflow:hidden">secret</p>',
        '<p style="clip: rect(0, 0, 0, 0); position: absolute">secret</p>',
        '<p style="clip-path: inset(50%)">secret</p>',
        '<p style="transform:scale(0)">secret</p>',
        "<style>.off{overflow:hidden;height:0}</style><p class=off>secret</p>",
        "<style>/* x */ a{color:red} .off, #no {color: red; display:none}</style><p class='on off'>secret</p>",
        "<style>#no{visibility:hidden}</style><p id=no>secret</p>",
        "<style>.off{position:fixed;top:-10000px}</style><p class=off>secret</p>",
    ],
)
def test_hidden_text_is_no_text_and_what_follows_is_kept(hidden):
    assert page(f"<p>before {hidden} after</p><p>and the rest of it</p>").text.replace("\n", " ") in (
        "before after and the rest of it",
        "before  after and the rest of it",
    )


@pytest.mark.parametrize(
    "shown",
    [
        '<p style="position:relative;left:-20px">plain</p>',
        '<p style="left:-9999px">plain</p>',
        '<p style="height:0">plain</p>',
        '<p style="line-height:0.5;overflow:hidden;height:0.5em">plain</p>',
        '<p style="overflow:hidden; height:100px; min-width:0">plain</p>',
        '<p style="transform:scale(0.5)">plain</p>',
        "<style>@media print{.off{display:none}}</style><p class=off>plain</p>",
        "<style media=print>.off{display:none}</style><p class=off>plain</p>",
        "<style>.off{display:none} @media screen{p.off{display:block}}</style><p class=off>plain</p>",
        "<style>.js .off{display:none}</style><p class=off>plain</p>",
        "<style>.off{max-height:0;overflow:hidden} .ready .off{max-height:none}</style><p class=off>plain</p>",
        "<style>.off{display:none</style><p class=off>plain</p>",
        "<style>}}} .off { { /* display:none </style><p class=off>plain</p>",
    ],
)
def test_what_may_be_shown_is_text(shown):
    assert "plain" in page(f"<p>before</p>{shown}<p>and the rest of it</p>").text


def test_much_hidden_text_is_remarked():
    html = f"<p>{'The keepers walked out on Wednesday. ' * 10}</p><div hidden>{'secret words ' * 40}</div>"
    assert [code for code, _ in page(html).remarks] == ["hidden_text"]


def test_page_saved_under_a_dialog_is_shown_after_all():
    report = "The keepers walked out on Wednesday. " * 20
    html = f'<main aria-hidden="true"><p>{report}</p></main><div>Accept cookies?</div>'
    assert page(html).text.startswith("The keepers walked out")


def test_inline_elements_do_not_split_words_and_blocks_do_split_lines():
    html = "<div>one<b>two</b> three<p>four</p>five<br>six</div><ul><li>seven<li>eight</ul>"
    html += "<table><tr><td>a</td><td>b</td></tr></table>"
    assert page(html).text.split("\n") == ["onetwo three", "four", "five", "six", "seven", "eight", "a b"]


def test_comments_and_processing_instructions_lose_no_text():
    assert page("<p>one <!-- x -->two <?y z?>three</p>tail").text == "one two three\ntail"


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><p>one</p></body></html><p>two</p>",
        "<html><body><p>one</p></body></html>\n<html><body class=x><p>two</p></body></html>",
        "<p>one</BODY ></Html><p>two",
        "<script>x</script><article><p>one</p><p>two</p></article>",
        "<head><title>t</title><noscript><img></noscript><article><p>one</p></article></head>two",
    ],
)
def test_text_after_a_pages_end_and_in_its_head_is_shown_as_browsers_do(html):
    assert page(html).text == "one\ntwo"


def test_links_side_by_side_are_parted():
    assert page('<p><a href="/a">Share</a><a href="/b">Print</a></p>').text == "Share Print"


@pytest.mark.parametrize("depth", [100, 255, 256, 300, 1_000, MAX_DEPTH - 10])
def test_deep_pages_are_parsed_whole(depth):
    html = f"<body>{'<div>' * depth}The keepers walked out.{'</div>' * depth}<p>The end.</p></body>"
    assert page(html).text == "The keepers walked out.\nThe end."


@pytest.mark.parametrize("depth", [MAX_DEPTH + 10, 2_500, 100_000])
def test_deeper_pages_are_stripped_of_tags_with_a_remark_and_lose_no_text(depth):
    html = f"<body><script>no</script>{'<div>' * depth}The keepers &amp; all{'</div>' * depth}<p>The end.</p></body>"
    read = page(html)
    assert read.text == "The keepers & all\nThe end."
    assert [code for code, _ in read.remarks] == ["page_not_parsed"]


def test_unclosed_paragraphs_are_not_taken_for_depth():
    assert scan("<p>a<li>b<td>c" * 5_000).depth == 0
    assert scan("<svg>" + "<path d='M0 0'/>" * 5_000 + "</svg>").depth == 1


def test_depth_and_elements_are_counted_outside_scripts():
    looked = scan("<div><script>'<div><div>'</script><b>x</b></div>")
    assert (looked.depth, looked.elements) == (2, 3)


def test_a_tag_crowded_with_attributes_is_stripped_with_a_remark():
    marks = " ".join(f"a{i}='<b>'" for i in range(MAX_ATTRIBUTES + 1))
    read = page(f"<body><p {marks}>The keepers walked out.</p><p>The end.</p></body>")
    assert read.text.endswith("The keepers walked out.\nThe end.")
    assert [code for code, _ in read.remarks] == ["page_not_parsed"]
    assert "over 200 attributes" in read.remarks[0][1]


def test_long_values_and_scripts_are_not_taken_for_attributes():
    value = "a b c " * MAX_ATTRIBUTES
    assert scan(f"<p class=\"{value}\" title='{value}'>x</p><script>a<b {value}</script>").fits


def test_a_large_page_is_labelled_without_the_extractor():
    html = f"<h1>Dam keepers walk out</h1>{'<p>The keepers walked out on Wednesday, their union said.</p>' * 20_001}"
    read = page(html)
    assert [code for code, _ in read.remarks] == ["page_large"]
    assert {b.kind for b in read.blocks[1:]} == {"body"}


@pytest.mark.parametrize(
    "pump",
    [
        "<div>",
        "<script>",
        "<style",
        "<",
        "<a ",
        "<!--",
        "</",
        "&",
        "<p class='",
        '<p style="display:',
        "<b>a</b>",
        "<a a ",
        "<a a=\"'",
    ],
)
def test_scanning_and_stripping_take_time_with_length_alone(pump):
    html = pump * (400_000 // len(pump))
    scan(html)
    stripped(html)


@pytest.mark.parametrize("pump", ["overflow:hidden;", ".a{height:0;", "}", ".a{}", "@media x{", "/*"])
def test_reading_styles_takes_time_with_length_alone(pump):
    assert grows_linearly(lambda size: page(f"<style>.a{{{pump * (size // len(pump))}</style><p>x"), 20_000, 200_000)


def test_pages_without_text_and_no_pages_at_all_are_total():
    for html in ("", " ", "<", "<html></html>", "<p></p>", "\x00", "<img src=x>"):
        assert page(html).blocks == () or page(html).text


TAGS = ["<p>", "</p>", "<div hidden>", "</div>", "<h1>", "<a href='x'>", "<!--", "-->", "<td>", "<script>", "<pre>"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=30), max_size=20).map("".join))
def test_any_markup_gives_ordered_trimmed_blocks(html):
    read = page(html)
    for block in read.blocks:
        assert read.text[block.start : block.end] == read.text[block.start : block.end].strip() != ""
    assert all(a.end <= b.start for a, b in pairwise(read.blocks))


def test_metadata_of_linked_data_and_open_graph():
    said = page(PAGE).metadata
    assert (said.title, said.outlet) == ("Dam keepers walk out over night shifts", "Lake Herald")
    assert (said.url, said.published) == (
        "https://www.lake-herald.example/2031/dam-keepers",
        "2031-04-02T08:15:00+02:00",
    )


def test_broken_and_hostile_metadata_counts_as_not_said():
    html = f"""<head><script type="application/ld+json">{"[" * 100_000}</script>
    <script type="application/ld+json">
    {{"@type": "NewsArticle", "datePublished": 99999, "headline": ["x"], "publisher": []}}</script>
    <script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "31 Feb 99999"}}</script>
    <link rel=canonical href="javascript:alert(1)"><meta property="og:url" content="//evil"></head><p>x</p>"""
    said = read_metadata(parse(html))
    assert (said.url, said.published, said.outlet) == (None, None, None)


def test_metadata_falls_back_on_elements():
    html = """<title>Dam keepers walk out | Lake Herald</title><meta property="og:site_name" content="The Lake Herald">
    <time datetime="2001-01-01">old</time><article><h2>x</h2></article><h1></h1>
    <time datetime="2031-04-02T08:15:00Z">now</time>"""
    said = read_metadata(parse(html))
    assert (said.title, said.published) == ("Dam keepers walk out", "2031-04-02T08:15:00Z")


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("2031-04-02", "2031-04-02"),
        ("2031/04/02", "2031-04-02"),
        ("20310402", "2031-04-02"),
        ("2031-04-02T08:15:00Z", "2031-04-02T08:15:00Z"),
        ("2031-04-02T08:15:00.25+02:00", "2031-04-02T08:15:00.25+02:00"),
        ("2031-04-02 08:15", "2031-04-02"),
        ("Wed, 02 Apr 2031 08:15:00 GMT", "2031-04-02T08:15:00+00:00"),
        ("Wed, 02 Apr 0000 08:15:00 GMT", None),
        ("2 Apr 99999 10:00 +9999", None),
        ("0001-01-01", None),
        ("2031-02-30", None),
        ("yesterday", None),
        ("", None),
        (20310402, None),
        (None, None),
    ],
)
def test_dates_of_publication(shown, read):
    assert publication(shown) == read


def test_hidden_words_are_counted_and_layout_is_the_same_twice():
    tree = parse("<p>shown</p><div hidden><p>three hidden words</p><script>x y z</script></div>")
    assert lay_out(tree) == lay_out(tree)
    assert (lay_out(tree).text, lay_out(tree).hidden) == ("shown", 3)


def test_a_short_report_in_a_box_named_as_furniture_is_kept_on_a_page_full_of_menus():
    menus = "".join(
        f"<div class='menu'><ul>{''.join(f'<li>Ward {n} {k} news</li>' for k in range(9))}</ul></div>"
        for n in range(40)
    )
    told = (
        "The reservoir above Kell was let down by two metres overnight, the water board said.",
        "Nobody in the valley below was told before the sirens went, according to the fire brigade.",
        "Four cellars were flooded, and a footbridge that had stood since spring was washed away.",
    )
    report = "".join(f"<p>{line}</p>" for line in told)
    html = f"{menus}<div class='promo related'><h1>Dam let down at night</h1>{report}</div>{menus}"
    read = read_page(html, table(ENGLISH))
    kinds = {read.text[b.start : b.end]: b.kind for b in read.blocks}
    assert [kinds[line] for line in told] == ["body"] * 3
