"""The pulse over time as a picture: numbers inside, words in any script beside it."""

import io
import shutil

import pytest
from PIL import Image, ImageDraw

from bot.checkins.after import trend_picture
from bot.checkins.after.views.results import ON_ITS_WAY
from bot.checkins.ids import ANSWER, ANSWER_FORM, ASK_FORM, RESULTS_TREND
from bot.checkins.views.words import LEANS
from core.pulse import Lean
from tests.handlers.checkins.asking import turns_the_pulse_on
from tests.town import Town
from tests.words import labels

NAMES = ("Ana Ruiz", "Bo Lind", "Cem Aydin", "Dia Roy", "Eli Stern", "Fay Wong", "Gus Berg")


def asks_a_pulse(town, people, channel, mood):
    """The first asks, in words of a script of their own, and six others answer the same."""
    asker, *others = people
    asker.types("/checkin pulse", in_=channel)
    words = {labels.OWN: "كيف حالك؟", labels.LINE: "أنا أيضا"}
    assert asker.fills(ASK_FORM, words) == {}
    town.forward(seconds=3)
    for person in others:
        person.presses(ANSWER, in_=channel)
        assert person.fills(ANSWER_FORM, {labels.MOOD: mood}) == {}
        person.closes_modal(everything=True)
    town.forward(days=7)


@pytest.fixture(scope="module")
def picture(migrated_file, tmp_path_factory, module_mocker):
    """The file that Ana has after two pulses in #雑談; `texts` are those drawn in it.

    One for all the tests, which only look.
    """
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("picture") / "kettle.db")
    town = Town(f"sqlite:///{file}")
    people = [town.person(name) for name in NAMES]
    ana, channel = people[0], town.channel("雑談", people)
    ana.invites_bot(channel)
    turns_the_pulse_on(ana, channel)
    for mood in ("1", "4"):
        asks_a_pulse(town, people, channel, mood)
    drawn = module_mocker.spy(ImageDraw.ImageDraw, "text")
    ana.types("/checkin results", in_=channel)
    with pytest.MonkeyPatch.context() as patch:
        draws = trend_picture.pulse_trend
        # What is pressed for a modal counts for three seconds.
        patch.setattr(
            trend_picture, "pulse_trend", lambda *a: (town.clock.forward(seconds=10), draws(*a))[1]
        )
        ana.said = ana.presses(RESULTS_TREND)
    town.forward(seconds=5)
    ana.texts = [call.args[2] for call in drawn.call_args_list]
    yield ana
    town.close()


def test_however_long_it_takes_to_draw_it_is_said_that_it_comes(picture):
    assert ON_ITS_WAY in picture.said


def test_no_letter_is_drawn_in_the_picture(picture):
    assert picture.texts == ["-2", "-1", "0", "+1", "+2", "2026-03-03", "2026-03-10"]


def test_the_words_stand_beside_it_in_any_script(picture):
    told = picture.transcript().rpartition("Kettle: ")[2]
    assert "How work feels in #雑談:* 2 results, 3 March 2026 to 10 March 2026 (UTC)." in told
    assert f"*+2* {LEANS[Lean.MOSTLY_LIGHT]}" in told
    assert f"*-2* {LEANS[Lean.MOSTLY_HEAVY]}" in told
    assert told.count("_كيف حالك؟_") == 2
    assert f"2026-03-10, {LEANS[Lean.MOSTLY_LIGHT]}" in told


def test_who_cannot_see_the_picture_is_told_what_is_in_it(picture):
    assert picture.files[-1].alt == (
        "Which way the pulse leaned, 2 results, 3 March 2026 to 10 March 2026: "
        "2026-03-03 mostly heavy, 2026-03-10 mostly light."
    )


def test_a_heavy_week_is_drawn_below_the_middle_and_a_light_one_above(picture):
    drawn = Image.open(io.BytesIO(picture.files[-1].content)).convert("L")
    ink = drawn.point(lambda shade: 255 * (shade < 80)).crop((160, 0, 1600, 610))
    heavy, light = ink.crop((0, 0, 100, 610)), ink.crop((1200, 0, 1440, 610))
    assert heavy.getbbox()[1] > 400
    assert light.getbbox()[3] < 250


def test_below_each_date_a_mark_says_where_it_stands(picture):
    """Four pixels wide, under the first day and the last."""
    drawn = Image.open(io.BytesIO(picture.files[-1].content)).convert("L")
    line = [drawn.getpixel((x, 622)) < 200 for x in range(drawn.width)]
    assert [x for x, inked in enumerate(line) if inked] == [*range(198, 202), *range(1448, 1452)]
