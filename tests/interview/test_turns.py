"""An interview without a memory: each turn brings the form so far, and takes it along again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.errors import InputError
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.writers.yaml_writer import to_yaml
from hrge_kg.interview.model import Ask
from hrge_kg.interview.screens import Check, People, Question, Screen, Start, Turn
from hrge_kg.interview.start import opened
from hrge_kg.interview.turns import take_turn
from hrge_kg.parsing.files import HeldFile

Words = tuple[str, ...]
Person = Callable[..., Screen]

WOMEN_AND_MEN: Mapping[str, Words] = {
    "status": ("identified-victim",),
    "closed": ("status",),
    "sex": ("female", "male"),
    "split": ("sex",),
}


def asked(screen: Screen) -> Ask:
    assert isinstance(screen.shown, Question)
    return screen.shown.asked


@pytest.fixture(scope="module")
def person(assessor: Assessor) -> Person:
    """Presses a button on a screen, as a browser sends it."""

    def press(screen: Screen | None, act: str, said: Mapping[str, Words] | None = None) -> Screen:
        if screen is None:
            return take_turn(assessor, Turn(tuple(act.split()), said=said or {}))
        question = screen.shown if isinstance(screen.shown, Question) else None
        return take_turn(
            assessor,
            Turn(
                tuple(act.split()),
                HeldFile("form.yaml", screen.form.encode()) if screen.form else None,
                screen.trail,
                screen.step,
                question.asked.whom if question else ("", ""),
                question.number if question else None,
                screen.reviewing,
                said or {},
            ),
        )

    return press


@pytest.fixture(scope="module")
def begun(person: Person) -> Screen:
    """The first question about a shelter for women and men.

    A turn changes no screen before it, so all tests can go on from one.
    """
    people = person(None, "begin", {"title": ("My # shelter",), "activity": ("shelter-activity",)})
    assert isinstance(people.shown, People)
    return person(people, "tell-people people", WOMEN_AND_MEN)


def skip_to(person: Person, screen: Screen, key: str) -> Screen:
    while asked(screen).key != key:
        screen = person(screen, "skip")
    return screen


@pytest.fixture(scope="module")
def leaving(person: Person, begun: Screen) -> Screen:
    """The question about leaving, where nothing is answered yet."""
    return skip_to(person, begun, "leaving-restricted")


def test_it_begins_with_the_title_and_the_activities(person: Person) -> None:
    start = person(None, "start")
    assert isinstance(start.shown, Start) and not start.form
    again = person(None, "begin", {"title": (" ",), "activity": ("shelter-activity",)})
    assert isinstance(again.shown, Start) and "The title is empty" in again.problem
    assert again.shown.filled["activity"] == ("shelter-activity",)


def test_ticks_make_groups_and_close_the_list(begun: Screen, assessor: Assessor) -> None:
    content = opened(parse_form(begun.form, "f", assessor.vocabulary), assessor.vocabulary)
    assert list(content.groups) == ["women-and-girls", "men-and-boys"]
    women = content.groups["women-and-girls"]
    assert (women["status"], women["sex"]) == (("identified-victim",), ("female",))
    # what is wider than what is named stays open; the rest is denied
    assert "smuggled-migrant" in women["without"]
    assert not {"trafficked-person", "victim-of-crime"} & set(women["without"])
    assert "only" not in women
    assert begun.title == "My # shelter"


def test_without_nobody_else_the_list_stays_open(person: Person) -> None:
    people = person(None, "begin", {"title": ("T",)})
    question = person(people, "tell-people people", {"status": ("identified-victim",)})
    assert "without" not in question.form
    refused = person(people, "tell-people people", {"closed": ("status",)})
    assert "nobody is named" in refused.problem and isinstance(refused.shown, People)
    one = person(people, "tell-people people", {"sex": ("female",), "split": ("sex",)})
    assert "fewer than two" in one.problem and isinstance(one.shown, People)
    assert one.shown.filled["split"] == ("sex",)


def test_an_answer_is_written_as_in_the_terminal(person: Person, leaving: Screen) -> None:
    screen = leaving
    said = {"holds": ("yes",), "of": ("locked-door",), "for": ("women-and-girls",)}
    after = person(screen, "answer", said)
    assert "leaving-restricted: {holds: yes, of: locked-door, for: women-and-girls}" in after.form
    assert "answered: {level: practice}" in after.form
    assert after.live and len(after.live.concerns) + len(after.live.act_now) > 0
    again = skip_to(person, after, "leaving-restricted")
    assert asked(again).groups == ("men-and-boys",)
    both = person(again, "answer", {"holds": ("no",)})
    assert "- {holds: no, for: men-and-boys}" in both.form


def test_what_was_ticked_of_people_is_not_asked_again(person: Person) -> None:
    people = person(None, "begin", {"title": ("T",), "activity": ("shelter-activity",)})
    screen = person(people, "tell-people people", {"status": ("identified-victim",)})
    places: set[tuple[str, str]] = set()
    while isinstance(screen.shown, Question) and len(places) < 15:
        places.add(asked(screen).place)
        screen = person(screen, "skip")
    assert ("status", "people") not in places
    assert ("age", "people") in places  # nothing was ticked there


def test_an_answer_takes_the_place_of_the_one_to_which_a_person_went_back(
    person: Person, begun: Screen
) -> None:
    first = skip_to(person, begun, "deprived-of-liberty")
    back = person(person(first, "answer", {"holds": ("yes",)}), "back")
    assert isinstance(back.shown, Question) and back.shown.number == 0
    assert back.shown.filled["holds"] == ("yes",)
    changed = person(back, "answer", {"holds": ("in-part",)})
    assert "deprived-of-liberty: in-part" in changed.form
    assert changed.form.count("deprived-of-liberty") == 1


def test_back_shows_the_question_before_with_its_answer(person: Person, begun: Screen) -> None:
    first = skip_to(person, begun, "age")
    second = person(first, "answer", {"word": ("adult",)})
    third = person(second, "skip")
    back = person(person(third, "back"), "back")
    assert asked(back).place == asked(first).place
    assert isinstance(back.shown, Question) and back.shown.filled == {"word": ("adult",)}
    changed = person(back, "answer", {"word": ("child",)})
    assert "age: child" in changed.form and "age: adult" not in changed.form
    # what was skipped after it is not asked again
    assert asked(changed).key not in dict(third.trail)
    start = changed
    while isinstance(start.shown, Question):
        start = person(start, "back")
    assert isinstance(start.shown, People)


def test_what_nobody_knows_stays_open(person: Person, begun: Screen, leaving: Screen) -> None:
    first = skip_to(person, begun, "age")
    after = person(first, "answer", {"word": ("open",)})
    assert after.form == first.form and asked(after).place != asked(first).place
    both = person(first, "answer", {"word": ("open", "adult")})
    assert "beside another answer" in both.problem
    assert (
        "leaving-restricted: dont-know" in person(leaving, "answer", {"holds": ("dont-know",)}).form
    )


def test_all_answers_are_shown_and_each_can_be_changed(person: Person, leaving: Screen) -> None:
    screen = person(leaving, "another", {"holds": ("yes",), "of": ("locked-door",)})
    assert asked(screen).key == "leaving-restricted"
    screen = person(screen, "answer", {"holds": ("no",), "of": ("guards",)})
    check = person(screen, "check")
    assert isinstance(check.shown, Check)
    told = {
        (one.key, one.group, one.number): one.answer for p in check.shown.parts for one in p.told
    }
    assert told["leaving-restricted", "", 0] == "Yes: locked doors"
    assert told["leaving-restricted", "", 1] == "No: guards"
    assert told["status", "men-and-boys", None] == "Identified victims"
    change = person(check, "change leaving-restricted 1")
    assert isinstance(change.shown, Question) and change.shown.filled["of"] == ("guards",)
    changed = person(
        change, "answer", {"holds": ("yes",), "of": ("guards",), "ground": ("security",)}
    )
    assert isinstance(changed.shown, Check)
    assert "- {holds: yes, of: guards, ground: security}" in changed.form
    assert "{holds: yes, of: locked-door}" in changed.form
    fewer = person(changed, "remove leaving-restricted 0")
    assert "locked-door" not in fewer.form and "of: guards" in fewer.form
    cleared = person(fewer, "remove sex men-and-boys")
    assert "sex: male" not in cleared.form and "sex: female" in cleared.form
    gone = person(cleared, "remove-group men-and-boys")
    assert "men-and-boys" not in gone.form
    assert "women-and-girls" in person(gone, "remove-group women-and-girls").form


def test_what_is_left_open_is_listed_and_can_be_answered_there(
    person: Person, begun: Screen
) -> None:
    first = asked(begun)
    screen = person(begun, "skip")
    screen = skip_to(person, screen, "leaving-restricted")
    screen = person(screen, "answer", {"holds": ("dont-know",)})
    check = person(screen, "check")
    assert isinstance(check.shown, Check)
    found = {one.key: one for one in check.shown.open}
    assert found[first.key].why == "Skipped" and found[first.key].question.startswith(first.text)
    assert found["leaving-restricted"].why.startswith("Don't know")
    assert len(found) == len(check.shown.open), "each once"
    again = person(check, f"change {first.key} {found[first.key].group}")
    assert asked(again).key == first.key
    known = person(person(check, "change leaving-restricted 0"), "answer", {"holds": ("no",)})
    assert isinstance(known.shown, Check)
    assert "leaving-restricted" not in {one.key for one in known.shown.open}


def test_who_says_so_and_when_is_shown_with_the_answers(person: Person) -> None:
    said = {"title": ("a",), "by": ("staff",), "on": ("June 2025",), "level": ("practice",)}
    screen = person(None, "begin", said)
    assert screen.notes == ("“June 2025” is read as the month 2025-06.",)
    screen = person(screen, "tell-people people", {"status": ("identified-victim",)})
    check = person(screen, "check")
    assert isinstance(check.shown, Check)
    told = [one.answer for one in check.shown.parts[0].told if one.key == "answered"]
    assert told == ["2025-06", "Staff", "Practice"]


def test_a_group_can_be_added_and_changed(person: Person, begun: Screen) -> None:
    check = person(begun, "check")
    new = person(check, "people")
    assert isinstance(new.shown, People) and new.shown.is_new
    refused = person(new, "tell-people", {"name": ("men-and-boys",), "status": ("witness",)})
    assert "no name of its own" in refused.problem
    check = person(new, "tell-people", {"name": ("Second house",), "status": ("witness",)})
    assert "second-house: {status: witness}" in check.form
    people = person(check, "people second-house")
    check = person(people, "tell-people second-house", {"status": ("other-migrant",)})
    assert "second-house: {status: other-migrant}" in check.form


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "No answer is chosen"),
        ({"holds": ("perhaps",)}, "is no answer to this question"),
        ({"holds": ("yes", "no")}, "No answer is chosen"),
        ({"holds": ("yes",), "of": ("shelter}\nx: {",)}, "is no answer to this question"),
        ({"holds": ("yes",), "for": ("nobody",)}, "is no answer to this question"),
        ({"holds": ("yes",), "since": ("last year",)}, "is no date"),
        ({"holds": ("yes",), "since": ("03/04/2019",)}, "as 2019-03-04 and as 2019-04-03"),
        ({"holds": ("yes",), "quantity": ("1,500",), "unit": ("days",)}, "can be read as"),
        ({"holds": ("yes",), "quantity": ("many",), "unit": ("days",)}, "is no number"),
        ({"holds": ("yes",), "quantity": ("3",)}, "go together"),
    ],
)
def test_what_is_no_answer_is_not_taken(
    said: Mapping[str, Words], words: str, person: Person, leaving: Screen
) -> None:
    after = person(leaving, "answer", said)
    assert words.lower() in after.problem.lower()
    assert after.form == leaving.form and asked(after).whom == asked(leaving).whom
    assert isinstance(after.shown, Question) and after.shown.filled == said


def test_how_a_date_is_read_is_told_on_the_next_screen(person: Person, leaving: Screen) -> None:
    screen = leaving
    said = {"holds": ("yes",), "since": ("June 2019",), "on": ("2025-03-01",)}
    after = person(screen, "answer", said)
    assert "since: 2019-06, on: 2025-03-01" in after.form
    assert after.notes == ("“June 2019” is read as the month 2019-06.",)
    assert person(after, "skip").notes == ()


def test_a_contradiction_is_told_on_the_question(person: Person, begun: Screen) -> None:
    without = begun.form.replace("sex: female, ", "sex: female, nationality: national, ", 1)
    without = without.replace("without: [", "without: [child, ", 1)
    screen = person(replace(begun, form=without), "change age women-and-girls")
    after = person(screen, "answer", {"word": ("child",)})
    assert "child" in after.problem and after.form == screen.form
    assert asked(after).key == "age"


def test_a_list_can_be_closed_and_opened(person: Person, begun: Screen) -> None:
    """What is not ticked is then not so; of what is wider than all of it, it is said once."""
    none = person(person(begun, "change crisis"), "answer", {"closed": ("crisis",)})
    assert "\nwithout: crisis\n" in none.form and "crisis: " not in none.form.splitlines()[2]
    some = person(person(begun, "change crisis"), "answer", {"word": ("pandemic",)})
    assert "crisis: pandemic\n" in some.form and "\nwithout" not in some.form
    said = {"word": ("pandemic",), "closed": ("crisis",)}
    all_of_it = person(person(none, "change crisis"), "answer", said)
    assert "\nwithout: [conflict, humanitarian-disaster" in all_of_it.form
    again = person(all_of_it, "change crisis")
    assert isinstance(again.shown, Question) and again.shown.filled == {
        "word": ("pandemic",),
        "closed": ("crisis",),
    }
    both = person(again, "answer", {"word": ("open",), "closed": ("crisis",)})
    assert "beside an answer" in both.problem
    assert person(again, "answer", {"word": ("open",)}).form == begun.form


@pytest.mark.parametrize(
    "act",
    [
        "",
        "nonsense",
        "change",
        "change nonsense 3",
        "change leaving-restricted 99",
        "change leaving-restricted ¹",
        "change only nobody",
        "remove",
        "remove nonsense nobody",
        "remove leaving-restricted 99",
        "remove-group nobody",
        "people nobody",
        "people people a b c",
        "skip more words",
    ],
)
def test_an_act_that_is_none_does_no_harm(act: str, person: Person, begun: Screen) -> None:
    assert person(begun, act).form == begun.form


def test_a_trail_of_a_stranger_does_no_harm(assessor: Assessor, begun: Screen) -> None:
    form = HeldFile("form.yaml", begun.form.encode())
    trail = (("nonsense", "x"), ("age", "nobody"), ("only", "a, b"), *[("age", "")] * 5_000)
    for step in (0, 1, 3, 9_999):
        turn = Turn(("back",), form, trail, step)
        assert len(take_turn(assessor, turn).trail) <= 2_000
    with pytest.raises(InputError, match="no such question"):
        take_turn(assessor, Turn(("answer",), form, trail, 0, ("nonsense", "x")))


def test_what_is_said_of_all_answers_stays_apart(assessor: Assessor, person: Person) -> None:
    """What answers happen to have in common is not said of those that are added."""
    form = (
        "programme: p\nanswered: {level: practice, on: 2025}\ngroups:\n  women:\nanswers:\n"
        "  turned-away: {holds: no, level: law, by: staff}\n"
    )
    content = opened(parse_form(form, "f", assessor.vocabulary), assessor.vocabulary)
    assert dict(content.defaults) == {"on": ("2025",), "level": ("practice",)}
    assert "turned-away: {holds: no, level: law, by: staff}" in to_yaml(content)
    check = take_turn(assessor, Turn(("check",), HeldFile("f.yaml", form.encode())))
    screen = skip_to(person, person(check, "next"), "leaving-restricted")
    after = person(screen, "answer", {"holds": ("no",)})
    assert "leaving-restricted: no\n" in after.form
    assert "answered: {on: 2025, level: practice}" in after.form


def test_a_form_without_defaults_gets_none(assessor: Assessor, person: Person) -> None:
    form = "programme: p\ngroups:\n  women:\nanswers:\n  turned-away: no\n"
    check = take_turn(assessor, Turn(("check",), HeldFile("f.yaml", form.encode())))
    screen = skip_to(person, person(check, "next"), "leaving-restricted")
    after = person(screen, "answer", {"holds": ("no",)})
    assert "  turned-away: no\n" in after.form and "answered" not in after.form
    assert "leaving-restricted: {holds: no, level: practice}" in after.form


def test_a_file_of_two_programmes_is_refused(assessor: Assessor) -> None:
    text = (
        "@prefix hrge: <https://w3id.org/hrge/ns#> .\n@prefix rdfs: "
        "<http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<http://x.org/a> a hrge:Programme ; rdfs:label "A" .\n'
        '<http://x.org/b> a hrge:Programme ; rdfs:label "B" .\n'
    )
    with pytest.raises(InputError, match="2 programmes"):
        take_turn(assessor, Turn(("check",), HeldFile("f.ttl", text.encode())))


def test_what_is_said_for_all_answers_can_be_changed_later(person: Person, begun: Screen) -> None:
    answered = person(skip_to(person, begun, "deprived-of-liberty"), "answer", {"holds": ("no",)})
    start = person(person(answered, "check"), "start")
    assert isinstance(start.shown, Start) and start.shown.filled["level"] == ("practice",)
    assert {one.slot for one in start.shown.more} == {"level", "by", "on"}
    said = {"title": ("My # shelter",), "level": ("policy",), "by": ("",), "on": ("June 2019",)}
    checked = person(start, "begin", said)
    assert isinstance(checked.shown, Check)
    assert "answered: {level: policy, on: 2019-06}" in checked.form
    refused = person(person(checked, "start"), "begin", {**said, "on": ("soon",)})
    assert isinstance(refused.shown, Start) and refused.problem and refused.shown.more


def test_what_people_are_can_be_said_of_some_groups(person: Person, begun: Screen) -> None:
    screen = skip_to(person, begun, "age")
    assert asked(screen).groups == ("women-and-girls", "men-and-boys")
    some = person(screen, "answer", {"word": ("adult",), "for": ("men-and-boys",)})
    assert some.form.count("age: adult") == 1
    assert asked(skip_to(person, some, "age")).group == "women-and-girls"
    both = person(screen, "answer", {"word": ("adult",)})
    assert both.form.count("age: adult") == 2
    refused = person(screen, "answer", {"word": ("adult",), "for": ("nobody",)})
    assert refused.problem and "age: adult" not in refused.form


def test_questions_are_counted_once_however_many_groups_there_are(
    person: Person, begun: Screen, leaving: Screen
) -> None:
    assert begun.answered == 3  # activity, status, sex
    some = {"holds": ("yes",), "of": ("locked-door",), "for": ("men-and-boys",)}
    screen = person(leaving, "another", some)
    screen = person(screen, "answer", {"holds": ("no",), "for": ("women-and-girls",)})
    assert screen.answered == 4


def test_an_answer_can_be_added_from_the_check_page(person: Person, begun: Screen) -> None:
    some = {"holds": ("no",), "for": ("men-and-boys",)}
    checked = person(person(skip_to(person, begun, "deprived-of-liberty"), "answer", some), "check")
    again = person(checked, "change deprived-of-liberty")
    assert isinstance(again.shown, Question) and again.shown.number is None and again.shown.told
    added = person(again, "answer", {"holds": ("yes",), "for": ("women-and-girls",)})
    assert isinstance(added.shown, Check) and added.form.count("for: ") == 2


def test_what_was_said_of_all_is_not_said_of_a_group_that_comes_later(
    person: Person, begun: Screen
) -> None:
    answered = person(skip_to(person, begun, "deprived-of-liberty"), "answer", {"holds": ("no",)})
    assert "\n  deprived-of-liberty: no\n" in answered.form
    new = person(person(answered, "check"), "people")
    said = {"name": ("others",), "status": ("identified-victim",), "sex": ("other-gender",)}
    checked = person(new, "tell-people", said)
    assert isinstance(checked.shown, Check)
    named = "deprived-of-liberty: {holds: no, for: [women-and-girls, men-and-boys]}"
    assert named in checked.form
    asked_again = skip_to(person, person(checked, "next"), "deprived-of-liberty")
    assert asked(asked_again).groups == ("others",)
