"""An address that was given once never dies: stories are merged, parted, put back, moved and forgotten, and every
address of a line leads to the line, says that it is being told anew, or shows the words that stood there.
"""

import time

import pytest
from lxml import html
from tests.web.newsrooms import STORY, browser, newsroom

from twosource.desk.accounting import Accounting
from twosource.store import accounts, forget, judgements, reports, shelf, stories
from twosource.web import links

BY = {"by": "Tester", "now": 1_760_560_000.0}


@pytest.fixture
def db(tmp_path):
    with newsroom(tmp_path) as db:
        yield db


@pytest.fixture
def page(db):
    with browser(db) as page:
        yield page


def addresses(db, story):
    """Every address that the pages of a story give for its lines, with words that stand there."""
    account = accounts.get(db, story)
    text = {a.id: a.text for a in account.articles}
    found = {}
    for statement in account.statements:
        for t in statement.tellings:
            words = t.content[0].of(text[t.article])
            found[links.telling(story, t.quotation)] = words
            found[links.statement(story, f"{t.quotation}.{t.content[0].start}")] = words
        found[links.statement(story, statement.id)] = ""
    for line in account.figures:
        for f in line.tellings:
            found[links.figure(story, f.figure)] = f.span.of(text[f.article])
        found[links.figure(story, line.id)] = ""
    for c in account.conflicts:
        found[links.conflict(story, c.id)] = c.left.span.of(text[c.left.article])
    for o in account.lineage.origins:
        found[links.origin(story, o.id)] = ""
    for k in account.lineage.links:
        found[links.pair(story, k.left, k.right)] = ""
    return found


def follow(page, address):
    for _ in range(5):
        answer = page.get(address)
        if answer.status_code not in (307, 308):
            return answer
        address = answer.headers["location"]
    raise AssertionError(f"{address} leads in a circle")


def squeezed(words):
    return "".join(words.split())


def check(page, given, *, settled, every=1):
    """Follow every address, or every so manyth; return how many lead to the line, wait for it, and are told no more."""
    met = {200: 0, 503: 0, 410: 0}
    for address, words in list(given.items())[::every]:
        answer = follow(page, address)
        assert answer.status_code in met, (address, answer.status_code)
        met[answer.status_code] += 1
        assert answer.status_code != 503 or (not settled and int(answer.headers["retry-after"]) > 0), address
        shown = squeezed(html.fromstring(answer.content).text_content())
        assert squeezed(words)[:200] in shown, address
        if not words:
            form = follow(page, f"{address}.json")
            assert form.status_code == answer.status_code, (address, form.status_code)
    return met


def settle(db):
    """Make all accounts that are due, as the desk does."""
    making = Accounting(db, time.time)
    for story in shelf.stale(db):
        making.one(story)


def test_addresses_outlive_a_split_a_merge_and_their_undoing(db, page):
    given = addresses(db, STORY)
    assert check(page, given, settled=True)[200] == len(given) > 60
    parted = [a.id for a in accounts.get(db, STORY).articles][2:]
    other, split = stories.split(db, STORY, parted, **BY)
    check(page, given, settled=False, every=5)
    settle(db)
    met = check(page, given, settled=True, every=2)
    assert met[200] > 0.6 * sum(met.values())
    given |= addresses(db, other)
    merged = stories.merge(db, STORY, other, **BY)
    assert check(page, given, settled=False, every=3)[503] > 0
    settle(db)
    met = check(page, given, settled=True, every=2)
    assert met[410] < 0.4 * sum(met.values())
    given |= addresses(db, other)
    for line in (merged, split):
        judgements.undo(db, line, **BY)
        check(page, given, settled=False, every=7)
        settle(db)
        check(page, given, settled=True, every=5)
    once = addresses(db, STORY)
    assert check(page, once, settled=True, every=3)[200] >= len(once) // 3


def test_a_line_that_is_told_no_more_is_gone_and_its_words_are_not(db, page):
    account = accounts.get(db, STORY)
    conflict = next(c for c in account.conflicts if c.left.article != c.right.article)
    stories.split(db, STORY, [conflict.left.article], **BY)
    settle(db)
    answer = page.get(links.conflict(STORY, conflict.id))
    assert answer.status_code == 410
    text = {a.id: a.text for a in account.articles}
    shown = squeezed(html.fromstring(answer.content).text_content())
    for side in (conflict.left, conflict.right):
        assert squeezed(side.span.of(text[side.article])) in shown
    assert f'href="{links.story(STORY)}"' in answer.text


def test_addresses_of_a_story_whose_reports_all_moved_lead_to_them(db, page):
    given = {a: w for a, w in addresses(db, STORY).items() if "/telling/" in a}
    ids = [a.id for a in accounts.get(db, STORY).articles]
    other, _ = stories.split(db, STORY, ids[:1], **BY)
    stories.move(db, STORY, other, ids[1:], **BY)
    settle(db)
    assert check(page, given, settled=True)[200] == len(given)
    assert follow(page, links.story(STORY)).status_code == 200
    assert page.get(links.story(STORY)).headers["location"] == links.story(other)
    assert page.get(f"{links.story(STORY)}/print").status_code == 307
    assert follow(page, f"{links.story(STORY)}.json").status_code == 200


def test_what_was_forgotten_is_gone_with_its_words_and_the_story_stays(db, page):
    given = addresses(db, STORY)
    gone = accounts.get(db, STORY).articles[0]
    forget.article(db, gone.id)
    settle(db)
    met = {status: n for status, n in check(page, dict.fromkeys(given, ""), settled=True).items() if n}
    assert set(met) == {200, 410}
    assert page.get(links.article(gone.id)).status_code == page.get(f"/article/{gone.id}.json").status_code == 410
    assert page.get(links.article("nobody")).status_code == 404
    for a in accounts.get(db, STORY).articles:
        forget.article(db, a.id)
    for address in (*given, links.story(STORY), f"{links.story(STORY)}.md", f"{links.story(STORY)}/print"):
        assert page.get(address).status_code == 410, address


def test_every_quotation_and_figure_of_a_report_has_an_address(db, page):
    held = reports.get(db, [a.id for a in accounts.get(db, STORY).articles])
    said = [links.telling(STORY, q.id) for r in held for q in r.quotations if q.act == "said"]
    assert {follow(page, address).status_code for address in said} == {200}
    counted = [links.figure(STORY, f.id) for r in held for f in r.figures]
    assert {follow(page, address).status_code for address in counted} <= {200, 410}


def test_a_conflict_that_other_words_show_now_leads_there(db, page):
    conflict = accounts.get(db, STORY).conflicts[0]
    with db.writing() as w:
        w.run("UPDATE account_conflict SET id = 'c-0123456789ab', gone = 1 WHERE id = :id", id=conflict.id)
    answer = page.get(links.conflict(STORY, "c-0123456789ab"))
    assert (answer.status_code, answer.headers["location"]) == (307, links.conflict(STORY, conflict.id))


def test_names_that_nobody_gave_are_not_there(db, page):
    name = accounts.get(db, STORY).figures[0].tellings[0].figure
    for wrong in ("q-nobody", "x", f"{name}.atom", f"{name}.1.2", "q-0123456789ab.atom", "%00", "~", "~~~"):
        for kind in ("statement", "telling", "figure", "conflict", "origin"):
            assert page.get(f"/story/{STORY}/{kind}/{wrong}").status_code == 404, (kind, wrong)


def test_a_merged_story_leads_on_in_the_form_that_was_asked_for(db, page):
    ids = [a.id for a in accounts.get(db, STORY).articles]
    other, _ = stories.split(db, STORY, ids[:1], **BY)
    stories.merge(db, other, STORY, **BY)
    for rest in (".json", ".html", "/statements", "/telling/q-0123456789ab.cite.html"):
        assert page.get(f"/story/{other}{rest}").headers["location"] == f"/story/{STORY}{rest}"


def test_an_unread_story_of_one_report_does_not_ask_again_for_ever(db, page):
    ids = [a.id for a in accounts.get(db, STORY).articles]
    other, _ = stories.split(db, STORY, ids[:1], **BY)
    with db.writing() as w:
        w.run("DELETE FROM report WHERE article = (SELECT number FROM article WHERE id = :id)", id=ids[0])
    answer = page.get(links.story(other))
    assert (answer.status_code, answer.headers.get("refresh")) == (200, None)
    assert links.article(ids[0]) in answer.text
