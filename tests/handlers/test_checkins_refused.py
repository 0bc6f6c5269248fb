"""Bad input and people who may not: refused or made harmless, with a clear word."""

from datetime import timedelta

import pytest

from bot.checkins import answering
from bot.checkins.answering import Given
from bot.checkins.refusals import Refused, Why
from bot.errors import Beside
from storage import checkins, pulses

NAMES = ("Ana Ruiz", "Bo Lind", "Cem Aydin", "Dia Roy", "Eli Stern", "Fay Wong")


@pytest.fixture
def people(town):
    return [town.person(name) for name in NAMES]


@pytest.fixture
def channel(town, people):
    made = town.channel("team", people)
    people[0].invites_bot(made)
    return made


@pytest.fixture
def pulse(town, people, channel):
    """An open pulse, asked by Ana, who hosts the channel."""
    ana = people[0]
    ana.types("/checkin", in_=channel)
    ana.presses("Pulse in this channel")
    ana.fills("Pulse", {"Pulse in this channel": "On"})
    ana.closes_modal(everything=True)
    ana.types("/checkin pulse", in_=channel)
    assert ana.fills("Check-in", {"Your own line": "Tired, but fine."}) == {}
    return 1


def refusal(town, person, given=None, team_id=None):
    services = town.parts.services
    with pytest.raises(Refused) as refused:
        answering.answer(
            services, team_id or town.parts.team_id, 1, person.id, given or Given({}, mood=2)
        )
    return refused.value.why


def beside(town, person, given):
    """What stands beside the fields after such an answer."""
    services = town.parts.services
    with pytest.raises(Beside) as refused:
        answering.answer(services, town.parts.team_id, 1, person.id, given)
    return refused.value.problems


def count(town):
    with town.db.reading() as tx:
        return checkins.get(tx, town.parts.team_id, 1).answers


def give(person, channel, mood="Heavy", comment=None):
    person.presses("Answer", in_=channel)
    filled = {"How heavy or light?": mood, **({"Anything to add?": comment} if comment else {})}
    return person.fills("Pulse", filled)


def test_an_answer_after_closing_is_refused_in_words(town, people, channel, pulse):
    bo = people[1]
    bo.presses("Answer", in_=channel)
    town.clock.forward(days=2)
    bo.fills("Pulse", {"How heavy or light?": "Heavy"})
    assert "This check-in has closed, so your answer was not recorded." in bo.modal
    assert count(town) == 0


def test_a_second_answer_is_refused_and_the_first_counts(town, people, channel, pulse):
    bo = people[1]
    assert give(bo, channel) == {}
    bo.closes_modal(everything=True)
    assert "You have answered this already" in bo.presses("Answer", in_=channel)
    assert refusal(town, bo) is Why.ANSWERED
    assert count(town) == 1


def test_somebody_who_is_not_in_the_channel_is_refused(town, channel, pulse):
    zoe = town.person("Zoe Klein")
    assert refusal(town, zoe) is Why.NOT_A_MEMBER
    assert count(town) == 0


def test_somebody_who_left_the_channel_is_refused(town, people, channel, pulse):
    bo = people[1]
    bo.leaves(channel)
    assert refusal(town, bo) is Why.NOT_A_MEMBER


def test_a_guest_and_a_stranger_are_refused(town, people, channel, pulse):
    guest = town.person("Gil Guest", restricted=True)
    stranger = town.person("Sam Stranger", stranger=True)
    for outsider in (guest, stranger):
        outsider.joins(channel)
        said = outsider.presses("Answer", in_=channel)
        assert "guests and people from other companies are not asked here" in said
        assert refusal(town, outsider) is Why.GUEST
    assert count(town) == 0


def test_another_workspace_cannot_reach_the_check_in(town, people, channel, pulse):
    assert refusal(town, people[1], team_id="TOTHER") is Why.GONE


def test_ten_thousand_characters_are_refused_beside_the_field(town, people, channel, pulse):
    problems = beside(town, people[1], Given({"comment": "x" * 10_000}, mood=2))
    assert problems == {"comment": "That is too long: at most 300 characters, please."}
    assert count(town) == 0


@pytest.mark.parametrize("mood", [None, 6])
def test_a_mood_that_does_not_exist_is_refused(town, people, channel, pulse, mood):
    problems = beside(town, people[1], Given({}, mood=mood))
    assert problems == {"mood": "Please pick one of the five."}


def test_mentions_in_words_reach_nobody(town, people, channel, pulse):
    for person in people:
        assert give(person, channel, comment="<!channel> <@U1> & <http://x|y>") == {}
        person.closes_modal(everything=True)
    town.forward(days=2)
    ana = people[0]
    ana.presses("See the results")
    ana.presses("Post in the channel")
    posted = next(m for m in town.sim.messages(channel) if "what came of it" in str(m.blocks))
    assert "&lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://x|y&gt;" in str(posted.blocks)
    assert not any(town.sim.mentions(m) for m in town.sim.messages(channel) if m is posted)


def test_one_letter_of_many_bytes_is_not_cut_in_half(town, people, channel, pulse):
    assert "comment" in beside(town, people[1], Given({"comment": "🙂" * 300}, mood=2))
    given = Given({"comment": "🙂" * 200}, mood=2)
    answering.answer(town.parts.services, town.parts.team_id, 1, people[1].id, given)
    with town.db.reading() as tx:
        assert "🙂" * 200 in pulses.slips(tx, 1)[0]


def test_a_pulse_is_off_until_a_host_turns_it_on(town, people, channel):
    bo = people[1]
    assert "The pulse is off in this channel" in bo.types("/checkin pulse", in_=channel)
    bo.types("/checkin", in_=channel)
    assert "Pulse in this channel" not in bo.modal


def test_only_a_host_decides_about_the_pulse_and_never_below_the_floor(town, people, channel):
    ana = people[0]
    ana.types("/checkin", in_=channel)
    ana.presses("Pulse in this channel")
    beside = ana.fills("Pulse", {"Pulse in this channel": "On", "At least so many answers": "2"})
    assert beside == {
        "At least so many answers": "A number from 5 to 100, please. Fewer would not protect "
        "anybody."
    }


def test_the_asker_goes_first(town, people, channel):
    ana = people[0]
    ana.types("/checkin pressure", in_=channel)
    assert ana.fills("Check-in", {"Your own line": " "}) == {
        "Your own line": "You go first: a line of your own, please. Nobody opens up to a form."
    }


def test_an_unknown_word_gets_the_nearest_and_help(people, channel):
    said = people[1].types("/checkin pulze", in_=channel)
    assert "I do not know “pulze”. Did you mean `/checkin pulse`?" in said
    assert "`/checkin kickoff`" in said


def test_outside_a_channel_with_the_bot_it_says_so(people):
    assert "Type `/checkin` in a channel that I am in" in people[1].types("/checkin open")


def test_results_are_for_whom_they_were_promised(town, people, channel, pulse):
    ana, bo = people[:2]
    assert give(bo, channel) == {}
    bo.closes_modal(everything=True)
    town.forward(days=1, minutes=1)
    assert "no results in #team that you may see" in bo.types("/checkin results", in_=channel)
    assert "1 answer" in ana.types("/checkin results", in_=channel)


def test_a_second_pulse_must_wait(town, people, channel, pulse):
    ana = people[0]
    ana.types("/checkin pulse", in_=channel)
    ana.fills("Check-in", {"Your own line": "Again."})
    assert "A pulse is open in this channel already" in ana.modal


def test_many_answers_redraw_the_post_once_in_three_seconds(town, people, channel, pulse):
    town.forward(seconds=10)
    before = len([c for c in town.sim.calls if c.method == "chat.update"])
    start = town.clock.now()
    for person in people:
        answering.answer(town.parts.services, town.parts.team_id, 1, person.id, Given({}, mood=3))
        town.parts.settle()
    town.forward(seconds=2)
    after = [c for c in town.sim.calls if c.method == "chat.update"]
    assert town.clock.now() - start < timedelta(seconds=3)
    assert len(after) - before <= 1
    town.forward(seconds=4)
    assert "6 answers" in channel.transcript()
