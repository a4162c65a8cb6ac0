"""A store in a file: whose it is, who may read it, and what happens when disk, machine or other programs fail it."""

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.made import NOW, article, incoming
from twosource.errors import Damaged, Full, StoreError, TooNew
from twosource.store import articles, open_store, schema
from twosource.store.schema import Step

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "news.db"


def filled(file, many=20):
    with open_store(file) as db:
        articles.add(db, [incoming(n) for n in range(many)], now=NOW)


def child(code, *arguments, **how):
    """A process that runs ``code`` with the store's functions at hand."""
    head = (
        "import sys; sys.path.insert(0, '.')\n"
        "from twosource.store import articles, open_store\nfrom twosource.errors import StoreError\n"
        "from tests.store.made import NOW, article, incoming\n"
    )
    command = [sys.executable, "-c", head + code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how)


def outcome(process):
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_only_its_owner_may_read_a_new_store(file):
    before = os.umask(0)
    try:
        with open_store(file) as db:
            articles.add(db, [incoming(1)], now=NOW)
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in file.parent.iterdir()}
    finally:
        os.umask(before)
    assert set(modes.values()) == {0o600}, modes
    assert file.name in modes


def test_the_file_waits_for_the_disk_and_trusts_no_schema(file):
    with open_store(file) as db, db.writing() as w:
        said = {
            p: w.rows(f"PRAGMA {p}")[0][0] for p in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
        assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
        assert w.rows("PRAGMA busy_timeout")[0][0] == 30_000


def test_closing_leaves_one_whole_file(file):
    filled(file)
    assert not Path(f"{file}-wal").exists()
    alone = shutil.copy(file, file.with_name("copy.db"))
    with open_store(alone, readonly=True) as db:
        assert len(articles.listed(db)) == 20


def make_folder(path):
    path.mkdir()


def make_text(path):
    path.write_text("Pears pile up on the quay\n" * 50)


def make_other(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE bookmarks (url)")
        db.execute("PRAGMA user_version = 3")
        db.commit()


def make_pipe(path):
    os.mkfifo(path)


def make_half(path):
    filled(path)
    path.write_bytes(path.read_bytes()[:5000])


def make_newer(path):
    filled(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 6}")
        db.commit()


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (make_folder, StoreError, "is a folder"),
        (make_text, Damaged, "is no store of twosource"),
        (make_other, Damaged, "another program"),
        (make_pipe, StoreError, "no regular file"),
        (make_half, Damaged, "damaged"),
        (make_newer, TooNew, f"version {schema.VERSION + 6} of the tables, this program knows {schema.VERSION}"),
    ],
)
def test_what_is_no_store_of_ours_is_named_and_left_untouched(file, make, error, said, readonly):
    make(file)
    before = digest(file) if file.is_file() else None
    with pytest.raises(error, match=said) as told, open_store(file, readonly=readonly) as db:
        articles.listed(db)
    assert str(file) in str(told.value)
    assert before is None or before == digest(file)


def test_a_place_that_cannot_be_is_named(tmp_path):
    for place in (tmp_path / "none" / "news.db", tmp_path / ("x" * 300), tmp_path / "nul\0.db"):
        with pytest.raises(StoreError):
            open_store(place)
    with pytest.raises(StoreError, match="there is no store"):
        open_store(tmp_path / "news.db", readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_beginning_is_begun_again(file):
    file.touch()
    filled(file)
    other = file.with_name("wal.db")
    with closing(sqlite3.connect(other)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    filled(other)


UNFREE = "import os, twosource.store.sqlite\nos.setgroups([])\nos.setgid(65534)\nos.setuid(65534)\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
def test_in_a_folder_that_may_not_be_written_the_store_can_be_read():
    folder = Path("/tmp") / f"ts-closed-{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        filled(folder / "news.db")
        (folder / "news.db").chmod(0o644)
        code = UNFREE + (
            "db = open_store(sys.argv[1], readonly=True); print(len(articles.listed(db)))\n"
            "try: open_store(sys.argv[1])\nexcept StoreError as wrong: print(wrong)\n"
            "try: open_store(sys.argv[1] + 'x')\nexcept StoreError as wrong: print(wrong)\n"
        )
        status, out, err = outcome(child(code, folder / "news.db"))
        assert (status, err, out[:3]) == (0, "", "20\n")
        assert all(str(folder) in line for line in out.splitlines()[1:])
        assert len(out.splitlines()) == 3
    finally:
        shutil.rmtree(folder)


def test_a_second_process_reads_while_one_writes(file):
    filled(file, 1)
    code = (
        "db = open_store(sys.argv[1], readonly=True)\n"
        "print(len(articles.listed(db)), flush=True); sys.stdin.readline(); print(len(articles.listed(db)))"
    )
    reader = child(code, file, stdin=subprocess.PIPE)
    with open_store(file) as db:
        with db.writing() as w:
            w.run("INSERT INTO run (command, started) VALUES ('x', 1)")
            assert reader.stdout.readline() == "1\n"
        articles.add(db, [incoming(2)], now=NOW)
        assert reader.communicate("\n", timeout=60)[0] == "2\n"


def test_three_processes_write_overlapping_articles(file):
    code = (
        "db = open_store(sys.argv[1]); first = int(sys.argv[2])\n"
        "for n in range(first, first + 40): articles.add(db, [incoming(n), incoming(n + 1)], now=NOW)\n"
    )
    writers = [child(code, file, first) for first in (0, 20, 40)]
    assert [outcome(w)[::2] for w in writers] == [(0, "")] * 3
    with open_store(file) as db:
        assert sorted(a.id for a in articles.listed(db, limit=999)) == sorted(f"pears-{n}" for n in range(81))
        assert db.check(thorough=True) == ()


def test_a_full_file_is_told_and_nothing_stored_is_lost(file):
    filled(file)
    code = (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "db = open_store(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))\n"
        "try:\n"
        "    for n in range(20, 9999):\n"
        "        print(articles.add(db, [incoming(n)], now=NOW)[0].id, flush=True)\n"
        "except StoreError as wrong:\n"
        "    print(type(wrong).__name__, wrong, file=sys.stderr)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
        "    print(articles.add(db, [incoming(99999)], now=NOW)[0].id)\n"
    )
    size = file.stat().st_size
    for limit in (size // 2, size + 5_000, size + 50_000, size + 200_000):
        status, out, err = outcome(child(code, file, limit))
        assert (status, err.split()[:1]) == (0, ["Full"]), err
        assert str(file) in err
        with open_store(file) as db:
            stored = {a.id for a in articles.listed(db, limit=99999)}
            assert stored >= {*out.split(), *(f"pears-{n}" for n in range(20))}
            assert db.check(thorough=True) == ()


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="only root can mount a small disk")
def test_a_full_disk_is_told_and_nothing_stored_is_lost(tmp_path):
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", tmp_path], check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        with open_store(tmp_path / "news.db") as db:
            stored = []

            def fill():
                for n in range(9999):
                    stored.extend(articles.add(db, [incoming(n, text=os.urandom(2000).hex())], now=NOW))

            with pytest.raises(Full, match="disk is full"):
                fill()
            with pytest.raises(Full):
                db.copy_to(tmp_path / "copy.db")
            assert len(stored) > 20
        (tmp_path / "copy.db").unlink(missing_ok=True)
        with open_store(tmp_path / "news.db") as db:
            assert len(articles.listed(db, limit=9999)) == len(stored)
            assert db.check(thorough=True) == ()
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_after_an_unclean_stop_a_damaged_file_is_noticed_when_it_is_opened(file):
    filled(file, 300)
    code = (
        "import os\ndb = open_store(sys.argv[1])\n"
        "db.writing().__enter__().run(\"INSERT INTO run (command, started) VALUES ('x', 1)\")\n"
        "articles\nos.kill(os.getpid(), 9)"
    )
    assert outcome(child(code, file))[0] == -signal.SIGKILL
    with open_store(file) as db:
        assert len(articles.listed(db, limit=999)) == 300
    code = (
        "import os\ndb = open_store(sys.argv[1])\narticles.add(db, [incoming(999)], now=NOW)\nos.kill(os.getpid(), 9)"
    )
    assert outcome(child(code, file))[0] == -signal.SIGKILL
    with file.open("rb+") as broken:
        broken.seek(4096 * 20)
        broken.write(b"\xff" * 4096 * 20)
    with pytest.raises(Damaged, match="backup"):
        open_store(file)


def test_bits_that_turned_give_an_error_or_right_answers(file):
    """Bytes of content have a digest, those of the structure a check; never does it crash or give another text."""
    filled(file, 60)
    sound = file.read_bytes()
    chance = random.Random(7)
    told = 0
    for _ in range(60):
        broken = bytearray(sound)
        for _ in range(20):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        file.write_bytes(broken)
        try:
            with open_store(file, readonly=True) as db:
                found = articles.get(db, [f"pears-{n}" for n in range(60)])
                wrong = [a for a in found if a.text != article(int(a.id[6:])).text]
                assert not wrong
        except StoreError:
            told += 1
    assert told > 10


def upgraded(monkeypatch, *statements, words=()):
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, Step(statements, words)))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)


def test_an_older_store_is_copied_and_brought_up_in_one_step(file, monkeypatch):
    filled(file)
    before = schema.VERSION
    with monkeypatch.context() as later:
        upgraded(later, "ALTER TABLE feed ADD COLUMN colour TEXT", "CREATE TABLE sketch (number {number_key}) {strict}")
        with pytest.raises(StoreError, match=f"version {before}"):
            open_store(file, readonly=True)
        with open_store(file) as db:
            assert len(articles.listed(db)) == 20
            assert db.rows("SELECT colour FROM feed") == []
            assert db.check(thorough=True) == ()
    with pytest.raises(TooNew, match=f"version {before + 1}"):
        open_store(file)
    with open_store(f"{file}-version-{before}") as old:
        assert len(articles.listed(old)) == 20


@pytest.mark.parametrize("faulty", ["CREATE TABLE feed (x)", "INSERT INTO sighting VALUES (99, 'x', 9, NULL, NULL, 1)"])
def test_a_failed_upgrade_leaves_the_old_version(file, monkeypatch, faulty):
    filled(file)
    with monkeypatch.context() as later:
        upgraded(later, "CREATE TABLE sketch (number {number_key}) {strict}", faulty)
        with pytest.raises((StoreError, sqlite3.Error)):
            open_store(file)
    with open_store(file) as db:
        assert len(articles.listed(db)) == 20
        assert not db.rows("SELECT 1 FROM sqlite_master WHERE name = 'sketch'")


def test_a_store_of_version_1_opens_and_has_the_tables_of_a_new_one(file):
    import gzip

    file.write_bytes(gzip.decompress((ROOT / "tests" / "store" / "version-1.db.gz").read_bytes()))
    sql = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    with open_store(file) as old, open_store(file.with_name("new.db")) as new:
        assert [tuple(r) for r in old.rows(sql)] == [tuple(r) for r in new.rows(sql)]
        assert [a.text for a in articles.get(old, ["pears-1", "pears-2"])] == [article(1).text, article(2).text]
        assert old.check(thorough=True) == ()


@pytest.mark.parametrize("times", [1, 2])
def test_an_upgrade_that_is_killed_leaves_the_old_version_or_the_new_one(file, times):
    filled(file)
    code = (
        "from twosource.store import schema\nfrom twosource.store.schema import Step\n"
        "steps = [Step(('CREATE TABLE sketch (number {number_key}) {strict}',)), Step(('DROP TABLE outlet_mark',))]\n"
        "schema.STEPS += tuple(steps); schema.VERSION += 2\nopen_store(sys.argv[1])"
    )
    killed = child(code, file, env={**os.environ, "TWOSOURCE_CRASH": f"mid_migration:{times}"})
    assert outcome(killed)[0] == -signal.SIGKILL
    with open_store(file) as db:
        assert len(articles.listed(db)) == 20
        assert not db.rows("SELECT 1 FROM sqlite_master WHERE name = 'sketch'")
        assert db.check(thorough=True) == ()
