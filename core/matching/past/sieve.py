"""Finding the few past seats that matter among millions, without a step of Python for each.

Person numbers lie in arrays of four bytes each. All that happens here happens to whole columns of
bytes at once: a table lookup for every byte (`bytes.translate`), and "and" or "exclusive or" of
columns as one long integer.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Collection, Sequence

WIDTH = array("i").itemsize
LOW_FIRST = range(WIDTH) if sys.byteorder == "little" else range(WIDTH - 1, -1, -1)
CLASSES = 8  # of numbers sought, one for each bit of a byte
ANY = b"\0" + b"\1" * 255
SOME = re.compile(b"\1")


def numbers_in(members: Sequence[int]) -> array[int]:
    """The same numbers as an array of integers, which they usually are already."""
    if isinstance(members, array) and members.typecode == "i":
        return members
    return array("i", members)


def byte_columns(members: array[int], highest: int) -> list[bytes]:
    """The lowest byte of every number, the next, and so on, as many as `highest` has."""
    raw = members.tobytes()
    width = max(1, -(-highest.bit_length() // 8))
    return [raw[byte::WIDTH] for byte in LOW_FIRST[:width]]


class Sought:
    """Finds the seats of some numbers.

    The numbers are dealt into eight classes, twice. A seat is looked at only if both times some
    class has its lowest byte, its next byte, and so on, which leaves few besides those sought.
    """

    def __init__(self, numbers: Collection[int]) -> None:
        self.numbers = frozenset(numbers)
        self.highest = max(numbers, default=0)
        self.deals = [self._deal(byte) for byte in range(2)]

    def _deal(self, by: int) -> list[bytearray]:
        """For each byte of a number: which classes have it. Classes are alike in one byte."""
        tables = [bytearray(256) for _ in range(WIDTH)]
        alike = sorted(self.numbers, key=lambda number: (number >> 8 * by & 255, number))
        for k, number in enumerate(alike):
            for byte, table in enumerate(tables):
                table[number >> 8 * byte & 255] |= 1 << k * CLASSES // len(alike)
        return tables

    def seats(self, members: array[int]) -> list[int]:
        """Where they sit, in order."""
        columns = byte_columns(members, self.highest)
        both = -1
        for tables in self.deals:
            classes = -1
            for dealt in map(bytes.translate, columns, tables):
                classes &= int.from_bytes(dealt, "little")
            some = classes.to_bytes(len(members), "little").translate(ANY)
            both &= int.from_bytes(some, "little")
        found = SOME.finditer(both.to_bytes(len(members), "little"))
        return [seat for one in found if members[seat := one.start()] in self.numbers]
