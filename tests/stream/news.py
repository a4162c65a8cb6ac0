"""Short reports of invented events, alike within an event and different between events."""

from twosource.article import Article
from twosource.stories import Stream, features

EVENTS = {
    "ferry": "ferry Halmar harbour captain Ilse Brandt engine fire passengers rescued lifeboats coastguard smoke deck",
    "mayor": "mayor Tobias Kern council Velden budget scandal resigned auditors invoices vote deputy prosecutor",
    "cup": "cup final Rovers United goalkeeper Danilo Prentz penalty shootout stadium supporters trophy extra coach",
    "quake": "earthquake Sorrento valley magnitude tremor villages collapsed geologists aftershock tents hospital",
    "strike": "strike railway union Merrin drivers wages platform timetable negotiation walkout signal commuters",
}
OPENINGS = ("Officials said on Monday:", "Witnesses told reporters that", "According to a statement,", "Late at night")


def report(event, number, more=""):
    """The ``number``-th report of an event: its words in another order, under another opening."""
    words = EVENTS[event].split()
    turned = words[number % 5 :] + words[: number % 5]
    text = f"{words[0].title()} {words[1]}: what we know\n\n{OPENINGS[number % 4]} {' '.join(turned)}. {more}"
    return Article(id=f"{event}{number}", text=text)


def arrivals(*plan):
    """Reports as (event, number) pairs with their features."""
    return [(f"{event}{number}", features(report(event, number))) for event, number in plan]


def mixed(each=4):
    """Reports of all events, taken in turns."""
    return arrivals(*((event, number) for number in range(each) for event in EVENTS))


def streamed(found, at=None):
    """A stream that was given these reports."""
    stream = Stream()
    for article, its in found:
        stream.assign(article, its, at)
    return stream


def grouping(stream):
    """The stories of a stream as sets of articles."""
    return {frozenset(articles) for articles in stream.stories.values()}
