"""The documentation says what the program does: examples run, links resolve, every option is there, nothing drifts."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import write_docs
from floors import load
from reanchor import DEMO
from twosource.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
CLI = Path(sys.executable).with_name("twosource")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def fences(text, language):
    return [body for kind, body in FENCE.findall(text) if kind == language]


def commands_of(name):
    """The twosource commands in the shell examples of a page, without comments."""
    lines = [line for body in fences(page(name), "sh") for line in body.splitlines()]
    return [line.partition("#")[0].strip() for line in lines if line.startswith("twosource ")]


@pytest.fixture
def desk(tmp_path):
    """A folder with the files that the examples name, all from the bundled story."""
    (tmp_path / "reports").mkdir()
    for name, source in (("a.txt", "the-lantern.txt"), ("b.txt", "harrow-courier.txt"), ("b.html", "coast-today.html")):
        (tmp_path / name).write_bytes((DEMO / source).read_bytes())
        (tmp_path / "reports" / name).write_bytes((DEMO / source).read_bytes())
    return tmp_path


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md"])
def test_every_example_runs(name, desk, monkeypatch):
    monkeypatch.setenv("TWOSOURCE_STATE", str(desk / "state"))
    monkeypatch.setenv("TWOSOURCE_STORE", str(desk / "news.db"))
    monkeypatch.chdir(desk)
    commands = commands_of(name)
    assert len(commands) >= 5
    for command in commands:
        words, _, target = command.partition(" > ")
        if words.startswith("twosource serve"):
            serves(words)
            continue
        done = CliRunner().invoke(main, shlex.split(words)[1:])
        assert done.exit_code == 0, f"{command}: {done.output}"
        assert done.output or target
        if target:
            json.loads(done.stdout)


def serves(words):
    """See that a server begins and ends as it is told to."""
    command = [str(CLI), *shlex.split(words)[1:], "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert "open http://127.0.0.1:" in next(line for line in server.stderr if "open" in line)
        finally:
            server.terminate()
        assert server.wait(30) == 0


def test_python_examples_run():
    story = {"first": (DEMO / "the-lantern.txt").read_text(), "second": (DEMO / "harrow-courier.txt").read_text()}
    examples = [body for name in ("docs/guide.md", "docs/data-model.md") for body in fences(page(name), "python")]
    assert len(examples) == 2
    for body in examples:
        exec(compile(body, "example", "exec"), dict(story))


def test_json_examples_are_json():
    for name in ("docs/guide.md", "docs/tutorial.md"):
        for body in fences(page(name), "json"):
            for line in body.splitlines():
                assert isinstance(json.loads(line), dict)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(path):
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), target
        assert not anchor or anchor in anchors(there.read_text(encoding="utf-8")), target


def anchors(text):
    heads = [line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_guide_has_every_command_and_option(name):
    guide = page("docs/guide.md")
    assert f"## twosource {name}" in guide
    for option in main.commands[name].params:
        if isinstance(option, click.Option):
            assert any(f"`{word}" in guide for word in option.opts), option.opts
            assert option.help, f"{name} {option.opts} has no help"


def test_the_guide_has_no_option_that_does_not_exist():
    known = {word for c in main.commands.values() for p in c.params for word in p.opts} | {"--help", "--version"}
    assert set(re.findall(r"`(--[a-z-]+)", page("docs/guide.md"))) <= known


def test_the_readme_shows_what_the_program_prints():
    wanted = write_docs.pages(load(ROOT / "bench" / "floors.json"), write_docs.demo_output(CLI))
    stale = [path.name for path, text in wanted.items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "run bench/write_docs.py"


def test_the_readme_is_short_and_begins_with_what_it_is():
    lines = page("README.md").splitlines()
    assert len(lines) < 120
    assert lines[0] == "# twosource"
    assert "make demo" in page("README.md")
    assert "make test" in page("README.md")


def test_the_changelog_has_a_place_for_what_comes():
    assert "\n## [Unreleased]\n" in page("CHANGELOG.md")


def locked(name):
    return dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", page(f"requirements/{name}.txt"), re.MULTILINE))


def test_every_direct_dependency_is_locked_and_explained():
    project = tomllib.loads(page("pyproject.toml"))["project"]
    wanted = {
        "run": project["dependencies"],
        "test": [*project["dependencies"], *project["optional-dependencies"]["test"]],
    }
    rows = dict(re.findall(r"^\| ([\w.-]+) \| ([\w.]+) \|", page("docs/dependencies.md"), re.MULTILINE))
    for name, requirements in wanted.items():
        versions = locked(name)
        for requirement in requirements:
            package = re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")
            assert package in versions, f"{package} is not in requirements/{name}.txt: make lock"
            assert rows.get(package) == versions[package], f"docs/dependencies.md and the lock differ on {package}"


@pytest.mark.parametrize("name", ["run", "test"])
def test_locks_have_a_hash_for_everything_and_no_address(name):
    text = page(f"requirements/{name}.txt")
    pins = re.findall(r"^[\w.-]+==.*", text, re.MULTILINE)
    assert all(pin.endswith("\\") for pin in pins)
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    assert "setuptools" in locked(name)
