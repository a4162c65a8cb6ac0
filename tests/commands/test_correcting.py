"""Correcting the machine: who spoke, who is whom, what is where; each a line that can be taken back."""

import json

import pytest

from tests.commands.room import article, rows, run
from twosource import state
from twosource.console import DONE, FAILED, USAGE
from twosource.store import accounts, open_store


def shown(story):
    """The account of a story as it stands now."""
    done = run("show", story, "--json")
    assert done.exit_code == DONE
    return done.stdout


def speakers(account, quotation):
    """Who says a quotation in an account."""
    told = json.loads(account)
    names = {person["id"]: person["name"] for person in told["people"]}
    return {
        names.get(statement["speaker"])
        for statement in told["statements"]
        for telling in statement["tellings"]
        if telling["quotation"] == quotation
    }


def quotation_of(account, words):
    """The quotation whose words begin so."""
    told = json.loads(account)
    texts = {a["id"]: a["text"] for a in told["articles"]}
    for statement in told["statements"]:
        for telling in statement["tellings"]:
            start, end = telling["content"][0][:2]
            if texts[telling["article"]][start:end].lstrip('“"').startswith(words):
                return telling["quotation"]
    raise AssertionError(words)


def test_a_corrected_speaker_changes_the_account_and_undo_brings_it_back_byte_for_byte(room, story):
    before = shown(story)
    quotation = quotation_of(before, "There is no danger")
    done = run("correct", "speaker", story, "A7", "Jana Holub", "--why", "heard it myself")
    assert done.exit_code == DONE
    assert "A7 “There is no danger to the town any more”: said by Jana Holub" in done.stderr
    after = shown(story)
    assert speakers(before, quotation) == {"Pavel Orsansky"}
    assert speakers(after, quotation) == {"Jana Holub"}
    (line,) = rows("list", "log")
    assert (line["by"], line["kind"], line["reason"]) == ("ada", "speaker", "heard it myself")
    assert run("undo").exit_code == DONE
    assert shown(story) == before
    assert run("undo", rows("list", "log")[0]["number"]).exit_code == DONE
    assert shown(story) == after


def test_an_empty_name_says_that_the_text_gives_nobody(room, story):
    before = shown(story)
    alone = (s["tellings"][0]["quotation"] for s in json.loads(before)["statements"] if len(s["tellings"]) == 1)
    quotation = next(told for told in alone if None not in speakers(before, told))
    assert "nobody the text names" in run("correct", "speaker", story, quotation, "").stderr
    assert speakers(shown(story), quotation) == {None}


def test_two_names_are_one_person_or_two_as_people_say(room, story):
    def people():
        return {person["name"] for person in json.loads(shown(story))["people"]}

    before = people()
    assert {"Ruta Belkan", "Niko Tarb", "Jovan Hadrelic"} <= before
    assert "Jovan Hadrelich" not in before
    assert run("correct", "same-person", story, "Ruta Belkan", "Niko Tarb").exit_code == DONE
    assert len(people()) == len(before) - 1
    assert run("undo").exit_code == DONE
    assert people() == before
    assert run("correct", "other-person", story, "Jovan Hadrelich", "Jovan Hadrelic").exit_code == DONE
    assert people() == before | {"Jovan Hadrelich"}
    run("undo")
    assert people() == before


def test_a_name_that_nobody_has_is_refused_with_the_nearest(room, story):
    done = run("correct", "same-person", story, "Ruta Belken", "Niko Tarb")
    assert done.exit_code == FAILED
    assert "did you mean" in done.stderr
    assert "Ruta Belkan" in done.stderr
    assert rows("list", "log") == []


def test_two_tellings_are_one_statement_or_two_as_people_say(room, story):
    before = shown(story)
    assert run("correct", "other-statement", story, "A7", "B6").exit_code == DONE
    apart = shown(story)
    assert len(json.loads(apart)["statements"]) > len(json.loads(before)["statements"])
    run("undo")
    assert run("correct", "same-statement", story, "a7", "d11").exit_code == DONE
    run("undo")
    assert shown(story) == before


def test_labels_are_those_that_were_shown_last_also_when_the_account_was_made_anew(room, story):
    before = shown(story)
    quotation = quotation_of(before, "There is no danger")
    text = "Early bird on Lisava\n\nA tug's mate said on Tuesday that the harbour smelt of ammonia all night."
    early = {"id": "early", "text": text, "published": "2025-10-01", "outlet": "Aardvark"}
    room.file("early.jsonl", json.dumps(early))
    run("add", "early.jsonl")
    (home,) = (row["story"] for row in rows("list", "articles") if row["id"] == "early")
    if home != story:
        run("merge", home, story)
    run("watch", "--once", "--fast", "--quiet")
    with open_store(room.store, readonly=True) as db:
        assert accounts.get(db, story).articles[0].id == "early"  # A is another article now
    assert run("correct", "speaker", story, "A7", "Jana Holub").exit_code == DONE
    assert speakers(shown(story), quotation) == {"Jana Holub"}


def test_a_conflict_that_is_none_is_gone_until_that_is_undone(room, story):
    before = run("show", story).stdout
    assert "con1" in before
    done = run("correct", "no-conflict", story, "con1", "--why", "the toll rose")
    assert (done.exit_code, "con1 is no conflict" in done.stderr) == (DONE, True)
    assert run("show", story).stdout != before
    run("undo")
    assert run("show", story).stdout == before


def test_without_an_account_that_was_shown_the_stored_one_gives_the_labels(room, story, tmp_path, monkeypatch):
    assert not state.folder().exists()
    assert run("correct", "speaker", story, "A7", "Jana Holub").exit_code == DONE


@pytest.mark.parametrize(("args", "code", "said"), [
    (["speaker", "A7"], USAGE, 'write: twosource correct speaker STORY A7 "Jane Roe"'),
    (["speaker", "con1", "x"], USAGE, "'con1' is nothing that is said"),
    (["speaker", "A", "x"], USAGE, "'A' is nothing that is said"),
    (["speaker", "A99", "x"], FAILED, "no label or id 'A99'"),
    (["same-statement", "A7", "A7"], FAILED, "both sides are the same"),
    (["no-conflict", "A7"], USAGE, "take a label such as con1"),
    (["lock", "A7"], USAGE, "write: twosource correct lock STORY"),
    (["weather"], USAGE, "weather"),
    (["speaker", "A7", "x" * 5_000], FAILED, "more than"),
])  # fmt: skip
def test_a_correction_that_fits_nothing_says_what_would(room, story, args, code, said):
    what, *about = args
    done = run("correct", what, story, *about)
    assert done.exit_code == code
    assert said in done.stderr
    assert rows("list", "log") == []


def test_a_story_of_one_report_has_no_labels_until_it_is_shown(empty):
    empty.file("a.jsonl", article("a"))
    run("add", "a.jsonl")
    (listed,) = rows("list", "--all")
    done = run("correct", "speaker", listed["id"], "A1", "x")
    assert done.exit_code == USAGE
    assert f"'twosource show {listed['id']}' makes it" in done.stderr


def test_splitting_merging_and_taking_back(room, story):
    names = {row["outlet"]: row["id"] for row in rows("list", "articles")}
    lantern = names["The Lantern"]
    done = run("split", story, lantern[:8], "--why", "another leak")
    assert done.exit_code == DONE
    assert "1 article of" in done.stderr
    sizes = {row["id"]: row["reports"] for row in rows("list", "--all")}
    assert sizes[story] == 3
    (new,) = sizes.keys() - {story}
    assert run("merge", new, story).exit_code == DONE
    assert [row["reports"] for row in rows("list", "--all")] == [4]
    assert run("show", new, "--json").stdout == run("show", story, "--json").stdout
    assert run("split", story, lantern, "--into", new).exit_code == FAILED  # it leads back to the story itself
    run("undo")
    run("undo")
    assert [row["reports"] for row in rows("list", "--all")] == [4]
    assert rows("list", "articles")[0]["story"] == story


def test_moves_that_cannot_be_are_refused_and_named(room, story):
    names = [row["id"] for row in rows("list", "articles")]
    for args in (["split", story, *names], ["split", story, "nobody"], ["split", "story-zz", names[0]],
                 ["merge", story, story], ["merge", story, "story-zz"], ["undo", "1"], ["undo", "999"]):  # fmt: skip
        done = run(*args)
        assert done.exit_code == FAILED, args
        assert done.stderr.startswith("twosource: ")
    assert rows("list", "log") == []
    assert "no person has changed anything" in run("undo").stderr


def test_a_locked_story_is_left_alone_by_the_machine_until_it_is_unlocked(room, story):
    assert f"{story} is locked" in run("correct", "lock", story).stderr
    assert rows("list")[0]["locked"]
    assert run("correct", "unlock", story).exit_code == DONE
    assert not rows("list")[0]["locked"]
    run("undo")
    assert rows("list")[0]["locked"]
