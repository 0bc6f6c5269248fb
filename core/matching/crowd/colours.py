"""A colour for everybody by chance, so that only past pairs of one colour have to be looked at."""

from __future__ import annotations

import re
from array import array
from random import Random

from core.matching.past.sieve import WIDTH, byte_columns

ZERO = re.compile(b"\0")


class Colours:
    """A random colour for each number up to `highest`; `count` is a power of two, at most 256.

    Any two numbers share a colour with the same chance, one in `count` (tabulation hashing).
    """

    def __init__(self, count: int, highest: int, rnd: Random) -> None:
        self.count, self.highest = count, highest
        bits = bytes(byte & (count - 1) for byte in range(256))
        self.tables = [rnd.randbytes(256).translate(bits) for _ in range(WIDTH)]

    def of(self, members: array[int]) -> bytes:
        """The colour of each."""
        mixed = 0
        for drawn in map(bytes.translate, byte_columns(members, self.highest), self.tables):
            mixed ^= int.from_bytes(drawn, "little")
        return mixed.to_bytes(len(members), "little")


def equal(left: bytes, right: bytes) -> list[int]:
    """The places at which both hold the same byte."""
    differ = int.from_bytes(left, "little") ^ int.from_bytes(right, "little")
    return [found.start() for found in ZERO.finditer(differ.to_bytes(len(left), "little"))]
