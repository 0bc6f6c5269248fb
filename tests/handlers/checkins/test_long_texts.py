"""Whatever a field takes can be shown: measured as it is sent, escaped and joined."""

import pytest

from bot.checkins.ids import ANSWER, ANSWER_FORM, ASK_FORM, REPLY_FORM, REPLY_OPEN, RESULTS
from simulator.blocks import elements
from tests.words.reading import on_top

PASTED = "<b>&</b>" * 1_000  # pasted HTML, longer than any field


def filled(view):
    """Every text field of the form on top, full to its own limit."""
    fields = [
        (block["label"]["text"], element)
        for block, element in elements.walk(view.blocks)
        if element["type"] == "plain_text_input"
    ]
    return {label: PASTED[: element.get("max_length", 3_000)] for label, element in fields}


def fills(person, form):
    view = person._world.top_view(person.id)
    given = filled(view)
    assert given
    assert person.fills(form, given) == {}
    if on_top(person):
        person.closes_modal(everything=True)


@pytest.mark.parametrize("kind", ["open", "retro"])
def test_a_check_in_full_of_pasted_html_is_asked_answered_shown_and_replied_to(
    town, people, channel, kind
):
    ana, *others = people[:3]
    ana.types(f"/checkin {kind}", in_=channel)
    fills(ana, ASK_FORM)
    town.forward(seconds=3)
    for person in others:
        person.presses(ANSWER, in_=channel)
        fills(person, ANSWER_FORM)
    town.forward(days=5)
    ana.types("/checkin results", in_=channel)
    ana.presses(RESULTS)
    assert "&lt;b&gt;" in str(ana._world.top_view(ana.id).blocks)
    ana.presses(REPLY_OPEN)
    fills(ana, REPLY_FORM)
    town.forward(seconds=5)
    assert "&lt;b&gt;" in str([m.blocks for m in town.sim.messages(channel)][-1])
