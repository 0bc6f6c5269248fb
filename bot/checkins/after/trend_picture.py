"""Pictures: the pulse of a channel over time, as PNG; numbers inside, all words beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageFont

from bot.checkins.views import words
from core.pulse import Lean, Trend

SIZE = (1600, 740)
LEFT, RIGHT, TOP, BOTTOM = 160, 1490, 60, 610  # the field, with room for a dot at its edges
DATES_AT = 672  # the middle of the dates' line
APART = 36  # pixels between two dates
LETTERS = 46  # readable where a phone shows the picture at a quarter of its width
FINE = 2  # drawn larger and made smaller, so that round things are round
# The paper is opaque: ink on it reads the same in light and in dark.
PAPER, INK, LINE = "#fbfaf6", "#24403a", "#d5cdbd"
LIGHTER, HEAVIER, STEM = "#f0f6ef", "#f4efe6", "#8fa8a0"


def pulse_trend(trend: Trend, zone: str) -> bytes:
    """The leans that were shown, each on its day in `zone`; nothing averaged, nothing filled in.

    No letter is drawn, so no script is unreadable: what the numbers mean stands in the message.
    """
    canvas = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), PAPER)
    draw = ImageDraw.Draw(canvas)
    _field(draw)
    days = [point.closed_at.astimezone(ZoneInfo(zone)).date() for point in trend.points]
    places = list(_places(days))
    size = max(9, min(22, 400 // len(places)))
    for place, point in zip(places, trend.points, strict=True):
        _dot(draw, place, _height(point.lean), size)
    _dates(draw, dict(zip(places, days, strict=True)))
    picture = io.BytesIO()
    canvas.resize(SIZE, Image.Resampling.LANCZOS).save(picture, format="png", optimize=True)
    return picture.getvalue()


def _places(days: list[date]) -> Iterator[int]:
    """Where each day stands from left to right: as far apart as they are in the calendar."""
    span = (days[-1] - days[0]).days
    for day in days:
        share = (day - days[0]).days / span if span else 0.5
        yield round(LEFT + 40 + share * (RIGHT - LEFT - 80))


def _height(lean: int) -> int:
    """Where a lean stands on the scale; light is above."""
    return round((TOP + BOTTOM) / 2 - lean * (BOTTOM - TOP) / 5)


def _field(draw: ImageDraw.ImageDraw) -> None:
    _box(draw, (LEFT, TOP, RIGHT, _height(0)), LIGHTER)
    _box(draw, (LEFT, _height(0), RIGHT, BOTTOM), HEAVIER)
    for lean in Lean:
        at, thick = _height(lean), 2 if lean else 4
        _box(draw, (LEFT, at - thick // 2, RIGHT, at + thick // 2), LINE)
        _write(draw, (LEFT - 40, at), words.on_scale(lean), "rm")


def _dot(draw: ImageDraw.ImageDraw, place: int, height: int, size: int) -> None:
    """A stem from the middle to the dot: no line joins answers to different questions."""
    upper, lower = sorted((height, _height(0)))
    _box(draw, (place - size // 4, upper, place + size // 4, lower), STEM)
    corners = (place - size, height - size, place + size, height + size)
    draw.ellipse([FINE * edge for edge in corners], fill=INK)


def _dates(draw: ImageDraw.ImageDraw, days: dict[int, date]) -> None:
    """As many dates as stand apart; the first and the last before all others."""
    first, *between = days
    last = between[-1:]
    half = draw.textlength("0000-00-00", _font()) / FINE / 2
    taken: list[int] = []
    for place in [first, *last, *between[:-1]]:
        if all(abs(place - other) >= 2 * half + APART for other in taken):
            taken.append(place)
            _box(draw, (place - 2, BOTTOM, place + 2, BOTTOM + 18), STEM)
            _write(draw, (place, DATES_AT), days[place].isoformat(), "mm")


def _box(draw: ImageDraw.ImageDraw, edges: tuple[int, ...], colour: str) -> None:
    draw.rectangle([FINE * edge for edge in edges], fill=colour)


def _write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, anchor: str) -> None:
    draw.text((FINE * at[0], FINE * at[1]), text, INK, _font(), anchor)


def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(LETTERS * FINE)
