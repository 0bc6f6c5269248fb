"""The figures of several quarters side by side, each with what it should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from statistics import mean

from bench.quarter.figures import Figures
from core.outbox.kinds import DeliveryKind

SHOWN = 5  # examples of what should not be
WIDTH = 56
Cell = Callable[[Figures], str]


def _most(role: str) -> Cell:
    return lambda f: f"{max(f.by_role()[role], default=0)}"


def _mean(role: str) -> Cell:
    return lambda f: f"{mean(f.by_role()[role] or [0]):.2f}"


ROWS: Sequence[tuple[str, str, Cell]] = (
    ("messages to one person outside their hours", "0", lambda f: f"{len(f.outside)}/{f.alone}"),
    ("posts in a channel's night or day off", "0", lambda f: f"{len(f.posted_at_night)}/{f.posts}"),
    (
        "introductions in somebody's night or day off, avoidable",
        "0",
        lambda f: f"{len(f.at_night)}/{f.groups}",
    ),
    ("  where no common moment exists", "", lambda f: f"{len(f.no_moment)}"),
    ("  not at the moment that disturbs the fewest", "0", lambda f: f"{len(f.not_best)}"),
    ("counted messages a round: most of a participant", "<= 3", _most("participant")),
    ("  most of an organiser of a group", "<= 4", _most("organiser")),
    ("  most of the host", "", _most("host")),
    ("  mean of somebody who never answers", "<= 2", _mean("silent")),
    ("  mean of a participant", "", _mean("participant")),
    ("live buttons older than 24 h after their end", "0", lambda f: f"{f.overdue.total()}"),
    ("days with more than one unasked message", "0", lambda f: f"{len(f.busy)}"),
    ("  second introductions without a free day", "", lambda f: f"{len(f.both_go)}"),
    ("  most unasked messages on one day", "", lambda f: f"{f.busiest}"),
)


def table(titles: Sequence[str], found: Sequence[Figures]) -> list[str]:
    """A line for each figure, a column for each quarter."""
    widths = [max(len(title), 8) for title in titles]
    head = "  ".join(f"{title:>{width}}" for title, width in zip(titles, widths, strict=True))
    lines = [f"{'':{WIDTH}}  wanted  {head}"]
    for name, wanted, cell in ROWS:
        cells = (f"{cell(one):>{width}}" for one, width in zip(found, widths, strict=True))
        lines.append(f"{name:{WIDTH}}  {wanted:>6}  {'  '.join(cells)}")
    return lines


def details(found: Figures) -> list[str]:
    """Which kinds the counted messages are, and examples of what should not be."""
    sent = sum(found.turns.values(), Counter())
    lines = ["  counted: " + _by_kind(sent)]
    quiet = sum((found.turns[turn] for turn in found.turns if turn[0] in found.silent), Counter())
    lines.append("  of those who never answer: " + _by_kind(quiet))
    if found.overdue:
        lines.append("  live too long: " + _by_kind(found.overdue))
    for name in (
        "outside",
        "posted_at_night",
        "at_night",
        "no_moment",
        "not_best",
        "busy",
        "both_go",
    ):
        examples: list[str] = getattr(found, name)
        lines += [f"  {name.replace('_', ' ')}: {one}" for one in examples[:SHOWN]]
    kinds = Counter(line.partition(": ")[2] for line in found.busy)
    lines += [f"  busy, in all: {number} x {line}" for line, number in kinds.most_common(SHOWN)]
    return lines


def _by_kind(counts: Mapping[DeliveryKind, int] | Mapping[str, int]) -> str:
    most = sorted(counts.items(), key=lambda one: -one[1])
    return ", ".join(f"{number} {kind}" for kind, number in most)
