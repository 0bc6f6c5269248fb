"""Starters: one round of groups from which a whole schedule without a repeat is rolled out.

People sit in rows around a clock face; each round every row moves on by one hour, so the first
round decides all others. It was searched for offline (bench/matching/starters.py) such that no
two people meet twice. Every entry is checked by a test.
"""

from __future__ import annotations

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH"

# (people, group size): (rows, hours, the groups of the first round, a group per extra round).
# A digit is a person: row * hours + hour; those past the last full row do not move. In an extra
# round a digit is an hour, one for each row, and that group is turned to every hour at once.
STARTERS = {
    (9, 3): (3, 3, "376 281 054", "002"),
    (12, 3): (3, 4, "28b 916 407 5a3", ""),
    (15, 3): (2, 7, "e39 bda 068 427 51c", ""),
    (18, 3): (2, 7, "143 de5 f70 28h 9ac gb6", ""),
    (21, 3): (3, 7, "0f8 egk 4h9 d7b 532 ja1 i6c", "042 030 003"),
    (24, 3): (2, 11, "8ak 9gf eic 7b2 dl5 nh3 m6j 104", ""),
    (27, 3): (2, 13, "1e4 h6a 2kq l57 0mp onf djb cgi 398", ""),
    (30, 3): (2, 14, "mtc hb6 fgk 1se l79 rp8 2io a4j 03d nq5", ""),
    (33, 3): (3, 11, "j6h lfo kdc vwn i23 490 au7 8gq pet 1bs 5rm", "074 012 093 03a 068"),
    (36, 3): (2, 17, "gqt r9y 06p iz4 7f3 deu 2vo ajc 1bm s85 hnw lkx", ""),
    (39, 3): (2, 19, "de6 1f5 ous icp gzr tm2 nwb 3A0 qa8 lhk jx4 y9B C7v", ""),
    (16, 4): (3, 5, "c8d6 fa37 4529 10be", ""),
    (20, 4): (4, 5, "ic58 a902 db4f 36he 71gj", ""),
    (24, 4): (3, 7, "f0je agn5 9126 bi7d 84lh 3kmc", ""),
    (28, 4): (3, 9, "pfhb 1o5d 9a4m 2nqi lj8c 67g0 rke3", ""),
    (32, 4): (3, 9, "mv3g 2cso eplj 5uqd b6h9 8nrf a4kt 1i70", ""),
    (36, 4): (3, 10, "92f3 8zli p7yb ckw5 vs6h degn 0qtr amx1 ou4j", ""),
    (40, 4): (3, 11, "fn3D 0sAb mkli ytj5 zcwa r8qo xug7 dB6v epC4 19h2", ""),
    (25, 5): (5, 5, "enb43 1mfog hcjd7 9i052 86kla", "01422"),
    (30, 5): (5, 6, "e4lj5 pi8c0 7r136 bkhg9 d2tfo qnmas", ""),
    (35, 5): (4, 7, "x1icm t4dho yg70q 5rubj v2kap fls83 n69we", ""),
    (40, 5): (5, 7, "u69iD k8oqg nvzeb x0mtf lr137 p2Bay 4Cdwh 5cAjs", ""),
    (36, 6): (12, 3, "xs6biz 9ga40d vywl3h r25qmt 7nepf8 jkcou1", ""),
}


def schedule(people: int, size: int) -> list[list[int]]:
    """Rounds (flat, group after group) in which no two of 0..people-1 meet twice.

    Empty when no starter is known.
    """
    if (people, size) not in STARTERS:
        return []
    rows, hours, first, extras = STARTERS[people, size]
    seats = [DIGITS.index(digit) for digit in first.replace(" ", "")]
    rounds = [
        [
            seat if seat >= rows * hours else seat - seat % hours + (seat + turn) % hours
            for seat in seats
        ]
        for turn in range(hours)
    ]
    for extra in extras.split():
        start = [DIGITS.index(digit) for digit in extra]
        rounds.append(
            [
                row * hours + (hour + turn) % hours
                for turn in range(hours)
                for row, hour in enumerate(start)
            ]
        )
    return rounds
