"""Prompts, schedules and buttons: what hosts and askers change, and that every button works."""

import re

import pytest

from bot import checkin_ids
from core.checkins import Kind
from storage import checkin_schedules, checkins


@pytest.fixture
def people(town):
    names = ("Ana Ruiz", "Bo Lind", "Cem Aydin", "Dia Roy", "Eli Stern", "Fay Wong")
    return [town.person(name) for name in names]


@pytest.fixture
def channel(town, people):
    made = town.channel("team", people)
    people[0].invites_bot(made)
    return made


def test_a_host_adds_edits_and_retires_prompts(people, channel):
    ana, bo = people[:2]
    ana.types("/checkin celebrate", in_=channel)
    ana.presses("Prompts")
    ana.presses("Add one")
    assert ana.fills("Add a prompt", {"Celebrate": "<!here> cheer up"}) == {
        "Celebrate": "Without @here, @channel or @names, please: nobody should be called out."
    }
    assert ana.fills("Add a prompt", {"Celebrate": "Which bug is finally gone?"}) == {}
    assert "Which bug is finally gone?  _(ours)_" in ana.modal
    ana.presses("Edit")
    assert ana.fills("Edit a prompt", {"Celebrate": "Which old bug is gone for good?"}) == {}
    assert "Which old bug is gone for good?  _(ours)_" in ana.modal
    ana.presses("Retire")
    assert "~Which old bug is gone for good?~  _(ours, retired)_" in ana.modal
    ana.presses("Bring back")
    assert "retired" not in ana.modal
    bo.types("/checkin celebrate", in_=channel)
    bo.presses("Prompts")
    assert "Which old bug is gone for good?" in bo.modal
    assert "[Retire]" not in bo.modal


def test_another_one_passes_over_what_was_shown(people, channel):
    ana = people[0]
    ana.types("/checkin motivation", in_=channel)
    seen = set()
    for _ in range(8):
        seen.add(re.search(r"\*From the library:\* (.*)", ana.modal).group(1))
        ana.presses("Another one")
    assert len(seen) == 8


def test_a_schedule_is_stopped_by_its_asker_or_a_host_alone(town, people, channel):
    ana, bo, cem, *_ = people
    bo.types("/checkin schedule", in_=channel)
    assert bo.fills("Recurring check-ins", {"Time zone": "Berlin"}) != {}
    filled = {"Your own line": "How are you?", "Time zone": "Europe/Berlin", "Time": "09:30"}
    assert bo.fills("Recurring check-ins", filled) == {}
    for person, sentence in ((cem, "Only a host"), (ana, "Recurring check-ins")):
        person.types("/checkin schedule", in_=channel)
        assert "every week on Monday at 09:30" in person.modal
        person.presses("Stop")
        assert sentence in person.modal
    with town.db.reading() as tx:
        assert checkin_schedules.running(tx) == []


def test_a_check_in_missed_by_more_than_a_day_is_not_asked_late(town, people, channel):
    ana = people[0]
    ana.types("/checkin schedule", in_=channel)
    filled = {"Your own line": "How are you?", "Time zone": "Europe/Berlin"}
    assert ana.fills("Recurring check-ins", filled) == {}
    town.clock.forward(days=10)
    town.parts.settle()
    ana.sees("was not asked: I was not running")
    with town.db.reading() as tx:
        assert checkins.planned(tx) == []


def test_every_button_of_check_ins_has_a_listener(town):
    names = [v for k, v in vars(checkin_ids).items() if k.isupper() and isinstance(v, str)]
    bound = set()
    for listener in town.parts.app._listeners:
        for matcher in listener.matchers:
            bound.update(str(cell.cell_contents) for cell in matcher.func.__closure__ or ())
    known = " ".join(bound)
    missing = [n for n in names if n not in known and re.escape(re.escape(n)) not in known]
    missing = [n for n in missing if re.escape(n).replace("\\", "\\\\") not in known]
    assert missing == []
    assert {kind.value for kind in Kind} == {
        "open", "pulse", "pressure", "motivation", "kickoff", "retro", "aar", "celebrate"
    }  # fmt: skip


@pytest.mark.parametrize("word", [kind.value for kind in Kind if kind is not Kind.PULSE])
def test_every_shortcut_opens_its_form(people, channel, word):
    shown = people[1].types(f"/checkin {word}", in_=channel)
    assert shown.startswith("Check-in\nWhat about:")
    assert "[Another one]" in shown
