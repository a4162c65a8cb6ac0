"""A writer that is killed loses nothing that it acknowledged, doubles nothing, and its next run ends like any other."""

from itertools import count

import crash

_NAMES = count(1)


def faults(trials):
    return [f"{t.where}: {'; '.join(t.faults)}" for t in trials if t.faults]


def test_a_killed_writer_loses_and_doubles_nothing_in_a_file(tmp_path):
    trials = list(crash.trials(crash.files(tmp_path), tmp_path, kills=36, seed=5))
    assert faults(trials) == []
    assert sum(t.killed for t in trials) > 18


def test_a_killed_writer_loses_and_doubles_nothing_on_a_server(postgres, tmp_path):
    places = (f"{postgres}&schema=crash_{n}" for n in _NAMES)
    trials = list(crash.trials(places, tmp_path, kills=6, seed=6))
    assert faults(trials) == []
    assert sum(t.killed for t in trials) > 2
