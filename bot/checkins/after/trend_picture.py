"""Pictures: the pulse of a channel over time, as PNG."""

from __future__ import annotations

import io
from zoneinfo import ZoneInfo

import matplotlib

matplotlib.use("Agg")
from matplotlib.figure import Figure

from bot.checkins.views.words import LEANS
from core.pulse import Lean, Trend

INK, PAPER, LINE = "#2f4a43", "#ffffff", "#c9b79c"


def pulse_trend(trend: Trend, name: str, zone: str) -> bytes:
    """The leans that were shown, side by side. Nothing is averaged and nothing filled in."""
    figure = Figure(figsize=(8, 3.6), dpi=110, facecolor=PAPER)
    axes = figure.add_subplot()
    days = [point.closed_at.astimezone(ZoneInfo(zone)) for point in trend.points]
    places = range(len(days))
    leans = [int(point.lean) for point in trend.points]
    axes.plot(places, leans, color=LINE, linewidth=1.5, zorder=1)
    axes.scatter(places, leans, color=INK, s=46, zorder=2)
    axes.set_yticks([int(lean) for lean in Lean], [LEANS[lean] for lean in Lean])
    axes.set_ylim(-2.5, 2.5)
    step = max(1, len(days) // 10)
    shown = list(places)[::step]
    axes.set_xticks(shown, [f"{days[i].day}.{days[i].month}.{days[i]:%y}" for i in shown])
    axes.grid(axis="y", color="#e8e8e8")
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    title = f"How work feels in #{name}" if name else "How work feels"
    axes.set_title(title.replace("$", r"\$"), loc="left", color=INK)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", bbox_inches="tight", metadata={"Software": None})
    return picture.getvalue()
