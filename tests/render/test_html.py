"""The page: one file, no request, everything escaped, every link lands, evidence behind every line."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.stories import story_account, story_articles, story_reports
from twosource.article import Article, Outlet
from twosource.pipeline import account, read
from twosource.render.html import render_html

HOSTILE = (
    '<script>alert(1)</script>"><img src=x onerror=alert(2)>\n\n'
    "“</p><svg onload=alert(3)>,” said Jan <b>Holt</b>, mayor of \u202eevil\u202c Town, with 12 sheep\x1b[31m.\n\n"
    "Holt said {{ 7 * 7 }} and </style><style>*{display:none}</style> were 40 per cent of all tags."
)


class Tags(HTMLParser):
    """Collects elements, ids and link targets of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, name: str) -> list[str]:
        return [a[name] for _, a in self.elements if a.get(name)]


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(story_account(), story_reports())


def test_nothing_is_requested_from_anywhere(page):
    tags = Tags(page)
    assert not {t for t, _ in tags.elements} & {"script", "img", "link", "iframe", "object", "embed", "video", "audio"}
    assert not tags.all("src")
    assert not re.search(r"@import|url\(", page)


def test_the_page_forbids_itself_all_but_its_own_style(page):
    policy = next(a["content"] for t, a in Tags(page).elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not Tags(page).all("style")


def test_every_inner_link_lands(page):
    tags = Tags(page)
    ids = tags.all("id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in tags.all("href") if h.startswith("#")} <= set(ids)


def test_outgoing_links_are_the_articles_own_addresses(page):
    outgoing = {h for h in Tags(page).all("href") if not h.startswith("#")}
    assert outgoing == {a.url for a in story_articles() if a.url}


def test_all_words_of_every_report_stand_on_the_page(page):
    words = re.sub(r"<[^>]*>", "", page)
    for report in story_reports():
        for block in report.blocks:
            first = block.span.of(report.article.text).split()[0].strip("“”\"'‘’&©")
            assert not first.isalnum() or first in words


def test_every_shared_statement_and_conflict_has_evidence(page):
    shared = [s for s in story_account().statements if len({t.article for t in s.tellings}) > 1]
    assert shared
    for line in (*shared, *story_account().conflicts):
        part = page.split(f'id="{line.id}"', 1)[1].split("</article>", 1)[0]
        assert part.count("<blockquote") >= 2


def test_the_page_is_the_same_whatever_the_order(page):
    assert render_html(story_account(), tuple(reversed(story_reports()))) == page


def test_hostile_text_is_inert_in_every_field():
    bad = Article(
        id="<b>",
        text=HOSTILE,
        outlet=Outlet("<i>Daily</i>\nBad"),
        title="<u>T</u>",
        url="javascript:alert(1)",
        published="2025-10-15",
    )
    reports = [read(bad), read(replace(bad, id="x2", url="https://ok.example/?a=1&b='\">", outlet=Outlet("B")))]
    tags = Tags(render_html(account(reports), reports))
    assert not {t for t, _ in tags.elements} & {"script", "img", "b", "i", "u"}
    assert [t for t, _ in tags.elements].count("style") == 1
    assert not [k for _, a in tags.elements for k in a if k.startswith("on")]
    assert not [h for h in tags.all("href") if not h.startswith(("#", "https://ok.example/"))]
    page = render_html(account(reports), reports)
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "{{ 7 * 7 }}" in page


def test_the_first_lines_lead_to_what_matters_most(page):
    lines = page.split('class="glance"', 1)[1].split("</ul>", 1)[0]
    kinds = re.findall(r'<li class="at-([a-z-]+)">', lines)
    assert 2 <= len(kinds) <= 6
    assert kinds == sorted(
        kinds, key=("solid", "one-origin", "conflict", "possible-conflict", "missing", "only-one").index
    )
    ids = Tags(page).all("id")
    targets = re.findall(r'href="#([^"]+)"', lines)
    assert len(targets) == len(kinds)
    assert set(targets) <= set(ids)


def test_how_lines_were_joined_stays_under_evidence(page):
    open_text = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert not re.search(r"[a-z_]+=\d", open_text.split("<body>", 1)[1])
