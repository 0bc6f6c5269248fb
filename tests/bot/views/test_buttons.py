"""What a button is sent with."""

from bot.people.ids import PAUSE_END
from bot.views import blocks as b
from bot.views.carried import Nothing


def test_a_button_has_its_style_and_asks_first_where_that_is_wanted():
    sure = b.confirm("Really?", "It cannot be undone.", "Do it", "Leave it")
    drawn = b.button("Do it", PAUSE_END, Nothing(), style="danger", confirm=sure).to_dict()
    assert drawn["style"] == "danger"
    assert drawn["confirm"]["title"]["text"] == "Really?"
    assert drawn["confirm"]["confirm"]["text"] == "Do it"


def test_a_button_is_plain_otherwise():
    drawn = b.button("Do it", PAUSE_END, Nothing()).to_dict()
    assert not {"style", "confirm"} & drawn.keys()
