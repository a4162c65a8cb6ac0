"""What the first reader would wait for, made as soon as the server answers: templates, and the story on top.

A template takes 10 to 70 ms to be compiled, the tables of words of a language 30 ms to be read, a story of 50 reports
60 ms (2026-11-22); in a crowd that comes at once, all wait for whoever is the first.
"""

from contextlib import suppress
from threading import Thread

from twosource.errors import StoreError
from twosource.web.reading import Shelf
from twosource.web.templating import environment, render
from twosource.web.views.statements import Wanted
from twosource.web.views.story import contents

TEMPLATES = ("home.html", "story.html", "statements.html", "article.html", "evidence.html", "search.html")
"""The pages that most readers open."""


def warmed(shelf: Shelf) -> None:
    """Begin to make it, in a thread that ends with the process; whoever asks meanwhile is answered."""
    Thread(target=_warm, args=(shelf,), name="warming", daemon=True).start()


def _warm(shelf: Shelf) -> None:
    with suppress(StoreError):  # a store that is closed by now, or cannot be read: those who ask are told
        for name in TEMPLATES:
            environment().get_template(name)
        for story in shelf.newsroom.stories("origins", limit=1):
            told = shelf.told(story)
            if told is not None:
                render("story.html", **contents(told, Wanted("", "", ""), shelf.related(story)))
