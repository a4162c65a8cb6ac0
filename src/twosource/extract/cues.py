"""The cue lexicon: which expressions report words or positions, in which construction, how reliably.

Weights are shares counted on annotated news; the table and its source are in ``lang/<code>/cues.toml``.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from twosource.facts import Act
from twosource.lang import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class CueWord:
    """How often (0 to 1) a word is a cue with a clause, an infinitive, an object or a word of ``followed``."""

    clause: float = 0.0
    infinitive: float = 0.0
    object: float = 0.0
    followed: dict[str, float] = field(default_factory=dict)
    act: Act = "said"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words and verb classes that the rules ask for, in lower case; ``cues.toml`` says what each is for."""

    going_on: frozenset[str]
    questions: frozenset[str]
    complementiser: frozenset[str]
    infinitive: frozenset[str]
    relatives: frozenset[str]
    impersonal: frozenset[str]
    first: frozenset[str]
    third: frozenset[str]
    conditions: frozenset[str]
    joints: frozenset[str]
    contrasts: frozenset[str]
    asides: frozenset[str]
    whereabouts: frozenset[str]
    as_said: frozenset[str]
    owners: frozenset[str]
    called: frozenset[str]
    positions: frozenset[str]
    passively: frozenset[str]
    hearers: frozenset[str]
    parts: frozenset[str]
    posted: frozenset[str]
    being: frozenset[str]
    posting: frozenset[str]
    pictures: frozenset[str]
    captioning: frozenset[str]
    captions: frozenset[str]
    backshift: frozenset[str]
    agents: frozenset[str]
    topics: frozenset[str]
    labels: frozenset[str]
    relaying: frozenset[str]
    judging: frozenset[str]
    self_bound: frozenset[str]
    behind_passive: frozenset[str]
    past: frozenset[str]
    pressed: frozenset[str]
    showing: frozenset[str]
    presenting: frozenset[str]
    told: frozenset[str]
    blaming: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue lexicon of one language, by lemma.

    ``addressed``: verbs whose object is the hearer; ``naming``: verbs with an object and what it is said to be;
    ``bare``: verbs after which any words with a finite verb are reported; ``beside``: verbs that report only with a
    quotation next to them; ``sourcing``: phrases before a source;
    ``spoken``: forms read as cues where there is no parse; ``respelled``: lemmas that a lemmatiser gets wrong.
    """

    verbs: dict[str, CueWord]
    nouns: dict[str, CueWord]
    adjectives: dict[str, CueWord]
    addressed: frozenset[str]
    naming: frozenset[str]
    thought: frozenset[str]
    bare: frozenset[str]
    beside: frozenset[str]
    sourcing: tuple[tuple[str, ...], ...]
    spoken: dict[str, str]
    respelled: dict[str, str]
    grammar: Grammar

    def lemma(self, token: "Token") -> str:
        """Return the token's lemma in lower case; without a tagger, the verb its form belongs to, or the form."""
        found = token.lemma_.lower() or self.spoken.get(token.lower_, token.lower_)
        return self.respelled.get(found, found)

    def knows(self, lemma: str) -> bool:
        """Tell whether a word is in the lexicon."""
        return any(lemma in words for words in (self.verbs, self.nouns, self.adjectives, self.spoken.values()))

    @property
    def reporting(self) -> frozenset[str]:
        """Verbs that next to quotation marks seldom mean anything but a report."""
        return frozenset(self.spoken.values())

    def sourced(self, doc: "Doc", i: int) -> int:
        """Return the number of tokens of the phrase before a source that begins at token ``i``, or 0."""
        for words in self.sourcing:
            if doc[i].lower_ == words[0] and tuple(t.lower_ for t in doc[i : i + len(words)]) == words:
                return len(words)
        return 0

    def act(self, lemma: str) -> Act:
        """Tell whether a verb reports words or ascribes a thought."""
        return "thought" if lemma in self.thought else "said"


def cues_of(lang: Language) -> Cues:
    """Return the cue lexicon of ``lang``."""
    return lang.table("cues", Cues)


@dataclass(frozen=True, slots=True)
class Venues:
    """Where words are spoken: occasions ("interview", "briefing") with the words that join a hearer, and networks."""

    occasions: frozenset[str]
    joins: frozenset[str]
    networks: frozenset[str]


def venues_of(lang: Language) -> Venues:
    """Return the venues of ``lang``."""
    return lang.table("venues", Venues)
