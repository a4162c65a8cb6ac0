"""Says where the pictures of the pages are kept, after tests that took some."""

from pathlib import Path

SHOTS = Path(__file__).resolve().parents[2] / "out" / "pages"


def pytest_terminal_summary(terminalreporter):
    """Name the folder, where a test of this run took pictures."""
    ran = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    if SHOTS.is_dir() and any("test_browser" in report.nodeid for report in ran):
        terminalreporter.write_line(f"pictures of every page, wide, narrow, dark and printed: {SHOTS}")
