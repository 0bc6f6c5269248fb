"""Before a form opens Slack is asked once at most: a press that opens one lives three seconds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.checkins.ids import ITEMS_OPEN
from bot.checkins.refusals import Why
from bot.checkins.views.words import refusal
from bot.platform.slack import Slack
from bot.platform.visiting import READING
from bot.views.carried import Modal
from bot.views.waiting import instead, moment
from handlers.checkins.asking import CHECKIN
from handlers.coffee import COFFEE
from tests.authorisation.attic import HOST, MEMBER, Attic, furnished
from tests.authorisation.knocking import Bound, everything_drawn, knock, type_
from tests.authorisation.test_matrix import cases
from tests.town import Town

OPENS = {"views.open", "views.push"}
# In the channel, and Kettle has not heard of it: the most there is to ask.
NEW, NEW_GUEST = "Noa", "Gus"
OPENED = {  # the fewest there are
    "/checkin ", "/checkin pulse", "/checkin results", "/checkin schedule", "/coffee avoid",
    "/coffee pause", "/coffee preferences", "/coffee settings", "checkin.after.move",
    "checkin.after.tell", "checkin.answer", "checkin.hand", "checkin.items", "checkin.prompt.add",
    "checkin.prompt.edit", "checkin.prompts", "checkin.pulse", "checkin.reply",
    "checkin.results (closed)", "checkin.results.trend", "checkin.schedule", "pause.open",
    "preferences.open", "settings.more", "settings.open",
}  # fmt: skip


@pytest.fixture(scope="module")
def attic(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attic]:
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("attic") / "kettle.db")
    town = Town(f"sqlite:///{file}")
    town.sim.rate_limits = False
    attic = furnished(town)
    for name, guest in ((NEW, False), (NEW_GUEST, True)):
        newcomer = town.person(name, restricted=guest)
        town.sim.faults.lose_next_event()
        town.sim.person("Ana").invites(newcomer, attic.channel)
        attic.people[name] = newcomer.id
    yield attic
    attic.close()


def whatever_happens(attic: Attic, who: str) -> Iterator[tuple[str, list[str]]]:
    """Each thing that this person can press or type, and the calls that came of it, in order."""
    for name, what, *carried in cases(attic, list(everything_drawn(Bound(attic)))):
        if not isinstance(what, Modal):  # a form that is sent opens nothing
            yield name, called(attic, partial(knock, attic, who, what, *carried))
    for command in (COFFEE, CHECKIN):
        for word in ("", *command.names()):
            typed = partial(type_, attic, who, command.name, word)
            yield f"{command.name} {word}", called(attic, typed)


def called(attic: Attic, arrives: Any) -> list[str]:
    with attic.kept():
        before = len(attic.town.sim.calls)
        arrives()
        return [call.method for call in attic.town.sim.calls[before:]]


def before_a_form(calls: list[str]) -> list[str] | None:
    """What was asked before a form opened; None where none did."""
    first = next((index for index, method in enumerate(calls) if method in OPENS), None)
    return None if first is None else calls[:first]


def test_whoever_opens_a_form_waits_for_one_answer_of_slack_at_most(attic: Attic):
    opened: set[str] = set()
    late = {}
    for who in (NEW, HOST, MEMBER):
        for name, calls in whatever_happens(attic, who):
            asked = before_a_form(calls)
            if asked is not None:
                opened.add(name)
                late |= {(name, who): asked} if len(asked) > 1 else {}
    assert late == {}
    assert opened >= OPENED


def test_slack_may_be_slow_each_time_and_the_form_still_comes(
    attic: Attic, monkeypatch: pytest.MonkeyPatch
):
    """Two answers of two seconds each are more than a press lives."""
    asks = Slack.call

    def slowly(slack: Slack, method: str, **arguments: object) -> Any:
        answer = asks(slack, method, **arguments)
        if method in READING:
            attic.town.clock.forward(seconds=2)
        return answer

    monkeypatch.setattr(Slack, "call", slowly)
    calls = called(attic, partial(knock, attic, NEW, ITEMS_OPEN, attic.channel.id))
    assert [method for method in calls if method.startswith("views.")][:2] == [
        "views.open",
        "views.update",
    ]
    shown = attic.town.sim.world.top_view(attic.people[NEW])
    assert shown is not None
    assert shown.body["callback_id"] != moment()["callback_id"]


def test_a_refusal_stands_where_the_form_was_to_be(attic: Attic):
    called(attic, partial(type_, attic, NEW_GUEST, "/checkin", "results"))
    shown = attic.town.sim.world.top_view(attic.people[NEW_GUEST])
    assert shown is not None
    assert shown.body["callback_id"] == instead("", [])["callback_id"]
    assert refusal(Why.GUEST, {}) in str(shown.body["blocks"])
