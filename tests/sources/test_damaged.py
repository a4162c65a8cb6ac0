"""Sound inputs of every kind, damaged at random: each comes to articles or declared errors, in bounded time."""

import random
import time

from tests.hostile_inputs import damaged, seeds
from twosource.article import Article
from twosource.errors import InputError
from twosource.sources.files import articles


def test_a_thousand_damaged_inputs_end_in_articles_or_errors(tmp_path):
    """Forty sound inputs of every kind, each damaged in 25 ways; the slowest may take two seconds of the processor."""
    slowest = 0.0
    for number, (file, raw) in enumerate(seeds()):
        for turn in range(25):
            path = tmp_path / f"{number}-{turn}-{file}"
            path.write_bytes(damaged(raw, random.Random(number * 1_000 + turn)))
            begun = time.process_time()
            for found in articles([str(path)]):
                assert isinstance(found, Article | InputError)
                assert not isinstance(found, Article) or found.text.encode("utf-8")
            slowest = max(slowest, time.process_time() - begun)
            path.unlink()
    assert slowest < 2
