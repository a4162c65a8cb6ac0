"""Pages read in a process of their own: the same page, a deadline that kills, and nothing left running."""

import os
import subprocess
import sys
import textwrap
import time

import pytest

from twosource.clean.page import read_page
from twosource.clean.phrases import table
from twosource.lang import ENGLISH
from twosource.sources import apart
from twosource.sources.given import Known
from twosource.sources.pages import page_article

SENTENCE = "The keepers walked out on Wednesday, their union said in a statement."
PAGE = f"<title>Dam &amp; lake</title><h1>Dam keepers walk out</h1><p>{SENTENCE}</p><p>Talks “go on”. \U0001f6a7</p>"
LARGE = f"<h1>Dam keepers walk out</h1>{f'<p>{SENTENCE}</p>' * 60_000}"


def no_child_is_left():
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    return True


def test_page_read_apart_is_the_page_read_in_place():
    assert apart.read_apart(PAGE) == read_page(PAGE, table(ENGLISH))


def test_lone_surrogates_cross_the_process_border():
    assert apart.read_apart("<p>one \ud800 two</p>").text.startswith("one")


def test_page_that_takes_too_long_is_killed_and_stripped_with_a_remark():
    began = time.monotonic()
    page = apart.read_apart(LARGE, deadline=0.2)
    assert time.monotonic() - began < 15
    assert [code for code, _ in page.remarks] == ["page_timed_out"]
    assert page.text.count(SENTENCE) == 60_000
    assert page.blocks == ()
    assert no_child_is_left()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the alarm is a Unix signal")
def test_process_whose_parent_is_gone_ends_itself():
    done = subprocess.run(
        [sys.executable, "-m", apart.__name__, "-1"], input=LARGE.encode(), capture_output=True, check=False, timeout=20
    )
    assert done.returncode < 0
    assert done.stdout == b""


def test_process_that_breaks_leaves_a_stripped_page(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    page = apart.read_apart(PAGE)
    assert [code for code, _ in page.remarks] == ["page_not_parsed"]
    assert SENTENCE in page.text


def test_process_that_answers_nonsense_leaves_a_stripped_page(tmp_path, monkeypatch):
    fake = tmp_path / "python"
    fake.write_text("#!/bin/sh\necho '[1, 2'\n")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    assert [code for code, _ in apart.read_apart(PAGE).remarks] == ["page_not_parsed"]


@pytest.mark.parametrize(
    "large",
    [
        f"<h1>Dam</h1>{f'<p>{SENTENCE}</p>' * (apart.MAX_NEAR_ELEMENTS + 1)}",
        f"<h1>Dam</h1>{'<div>' * (apart.MAX_NEAR_DEPTH + 1)}{SENTENCE}",
        f"<h1>Dam</h1><p>{SENTENCE}</p><p>{'word ' * (apart.MAX_NEAR // 5)}</p>",
        f"<h1>Dam</h1><p>{SENTENCE}</p><PRE>{'word' + chr(10)}{('x' + chr(10)) * apart.MAX_NEAR_ELEMENTS}</PRE>",
    ],
)
def test_large_and_deep_pages_are_read_apart(large, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    assert [code for code, _ in apart.read_safely(large).remarks] == ["page_not_parsed"]


def test_ordinary_pages_are_read_in_place(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    assert apart.read_safely(PAGE) == read_page(PAGE, table(ENGLISH))


def test_remark_of_a_killed_page_reaches_its_article(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    article = page_article(f"{PAGE}{'<b>x</b>' * 5_000}", Known(), "a.html")
    assert [code for code, _ in article.remarks] == ["page_not_parsed"]


def test_script_without_a_main_guard_may_read_large_pages(tmp_path):
    """A second process that ran the caller's own script again would start a third, and so on."""
    (tmp_path / "json.py").write_text("raise SystemExit('a file of the folder was taken for a module')\n")
    script = tmp_path / "script" / "reads.py"
    script.parent.mkdir()
    script.write_text(
        textwrap.dedent(f"""
        from twosource.sources.apart import read_apart
        print("once", len(read_apart({PAGE!r}).blocks))
        """)
    )
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "once 3\n", done.stderr
