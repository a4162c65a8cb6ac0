"""Packed bodies: whole ones are unpacked, cut ones are told, and bombs cost little."""

import gzip
import time
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faulty import bomb, head, to_the_end
from tests.sources.fetch.near import fetched, wrong
from twosource.sources.fetch import Limits
from twosource.sources.fetch.decode import Unpacked
from twosource.sources.fetch.failure import Failure

TEXT = b"One house, several voices. " * 400
RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATE = RAW.compress(TEXT) + RAW.flush()


def unpacked(body, *encodings, step=1_000, limits=None, cut=None):
    taking = Unpacked(encodings, limits or Limits(), cut)
    for at in range(0, len(body), step):
        if not taking.feed(body[at : at + step]):
            break
    return taking.whole()


@pytest.mark.parametrize("step", [1, 2, 7, 100_000])
@pytest.mark.parametrize(
    ("body", "encodings"),
    [
        (TEXT, ()),
        (TEXT, ("identity",)),
        (TEXT, ("none", "utf-8")),
        (gzip.compress(TEXT), ("gzip",)),
        (gzip.compress(TEXT), ("x-gzip",)),
        (zlib.compress(TEXT), ("deflate",)),
        (RAW_DEFLATE, ("deflate",)),
        (gzip.compress(gzip.compress(TEXT)), ("gzip", "gzip")),
        (gzip.compress(zlib.compress(TEXT)), ("deflate", "identity", "gzip")),
        (gzip.compress(TEXT[:500]) + gzip.compress(TEXT[500:]), ("gzip",)),
        (gzip.compress(TEXT) + b"\x00" * 512, ("gzip",)),
        (gzip.compress(TEXT) + b"\x1fnothing", ("gzip",)),
        (gzip.compress(TEXT) + b"junk" + gzip.compress(b"more"), ("gzip",)),
    ],
)
def test_what_was_packed_comes_back_in_whatever_pieces_it_came(body, encodings, step):
    assert unpacked(body, *encodings, step=step) == TEXT


@given(st.binary(max_size=2_000), st.integers(1, 50))
def test_any_bytes_come_back(body, step):
    assert unpacked(gzip.compress(body), "gzip", step=step) == body


@given(st.binary(min_size=1, max_size=400), st.sampled_from(["gzip", "deflate"]))
def test_bytes_that_are_not_packed_are_a_failure(body, name):
    try:
        unpacked(body, name, step=37)
    except Failure as failed:
        assert failed.code in ("bad_encoding", "truncated")  # noqa: PT017 - not all bytes are wrong


def test_every_cut_is_told():
    body = gzip.compress(b"One house, several voices, none of them alone.")
    for end in range(1, len(body)):
        with pytest.raises(Failure) as caught:
            unpacked(body[:end], "gzip")
        assert caught.value.code == "truncated", end
    assert unpacked(b"", "gzip") == b""


@pytest.mark.parametrize(
    ("code", "encodings"),
    [
        ("unknown_encoding", "br"),
        ("unknown_encoding", "zstd"),
        ("unknown_encoding", "gzip, br"),
        ("unknown_encoding", "gzip, gzip, gzip"),
        ("unknown_encoding", ", ".join(["gzip"] * 200)),
        ("unknown_encoding", "compress"),
        ("unknown_encoding", "\x1b[31m" * 100),
        ("bad_encoding", "gzip"),
    ],
)
def test_what_was_not_asked_for_is_not_unpacked(code, encodings):
    failed = wrong(to_the_end(b"\x1b\xff\xff\x00" * 200, ("Content-Encoding", encodings)))
    assert failed.code == code
    assert len(str(failed)) < 200


def test_a_cut_body_is_never_taken_for_a_whole_one():
    body = gzip.compress(bytes(range(256)) * 100)
    for reply in (
        to_the_end(body[:-9], ("Content-Encoding", "gzip")),
        [head(200, ("Content-Encoding", "gzip"), ("Content-Length", str(len(body) - 9))), body[:-9]],
    ):
        assert wrong(reply).code == "truncated"


@pytest.mark.parametrize(
    ("body", "encodings", "codes"),
    [
        (bomb(1_000_000_000), "gzip", {"bomb"}),
        (bomb(200_000_000, layers=2), "gzip, gzip", {"bomb"}),
        (gzip.compress(b"x") * 5_000, "gzip", {"bomb"}),
        (gzip.compress(b"") * 50_000, "gzip", {"bomb"}),
        (zlib.compress(b" " * 50_000_000, 9), "deflate", {"bomb"}),
    ],
    ids=["a gigabyte", "in two layers", "many members", "empty members", "deflate"],
)
def test_bombs_cost_little(body, encodings, codes):
    tracemalloc.start()
    begun = time.monotonic()
    try:
        assert wrong(to_the_end(body, ("Content-Encoding", encodings))).code in codes
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000
    assert time.monotonic() - begun < 2.0


def test_a_bomb_in_a_bomb_that_names_one_layer_stays_packed():
    body = bomb(200_000_000, layers=2)
    assert fetched(to_the_end(body, ("Content-Encoding", "gzip"))).body[:2] == b"\x1f\x8b"


def test_text_that_packs_well_is_no_bomb():
    table = b"".join(b"<tr><td>%d</td><td>none</td></tr>\n" % n for n in range(100_000))
    assert unpacked(gzip.compress(table, 9), "gzip") == table


def test_what_unpacks_to_too_much_is_refused():
    limits = Limits(decoded=100_000)
    body = bytes(range(256)) * 1_000
    for packed, encodings in ((body, ()), (gzip.compress(body), ("gzip",))):
        with pytest.raises(Failure) as caught:
            unpacked(packed, *encodings, limits=limits)
        assert caught.value.code == "too_large"


def test_the_rest_can_be_left_away():
    assert unpacked(gzip.compress(TEXT), "gzip", cut=100) == TEXT[:100]
    assert unpacked(TEXT, cut=100) == TEXT[:100]
    assert unpacked(TEXT, cut=1_000_000) == TEXT
