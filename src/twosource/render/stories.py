"""Stories as JSON lines for programs and as a listing for people."""

from collections.abc import Sequence

from twosource.render.json import dumps
from twosource.render.lines import Look, Sheet, named, shown
from twosource.render.phrases import counted, day
from twosource.stories.replay import StoryLine

STORY = "twosource.story/1"


def story_json(line: StoryLine) -> str:
    """Return a story as one line of JSON."""
    return dumps(
        {
            "schema": STORY,
            "id": line.id,
            "articles": line.articles,
            "first": line.first,
            "last": line.last,
            "title": line.title,
        }
    )


def render_stories(lines: Sequence[StoryLine], look: Look) -> str:
    """Return the stories as a listing, the largest first; those of one report are only counted."""
    sheet = Sheet(look)
    told = sorted((line for line in lines if len(line.articles) > 1), key=lambda line: -len(line.articles))
    for line in told:
        sheet.add([(shown(line.title or line.articles[0]), "title")], most=2)
        days = " – ".join(dict.fromkeys(day(d) for d in (line.first, line.last) if d))
        about = [counted(len(line.articles), "report"), days, line.id]
        sheet.add([(" · ".join(a for a in about if a), "faint")], first=2, hang=2)
        sheet.add([(", ".join(named(article) for article in line.articles), "")], first=2, hang=2, most=3)
        sheet.gap()
    single = len(lines) - len(told)
    sheet.add([(f"{counted(len(told), 'story', 'stories')}; {counted(single, 'report')} alone", "head")])
    return sheet.text()
