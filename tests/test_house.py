"""The rules of the house that a linter does not know: sizes, docstrings, no printing below the command line."""

import ast
import re
import subprocess
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src" / "twosource").rglob("*.py"))
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".jsonl", ".html", ".css", ".js", ".in", ""}
HOSTS = [a + b for a, b in (("py", "pi.org"), ("python", "hosted.org"), ("npm", "js.org"), ("deb.", "debian."))]


def functions():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path.relative_to(ROOT), node.name, node.end_lineno - node.lineno + 1


def kept():
    """Files that git knows or would add, or everything but what make makes where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = listed.stdout.splitlines() if not listed.returncode else []
    return [p for p in map(ROOT.joinpath, names) if p.suffix in TEXT and p.is_file()] or SOURCES


def test_files_and_functions_stay_short():
    lengths = [len(p.read_text(encoding="utf-8").splitlines()) for p in SOURCES]
    sizes = [size for _, _, size in functions()]
    assert max(lengths) <= 450
    assert median(lengths) <= 150
    assert median(sizes) <= 10
    assert [f for f in functions() if f[2] > 60] == []


def test_every_module_and_public_name_says_what_it_promises():
    silent = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
        silent += [
            f"{path.relative_to(ROOT)} {getattr(n, 'name', '')}" for n in (tree, *named) if not ast.get_docstring(n)
        ]
    assert silent == []


def test_nothing_below_the_command_line_prints():
    printing = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_no_file_names_a_registry_or_a_machine():
    machine = re.compile(r"(?<![\w.])/(work|farm|root|home)/")
    for path in kept():
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not [host for host in HOSTS if host in text], path
        assert not machine.search(text), path
