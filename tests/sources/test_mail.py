"""E-mails: the report in them, what they claim, and what hostile ones come to."""

import time
from datetime import UTC, datetime
from io import BytesIO

import pytest

from tests.hostile_inputs import mail
from twosource.article import Article
from twosource.errors import InputError
from twosource.sources.mail import looks_like_mail, looks_like_mailbox, mail_article, mailbox_articles

NOW = datetime(2026, 3, 20, tzinfo=UTC)
TEXT = "The council opens the ferry on Monday, its speaker said. Tickets cost four crowns.\n"
HTML = f"<html><body><h1>Ferry opens</h1><p>{TEXT}</p><p style='display:none'>Hidden words.</p></body></html>"
LINE = b"From press@tessel.example Mon Mar  2 09:00:00 2026\n"


def parts(*some, kind="alternative"):
    inner = "".join(f"--XX\r\nContent-Type: {head}\r\n\r\n{body}\r\n" for head, body in some)
    return mail("Ferry opens", f"{inner}--XX--\r\n", f'Content-Type: multipart/{kind}; boundary="XX"')


def codes(found):
    return [code for code, _ in found.remarks]


def test_plain_mail_is_an_article_with_its_claims():
    found = mail_article(mail("=?utf-8?q?Ferry_=C3=B6ffnet?=", TEXT), "a.eml", now=NOW)
    assert (found.text, found.title, found.published) == (TEXT, "Ferry öffnet", "2026-03-02T08:00:00Z")
    assert (found.outlet.name, found.url, codes(found)) == ("Tessel Council", None, ["mail_from"])


def test_header_in_raw_bytes_is_read():
    for charset in ("utf-8", "cp1252"):
        found = mail_article(mail("Fähre öffnet", TEXT).decode().encode(charset), "a.eml", now=NOW)
        assert found.title == "Fähre öffnet"


def test_html_part_is_read_as_a_page_and_the_plain_one_left():
    found = mail_article(parts(("text/plain", "Plain words"), ("text/html; charset=utf-8", HTML)), "a.eml", now=NOW)
    assert found.text.startswith("Ferry opens\nThe council opens")
    assert "Hidden" not in found.text
    assert found.from_page


def test_html_without_text_gives_way_to_the_plain_part():
    found = mail_article(parts(("text/plain", TEXT), ("text/html", "<html><img src=x></html>")), "a.eml", now=NOW)
    assert found.text.strip() == TEXT.strip()


def test_attached_files_are_counted_and_left_out():
    attached = ('application/pdf; name="a.pdf"\r\nContent-Disposition: attachment', "JVBERi0=")
    found = mail_article(parts(("text/plain", TEXT), attached, attached, kind="mixed"), "a.eml", now=NOW)
    assert ("attachments_left_out", "2 attached files left out") in found.remarks


def test_what_the_user_states_wins(tmp_path):
    from twosource.sources.given import Known

    found = mail_article(mail(), "a.eml", stated=Known(outlet="The Council", published="2026-01-01"), now=NOW)
    assert (found.outlet.name, found.published) == ("The Council", "2026-01-01")


def test_each_mail_of_a_mailbox_is_an_article():
    box = b"\n".join(
        (LINE + mail("One", TEXT), LINE + mail("Two", f"{TEXT}\n>From the council, said the speaker.\n"), LINE)
    )
    first, second, third = mailbox_articles(BytesIO(box), "news.mbox")
    assert (first.title, second.title) == ("One", "Two")
    assert "\nFrom the council" in second.text
    assert (first.origin, third.name) == ("news.mbox:1", "news.mbox:3")


def test_a_line_that_begins_with_from_in_a_paragraph_begins_no_mail():
    box = LINE + mail("One", f"Words.\nFrom them on Mon Mar 2 09:00 2026\n{TEXT}")
    (found,) = mailbox_articles(BytesIO(box), "news.mbox")
    assert TEXT in found.text


def test_mail_is_told_from_text():
    assert looks_like_mail(mail())
    assert looks_like_mailbox(LINE + mail())
    assert not looks_like_mail(b"From: the council\nSubject: ferries\n\nWords of a letter to the editor.")
    assert not looks_like_mailbox(b"From Monday on, the ferry sails, in 2026\nwords")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" * 100_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(5_000)),
        b"Content-Type: message/rfc822\r\n\r\n" * 5_000,
        b"X: y\r\n" * 100_000,
        b"From: " + b"(" * 100_000 + b"\r\nSubject: x\r\n\r\n" + TEXT.encode(),
        b"From: " + b'"' * 9_999 + b"\r\nSubject: " + b"=?utf-8?q?" * 9_999 + b"\r\n\r\n" + TEXT.encode(),
        b"Content-Type: text/plain; charset=rot13\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"Content-Type: text/html; charset=\xff\xfe\r\n\r\n" + HTML.encode(),
        b"Content-Type: ;;;=;=\r\nDate: Mon, 99 Foo 99999\r\n\r\n" + TEXT.encode(),
        mail("x", "\x00\x01" * 999),
        b"From: " + b'"' * 100_000 + b"\r\n\r\n" + TEXT.encode(),
        b"Content-Type: text/plain; a=" + b'"' * 100_000 + b"\r\n\r\n" + TEXT.encode(),
        b"Subject: " + b"=?utf-8?q?a?= " * 9_999 + b"\r\n\r\n" + TEXT.encode(),
    ],
)
def test_hostile_mail_is_an_article_or_an_error(raw):
    begun = time.monotonic()
    assert isinstance(mail_article(raw, "a.eml", now=NOW), Article | InputError)
    assert time.monotonic() - begun < 2
