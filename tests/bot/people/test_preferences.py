"""Reading the preferences form, whatever somebody sends."""

from __future__ import annotations

from datetime import time

import pytest

from bot.people import preferences
from bot.people.views import preferences as view
from bot.platform.errors import Beside
from core.values import Hours, Person

RIGHT = {
    view.PACE.id: "2",
    view.SIZE.id: "any",
    view.MODE.id: "virtual",
    view.HOURS_FROM.id: "22:00",
    view.HOURS_UNTIL.id: "06:00",
    view.DAYS.id: ["0", "4"],
    view.TEAM.id: None,
    view.ASK_ABOUT.id: None,
    view.STATUS.id: [],
    view.OPEN_TO_ASK.id: ["yes"],
    view.REQUESTS.id: "5",
    view.NOT_WITH.id: [],
}


def complaints(values: dict[str, object]) -> dict[str, str]:
    """What is told beside the fields."""
    with pytest.raises(Beside) as refused:
        preferences.read(values, "U1")
    return refused.value.problems


def test_night_hours_are_hours_too():
    assert preferences.read(RIGHT, "U1").hours == Hours(time(22), time(6), (0, 4))


def test_an_empty_form_is_told_field_by_field():
    assert set(complaints({})) == {
        field.id
        for field in (
            view.PACE, view.SIZE, view.MODE, view.HOURS_FROM, view.HOURS_UNTIL, view.DAYS,
            view.REQUESTS,
        )
    }  # fmt: skip


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (view.PACE.id, "9"),
        (view.SIZE.id, "7"),
        (view.MODE.id, "by post"),
        (view.REQUESTS.id, "0"),
        (view.REQUESTS.id, None),
        (view.HOURS_FROM.id, "nine"),
        (view.DAYS.id, ["7"]),
        (view.TEAM.id, "x" * 61),
        (view.ASK_ABOUT.id, "x" * 151),
        (view.NOT_WITH.id, ["U1"]),
        (view.NOT_WITH.id, [f"U{n}" for n in range(2, 60)]),
    ],
)
def test_what_no_menu_offers_is_refused(block, value):
    assert set(complaints(RIGHT | {block: value})) == {block}


@pytest.mark.parametrize(("chosen", "limit"), [("1", 1), ("2", 2), ("5", 5), (view.ANY, None)])
def test_how_often_somebody_is_asked_is_a_number_or_no_limit(chosen, limit):
    assert preferences.read(RIGHT | {view.REQUESTS.id: chosen}, "U1").requests == limit


def test_a_line_stays_one_line():
    typed = RIGHT | {view.ASK_ABOUT.id: " tea\n\n*Kettle:* hello "}
    assert preferences.read(typed, "U1").ask_about == "tea *Kettle:* hello"


def test_the_summary_never_names_the_private_list():
    person = Person("U1", 1, pace=3, hours=Hours(), ask_about="<tea>", team="R&D", size=3)
    assert view.summary(person) == (
        "In every third round at most; groups of 3\n"
        "Working hours 09:00 to 17:00, Mon, Tue, Wed, Thu, Fri\n"
        "Ask me about: &lt;tea&gt;\n"
        "Team: R&amp;D"
    )


@pytest.mark.parametrize("limit", [1, 2, 5, None])
def test_the_summary_says_how_often_who_agreed_may_be_asked_and_nothing_to_others(limit):
    other = view.summary(Person("U1", 1, requests=limit))
    said = view.summary(Person("U1", 1, open_to_ask=True, requests=limit)).removeprefix(other)
    often = {value: label.lower() for label, value in view.LIMITS}
    assert [value for value, label in often.items() if label in said] == [str(limit)] * bool(limit)
    assert len(said.splitlines()) == 2  # a line of its own
