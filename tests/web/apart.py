"""The server in a process of its own, over real sockets, for what clients do that behave badly."""

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

RUN = """
import sys, time, threading
from fastapi import APIRouter, Request
from tests.web.held import Held
from twosource.web import app, connections, safety, serving
router = APIRouter()
turn = threading.Lock()

@router.get("/slow/{seconds}")
def slow(seconds: float):
    time.sleep(seconds)
    return {"slept": seconds}

@router.get("/queued/{seconds}")
def queued(seconds: float):
    with turn:
        time.sleep(seconds)
    return {"slept": seconds}

@router.get("/large")
def large():
    from starlette.responses import Response
    return Response(b"x" * 8_000_000)

@router.post("/api/v1/try")
async def take(request: Request):
    return {"taken": len(await request.body())}

app.ROUTERS = (router, *app.ROUTERS)
for told in sys.argv[1:]:
    name, _, value = told.partition("=")
    module = connections if hasattr(connections, name) else serving
    setattr(module, name, float(value))
serving.serve(Held({}), serving.Serving(port=0), ready=lambda address: print(address, flush=True))
"""


class Apart:
    """A server that runs: its port, its process, and how to speak to it byte by byte."""

    def __init__(self, process, log):
        self.process = process
        self.log = log
        told = process.stdout.readline()
        assert told, log.read_text()
        self.port = int(told.strip().rstrip("/").rpartition(":")[2])

    def open(self, sent=b"", timeout=10):
        link = socket.create_connection(("127.0.0.1", self.port), timeout=timeout)
        link.sendall(sent)
        return link

    def ask(self, sent, timeout=10):
        """All that comes back for these bytes until the server closes or falls silent."""
        with self.open(sent, timeout) as link:
            return everything(link)

    def get(self, path, timeout=10):
        """The status of a page, and the seconds until it was there."""
        begun = time.monotonic()
        came = self.ask(request(path, b"Connection: close"), timeout)
        return status(came), time.monotonic() - begun

    @property
    def memory(self):
        """Megabytes that the process holds."""
        told = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", told).group(1)) / 1024


def request(path, *headers, method=b"GET", body=b""):
    lines = [method + b" " + path.encode() + b" HTTP/1.1", b"Host: 127.0.0.1", *headers, b"", b""]
    return b"\r\n".join(lines) + body


def everything(link):
    came = b""
    try:
        while piece := link.recv(65_536):
            came += piece
    except (TimeoutError, ConnectionResetError):
        pass
    return came


def status(came):
    """The status of the first answer, 0 where there is none."""
    found = re.match(rb"HTTP/1\.1 (\d{3})", came)
    return int(found.group(1)) if found else 0


@contextmanager
def served_apart(folder, **constants):
    """Run a server whose constants of time are set; it is ended with the block."""
    log = Path(folder) / "log"
    command = [sys.executable, "-c", RUN, *(f"{name}={value}" for name, value in constants.items())]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=environment, text=True) as process,
    ):
        try:
            yield Apart(process, log)
        finally:
            process.kill()
