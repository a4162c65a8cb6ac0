"""How the command line reads: several at once, by rules alone, and with a list of owners."""

import json

import pytest
from click.testing import CliRunner

from tests.made import OWN, WIRE
from twosource import state
from twosource.cli import main
from twosource.console import DONE, FAILED, USAGE

BAND = """Band plays on
The band leader, Jette Moor, said nobody had paid for the lights. "We play by candle," she told the Kolné Gazette.
"""
ONE_HOUSE = 'owners = [{ name = "Varn Media", outlets = ["Kolné Gazette", "Evening Lamp"] }]\n'


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    monkeypatch.setenv("TWOSOURCE_STATE", str(folder))
    return folder


@pytest.fixture
def inputs(tmp_path):
    """Three files; the first two report one event for different outlets."""
    for name, outlet, text in (("a", "Kolné Gazette", WIRE), ("b", "Evening Lamp", OWN), ("c", "Hill Post", BAND)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"{name}.json").write_text(json.dumps({"outlet": outlet, "published": "2025-03-03"}))
    return [str(tmp_path / f"{name}.txt") for name in "abc"]


def run(*args):
    return CliRunner().invoke(main, [str(a) for a in args])


def reports(*args):
    """The reports that ``read --jsonl`` prints."""
    done = run("read", "--jsonl", "--quiet", *args)
    assert (done.exit_code, done.stderr) == (DONE, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def account(*args):
    done = run("compare", "--json", "--quiet", *args)
    assert (done.exit_code, done.stderr) == (DONE, "")
    return json.loads(done.stdout)


def notes(report):
    return [note["code"] for note in report["notes"]]


def test_two_jobs_print_what_one_prints(inputs):
    one, two = (run("read", "--jsonl", "--jobs", jobs, *inputs) for jobs in (1, 2))
    assert one.exit_code == two.exit_code == DONE
    assert one.stdout == two.stdout
    assert len(two.stdout.splitlines()) == 3


def test_what_cannot_be_read_does_not_stop_the_jobs(inputs, tmp_path):
    done = run("read", "--jsonl", "--jobs", 2, "--fast", inputs[0], tmp_path / "no.txt", inputs[2])
    assert done.exit_code == FAILED
    assert "no.txt" in done.stderr
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize("jobs", ["0", "-1", "65", "two", ""])
def test_a_number_of_jobs_that_makes_no_sense_is_a_mistake_in_usage(inputs, jobs):
    done = run("read", "--jobs", jobs, inputs[0])
    assert (done.exit_code, done.stdout) == (USAGE, "")
    assert "--jobs" in done.stderr


def test_fast_says_so_and_leaves_out_the_tagger(inputs):
    for report in reports("--fast", *inputs):
        assert "fast" in notes(report)
        assert not any("tagger" in q["features"] for q in report["quotations"])


def test_without_fast_the_tagger_reads(inputs):
    read = reports(*inputs)
    assert not {"fast", "no_tagger"} & {code for report in read for code in notes(report)}
    assert any("tagger" in q["features"] for report in read for q in report["quotations"])


def test_an_account_of_fast_reports_says_it_for_each(inputs):
    found = account("--fast", *inputs[:2])
    assert sorted(n["article"] for n in found["notes"] if n["code"] == "fast") == sorted(
        a["id"] for a in found["articles"]
    )


def test_a_list_of_owners_joins_outlets(inputs, tmp_path):
    (tmp_path / "owners.toml").write_text(ONE_HOUSE, encoding="utf-8")
    assert account("--fast", *inputs[:2])["lineage"]["owners"] == []
    (owned,) = account("--fast", "--owners", tmp_path / "owners.toml", *inputs[:2])["lineage"]["owners"]
    assert owned["owner"] == "Varn Media"
    assert len(owned["articles"]) == 2


def test_the_list_in_the_state_folder_is_taken_without_asking(inputs, kept, tmp_path):
    kept.mkdir()
    (kept / state.OWNERS).write_text(ONE_HOUSE, encoding="utf-8")
    assert [o["owner"] for o in account("--fast", *inputs[:2])["lineage"]["owners"]] == ["Varn Media"]
    (tmp_path / "none.toml").write_text("owners = []\n")
    assert account("--fast", "--owners", tmp_path / "none.toml", *inputs[:2])["lineage"]["owners"] == []


@pytest.mark.parametrize(
    "content", [b"owners = 3\n", b"owners = [", b"\xff\xfe", b"owners = [{ name = 'x' }]\n", b"a = " + b"[" * 5000]
)
def test_a_list_of_owners_that_is_none_is_named(inputs, tmp_path, content):
    (tmp_path / "owners.toml").write_bytes(content)
    done = run("compare", "--fast", "--owners", tmp_path / "owners.toml", *inputs[:2])
    assert done.exit_code == FAILED
    assert done.stdout == ""
    assert "owners.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_list_of_owners_that_is_not_there_is_named(inputs, tmp_path):
    done = run("compare", "--fast", "--owners", tmp_path / "nowhere.toml", *inputs[:2])
    assert done.exit_code == FAILED
    assert "nowhere.toml" in done.stderr
    assert "no such file" in done.stderr


def test_a_directory_is_no_list_of_owners(inputs, tmp_path):
    done = run("compare", "--fast", "--owners", tmp_path, *inputs[:2])
    assert done.exit_code == FAILED
    assert tmp_path.name in done.stderr
