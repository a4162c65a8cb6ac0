"""Notes that people wrote, as a shared page shows them where they are asked for: what each is on, and its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.render.lines import named
from twosource.render.markdown import escaped


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note or reply. ``on`` says what it is on ("a statement", "C a report"), ``label`` names the line ("A7"),
    ``target`` is its id in the page of one file (or ""), ``words`` are those noted, ``at`` is a moment in UTC.
    """

    author: str
    at: str
    body: str
    on: str = "the whole story"
    label: str = ""
    target: str = ""
    words: str = ""
    reply: bool = False

    @property
    def lines(self) -> list[str]:
        """The note's lines, safe to show once escaped."""
        return [named(line) for line in self.body.split("\n")]


def noted_markdown(notes: Sequence[NoteLine]) -> str:
    """Return notes as a section of Markdown, "" where there are none."""
    lines = [f"{'  ' * n.reply}- {escaped(n.author)}, {n.at}{_about(n)}: {escaped(n.body)}" for n in notes]
    return "\n## Notes of readers\n\n" + "\n".join(lines) + "\n" if lines else ""


def _about(n: NoteLine) -> str:
    if n.reply:
        return ""
    words = f" “{escaped(n.words)}”" if n.words else ""
    return f", on {escaped(n.on)}{words}" + (f" **{n.label}**" if n.label else "")
