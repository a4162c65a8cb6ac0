"""The command line: data on standard output, messages on standard error, exit codes of the contract, never a trace."""

import contextlib
import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from tests.made import OWN, WIRE, made_account
from twosource import state
from twosource.cli import main
from twosource.console import Progress

GOATS = """Goat wins village race for the third year
HOLLEN (Hill Post) - A goat named Berta won the yearly race around the village pond on Sunday.
"She only runs when nobody looks," said her owner, the baker Tomas Renn.
About 300 people watched, and the band played until midnight.
"""


DUTCH = """Brug bij Velden blijft dicht
De brug over de rivier blijft zeker tot vrijdag gesloten, zei burgemeester Anke Smit dinsdag tegen verslaggevers.
Volgens haar is er nog te weinig bekend over de scheur die duikers vorige week hebben gevonden.
"""


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("TWOSOURCE_STATE", str(tmp_path / "kept"))


@pytest.fixture
def pair(tmp_path):
    """Two reports of one event in files, with outlets in sidecars."""
    for name, outlet, text in (("wire", "Kolné Gazette", WIRE), ("own", "Evening Lamp", OWN)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"{name}.json").write_text(json.dumps({"outlet": outlet, "published": "2025-03-03"}))
    return str(tmp_path / "wire.txt"), str(tmp_path / "own.txt")


def run(*args, stdin=None):
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin)


def spawn(*args, **how):
    """The program as a process of its own, for what only a process shows."""
    env = {**os.environ, **how.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "twosource", *map(str, args)], capture_output=True, env=env, timeout=60, **how
    )


def validator(name):
    return Draft202012Validator(json.loads((files("twosource") / "schemas" / f"{name}.json").read_text("utf-8")))


def test_help_begins_with_examples_and_names_the_exit_codes():
    result = run("--help")
    assert result.exit_code == 0
    assert result.stdout.index("Examples:") < result.stdout.index("Options:")
    assert "4 a --fail-on condition holds" in result.stdout


@pytest.mark.parametrize("command", ["read", "compare", "why", "demo"])
def test_every_command_explains_itself_by_examples(command):
    assert f"twosource {command}" in run(command, "--help").stdout.split("Examples:")[1]


def test_version():
    assert run("--version").stdout.startswith("twosource 0.")


def test_a_mistyped_command_gets_a_suggestion():
    result = run("compre", "x")
    assert result.exit_code == 2
    assert "compare" in result.stderr
    assert not result.stdout


def test_read_prints_one_valid_report_a_line_in_input_order(pair):
    result = run("read", "--jsonl", *pair)
    reports = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["outlet"] for r in reports] == ["Kolné Gazette", "Evening Lamp"]
    for report in reports:
        validator("report").validate(report)
        assert "text" not in report
    assert result.stdout.isascii()
    assert not result.stderr


def test_read_from_standard_input_with_what_is_known_of_it():
    result = run(
        "read",
        "--jsonl",
        "--text",
        "-",
        "--outlet",
        "The Lamp",
        "--published",
        "2025-03-04",
        "--url",
        "https://lamp.example/1",
        stdin=OWN,
    )
    report = json.loads(result.stdout)
    assert (report["outlet"], report["published"], report["url"]) == (
        "The Lamp",
        "2025-03-04",
        "https://lamp.example/1",
    )
    assert report["text"] == OWN


def test_read_json_lines():
    lines = "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in (("one", WIRE), ("two", GOATS)))
    result = run("read", "--jsonl", "-", stdin=lines)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["one", "two"]


def test_read_lists_for_people(pair):
    result = run("read", pair[0])
    assert "Kolné Gazette" in result.stdout
    assert "SAID" in result.stdout


def test_compare_prints_one_valid_account(pair):
    result = run("compare", "--json", *pair)
    assert result.exit_code == 0
    account = json.loads(result.stdout)
    validator("account").validate(account)
    assert [a["outlet"] for a in account["articles"]] == ["Evening Lamp", "Kolné Gazette"]
    assert not any("text" in a for a in account["articles"])
    assert result.stdout.isascii()


def test_the_text_of_a_page_is_always_printed(pair, tmp_path):
    page = tmp_path / "page.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in WIRE.splitlines())
    page.write_text(f"<!doctype html><html><body><article>{paragraphs}</article></body></html>", encoding="utf-8")
    account = json.loads(run("compare", "--json", page, pair[1]).stdout)
    assert sorted("text" in a for a in account["articles"]) == [False, True]


def test_compare_prints_with_texts_when_asked(pair):
    account = json.loads(run("compare", "--json", "--text", *pair).stdout)
    assert {a["text"] for a in account["articles"]} == {WIRE, OWN}


def test_the_order_of_inputs_changes_nothing(pair):
    forms = ("--json", "--plain", "--markdown", "--csv")
    assert [run("compare", f, *pair).stdout for f in forms] == [
        run("compare", f, *reversed(pair)).stdout for f in forms
    ]


def test_markdown_csv_and_plain(pair):
    assert run("compare", "--markdown", *pair).stdout.startswith("# ")
    rows = list(csv.DictReader(io.StringIO(run("compare", "--csv", *pair).stdout)))
    assert {r["kind"] for r in rows} >= {"statement", "figure"}
    plain = run("compare", "--plain", *pair).stdout
    assert plain.isascii()
    assert "INDEPENDENT?" in plain


def test_two_forms_at_once_are_a_mistake(pair):
    result = run("compare", "--json", "--csv", *pair)
    assert result.exit_code == 2
    assert "--json, --csv" in result.stderr


def test_a_page_is_written_beside_the_account(pair, tmp_path):
    result = run("compare", *pair, "--html", tmp_path / "out.html")
    assert result.exit_code == 0
    assert "INDEPENDENT?" in result.stdout
    assert (tmp_path / "out.html").read_text("utf-8").lower().startswith("<!doctype html>")


def test_a_page_that_cannot_be_written_is_disk_trouble_but_the_account_is_printed(pair, tmp_path):
    result = run("compare", "--json", *pair, "--html", tmp_path / "no" / "out.html")
    assert result.exit_code == 5
    assert "cannot be written" in result.stderr
    assert json.loads(result.stdout)


def test_an_outlet_for_each_input(pair):
    result = run("compare", "--json", *pair, "--outlet", "One", "--outlet", "Two")
    assert sorted(a["outlet"] for a in json.loads(result.stdout)["articles"]) == ["One", "Two"]
    assert run("compare", *pair, "--outlet", "a", "--outlet", "b", "--outlet", "c").exit_code == 2


def test_without_an_outlet_the_name_of_the_file_is_shown(tmp_path):
    for name, text in (("wire", WIRE), ("own", OWN)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    result = run("compare", "--plain", tmp_path / "wire.txt", tmp_path / "own.txt")
    assert "  wire.txt" in result.stdout
    assert str(tmp_path) not in result.stdout
    assert "own.txt" in run("why", "A").stdout + run("why", "B").stdout


def test_a_date_that_is_none_is_a_mistake(pair):
    result = run("compare", *pair, "--published", "last Tuesday")
    assert result.exit_code == 2
    assert "YYYY-MM-DD" in result.stderr


BAD = {
    "missing.txt": (None, "no such file"),
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n \n", "is empty"),
    "binary.txt": (bytes(range(256)) * 20, "not text"),
    "page.pdf": (b"%PDF-1.7 ...", "is a PDF"),
    "marks.txt": (b"*** --- ***\n---", "not an article"),
    "two\nlines \x1b[31m.txt": (None, r"two\u000alines \u001b[31m.txt"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_is_named_and_the_others_are_still_read(pair, tmp_path, name):
    content, reason = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    for command, form in (("read", "--jsonl"), ("compare", "--json")):
        result = run(command, form, pair[0], tmp_path / name, pair[1])
        assert result.exit_code == 1
        assert reason in result.stderr
        assert result.stderr.count("\n") == 1
        assert result.stderr.replace("\n", "").isprintable()
        assert len(result.stdout.splitlines()) == (2 if command == "read" else 1)


def test_an_input_over_the_limit_is_refused_unread(pair, tmp_path):
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(10**12)
    result = run("compare", "--json", *pair, huge)
    assert result.exit_code == 1
    assert "is over 20 MB" in result.stderr
    assert json.loads(result.stdout)


STEERING = "\u202eReversed\u202c \x1b[2J said \u2066Jan\x00 Holt\u2069 on Monday.\n=1+1 said so.\n"
HOSTILE = f"\x1b]0;title\x07{WIRE}{STEERING}".encode() + b"\xff\xfe"


@pytest.mark.parametrize("form", ["--json", "--markdown", "--csv", "--plain", "--all"])
def test_controls_bidi_marks_and_broken_bytes_reach_no_terminal(pair, tmp_path, form):
    (tmp_path / "hostile.txt").write_bytes(HOSTILE)
    result = run("compare", form, pair[1], tmp_path / "hostile.txt", "--outlet", "A\nB\x1b[1m")
    assert result.exit_code == 0
    assert result.stdout.replace("\r\n", "").replace("\n", "").isprintable()
    for label in ("A", "B", "B1"):
        assert run("why", label).stdout.replace("\n", "").isprintable()
    assert run("read", tmp_path / "hostile.txt").stdout.replace("\n", "").isprintable()


def test_one_file_twice_is_one_article(pair):
    result = run("compare", "--json", pair[0], pair[1], pair[0], os.path.relpath(pair[0]))
    account = json.loads(result.stdout)
    assert result.exit_code == 0
    assert len(account["articles"]) == 2
    assert [a["sightings"] for a in account["articles"]] == [1, 3]
    assert "the same article as" in result.stderr
    assert not run("compare", "--json", "--quiet", *pair, pair[0]).stderr


def test_one_readable_article_is_too_few(pair):
    result = run("compare", pair[0], "nothing.txt")
    assert result.exit_code == 1
    assert "needs two articles, and one could be read" in result.stderr
    assert not result.stdout


def test_one_article_twice_is_counted_once_in_the_first_line(pair):
    lines = run("compare", pair[0], pair[0]).stdout.splitlines()
    assert lines[1].startswith("1 report · 0 conflicts")


def test_a_report_in_a_language_without_rules_is_named_at_once(pair, tmp_path):
    (tmp_path / "nl.txt").write_text(DUTCH, encoding="utf-8")
    said = run("compare", *pair, tmp_path / "nl.txt").stderr
    assert "nl.txt: written in 'nl'" in said
    assert "nl.txt" not in run("compare", *pair, tmp_path / "nl.txt", "--quiet").stderr


def test_the_order_of_lines_on_standard_input_changes_nothing():
    lines = [json.dumps({"id": name, "text": text}) + "\n" for name, text in (("x", WIRE), ("y", OWN))]
    one, other = (run("compare", "--json", "-", stdin="".join(order)).stdout for order in (lines, lines[::-1]))
    assert one == other


def test_more_than_fifty_articles_are_too_many():
    lines = "".join(json.dumps({"id": str(n), "text": f"{WIRE} {n}"}) + "\n" for n in range(51))
    result = run("compare", "-", stdin=lines)
    assert result.exit_code == 2
    assert "more than 50 articles" in result.stderr


def test_two_events_are_printed_and_exit_with_3(pair, tmp_path):
    (tmp_path / "goats.txt").write_text(GOATS)
    result = run("compare", "--json", pair[0], tmp_path / "goats.txt")
    assert result.exit_code == 3
    assert result.stderr.count("no common event") == 1
    assert "only in A (Kolné Gazette)" in result.stderr
    assert "only in B (goats.txt)" in result.stderr
    validator("account").validate(json.loads(result.stdout))


def test_fail_on_a_single_origin(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(WIRE, encoding="utf-8")
    named = ("--outlet", "One", "--outlet", "Two")
    files_ = (tmp_path / "a.txt", tmp_path / "b.txt")
    assert run("compare", "--json", *files_, *named).exit_code == 0
    assert run("compare", "--json", *files_, *named, "--fail-on", "single-origin").exit_code == 4


def test_fail_on_a_conflict(tmp_path):
    (tmp_path / "a.txt").write_text(WIRE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(WIRE.replace("12,000", "47,000"), encoding="utf-8")
    result = run("compare", "--json", tmp_path / "a.txt", tmp_path / "b.txt", "--fail-on", "conflict")
    assert result.exit_code == 4
    assert json.loads(result.stdout)["conflicts"]


def test_why_answers_from_the_last_account(pair):
    run("compare", *pair)
    result = run("why", "a1")
    assert result.exit_code == 0
    assert "^^^" in result.stdout


def test_why_says_which_account_it_answers_from(pair):
    run("compare", *pair)
    said = run("why", "A1").stderr
    assert "Bridge at Ostrava Kolné shut" in said or "They knew in spring" in said
    assert "2 reports, kept " in said
    assert not run("why", "A1", "--quiet").stderr


def test_why_answers_from_a_saved_account_and_from_inputs(pair, tmp_path):
    saved = tmp_path / "account.json"
    saved.write_text(run("compare", "--json", "--text", "--no-keep", *pair).stdout)
    assert state.load() is None
    told = run("why", "A1", "--from", saved)
    assert told.exit_code == 0
    assert told.stdout == run("why", "A1", *pair).stdout
    assert run("why", "A1", pair[0], "--from", saved).exit_code == 2


def test_why_without_an_account_says_what_to_do():
    result = run("why", "A1")
    assert result.exit_code == 1
    assert "run 'twosource compare' first" in result.stderr


def test_why_suggests_labels(pair):
    run("compare", *pair)
    result = run("why", "A99")
    assert result.exit_code == 1
    assert "A9" in result.stderr or "A1" in result.stderr
    assert not result.stdout


@pytest.mark.parametrize("content", ["", "{}", "[" * 99_999, '{"schema": "twosource.account/1"}'])
def test_why_refuses_what_is_no_account(tmp_path, content):
    file = tmp_path / "bad\n.json"
    file.write_text(content)
    result = run("why", "A1", "--from", file)
    assert result.exit_code == 1
    assert r"bad\u000a.json" in result.stderr
    assert run("why", "A1", "--from", tmp_path / "no.json").exit_code == 1


def test_a_state_folder_that_cannot_be_written_spoils_nothing(pair, tmp_path, monkeypatch):
    (tmp_path / "kept").write_text("a file where the folder should be")
    result = run("compare", "--json", *pair)
    assert result.exit_code == 0
    assert json.loads(result.stdout)
    assert "cannot be kept" in result.stderr
    assert run("why", "A1").exit_code == 5


def test_demo_compares_the_bundled_story():
    result = run("demo", "--json")
    assert result.exit_code == 0
    account = json.loads(result.stdout)
    validator("account").validate(account)
    assert len(account["articles"]) == 4
    assert run("why", "A1").exit_code == 0


def test_as_a_process_data_and_messages_go_separate_ways(pair):
    result = spawn("read", "--jsonl", "no.txt", *pair)
    assert result.returncode == 1
    assert result.stderr == b"twosource: no.txt: there is no such file\n"
    assert len(result.stdout.splitlines()) == 2


def test_a_reader_that_goes_away_ends_it_quietly(pair):
    program = f"{sys.executable} -m twosource read --jsonl {pair[0]} {pair[1]} {pair[0]} | head -c 10"
    result = subprocess.run(["bash", "-o", "pipefail", "-c", program], capture_output=True, timeout=60)
    assert result.stderr == b""
    assert result.returncode == 141


@pytest.fixture
def last():
    """An account kept from before, so that `why` answers at once."""
    state.save(made_account())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_disk_is_said_so(last):
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "twosource", "why", "A1"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert result.returncode == 5
    assert b"No space left" in result.stderr
    assert b"Traceback" not in result.stderr


def test_an_interrupt_ends_with_130_and_no_trace():
    command = [sys.executable, "-m", "twosource", "read", "--fast", "--jsonl", "-"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
    line = '{"id": "%d", "text": "The mayor said the bridge was shut. Twelve boats waited below it until noon."}\n'
    process.stdin.write("".join(line % n for n in range(1_000)).encode())
    process.stdin.flush()
    assert process.stdout.readline()  # it is at work
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors


def test_an_output_that_knows_only_ascii_gets_ascii(last):
    result = spawn("why", "A1", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert result.returncode == 0, result.stderr
    assert b"Ilona Drabkova" in result.stdout
    assert result.stdout.isascii()


def on_terminal(*args, **env):
    """What the program writes to a pseudo-terminal."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "twosource", *args]
    known = {**os.environ, "COLUMNS": "80", "TERM": "xterm", **env}
    process = subprocess.Popen(command, stdout=follower, stderr=subprocess.DEVNULL, env=known)
    os.close(follower)
    shown = b""
    with contextlib.suppress(OSError), os.fdopen(leader, "rb", buffering=0) as terminal:
        while part := terminal.read(65536):
            shown += part
    process.wait(timeout=60)
    return shown.decode()


def test_colour_on_a_terminal_only_and_never_against_the_users_wish(last):
    """Styles by default, none with NO_COLOR, --plain or TERM=dumb; without styles the words are underlined by ^."""
    assert "\x1b[1m" in on_terminal("why", "A1")
    for args, env in ((("--plain",), {}), ((), {"NO_COLOR": "1"}), ((), {"TERM": "dumb"})):
        shown = on_terminal("why", "A1", *args, **env)
        assert "\x1b" not in shown
        assert "^^^" in shown


def test_exact_words_steer_no_terminal_either(pair, tmp_path):
    (tmp_path / "bad.txt").write_text(OWN.replace("never asked", "never \x1b[31masked\x07 \x9b"), encoding="utf-8")
    files_ = (pair[0], str(tmp_path / "bad.txt"))
    shown = on_terminal("compare", "--csv", "--raw", *files_)
    assert not [c for c in shown if not c.isprintable() and c not in "\r\n"]
    assert "\\u001b" in shown


def test_progress_is_shown_on_a_terminal_and_taken_away(monkeypatch):
    monkeypatch.setattr("twosource.console.QUIET_SECONDS", -1)
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    progress = Progress(quiet=False)
    progress.show("reading \x1b[31mone")
    progress.clear()
    assert terminal.getvalue() == "\r\x1b[Kreading \\u001b[31mone\r\x1b[K"
    Progress(quiet=True).show("nothing")
    assert terminal.getvalue().endswith("one\r\x1b[K")


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self):
        return True
