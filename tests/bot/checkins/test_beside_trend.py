"""The words beside the picture of a trend, however long it is."""

from datetime import UTC, datetime, timedelta

from bot.checkins.after import trend_picture
from bot.checkins.after.views.results import beside_trend
from core.pulse import Lean, Trend, TrendPoint

MONDAY = datetime(2026, 9, 7, 23, tzinfo=UTC)
LONG = [
    TrendPoint(str(n), MONDAY + timedelta(days=3 * n), Lean.LEANING_HEAVY, 8) for n in range(200)
]


def test_two_hundred_results_are_told_in_as_many_characters_as_slack_takes():
    said = beside_trend("C1", LONG, "UTC", {})
    assert len(said["alt"]) < 1000
    assert "200 results" in said["alt"]
    assert "The newest" not in said["comment"]


def test_a_question_is_shown_as_it_was_written_and_days_are_those_of_the_channel():
    said = beside_trend("C1", LONG[:2], "Asia/Tokyo", {"1": "R&D <3?"})
    assert "• 2026-09-11, leaning heavy: _R&amp;D &lt;3?_" in said["comment"]
    assert "8 September 2026 to 11 September 2026 (Asia/Tokyo)" in said["comment"]


def test_results_of_one_day_stand_above_each_other():
    twice = Trend((LONG[0], TrendPoint("b", MONDAY, Lean.EVEN, 8)))
    assert trend_picture.pulse_trend(twice, "UTC").startswith(b"\x89PNG")
