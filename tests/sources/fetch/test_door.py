"""There is one door to the network, and it is shut until an address is given."""

import ast
import subprocess
import sys
from pathlib import Path

import twosource

SOURCES = Path(twosource.__file__).parent
NETWORK = {"socket", "ssl", "http", "urllib3", "httpx", "requests", "aiohttp", "smtplib", "ftplib", "imaplib", "poplib"}
NETWORK |= {"telnetlib", "nntplib", "socketserver", "asyncio", "xmlrpc", "httpcore", "websockets", "h11", "certifi"}
NETWORK |= {"urllib.request", "urllib.error", "urllib.robotparser", "webbrowser"}


def opened(path):
    """The modules that a file imports, wherever in it; a file that names none of the network's is not parsed."""
    text = path.read_text(encoding="utf-8")
    if not any(name.partition(".")[0] in text for name in NETWORK):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{name.name}" for name in node.names)
            yield node.module


def is_network(name):
    return any(name == one or name.startswith(f"{one}.") for one in NETWORK)


def test_no_other_module_opens_connections():
    door = SOURCES / "sources" / "fetch"
    others = [path for path in sorted(SOURCES.rglob("*.py")) if door not in path.parents and "web" not in path.parts]
    assert len(others) > 50
    found = [(path, name) for path in others for name in opened(path) if is_network(name)]
    assert [(str(path), name) for path, name in found] == []


def test_the_door_is_found_by_what_finds_others():
    door = SOURCES / "sources" / "fetch"
    assert {name for path in door.rglob("*.py") for name in opened(path) if is_network(name)} >= {"socket", "ssl"}


def test_importing_it_opens_nothing():
    """Under an audit hook that forbids sockets: importing, and making a fetcher, are no visit."""
    said = subprocess.run([sys.executable, "-c", SHUT], capture_output=True, text=True, check=False, timeout=60)
    assert (said.returncode, said.stdout.strip()) == (0, "quiet"), said.stderr


SHUT = """
import sys

def watch(event, args):
    if event.startswith(("socket.", "smtplib.")):
        raise SystemExit(f"opened: {event}")

sys.addaudithook(watch)
import twosource.sources.web
from twosource.sources.fetch import Fetcher
with Fetcher(allow_private=["10.0.0.0/8"]) as asking:
    try:
        asking.get("http://127.1/")
    except Exception as refused:
        print("quiet")
"""
