"""Bad input and people who may not: refused or made harmless, with a clear word."""

import copy
import json
import re
from datetime import timedelta

import pytest

from bot import trouble
from bot.checkins.answering import answers
from bot.checkins.answering.answers import Given
from bot.checkins.asking.views import hosts
from bot.checkins.ids import (
    ANSWER,
    ANSWER_FORM,
    ASK_FORM,
    ITEMS_OPEN,
    PULSE_FORM,
    PULSE_OPEN,
    REPLY_OPEN,
    RESULTS_CSV,
)
from bot.checkins.refusals import Refused, Why
from bot.checkins.views.words import OWN_PROBLEMS
from bot.platform.errors import OtherCompany
from core.prompts import OwnProblem
from core.values import Who
from handlers.platform.door import explain
from storage.checkins import checkins, pulses
from tests.handlers.checkins.asking import turns_the_pulse_on
from tests.words import labels
from tests.words.reading import on_top


@pytest.fixture
def pulse(town, people, channel):
    """An open pulse, asked by Ana, who hosts the channel."""
    ana = people[0]
    turns_the_pulse_on(ana, channel)
    ana.types("/checkin pulse", in_=channel)
    assert ana.fills(ASK_FORM, {labels.LINE: "Tired, but fine."}) == {}
    return 1


def count(town):
    with town.db.reading() as tx:
        return checkins.get(tx, town.parts.team_id, 1).answers


def give(person, channel, mood="2", comment=None):
    person.presses(ANSWER, in_=channel)
    filled = {labels.MOOD: mood, **({labels.COMMENT: comment} if comment else {})}
    problems = person.fills(ANSWER_FORM, filled)
    said = person.modal
    person.closes_modal(everything=True)
    return problems, said


def sent_form(town):
    """The newest form that was sent, as Slack put it into an envelope."""
    kinds = [e["payload"] for e in town.sim.hub.sent if e["type"] == "interactive"]
    return copy.deepcopy(next(p for p in reversed(kinds) if p["type"] == "view_submission"))


def forged(form, person=None, team=None, **values):
    """The same form from somebody else, or with other things in it, past every limit of Slack."""
    if person is not None:
        form["user"] = {**form["user"], "id": person.id}
    if team is not None:
        form["team"] = {**form["team"], "id": team}
        form["user"] = {**form["user"], "team_id": team}
    for block, value in values.items():
        (held,) = form["view"]["state"]["values"][block].values()
        held.update({"value": value} if block == "comment" else {"selected_option": value})
    return form


def arrives(town, payload):
    """What the app says to the envelope: words beside fields, or the view that it shows."""
    answer = town.sim.hub.send_interaction("interactive", payload, True).result(10) or {}
    town.parts.settle()
    return answer.get("errors") or json.dumps(answer.get("view"), ensure_ascii=False)


def test_whoever_may_not_answer_reads_why_and_nothing_is_counted(town, people, channel, pulse):
    bo, cem = people[1:3]
    guest, stranger = town.person("Gil Guest", restricted=True), town.person("Sam", stranger=True)
    elsewhere, only_guests = trouble.sentence(OtherCompany()), "companies are not asked here"
    for outsider, why in ((guest, only_guests), (stranger, elsewhere)):
        outsider.joins(channel)
        assert why in outsider.presses(ANSWER, in_=channel)
    assert give(bo, channel)[0] == {}
    form = sent_form(town)
    assert only_guests in arrives(town, forged(form, guest))
    assert arrives(town, forged(form, stranger)) == "null"
    not_in = "for the people in its channel, and you are not in it just now"
    assert not_in in arrives(town, forged(form, town.person("Zoe Klein")))
    cem.leaves(channel)
    assert not_in in arrives(town, forged(form, cem))
    other_workspace = forged(copy.deepcopy(form), people[3], team="TOTHER")
    assert arrives(town, other_workspace) == "null"
    assert count(town) == 1


def test_an_answer_counts_once_however_often_it_comes(town, people, channel, pulse):
    bo = people[1]
    bo.presses(ANSWER, in_=channel)
    filled = {labels.MOOD: "2", labels.COMMENT: "Three projects"}
    assert bo.fills(ANSWER_FORM, filled) == {}
    for _ in range(3):  # the same envelope, delivered again
        assert "You have answered this already" in arrives(town, sent_form(town))
    bo.closes_modal(everything=True)
    assert "You have answered this already" in bo.presses(ANSWER, in_=channel)
    assert count(town) == 1
    with town.db.reading() as tx:
        assert pulses.counters(tx, 1).as_tuple() == (0, 1, 0, 0, 0)
        assert len(pulses.slips(tx, 1)) == 1


def test_an_answer_after_closing_is_refused_in_words(town, people, channel, pulse):
    bo = people[1]
    bo.presses("Answer", in_=channel)
    town.clock.forward(days=2)
    bo.fills("Pulse", {labels.MOOD: "Heavy"})
    assert "This check-in has closed, so your answer was not recorded." in bo.modal
    assert count(town) == 0


def test_what_does_not_fit_is_refused_beside_its_field(town, people, channel, pulse):
    bo, cem = people[1:3]
    assert give(bo, channel)[0] == {}
    form = sent_form(town)
    for problems, values in (
        (
            {"comment": "That is too long: at most 300 characters, please."},
            {"comment": "x" * 10_000},
        ),
        ({"mood": "Please pick one of the five."}, {"comment": "x", "mood": {"value": "6"}}),
        ({"mood": "Please pick one of the five."}, {"comment": "x", "mood": None}),
    ):
        assert arrives(town, forged(copy.deepcopy(form), cem, **values)) == problems
    assert count(town) == 1
    assert "Thank you" in arrives(town, forged(form, cem, comment="🙂" * 300))
    with town.db.reading() as tx:
        assert "🙂" * 300 in pulses.slips(tx, 1)[0]


def test_mentions_in_words_reach_nobody(town, people, channel, pulse):
    for person in people:
        assert give(person, channel, comment="<!channel> <@U1> & <http://x|y>")[0] == {}
    town.forward(days=2)
    ana = people[0]
    ana.presses("See the results")
    ana.presses("Post in the channel")
    ana.closes_modal()
    assert "The results were posted in #team already" in ana.presses("Post in the channel")
    (posted,) = (m for m in town.sim.messages(channel) if "what came of it" in str(m.blocks))
    assert "&lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://x|y&gt;" in str(posted.blocks)
    assert not town.sim.mentions(posted)


def test_a_pulse_is_off_until_a_host_turns_it_on_and_never_under_the_floor(people, channel):
    ana, bo = people[:2]
    said = bo.types("/checkin pulse", in_=channel)
    assert "The pulse is off in this channel until a host turns it on" in said
    assert f"[{labels.PULSE}]" not in bo.types("/checkin", in_=channel)
    ana.types("/checkin", in_=channel)
    ana.presses(PULSE_OPEN)
    beside = ana.fills(PULSE_FORM, {labels.PULSE: hosts.ON, "At least so many answers": "2"})
    assert beside == {
        "At least so many answers": "A number from 5 to 100, please. Fewer would not protect "
        "anybody."
    }


def test_what_cannot_be_asked_is_told_where_it_was_asked(town, people, channel):
    ana, bo = people[:2]
    ana.types("/checkin pressure", in_=channel)
    first = "You go first: a line of your own, please. Nobody opens up to a form."
    assert ana.fills(ASK_FORM, {labels.LINE: " "}) == {labels.LINE: first}
    called = {labels.LINE: "Fine", labels.OWN: "<!channel> how are you?"}
    assert ana.fills(ASK_FORM, called)[labels.OWN] == OWN_PROBLEMS[OwnProblem.MENTIONS]
    said = bo.types("/checkin pulze", in_=channel)
    assert "I do not know “pulze”. Did you mean `/checkin pulse`?" in said
    assert "`/checkin kickoff`" in said
    assert "Type `/checkin` in a channel that I am in" in bo.types("/checkin open")
    assert "There are no results" in ana.types("/checkin results", in_=channel)
    assert RESULTS_CSV.id not in str(town.sim.world.top_view(ana.id).blocks)
    ana.presses(ITEMS_OPEN)
    assert "Nothing is open in #team" in ana.modal


def test_results_are_for_whom_they_were_promised_and_a_second_pulse_waits(
    town, people, channel, pulse
):
    ana, bo = people[:2]
    ana.types("/checkin pulse", in_=channel)
    ana.fills(ASK_FORM, {labels.LINE: "Again."})
    assert "A pulse is open or planned in this channel already" in ana.modal
    ana.closes_modal(everything=True)
    assert give(bo, channel)[0] == {}
    town.forward(days=1, minutes=1)
    ana.sees("Nothing is shown: fewer than 5 answered, and that is the promise.")
    assert REPLY_OPEN.id in str(ana.messages[-1].blocks)
    assert "no results in #team that you may see" in bo.types("/checkin results", in_=channel)
    assert "1 answer" in ana.types("/checkin results", in_=channel)


def test_many_answers_redraw_the_post_once_in_three_seconds(town, people, channel, pulse):
    town.forward(seconds=10)
    before = len([c for c in town.sim.calls if c.method == "chat.update"])
    start = town.clock.now()
    for person in people:
        who = Who(town.parts.team_id, person.id)
        answers.answer(town.parts.services, who, 1, Given({}, mood=3))
        town.parts.settle()
    town.forward(seconds=2)
    after = [c for c in town.sim.calls if c.method == "chat.update"]
    assert town.clock.now() - start < timedelta(seconds=3)
    assert len(after) - before <= 1
    town.forward(seconds=4)
    assert "6 answers so far" in channel.transcript()


FACTS = {
    "asker": "A", "hosts": "Ask A.", "until": "then", "audience": "A", "people": 4, "floor": 5,
    "kind": "pulse",
}  # fmt: skip


@pytest.mark.parametrize("why", list(Why))
def test_every_refusal_has_a_sentence_wherever_it_is_told(why):
    sentence = explain(Refused(why, **FACTS))
    assert sentence == trouble.sentence(Refused(why, **FACTS))
    assert re.fullmatch(r"[A-Z].*[.)]", sentence)
    assert "{" not in sentence


@pytest.mark.parametrize("command", ["/checkin open", "/checkin schedule"])
def test_whoever_slack_knows_in_the_channel_may_ask_though_the_event_was_lost(
    town, people, channel, command
):
    zoe = town.person("Zoe")
    town.sim.faults.lose_next_event()
    zoe.joins(channel)
    zoe.types(command, in_=channel)
    assert on_top(zoe)
