"""Mentions: the names in a text, with their kinds voted over the article, and the roles that stand with them.

A parse model proposes names sentence by sentence and errs often on lone surnames and on capitals; here every name is
judged once
for the whole article, and a name found anywhere is then looked for everywhere, headlines included.
"""

from collections.abc import Iterator, Mapping, Sequence

from twosource.article import Article, Span
from twosource.extract.appositions import roles_around
from twosource.extract.kinds import judge
from twosource.extract.proposals import LONGEST_NAME, Key, collect
from twosource.extract.sentences import Paragraph
from twosource.extract.wordlists import WordLists, word_lists
from twosource.extract.words import Word, words_of
from twosource.facts import Mention, MentionKind
from twosource.lang import Language


def find_mentions(article: Article, paragraphs: tuple[Paragraph, ...], lang: Language) -> tuple[Mention, ...]:
    """Return the named people, organisations, groups and places in order of place.

    A mention's span is the name without title, article or possessive; mentions never overlap. ``roles`` are titles and
    appositions around it, in order of place.
    """
    lists = word_lists(lang)
    texts = [words_of(paragraph, article.text) for paragraph in paragraphs]
    kinds = judge(collect(paragraphs, texts, lists), lists)
    return tuple(mention for words in texts for mention in _sweep(words, kinds, lists))


def _sweep(words: Sequence[Word], kinds: Mapping[Key, MentionKind], lists: WordLists) -> Iterator[Mention]:
    """Find every place where a name of the article stands, the longest name first."""
    i = 0
    while i < len(words):
        last = i + _match(words, i, kinds)
        if last == i:
            i += 1
            continue
        kind = kinds[tuple(w.plain for w in words[i:last])]
        if kind != "group" or _noun(words, i, last, lists):
            around = roles_around(words, i, last, lists) if kind == "person" else ()
            yield Mention(Span(words[i].start, words[last - 1].end), kind, around)
        i = last


def _noun(words: Sequence[Word], first: int, last: int, lists: WordLists) -> bool:
    """The name of a people or party names someone: "the Ukrainians", not "Ukrainian officials" nor "the Arizona
    Republican".
    """
    word = words[last - 1]
    if last - first == 1 and word.plain in lists.roles.general:
        return False
    if last >= len(words) or words[last].sentence != word.sentence:
        return word.pos != "ADJ"
    plural = word.plain.endswith("s")
    return words[last].pos not in {"NOUN", "PROPN", "ADJ"} and (word.pos != "ADJ" or plural)


def _match(words: Sequence[Word], i: int, kinds: Mapping[Key, MentionKind]) -> int:
    """Length in words of the longest known name at ``i``, 0 where none stands."""
    if not any(w.capital for w in words[i : i + 2]):
        return 0
    for length in range(min(LONGEST_NAME, len(words) - i), 0, -1):
        inside = words[i : i + length]
        cased = inside[-1].capital or (inside[0].capital and length > 1)
        if cased and tuple(w.plain for w in inside) in kinds and inside[0].sentence == inside[-1].sentence:
            return length
    return 0
