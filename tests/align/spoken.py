"""What one speaker is told to have said, written down: a day, a sentence, and its cue and source in it."""

from dataclasses import replace

from twosource.align.positions import changes
from twosource.align.utterances import Said
from twosource.facts import Period

from .reports import counted, report, said

AROUND = "Trams, tolls and the Kestrel quarter keep the council of Port Ashby busy."


def told(day, text, words, *, cue="said", source="Ana Mora", speaker="Ana Mora", on=None, facts=(), **more):
    """A report of that day with one quotation: ``words`` of ``text``; ``on`` is the day the sentence itself gives."""
    text = f"{AROUND}\n{text}"
    quotation = said(text, words, speaker, source=source, cue=cue, mode=more.pop("mode", "indirect"))
    quotation = replace(quotation, said=Period(on, on) if on else None, **more)
    figures = [counted(text, *fact) for fact in facts]
    made = report(f"{day}-{abs(hash(text)) % 10_000}", text, quotation, *figures, published=day)
    return Said(made, quotation, day)


def plain(day, words, **more):
    """The same for "Ana Mora said (that) …"."""
    return told(day, f"Ana Mora said that {words}.", f"that {words}", **more)


def found(*all_said):
    """What changed, as (kind, certainty), in order."""
    return [(one.kind, one.certainty) for one in changes(all_said)]
