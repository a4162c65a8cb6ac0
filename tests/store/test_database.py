"""What every store does with rows, transactions, snapshots, locks and words, whatever the tables."""

import threading

import pytest

from twosource.errors import Busy, StoreError, TooSlow
from twosource.store import open_store
from twosource.store.database import Indexed, listing, shielded, unshielded
from twosource.store.wording import Phrase, keys

RUN = "INSERT INTO run (command, started) VALUES (:command, :started) RETURNING number"
HOSTILE = "NUL \0, surrogates \ud800 \udfff, the escape \x1a itself, \x1a0000, é, 😀"


def begun(db, command="add"):
    with db.writing() as w:
        return w.insert(RUN, command=command, started=1.5)


def test_what_is_written_is_read_by_name_and_place(db):
    number = begun(db)
    row = db.one("SELECT number, command, started FROM run")
    assert (row["number"], row[1], *row) == (number, "add", number, "add", 1.5)
    assert list(row.keys()) == ["number", "command", "started"]
    assert len(row) == 3
    assert db.one("SELECT * FROM run WHERE number = :n", n=99) is None
    assert db.rows("SELECT sum(number) AS n FROM run")[0]["n"] == number


def test_any_text_comes_back_as_it_was(db):
    begun(db, HOSTILE)
    assert db.one("SELECT command FROM run WHERE command = :c", c=HOSTILE)["command"] == HOSTILE
    assert unshielded(shielded(HOSTILE)) == HOSTILE


def test_a_percent_sign_in_sql_means_itself(db):
    begun(db, "10% more")
    assert db.one("SELECT count(*) FROM run WHERE command LIKE '10%' AND command LIKE :c", c="%more")[0] == 1


def test_none_needs_no_type(db):
    begun(db)
    assert db.rows("SELECT 1 FROM run WHERE (:c IS NULL OR command = :c)", c=None)


def test_an_exception_undoes_the_whole_transaction(db):
    def failing():
        with db.writing() as w:
            w.run(RUN, command="lost", started=1)
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert not db.rows("SELECT * FROM run")
    assert begun(db)


def test_a_transaction_inside_another_is_refused_and_the_outer_one_goes_on(db):
    with db.writing() as w:
        with pytest.raises(RuntimeError, match="open already"), db.writing():
            pass
        w.run(RUN, command="kept", started=1)
    assert len(db.rows("SELECT * FROM run")) == 1


def test_nobody_sees_a_transaction_before_it_ends(db):
    with db.writing() as w:
        w.run(RUN, command="new", started=1)
        assert w.rows("SELECT 1 FROM run")
        assert not db.rows("SELECT 1 FROM run")


def test_reads_of_one_snapshot_agree(db):
    begun(db)
    with db.reading() as r:
        before = r.rows("SELECT count(*) FROM run")[0][0]
        begun(db)
        assert r.rows("SELECT count(*) FROM run")[0][0] == before == 1
    assert db.one("SELECT count(*) FROM run")[0] == 2


def test_a_long_answer_comes_row_by_row_while_others_are_read(db):
    with db.writing() as w:
        w.run_many("INSERT INTO run (command, started) VALUES (:c, :s)", ({"c": str(i), "s": i} for i in range(1200)))
    with db.reading() as r:
        pairs = zip(
            r.each("SELECT number FROM run ORDER BY number"),
            r.each("SELECT started FROM run ORDER BY number"),
            strict=True,
        )
        assert sum(r.rows("SELECT 1 AS one")[0]["one"] for _ in pairs) == 1200


def test_numbers_are_never_given_twice(db):
    with db.writing() as w:
        assert list(w.numbers("run", 3)) == [1, 2, 3]
        assert list(w.numbers("run", 2)) == [4, 5]
        assert not w.numbers("run", 0)
        w.run("INSERT INTO run (number, command, started) VALUES (:n, 'x', 1)", n=5)
    assert begun(db) == 6
    with db.writing() as w:
        w.run("DELETE FROM run")
        assert list(w.numbers("run", 1)) == [7]
        assert w.insert(RUN, command="x", started=1) == 8


def test_writers_in_threads_wait_for_each_other(db):
    def write():
        for _ in range(20):
            with db.writing() as w:
                many = w.rows("SELECT count(*) FROM run")[0][0]
                w.run("INSERT INTO run (command, started) VALUES ('t', :n)", n=many)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert [r[0] for r in db.rows("SELECT started FROM run ORDER BY started")] == list(range(80))


def test_a_lock_is_held_by_one_and_names_its_holder(db, place):
    import os

    with open_store(place) as other:
        with db.holding("desk"):
            with pytest.raises(Busy, match=f"process {os.getpid()} on"), other.holding("desk"):
                pass
            with other.holding("else"):
                pass
        with other.holding("desk"):
            pass


def test_a_second_store_reads_only_and_sees_what_is_new(db, place):
    with open_store(place, readonly=True) as reader:
        assert not reader.rows("SELECT 1 FROM run")
        begun(db)
        assert reader.rows("SELECT 1 FROM run")
        with pytest.raises(StoreError, match="reading only"), reader.writing():
            pass


def test_a_closed_store_says_so(place):
    store = open_store(place)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.rows("SELECT 1")
    with pytest.raises(StoreError, match="closed"), store.writing():
        pass


def test_a_read_is_given_up_after_its_deadline(db):
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n"
    )
    with pytest.raises(TooSlow), db.reading(deadline=0.1) as r:
        r.rows(endless)
    assert db.rows("SELECT 1")


def test_a_list_of_none_holds_nothing(db):
    assert not db.rows(f"SELECT 1 FROM run WHERE number IN {listing([]).sql}")


TEXTS = (
    (1, "Pears pile up", "Odile Brandt counted the crates. Nobody rang."),
    (2, "Quay", "The crates were counted twice; Ödile didn't ring, nobody's pears."),
    (3, "Łódź", "x " * 20_000 + "counted the crates"),
    (4, HOSTILE, "a" * 3_000 + " b"),
)


def phrase(words, *, prefix=False):
    return Phrase(keys(words), prefix)


@pytest.mark.parametrize(
    ("clauses", "found"),
    [
        ([[phrase("crates")]], {1, 2, 3}),
        ([[phrase("CRATES")], [phrase("odile")]], {1, 2}),
        ([[phrase("counted the crates")]], {1, 3}),
        ([[phrase("pears odile")]], set()),
        ([[phrase("up odile")]], set()),
        ([[phrase("lodz"), phrase("rang")]], {1, 3}),
        ([[phrase("counted twice"), phrase("lodz")]], {2, 3}),
        ([[phrase("didn't ring")]], {2}),
        ([[phrase("cra", prefix=True)]], {1, 2, 3}),
        ([[phrase("counted the cra", prefix=True)]], {1, 3}),
        ([[phrase("nowhere")]], set()),
        ([[phrase("surrogates")]], {4}),
        ([[phrase("a" * 3_000)]], {4}),
        ([[phrase("a" * 2_999)]], set()),
    ],
)
def test_words_find_the_same_texts_in_every_store(db, clauses, found):
    with db.writing() as w:
        w.index_words("article_words", [Indexed(*t) for t in TEXTS])
    clauses = tuple(map(tuple, clauses))
    numbers = "SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"
    sought = db.words("article_words", "n", clauses, name="sought")
    assert {r[0] for r in db.rows(f"SELECT n FROM ({numbers}) x WHERE {sought.sql}", **sought.values)} == found
    with db.writing() as w:
        w.drop_words("article_words", [Indexed(*t) for t in TEXTS])
    assert not db.rows(f"SELECT n FROM ({numbers}) x WHERE {sought.sql}", **sought.values)


def test_a_row_that_the_index_misses_is_found_by_the_check(db):
    assert db.check(thorough=True) == ()
    with db.writing() as w:
        w.index_words("article_words", [Indexed(*TEXTS[0])])
    assert db.check(thorough=False) == ("article_words: 1 indexed rows do not exist",)
    with db.writing() as w:
        w.clear_words("article_words")
    db.scrub()
    assert db.check(thorough=True) == ()
