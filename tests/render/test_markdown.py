"""Markdown: every line with label, outlet, words and offsets, and no markup from a text."""

import pytest
from markdown_it import MarkdownIt

from tests.made import EVIL, evil_account, made_account
from twosource.render.markdown import escaped, render_markdown

MARKUP = (
    "*bold* _it_ `code` ~~gone~~",
    "[text](http://evil.example)",
    "![x](http://evil.example/x.png)",
    "<img src=x onerror=alert(1)>",
    "<http://evil.example>",
    "http://evil.example and www.evil.example",
    "# head | cell | cell",
    "> quote",
    "- list\n1. list\n---\n```\ncode",
    "&lt;b&gt; &amp; &#42;",
    "\\*not\\* \\",
    "$x^2$ {.class} [^1]",
)


def test_each_telling_has_label_outlet_words_and_offsets():
    lines = render_markdown(made_account()).splitlines()
    words = "“Nobody will drive over it before we know how deep it goes,”"
    assert f"  - **A1** {words} (Kolné Gazette, characters 161–221), direct to reporters" in lines
    assert "  - **C3** Some 21,000 (Evening Lamp, characters 170–176)" in lines


def test_all_sections_are_there():
    heads = [line[3:] for line in render_markdown(made_account()).splitlines() if line.startswith("## ")]
    assert heads == [
        "Independence",
        "Conflicts",
        "Said",
        "Figures",
        "Told by one report only",
        "Left out by one, told by most",
        "Timeline",
        "Naming, cues, voice",
        "Notes",
    ]


@pytest.mark.parametrize("words", [*EVIL, *MARKUP])
def test_a_text_adds_no_markup(words):
    """Rendered with links, tables and strike-through on: text and our own lists, headings and table only."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(render_markdown(evil_account(words)))
    inline = {child.type for token in tokens if token.children for child in token.children}
    assert inline <= {"text", "text_special", "strong_open", "strong_close", "softbreak"}
    block = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    assert block <= {
        "heading",
        "paragraph",
        "inline",
        "bullet_list",
        "list_item",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


@pytest.mark.parametrize("words", [w for w in MARKUP if "\n" not in w])
def test_a_reader_sees_the_words_as_they_are(words):
    (_, inline, _) = MarkdownIt("commonmark").enable(["strikethrough"]).parse(f"x {escaped(words)}")
    assert "".join(child.content for child in inline.children) == f"x {words}"
