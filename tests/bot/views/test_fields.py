"""Fields draw what Slack takes, whatever they are made of."""

from bot.views.fields import LongChoice


def test_an_option_is_cut_to_what_slack_takes_and_chosen_all_the_same():
    long = ("A very long name " * 10, "long")
    field = LongChoice(
        id="choice", label="Which", options=[long, ("Short", "short")], first=("None", "")
    )
    drawn = field.draw("long")["element"]
    assert len(drawn["option_groups"][1]["options"][0]["text"]["text"]) <= 75
    assert drawn["initial_option"]["value"] == "long"
