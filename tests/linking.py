"""An attacker with the database file, who plays the write-ahead log back."""

import sqlite3
import struct
from pathlib import Path

MOODS = "mood_1, mood_2, mood_3, mood_4, mood_5"


def states_in(path: Path) -> list[sqlite3.Connection]:
    """The main file, and the database as it was after each commit that the log still holds."""
    pages, size = _pages(path.read_bytes())
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes() if log.exists() else b""
    found = [_open(pages, size)]
    for at in range(32, len(frames) - 23, 24 + size):
        number, commit = struct.unpack(">II", frames[at : at + 8])
        if frames[at + 8 : at + 16] != frames[16:24]:
            break  # of an earlier life of the log
        pages[number] = frames[at + 24 : at + 24 + size]
        if commit:
            found.append(_open(pages, size))
    return found


def links_in(path: Path) -> dict[str, object]:
    """Everyone whose mood or words follow from two states, one after the other."""
    links: dict[str, object] = {}
    before = None
    for connection in states_in(path):
        now = _look(connection)
        connection.close()
        if before is not None:
            new_people = now[0] - before[0]
            moods = [i + 1 for i in range(5) if now[1][i] > before[1][i]]
            if len(new_people) == 1 and (moods or now[2] - before[2]):
                links[next(iter(new_people))] = (moods, now[2] - before[2])
        before = now
    return links


def without_counters(data: bytes) -> bytes:
    """The main file without the header's counts of changes, which differ anyway."""
    return data[:24] + b"\0" * 4 + data[28:92] + b"\0" * 8 + data[100:]


def _look(connection: sqlite3.Connection) -> tuple[set[str], list[int], set[bytes]]:
    try:
        people = {row[0] for row in connection.execute(
            "SELECT user_id FROM checkin_people WHERE answered"
        )}  # fmt: skip
        moods = list(next(connection.execute(f"SELECT {MOODS} FROM pulse_counters"), (0,) * 5))
        slips = {row[0] for row in connection.execute(
            "SELECT body FROM checkin_slips WHERE filled"
        )}  # fmt: skip
    except sqlite3.DatabaseError:
        return set(), [0] * 5, set()
    return people, moods, slips


def _pages(data: bytes) -> tuple[dict[int, bytes], int]:
    size = struct.unpack(">H", data[16:18])[0]
    size = 65536 if size == 1 else size
    return {i // size + 1: data[i : i + size] for i in range(0, len(data), size)}, size


def _open(pages: dict[int, bytes], size: int) -> sqlite3.Connection:
    data = b"".join(pages.get(number, b"\0" * size) for number in range(1, max(pages) + 1))
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data[:18] + b"\x01\x01" + data[20:])  # as if it had no log
    return connection
