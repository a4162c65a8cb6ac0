"""What somebody who wants one text to look like many may do to it; seeded, so that every run does the same."""

import random
import re

SYNONYMS = {
    "people": "persons",
    "night": "darkness",
    "storm": "gale",
    "couple": "pair",
    "ground": "valley",
    "operator": "company",
    "warning": "alarm",
    "damaged": "broken",
    "rescuers": "helpers",
    "helicopter": "chopper",
    "passengers": "travellers",
    "overhaul": "repair",
    "spring": "year",
    "opened": "built",
    "inquiry": "investigation",
    "engineers": "fitters",
    "shortly": "just",
    "twice": "again",
    "districts": "regions",
    "season": "winter",
}


def cut(lines, rnd):
    """About three in ten paragraphs left out, never all of them."""
    kept = [line for line in lines if rnd.random() > 0.3]
    return kept if len(kept) >= len(lines) / 2 else lines[: len(lines) - len(lines) // 3]


def reordered(lines, rnd):
    """The sentences in another order, in paragraphs of one or two."""
    sentences = [s for line in lines for s in re.split(r"(?<=[.?!]) ", line)]
    rnd.shuffle(sentences)
    return [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


def respelled(lines, rnd):
    """Every name with another vowel."""
    return [re.sub(r"\b([A-Z][a-z])[aeiou]", lambda m: m[1] + rnd.choice("aeiou"), line) for line in lines]


def reworded(lines, rnd):
    """A tenth of the words replaced, at least those with an entry in the table."""
    words = [line.split(" ") for line in lines]
    return [" ".join(_other(w, rnd) for w in line) for line in words]


def _other(word, rnd):
    bare = word.strip(".,").lower()
    if bare in SYNONYMS:
        return word.lower().replace(bare, SYNONYMS[bare])
    return rnd.choice(sorted(SYNONYMS.values())) if len(bare) > 4 and rnd.random() < 0.05 else word


def site(text, number):
    """The text as site ``number`` has it: cut, reordered, respelled and reworded, below a headline of its own."""
    rnd = random.Random(number)
    lines = [line for line in text.split("\n")[1:] if line]
    for way in (cut, reordered, respelled, reworded):
        lines = way(lines, rnd)
    return "\n".join([f"News of the day number {number}", *lines, ""])
