"""Draws the pictures of docs/matching.md: `python -m bench.matching.pictures`."""

from itertools import accumulate, combinations
from math import cos, pi, sin
from pathlib import Path

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot as plt

from bench.matching.reference import by_chance
from bench.matching.town import Town
from core.matching import Preferences, Rules
from core.matching.groups.starters import STARTERS, schedule

FOLDER = Path(__file__).parents[2] / "docs" / "matching"
INK, FAINT, WARM, COOL = "#3b3b3b", "#d9d4cc", "#c8553d", "#2a7f8e"


def place(k, n, radius=1.0):
    angle = pi / 2 - 2 * pi * k / n
    return radius * cos(angle), radius * sin(angle)


def draw_graph(axis, edges, n, title, color):
    for a, b in combinations(range(n), 2):
        (x, y), (u, v) = place(a, n), place(b, n)
        on = (a, b) in edges or (b, a) in edges
        axis.plot([x, u], [y, v], color=color if on else FAINT, lw=2.2 if on else 0.8, zorder=on)
    for k in range(n):
        x, y = place(k, n)
        axis.scatter([x], [y], s=240, color="white", edgecolors=INK, zorder=3)
        axis.text(x, y, "ABCDEF"[k], ha="center", va="center", color=INK, zorder=4)
    axis.set_title(title, fontsize=10, color=INK)
    axis.set_aspect("equal")
    axis.axis("off")


def trap():
    """After three rounds of six people: two triangles cannot be paired, a ring can."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2))
    triangles = {(0, 2), (2, 4), (0, 4), (1, 3), (3, 5), (1, 5)}
    ring = {(k, (k + 1) % 6) for k in range(6)}
    draw_graph(
        left, triangles, 6, "trapped: nobody in a triangle\ncan be left over, somebody is", WARM
    )
    draw_graph(right, ring, 6, "fine: two rounds are left\nin the ring", COOL)
    save(figure, "trap")


def repeats():
    """Repeats so far, by chance and with Kettle."""
    figure, axis = plt.subplots(figsize=(6.4, 3))
    people, rounds = 20, 38
    for name, matcher, color in (("chance", by_chance, WARM), ("Kettle", None, COOL)):
        town, seen = Town(people, seed=3, matcher=matcher), []
        for _ in range(rounds):
            before = town.repeats
            town.hold()
            seen.append(town.repeats - before)
        axis.plot(range(1, rounds + 1), list(accumulate(seen)), color=color, lw=2, label=name)
    axis.axvline(19.5, color=FAINT, lw=1)
    axis.text(19.2, 165, "everybody has met everybody", fontsize=8, ha="right", color=INK)
    axis.set_xlabel("round")
    axis.set_ylabel("repeats so far")
    axis.legend(frameon=False)
    plain(axis)
    save(figure, "repeats")


def wishes():
    """Thirty people in two teams who like to mix: the share of mixed pairs, round by round."""
    figure, axis = plt.subplots(figsize=(6.4, 2.6))
    rules = Rules(prefer=Preferences(cross_team=1))
    town = Town(30, rules, 1, lambda i: {"team": str(i < 15)})
    shares = [sum((a < 15) != (b < 15) for a, b in town.hold()) / 15 for _ in range(29)]
    axis.bar(range(1, 30), shares, color=COOL)
    axis.set_xlabel("round (the cycle of 30 people has 29)")
    axis.set_ylabel("pairs across teams")
    plain(axis)
    save(figure, "wishes")


def clock():
    """The starter for fifteen people: the first round, and the same an hour later."""
    rows, hours, *_ = STARTERS[15, 3]
    rounds = schedule(15, 3)
    figure, axes = plt.subplots(1, 2, figsize=(6.4, 3.3))
    for axis, places, title in zip(
        axes, rounds, ("round 1", "round 2: all one hour on"), strict=False
    ):
        spots = {}
        for seat in range(15):
            row, hour = divmod(seat, hours)
            spots[seat] = place(hour, hours, 1.5 - 0.7 * row) if row < rows else (0.0, 0.0)
        for k in range(0, 15, 3):
            corners = [spots[seat] for seat in places[k : k + 3]]
            axis.fill(*zip(*corners, strict=True), color=plt.cm.Set2(k // 3), alpha=0.75, lw=0)
        for x, y in spots.values():
            axis.scatter([x], [y], s=26, color=INK, zorder=3)
        axis.set_title(title, fontsize=10, color=INK)
        axis.set_aspect("equal")
        axis.axis("off")
    save(figure, "clock")


def plain(axis):
    for side in ("top", "right"):
        axis.spines[side].set_visible(False)


def save(figure, name):
    figure.tight_layout()
    figure.savefig(FOLDER / f"{name}.svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    matplotlib.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "kettle"}
    matplotlib.rcParams |= {"font.family": "sans-serif", "axes.edgecolor": INK}
    for draw in (trap, repeats, wishes, clock):
        draw()
