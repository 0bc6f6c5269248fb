"""What people set for themselves, through the front door."""

from __future__ import annotations

import pytest

from bot.meetings.errors import NobodyNamed
from bot.people.errors import NotWithYourself
from bot.people.ids import AVOID, PAUSE, PREFERENCES
from bot.people.views.coffee import resumed
from bot.people.views.holidays import HOLIDAYS, NO_DAYS
from bot.people.views.preferences import HOURS_FROM, LIMITS, REQUESTS, nobody_left
from bot.trouble import sentence
from core.values import TakingPart, Who
from storage.people import people as stored_people
from tests.words import labels
from tests.words.reading import gist


@pytest.fixture
def coffee(town):
    """A channel of three."""
    people = [town.person(name) for name in ("Ana Ruiz", "Bo Lind", "Cy Oh")]
    return town.channel("coffee", people)


@pytest.fixture
def ana(town, coffee):
    return town.sim.person("Ana Ruiz")


@pytest.fixture
def bo(town, coffee):
    return town.sim.person("Bo Lind")


@pytest.fixture
def cy(town, coffee):
    return town.sim.person("Cy Oh")


def test_preferences_are_kept_and_shown_again(ana):
    ana.types("/coffee preferences")
    values = {
        "At most": "Every third round",
        "Working hours from": "08:30",
        labels.OWN_SIZE: "3 people",
    }
    values |= {labels.ASK_ABOUT: "sourdough <3 & tea", labels.TEAM: "Sales"}
    assert ana.fills(PREFERENCES, values | {"Working days": ["Tuesday", "Friday"]}) == {}
    shown = ana.types("/coffee preferences")
    assert "At most: {Every third round}" in shown
    assert f"{HOURS_FROM.label}: {{08:30}}" in shown
    assert "Working days: {Tuesday, Friday}" in shown
    assert f"{labels.ASK_ABOUT}: {{sourdough <3 & tea}}" in shown


def test_whose_holidays_somebody_keeps_by_country_and_region(ana):
    ana.types("/coffee preferences")
    chosen = {labels.ASK_ABOUT: "sourdough", HOLIDAYS: "Germany"}
    assert ana.fills(PREFERENCES, {**chosen, labels.REGION: "Bayern"}) == {}
    shown = ana.types("/coffee preferences")
    assert f"{HOLIDAYS}: {{Germany}}" in shown
    assert f"{labels.REGION}: {{Bayern}}" in shown
    ana.closes_modal()
    assert f"{HOLIDAYS}: Germany (Bayern)" in ana.opens_home()
    ana.types("/coffee preferences")
    ana.fills(PREFERENCES, {HOLIDAYS: NO_DAYS}, submit=False)
    assert f"{labels.ASK_ABOUT}: {{sourdough}}" in ana.modal
    assert ana.submits() == {}
    shown = ana.types("/coffee preferences")
    assert f"{HOLIDAYS}: {{{NO_DAYS}}}" in shown
    assert labels.REGION not in shown


def test_the_status_and_being_asked_are_off_until_ticked(ana):
    shown = ana.types("/coffee preferences")
    assert "[ ] When my status says that I am away" in shown
    assert "[ ] I may be asked for a coffee right now" in shown
    ana.presses("I may be asked for a coffee right now, or for a hand")
    assert ana.fills(PREFERENCES, {}) == {}
    shown = ana.types("/coffee preferences")
    assert "[x] I may be asked for a coffee right now" in shown


@pytest.mark.parametrize("chosen", [label for label, _ in LIMITS])
def test_how_often_somebody_may_be_asked_is_kept_and_shown_again(ana, chosen):
    twice = next(label for label, value in LIMITS if value == "2")
    assert f"{REQUESTS.label}: {{{twice}}}" in ana.types("/coffee preferences")
    assert ana.fills(PREFERENCES, {REQUESTS.label: chosen}) == {}
    assert f"{REQUESTS.label}: {{{chosen}}}" in ana.types("/coffee preferences")


def test_nonsense_is_told_beside_each_field_and_nothing_is_kept(ana):
    ana.types("/coffee preferences")
    values = {labels.PACE: "4", labels.WORKS_UNTIL: "09:00", labels.NOT_WITH: [ana]}
    assert ana.fills(PREFERENCES, values) == {
        labels.WORKS_UNTIL: "Working hours that end when they begin are none; choose another time.",
        labels.NOT_WITH: "You cannot put yourself on that list.",
    }
    ana.closes_modal()
    assert f"{labels.PACE}: {{Every round}}" in ana.types("/coffee preferences")


def test_the_line_shows_in_the_introduction_as_it_was_typed(town, ana, bo, coffee):
    town.sets_up(coffee, ana)
    ana.types("/coffee preferences")
    ana.fills(PREFERENCES, {labels.ASK_ABOUT: "<!channel> & <@U123>"})
    for person in (ana, bo):
        person.types("/coffee join", in_=coffee)
    town.move_to("Monday 10:00")
    bo.sees("<!channel> & <@U123>")


def test_the_list_is_changed_by_command_and_nobody_else_sees_it(ana, bo):
    said = ana.types(f"/coffee avoid <@{bo.id}|bo>")
    assert said.startswith("Noted: I will not introduce you and @Bo to each other.")
    assert "Not with: {Bo}" in ana.types("/coffee avoid")
    ana.closes_modal()
    assert f"{labels.NOT_WITH}: {{}}" in bo.types("/coffee avoid")
    assert "@Bo may be introduced to you again" in ana.types(f"/coffee avoid <@{bo.id}|bo>")


def test_a_name_that_is_nobody_an_app_and_oneself_are_refused(town, ana):
    robo = town.person("Robo", bot=True)
    for other in ("U0GHOST", robo.id):
        said = ana.types(f"/coffee avoid <@{other}>")
        assert said == ana.text_of(sentence(NobodyNamed(f"<@{other}>", "avoid"))), said
    assert f"{labels.NOT_WITH}: {{}}" in ana.types("/coffee avoid")
    ana.closes_modal()
    assert "“somebody”" in ana.types("/coffee avoid somebody")
    said = ana.types(f"/coffee avoid <@{ana.id}|ana>")
    assert said == sentence(NotWithYourself())


def test_avoiding_everyone_is_told_privately_and_leaves_no_message(town, ana, bo, cy, coffee):
    town.sets_up(coffee, ana, taking_part=TakingPart.EVERYONE)
    before = ana.transcript()
    ana.types("/coffee avoid")
    ana.fills(AVOID, {labels.NOT_WITH: [bo]})
    assert "Your list holds 1 person. Only you can see it." in ana.modal
    ana.closes_modal()
    ana.types("/coffee avoid")
    ana.fills(AVOID, {labels.NOT_WITH: [bo, cy]})
    assert "there is nobody left whom I could introduce to you in #coffee" in ana.modal
    ana.closes_modal()
    assert ana.transcript() == before
    bo.does_not_see(gist(nobody_left))


def test_being_avoided_by_everyone_is_not_told(town, ana, bo, cy, coffee):
    """From the warning nobody can infer who is on whose list."""
    town.sets_up(coffee, ana, taking_part=TakingPart.EVERYONE)
    bo.types(f"/coffee avoid <@{ana.id}|ana>")
    cy.types(f"/coffee avoid <@{ana.id}|ana>")
    assert gist(nobody_left) not in ana.types(f"/coffee avoid <@{bo.id}|bo>")


def test_a_pause_is_chosen_as_a_date(ana):
    ana.types("/coffee pause")
    assert ana.fills(PAUSE, {labels.BACK_ON: "2026-03-16"}) == {}
    ana.sees("Enjoy your break. I count you in again from Monday 16 March")


def test_a_pause_that_makes_no_sense_is_told_beside_the_field(ana):
    here = "That day is here already. Choose a later one, on which you are back."
    far = "That is more than a year away. To stop for good, type /coffee leave."
    for day, complaint in (("2026-03-02", here), ("2020-01-01", here), ("2030-01-01", far)):
        ana.types("/coffee pause")
        assert ana.fills(PAUSE, {labels.BACK_ON: day}) == {labels.BACK_ON: complaint}
        ana.closes_modal()
    assert ana.types("/coffee resume") == resumed(False)


def test_half_an_emoji_is_left_out_and_the_rest_is_kept(town, ana):
    ana.types("/coffee preferences")
    assert ana.fills(PREFERENCES, {labels.ASK_ABOUT: "tea \ud83d and\x00 chess"}) == {}
    with town.db.reading() as tx:
        found = stored_people.require(tx, Who(town.sim.team_id, ana.id))
    assert found.ask_about == "tea and chess"


def test_a_space_that_does_not_break_parts_words_too(town, ana):
    ana.types("/coffee pause\u00a02w")
    with town.db.reading() as tx:
        assert stored_people.require(tx, Who(town.sim.team_id, ana.id)).paused_until is not None
