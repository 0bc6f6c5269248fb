"""The demo: rounds in the terminal, colleagues who answer or do not, time that can be stopped."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest

from bot.meetings.views.followups import SAID
from bot.meetings.views.introductions import SUITS_ME
from bot.rounds.views.silences import three_silences
from core.outbox.kinds import DeliveryKind
from core.values import Outcome
from kettle import play
from kettle.demo import headless, world
from kettle.demo import lines as demo_lines
from kettle.demo.people import MET, PLANNING, SEED, Colleagues
from kettle.demo.running import START, Demo, running
from simulator import Simulator
from simulator.changes import membership, posting
from tests.simulator.tiny_app import actions, button
from tests.town import MANIFEST, Town
from tests.words.reading import gist

WEEK = timedelta(weeks=1)


def test_the_demo_from_its_first_words_to_its_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-somebody-else")
    lines: list[str] = []
    with running() as demo, caplog.at_level(logging.WARNING):
        three_rounds_are_told_as_people_read_them(demo)
        a_fourth_round_asks_only_those_who_were_silent(demo)
        target = demo.sim.clock.now() + 52 * WEEK
        playing = threading.Thread(target=lambda: lines.extend(demo.play_until(target)))
        playing.start()
        a_play_survives_a_kill(demo)
    playing.join(10)
    assert not playing.is_alive()
    assert demo.sim.clock.now() < target
    assert any("did you get to talk" in line for line in lines)
    assert [r.getMessage() for r in caplog.records if "token" in r.getMessage()] == []


def three_rounds_are_told_as_people_read_them(demo: Demo) -> None:
    printed: list[str] = []
    headless.play(demo, printed.append)
    text = "\n".join(printed)
    assert text.count("12 introductions, of which 2 here") == 3
    assert text.count("--- The receipt, as the host reads it ---\n  Kettle: *Round ") == 3
    assert text.count("--- On Wednesday, as Bo Lindqvist reads it ---") == 3
    noted = [SAID[said].partition(" {")[0] for said in (Outcome.MET, Outcome.PLANNING)]
    for words in (*noted, "picked a time",
                  "said “we met”", "reminder"):  # fmt: skip
        assert words in text


def a_fourth_round_asks_only_those_who_were_silent(demo: Demo) -> None:
    demo.beat()  # whoever sends a message, it is counted
    told = demo.play_until(demo.sim.clock.now() + timedelta(days=3))
    assert [line for line in told if "introductions" in line] != []
    for who in world.COLLEAGUES:
        asked = gist(three_silences) in demo.person(who.name).transcript()
        assert who.name in world.SILENT or not asked


def a_play_survives_a_kill(demo: Demo) -> None:
    first, before = demo.parts, demo.sim.clock.now()
    demo.kill_app()
    assert demo.parts is not first
    assert demo.sim.wait_for(lambda: demo.sim.clock.now() > before + timedelta(days=1), 60)


def plans(seed: int) -> list[str]:
    """When colleagues act after they were asked, in a workspace with nobody else in it."""
    with Simulator(MANIFEST, start=START) as sim:
        people = [sim.add_person(who.name, tz=who.zone) for who in world.COLLEAGUES]
        colleagues = Colleagues(sim, seed)
        for who, other in zip(people, reversed(people), strict=True):
            dm, _ = membership.find_or_open(sim.world, [sim.bot_user_id, who.id])
            asked = {"text": f"You and <@{other.id}>?", "by_app": True}
            blocks = [actions(button(MET, "met"), button(PLANNING, "planning"))]
            with sim.world.editing():
                posting.post(sim.world, dm, sim.bot_user_id, blocks=blocks, **asked)
        times = []
        while at := colleagues.next_at():
            times.append(at.isoformat())
            colleagues.act(at)
    return times


def test_what_colleagues_do_comes_from_a_seed():
    times = plans(SEED)
    assert 12 <= len(times) <= 21
    assert plans(SEED) == times
    assert plans(SEED + 1) != times


def test_what_slack_s_pace_holds_up_at_the_target_is_sent_before_time_stands_still(town: Town):
    ana, *others = (town.person(name, admin=name == "Ana") for name in ("Ana", "Bo", "Cem", "Dia"))
    for name, pair in (("coffee", others[:2]), ("tea", [others[2], ana])):
        channel = town.channel(name, list({ana, *pair}))
        town.forward(minutes=1)
        town.sets_up(channel, ana)
        for person in pair:
            person.types("/coffee join", in_=channel)
    for _ in play.stops(lambda: town.parts, town.clock, START + timedelta(hours=1.5)):
        pass
    assert ana.transcript().count("*Round 1 of #") == 2  # both receipts, a second apart
    assert timedelta(0) < town.clock.now() - START - timedelta(hours=1.5) < timedelta(seconds=9)


def test_every_kind_of_message_has_words_in_the_list_of_what_happened():
    assert set(DeliveryKind) - set(demo_lines.KINDS) - demo_lines.UNSEEN == set()


def test_small_things_are_told_once_a_day():
    diary = demo_lines.Diary()
    monday = START + timedelta(hours=1.5)
    diary.note(monday, {"introduction": 12}, {})
    diary.note(monday + timedelta(seconds=1), {"receipt": 1, "checkin_draw": 1}, {})
    diary.note(monday + timedelta(hours=1), {"agreed": 1}, {SUITS_ME: 1})
    diary.note(monday + timedelta(hours=2), {}, {SUITS_ME: 1})
    diary.note(monday + timedelta(days=2), {"ask": 24, "something": 1}, {})
    diary.close()
    assert diary.lines == [
        "Monday 10:00: 12 introductions, 1 receipt for a host",
        "Monday: 2 picked a time, 1 time agreed",
        "Wednesday 10:00: 24 questions “did you get to talk?”, 1 other message",
    ]
