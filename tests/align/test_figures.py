"""Which figures count the same thing."""

from twosource.align.figures import align_figures

from .reports import counted, report, traced

A = """Ferry runs aground off Port Sund
A ferry with 214 people on board ran aground off Port Sund on Friday, and 31 passengers were injured.
The operator paid 4.2 million euros for the ship in 2011.
"""
B = """Ferry hits rocks
The ferry had more than 200 people on board when it ran aground at Port Sund; 27 passengers were injured.
Divers looked at 31 metres of the hull.
"""


def story(**more):
    one = report(
        "a",
        A,
        counted(A, "214", 214, subject="people"),
        counted(A, "31", 31, "passengers", subject="passengers"),
        counted(A, "4.2 million euros", 4.2e6, "EUR"),
        published=more.get("a", "2024-03-01"),
    )
    other = report(
        "b",
        B,
        counted(B, "200", 200, subject="people", hedge="over"),
        counted(B, "27", 27, "passengers", subject="passengers"),
        counted(B, "31 metres", 31, "m"),
        published=more.get("b", "2024-03-01"),
    )
    return one, other


def lines(*reports):
    return {line.agreement: line for line in align_figures(reports, traced(*reports)) if line.agreement != "single"}


def test_numbers_that_can_be_one_agree():
    line = lines(*story())["agree"]
    assert [t.value for t in line.tellings] == [214, 200]
    assert line.subject == "people"


def test_numbers_in_the_same_place_that_cannot_be_one_conflict():
    assert [t.value for t in lines(*story())["conflict"].tellings] == [31, 27]


def test_a_later_and_higher_count_is_an_update():
    assert [t.value for t in lines(*story(a="2024-03-04", b="2024-03-01"))["updated"].tellings] == [31, 27]


def test_equal_numbers_of_other_things_are_apart():
    reports = story()
    alone = [
        t.value
        for line in align_figures(reports, traced(*reports))
        if line.agreement == "single"
        for t in line.tellings
    ]
    assert sorted(alone) == [31, 4.2e6]


def test_order_plays_no_part_in_what_is_joined():
    one, other = story()
    ids = [{line.id for line in align_figures(rs, traced(*rs))} for rs in ((one, other), (other, one))]
    assert ids[0] == ids[1]


def test_copies_join_and_an_edited_copy_conflicts():
    changed = A.replace("214", "241")
    copies = [report(k, A, counted(A, "214", 214, subject="people")) for k in "ab"]
    edited = report("c", changed, counted(changed, "241", 241, subject="people"))
    (line,) = align_figures([*copies, edited], traced(*copies, edited))
    assert (line.agreement, [t.value for t in line.tellings]) == ("conflict", [214, 214, 241])


def test_figures_without_a_number_or_outside_told_text_are_left_out():
    text = "Head\nMany people came."
    assert align_figures([report("a", text, counted(text, "Many", None))], traced()) == ()


TOLL = """Storm over Port Sund
The storm killed {} people in the harbour villages on Friday, the mayor said.
Rescue crews reached the villages late at night.
"""


def toll(key, number, value, **more):
    text = TOLL.format(number)
    return report(key, text, counted(text, number, value, subject="people", **more))


def test_the_dead_of_two_reports_are_one_count_however_told():
    text = "Sea takes houses\nVillagers wept for the nine people who were killed when the storm came to Port Sund."
    one, other = toll("a", "seven", 7), report("b", text, counted(text, "nine", 9, subject="people"))
    assert [t.value for t in lines(one, other)["conflict"].tellings] == [7, 9]


def test_the_dead_and_the_hurt_are_two_counts():
    text = TOLL.format("seven").replace("killed", "injured")
    one, other = toll("a", "nine", 9), report("b", text, counted(text, "seven", 7, subject="people"))
    assert lines(one, other) == {}


def test_a_report_that_tells_both_numbers_explains_them():
    text = TOLL.format("seven") + "By Saturday nine people were killed in the storm, the mayor said."
    both = report("b", text, counted(text, "seven", 7, subject="people"), counted(text, "nine", 9, subject="people"))
    assert "conflict" not in lines(toll("a", "nine", 9), both)


def test_one_mass_in_two_units_is_one_line():
    a = "Leak at the dairy\nThe plant lost 3.5 tonnes of ammonia in an hour, the fire service said."
    b = "Gas in the valley\nSome 3,500 kilograms of ammonia ran out before anyone had shut the tap."
    one = report("a", a, counted(a, "3.5 tonnes", 3.5, "t", subject="ammonia"))
    two = report("b", b, counted(b, "3,500 kilograms", 3500, "kg", subject="ammonia", hedge="about"))
    assert list(lines(one, two)) == ["agree"]


def test_large_hedged_counts_of_people_that_can_be_one_are_one_line():
    a = "Sirens\nSirens sounded and about 1,200 residents were brought to two schools."
    b = "A long night\nMore than 1,100 people had to leave their beds."
    one = report("a", a, counted(a, "1,200", 1200, "residents", subject="residents", hedge="about"))
    two = report("b", b, counted(b, "1,100", 1100, "people", subject="people", hedge="over"))
    assert list(lines(one, two)) == ["agree"]
    exact = report("b", b, counted(b, "1,100", 1100, "people", subject="people"))
    assert lines(one, exact) == {}


def test_the_length_of_one_named_thing_is_one_measure_in_unlike_sentences():
    left = "Ferry strike\nMinisters met again on Tuesday over the nearly three-year strike at the yard.\n"
    right = "Port talks\nThe harbour board set out a new plan for ending the three-year strike, its chair told us.\n"
    one = report("a", left, counted(left, "three-year", 3, "years", subject="strike", hedge="under"))
    other = report("b", right, counted(right, "three-year", 3, "years", subject="strike"))
    assert [t.value for t in lines(one, other)["agree"].tellings] == [3, 3]


REST = " The road is shut. Buses go by the coast."
HOMES = "Storm\nSome {n} homes in Minsel were without power on Monday, Estra said." + REST
DARK = "Storm\nTrees fell in Minsel and left {n} homes dark on Monday, said Estra." + REST


def homes(key, text, number, *more):
    text = text.format(n=number)
    return report(key, text, *(counted(text, str(n), n, "homes", subject="homes") for n in (number, *more)))


def test_lone_figures_of_one_sort_in_sentences_with_words_in_common_conflict():
    assert [t.value for t in lines(homes("a", HOMES, 180), homes("b", DARK, 620))["conflict"].tellings] == [180, 620]


def test_a_figure_beside_another_of_its_sort_is_not_alone():
    two = homes("b", DARK + " Later 90 homes were left.", 620, 90)
    assert "conflict" not in lines(homes("a", HOMES, 180), two)


def test_in_a_single_sentence_being_alone_says_nothing():
    one, other = (homes(k, t.removesuffix(REST), n) for k, t, n in (("a", HOMES, 180), ("b", DARK, 620)))
    assert "conflict" not in lines(one, other)
