"""Inputs of every kind, good and bad: each yields articles or names itself, and the others go on."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from twosource.article import Article
from twosource.errors import InputError
from twosource.sources.files import Given, articles

TEXT = "Orchard fire put out\n\nFirefighters put out a blaze in an orchard near Tessel on Monday, the brigade said.\n"
OTHER = "Second report\n\nA barn and forty apple trees burned near Tessel before the fire was out, a farmer said.\n"
BODY = f"<h1>Orchard fire</h1><p>{TEXT}</p>"
PAGE = f"<!doctype html><html><head><title>Orchard fire</title></head><body>{BODY}</body></html>"
FRENCH = "The brigade’s café – “saved”, it said on Monday near Tessel."
RUSSIAN = "Пожарные потушили огонь в саду под Тесселем в понедельник, сообщила бригада в городе."
DAMAGED = b"The brigade said \xe2\x80\x9cout\xe2\x80\x9d on \xff Monday near the village of Tessel."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def one(name, given=Given()):  # noqa: B008
    (found,) = articles([name], given)
    return found


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_text_file_is_received_character_by_character(folder):
    raw = " \r\n\tOrchard fire\u00a0out\r\n\x07A blaze was put out near Tessel on Monday, the local brigade said. \n\n"
    found = one(put(folder, "a.txt", raw))
    assert (found.text, found.outlet, found.remarks, found.from_page) == (raw, None, (), False)
    assert found.origin.endswith("a.txt")


def test_inputs_come_in_order_and_a_bad_one_spoils_no_other(folder):
    names = [put(folder, "b.txt", TEXT), str(folder / "missing.txt"), put(folder, "a.txt", OTHER)]
    first, wrong, last = articles(names)
    assert (first.text, last.text) == (TEXT, OTHER)
    assert isinstance(wrong, InputError)
    assert str(wrong) == f"{folder / 'missing.txt'}: there is no such file"


def test_articles_are_yielded_before_later_inputs_are_read(folder):
    stream = articles([put(folder, "a.txt", TEXT), put(folder, "b.txt", OTHER)])
    assert next(stream).text == TEXT
    (folder / "b.txt").unlink()
    assert isinstance(next(stream), InputError)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t\n", "is empty"),
        ("a.txt", b"*** --- ***\n---\n", "is not an article: it holds no words"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"words " * 50, "is a PDF, not text"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "is a PNG image, not text"),
        ("a.txt", b"\x7fELF\x02\x01" + b"\0" * 40, "is a program, not text"),
        ("a.docx", b"PK\x03\x04" + b"word/document.xml" * 9, "is a ZIP archive or office document, not text"),
        ("a.jsonl", b"PK\x03\x04" + bytes(range(256)) * 9, "is a ZIP archive or office document, not text"),
        ("a.txt", bytes(range(256)) * 40, "is binary, not text"),
        ("a.txt", b"a\0b\0" * 3 + b"words \0\0\0\0" * 400, "is binary, not text"),
        ("a.html", b"<html><body><script>x</script></body></html>", "is a page without visible text"),
        ("a.json", b"[" * 100_000, "is JSON nested too deep to read"),
        ("a.json", b'{"text": ' + b"9" * 5_000 + b"}", "is JSON with a number too long to read"),
        ("a.json", b'{"outlet": "Tessel Times"}', "is JSON without text or html"),
        ("a.json", b"[]", "holds no article"),
        ("a.json", b'{"text": "cut off', "is not JSON: Unterminated string starting at (column 10)"),
    ],
)
def test_what_is_no_article_says_why(folder, name, content, reason):
    found = one(put(folder, name, content))
    assert isinstance(found, InputError)
    assert found.reason == reason
    assert found.name.endswith(name)


def test_a_file_over_the_limit_is_refused_unread(folder):
    path = folder / "big.txt"
    with path.open("wb") as sparse:
        sparse.truncate(20_000_001)
    assert one(str(path)).reason == "is over 20 MB"


def test_pipes_and_devices_are_refused_without_waiting(folder):
    os.mkfifo(folder / "pipe")
    found = list(articles([str(folder / "pipe"), "/dev/zero", "", "a\0b", "n" * 5_000]))
    assert all(isinstance(wrong, InputError) for wrong in found)
    assert [wrong.reason.split(":")[0] for wrong in found[:3]] == [
        "is a pipe", "is a device, not a file", "has an empty name",
    ]  # fmt: skip


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_says_so(folder):
    path = put(folder, "a.txt", TEXT)
    (folder / "a.txt").chmod(0)
    assert one(path).reason == "may not be read (permission denied)"


@pytest.mark.parametrize(
    ("raw", "text", "codes"),
    [
        ("\ufeff" + TEXT, TEXT, []),
        (TEXT.encode("utf-16"), TEXT, []),
        (TEXT.encode("utf-16-be"), TEXT, []),
        (b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be"), TEXT, []),
        (FRENCH.encode("cp1252"), FRENCH, ["encoding_guessed"]),
        (RUSSIAN.encode("cp1251"), RUSSIAN, ["encoding_guessed"]),
        (DAMAGED, "“out” on \ufffd Monday", ["bytes_replaced"]),
        (TEXT.encode() + b"\0", TEXT + "\0", []),
    ],
)
def test_bytes_are_decoded_once(folder, raw, text, codes):
    found = one(put(folder, "a.txt", raw))
    assert text in found.text
    assert [code for code, _ in found.remarks] == codes


def test_short_texts_are_read_with_a_remark(folder):
    assert [code for code, _ in one(put(folder, "a.txt", "Orchard fire put out")).remarks] == ["few_words"]


def test_sidecar_says_what_the_file_does_not_and_is_no_article(folder):
    put(
        folder,
        "a.json",
        json.dumps(
            {
                "outlet": "Tessel Times",
                "published": "2031-05-06",
                "url": "https://www.tessel-times.example/1",
                "title": "T",
            }
        ),
    )
    found = list(articles([put(folder, "a.txt", TEXT), str(folder / "a.json")]))
    assert len(found) == 1
    assert (found[0].outlet.name, found[0].outlet.domain) == ("Tessel Times", "tessel-times.example")
    assert (found[0].published, found[0].title) == ("2031-05-06", "T")


def test_command_line_wins_over_sidecar_which_wins_over_page(folder):
    html = PAGE.replace(
        "<head>",
        '<head><meta property="og:site_name" content="Page Says"><link rel=canonical href="https://page.example/1">',
    )
    put(folder, "a.html.json", json.dumps({"outlet": "Sidecar Says", "published": "2031-01-01"}))
    found = one(put(folder, "a.html", html), Given(published="2031-05-06"))
    assert (found.outlet.name, found.url, found.published) == ("Sidecar Says", "https://page.example/1", "2031-05-06")
    assert one(str(folder / "a.html"), Given(outlet="User Says")).outlet.name == "User Says"


@pytest.mark.parametrize("content", ["{bad", "[" * 70_000])
def test_broken_sidecar_is_remarked_and_the_file_is_read(folder, content):
    put(folder, "a.json", content)
    found = one(put(folder, "a.txt", TEXT))
    assert [code for code, _ in found.remarks] == ["bad_sidecar"]


def test_json_beside_a_text_with_text_of_its_own_is_an_article(folder):
    put(folder, "a.txt", TEXT)
    assert one(put(folder, "a.json", json.dumps({"text": OTHER}))).text == OTHER
    assert one(str(folder / "a.txt")).outlet is None


def test_what_cannot_be_used_is_left_out_with_a_remark(folder):
    found = one(put(folder, "a.txt", TEXT), Given(outlet=" Tessel\n Times ", published="last week", url="javascript:x"))
    assert (found.outlet.name, found.published, found.url) == ("Tessel Times", None, None)
    assert {code for code, _ in found.remarks} == {"bad_date", "bad_url"}


def test_outlet_is_the_domain_where_nobody_names_it(folder):
    found = one(put(folder, "a.txt", TEXT), Given(url="https://news.tessel-times.co.uk/1"))
    assert (found.outlet.name, found.outlet.domain) == ("tessel-times.co.uk", "tessel-times.co.uk")


def test_ids_are_stable_and_differ_by_outlet(folder):
    path = put(folder, "a.txt", TEXT)
    assert one(path).id == one(path).id == one(put(folder, "copy.txt", TEXT)).id
    assert one(path).id != one(path, Given(outlet="Tessel Times")).id


def test_pages_are_told_by_name_or_content(folder):
    for name in ("a.html", "a.htm", "a.txt", "a"):
        found = one(put(folder, name, PAGE))
        assert found.from_page
        assert found.markup
        assert found.text.startswith("Orchard fire\n")


def test_text_with_an_angle_bracket_is_no_page(folder):
    for text in (f"< {TEXT}", f"<3 {TEXT}", f"A <b>bold</b> move. {TEXT}"):
        assert not one(put(folder, "a.txt", text)).from_page


def test_pages_are_decoded_as_they_declare(folder):
    html = PAGE.replace("<head>", "<head><meta charset='iso-8859-1'>").replace("blaze", "caf\u00e9 blaze")
    found = one(put(folder, "a.html", html.encode("latin-1")))
    assert "café blaze" in found.text
    assert found.remarks == ()


@pytest.mark.parametrize("charset", ["utf-16", "UTF-16LE", "utf-32", "unicode_escape", "utf-7"])
def test_a_page_that_names_an_encoding_it_cannot_be_in_is_utf_8(folder, charset):
    page = PAGE.replace("<head>", f"<head><meta charset={charset}>").replace("Tessel", "Tessél +AGE- \\n")
    found = one(put(folder, "a.html", page))
    assert "near Tessél +AGE- \\n on Monday" in found.text
    assert found.remarks == ()


def test_json_lines_give_an_article_each_and_name_bad_lines(folder):
    rows = lines(
        {"id": "x", "outlet": "Tessel Times", "published": "2031-05-06T07:00:00Z", "text": TEXT},
        {"id": 7, "html": PAGE},
    )
    found = list(articles([put(folder, "a.jsonl", f"{rows}not json\n\n[1]\n{lines({'text': OTHER})}")]))
    assert [a.id for a in found[:2]] == ["x", "7"]
    assert [wrong.name.rsplit(":", 1)[1] for wrong in found[2:4]] == ["3", "5"]
    assert found[4].text == OTHER
    assert found[4].id.startswith("a-")
    assert found[4].origin.endswith("a.jsonl:6")


def test_a_line_that_cannot_be_parsed_spoils_no_other(folder):
    deep, long = '{"text": ' + "[" * 100_000, '{"text": ' + "9" * 5_000 + "}"
    found = list(
        articles(
            [put(folder, "a.jsonl", "\n".join([lines({"text": TEXT}).strip(), deep, long, lines({"text": OTHER})]))]
        )
    )
    assert [isinstance(a, Article) for a in found] == [True, False, False, True]


def test_json_text_is_kept_to_the_code_point(folder):
    text = "Lone \\ud800 surrogate, NUL \\u0000 and \\u202e marks stay in the words that the brigade said on Monday."
    found = one(put(folder, "a.jsonl", f'{{"id": "s", "text": "{text}"}}\n'))
    assert found.text == json.loads(f'"{text}"')


def test_json_documents_and_arrays_are_read_too(folder):
    assert one(put(folder, "a.json", json.dumps({"id": "p", "text": TEXT}, indent=2))).id == "p"
    found = list(articles([put(folder, "b.json", json.dumps([{"text": TEXT}, {"text": OTHER}, 3]))]))
    assert [a.text for a in found[:2]] == [TEXT, OTHER]
    assert found[2].name.endswith("b.json:3")


def test_text_in_brackets_is_text(folder):
    assert one(put(folder, "a.txt", f"[Photo] {TEXT}")).text == f"[Photo] {TEXT}"


def test_two_texts_of_one_id_are_not_mixed_up(folder):
    first, wrong, same = articles(
        [
            put(
                folder,
                "a.jsonl",
                lines({"id": "x", "text": TEXT}, {"id": "x", "text": OTHER}, {"id": "x", "text": TEXT}),
            )
        ]
    )
    assert (first.text, same.text) == (TEXT, TEXT)
    assert wrong.reason == "has the id 'x', which another article has already"


def test_directories_are_read_in_order_without_hidden_binary_or_outside_files(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    put(outside, "secret.txt", OTHER)
    put(folder, "in/b/2.txt", TEXT)
    put(folder, "in/a.html", PAGE)
    put(folder, "in/c.jsonl", lines({"id": "x", "text": OTHER}))
    put(folder, "in/photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    put(folder, "in/.hidden.txt", OTHER)
    put(folder, "in/.git/x.txt", OTHER)
    put(folder, "in/settings.json", '{"indent": 2}')
    (folder / "in/link.txt").symlink_to(outside / "secret.txt")
    (folder / "in/loop").symlink_to(folder / "in")
    found = [os.path.relpath(a.origin, folder) for a in articles([str(folder / "in")])]
    assert found == ["in/a.html", "in/c.jsonl:1", "in/b/2.txt"]


def test_texts_of_a_directory_that_cannot_be_read_are_named(folder):
    put(folder, "in/a.txt", TEXT)
    put(folder, "in/b.txt", "")
    put(folder, "in/c.html", b"%PDF-1.7 and so on")
    put(folder, "in/d.jsonl", lines({"id": "x"}))
    put(folder, "in/e.json", "")
    put(folder, "in/f.png", "")
    first, *wrong = articles([str(folder / "in")])
    assert first.text == TEXT
    assert [(Path(w.name).name, w.reason) for w in wrong] == [
        ("b.txt", "is empty"),
        ("c.html", "is a PDF, not text"),
        ("d.jsonl:1", "is JSON without text or html"),
        ("e.json", "is empty"),
    ]


def test_day_of_publication_is_that_of_the_text_s_own_line_where_nobody_gives_one(folder):
    dated = TEXT.replace("\n\n", "\n\nPublished: 4 May 2031\n\n", 1)
    name = put(folder, "a.txt", dated)
    found = one(name)
    assert (found.published, found.text) == ("2031-05-04", dated)
    assert found.remarks == (
        ("published_from_text", "published on 2031-05-04, taken from the line «Published: 4 May 2031»"),
    )
    assert one(put(folder, "a.jsonl", lines({"text": dated}))).published == "2031-05-04"
    assert one(put(folder, "b.jsonl", lines({"text": dated, "published": "2031-05-06"}))).published == "2031-05-06"
    put(folder, "a.txt.json", '{"published": "2031-05-05"}')
    assert (one(name).published, one(name).remarks) == ("2031-05-05", ())
    assert one(name, Given(published="2031-05-07")).published == "2031-05-07"


def test_directory_without_articles_says_so(folder):
    put(folder, "in/photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    assert one(str(folder / "in")).reason == "is a directory without articles"


def given_on_standard_input(monkeypatch, raw):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(raw))))


@pytest.mark.parametrize(
    ("raw", "texts"),
    [
        (TEXT.encode(), [TEXT]),
        (lines({"text": TEXT}, {"text": OTHER}).encode(), [TEXT, OTHER]),
        (json.dumps({"text": TEXT}, indent=1).encode(), [TEXT]),
        (json.dumps({"text": TEXT}).encode(), [TEXT]),
    ],
)
def test_standard_input_takes_every_format(monkeypatch, raw, texts):
    given_on_standard_input(monkeypatch, raw)
    found = list(articles(["-"]))
    assert [a.text for a in found] == texts
    assert found[0].origin.startswith("standard input")


def test_standard_input_takes_a_page(monkeypatch):
    given_on_standard_input(monkeypatch, PAGE.encode())
    assert one("-").from_page


class Endless(io.RawIOBase):
    """A stream that never ends."""

    def __init__(self, unit):
        self.unit, self.given = unit, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        self.given += len(buffer)
        buffer[:] = (self.unit * (len(buffer) // len(self.unit) + 1))[: len(buffer)]
        return len(buffer)


@pytest.mark.parametrize(
    ("unit", "reason", "most"), [(b"\0", "is binary, not text", 1_000_000), (b"word ", "is over 20 MB", 30_000_000)]
)
def test_endless_standard_input_is_refused(monkeypatch, unit, reason, most):
    stream = Endless(unit)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(stream)))
    assert one("-").reason == reason
    assert stream.given <= most


def test_a_json_line_without_end_is_refused_and_named(monkeypatch):
    raw = (
        lines({"text": TEXT}).encode()
        + b'{"text": "'
        + b"word " * 4_200_000
        + b'"}\n'
        + lines({"text": OTHER}).encode()
    )
    given_on_standard_input(monkeypatch, raw)
    first, wrong, last = articles(["-"])
    assert (first.text, last.text) == (TEXT, OTHER)
    assert (wrong.name, wrong.reason) == ("standard input:2", "is over 20 MB")


UTF8 = "Kéepers at the “Orrin” dam walked out on Wednesday – their union’s secretary said so."


def as_page(told, charset):
    return f'<html><head><meta charset="{charset}"></head><body><h1>Dam</h1><p>{told}</p></body></html>'


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "shift_jis", "x-unheard-of"])
def test_page_in_utf8_that_names_another_encoding_is_read_as_utf8_with_a_remark(tmp_path, charset):
    (tmp_path / "a.html").write_bytes(as_page(UTF8, charset).encode())
    [found] = articles([str(tmp_path / "a.html")])
    assert found.text == f"Dam\n{UTF8}"
    assert [code for code, _ in found.remarks] == ["encoding_guessed"]


def test_stray_bytes_of_another_encoding_in_utf8_are_read_as_its_marks_and_letters(tmp_path):
    raw = as_page(UTF8, "utf-8").encode() + b"<p>\x93No caf\xe9 was open,\x94 she said \x97 and \xff went home.</p>"
    (tmp_path / "a.html").write_bytes(raw)
    [found] = articles([str(tmp_path / "a.html")])
    assert found.text.endswith("“No café was open,” she said — and \ufffd went home.")
    assert [code for code, _ in found.remarks] == ["encoding_mixed", "bytes_replaced"]


def test_character_cut_off_at_the_end_is_replaced_not_guessed(tmp_path):
    (tmp_path / "a.html").write_bytes(as_page(UTF8, "utf-8").encode()[:120] + "“".encode()[:2])
    [found] = articles([str(tmp_path / "a.html")])
    assert found.text.endswith("\ufffd")


@pytest.mark.parametrize("cut", range(40, 400, 31))
def test_page_cut_anywhere_is_read_as_far_as_it_goes_or_refused(tmp_path, cut):
    page = as_page(f"{UTF8}</p><ul><li class='x'>one</li></ul><p title=\"a>b\">{UTF8}<script>1<2", "utf-8")
    (tmp_path / "a.html").write_bytes(page.encode()[:cut])
    [found] = articles([str(tmp_path / "a.html")])
    assert isinstance(found, InputError) or found.text.startswith("Dam"[: len(found.text)])


@pytest.mark.parametrize(
    ("raw", "called"),
    [
        (b"\n \n%PDF-1.7\n1 0 obj", "PDF"),
        (b"#!/bin/sh\necho these are words of a program, not of an article\n", "program"),
        (b"\x00asm\x01\x00\x00\x00", "program"),
        (b"\xcf\xfa\xed\xfe\x07\x00\x00\x01", "program"),
        (b"II*\x00\x08\x00\x00\x00", "TIFF"),
        (b"wOF2\x00\x01\x00\x00", "font"),
        (b"%!PS-Adobe-3.0\n%%Title: words of a document\n", "PostScript"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "picture"),
    ],
)
def test_what_only_calls_itself_a_page_is_refused_by_its_content(tmp_path, raw, called):
    (tmp_path / "a.html").write_bytes(raw)
    [found] = articles([str(tmp_path / "a.html")])
    assert isinstance(found, InputError)
    assert called in str(found)


@pytest.mark.parametrize(
    ("source", "outlet"),
    [
        ("The Lantern", "The Lantern"),
        ({"id": None, "name": " The  Lantern "}, "The Lantern"),
        ({"title": "The Lantern", "href": "https://lantern.example/feed"}, "The Lantern"),
        ({"url": "https://www.lantern.example/feed.xml"}, "lantern.example"),
        ({"name": {"name": "x"}}, None),
        (["The Lantern"], None),
        (7, None),
    ],
)
def test_source_of_a_feed_names_the_outlet_where_nothing_else_does(folder, source, outlet):
    found = one(put(folder, "a.jsonl", lines({"text": TEXT, "source": source})))
    assert (found.outlet.name if found.outlet else None) == outlet
    given = {"text": TEXT, "source": source, "outlet": "Harrow Courier"}
    assert one(put(folder, "b.jsonl", lines(given))).outlet.name == "Harrow Courier"
