"""How groups are put together: their sizes, whom nobody meets, whom nobody meets again too soon."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from tests.soak.audit.seen import Row, Seen

Pair = frozenset[str]


def sizes(seen: Seen) -> Iterator[str]:
    """Groups are as large as the host wants; those that differ are as few as can be."""
    for row in seen.rounds:
        if row["receipt"].get("replanned"):
            continue
        size = seen.known.rhythm(row["held_at"]).size
        found = sorted(len(group) for group in seen.together[row["id"]].values())
        people = sum(found)
        if found and found != _split(people, size) and not _apart(seen, row):
            yield f"round {row['number']}: {people} people in groups of {found}, size {size}"


def _split(people: int, size: int) -> list[int]:
    """The odd ones join a group each; where they are too many, all groups are as even as can be."""
    if people <= size:
        return [people]
    groups, rest = divmod(people, size)
    if rest > groups:
        groups, rest = groups + 1, 0
        small, more = divmod(people, groups)
        return sorted([small + 1] * more + [small] * (groups - more))
    return sorted([size + 1] * rest + [size] * (groups - rest))


def _apart(seen: Seen, row: Row) -> bool:
    """Whether somebody there may not meet somebody there: other sizes may be needed."""
    present = {user for group in seen.together[row["id"]].values() for user in group}
    return bool(_foes(seen, row, present))


def _foes(seen: Seen, row: Row, present: Iterable[str]) -> set[Pair]:
    here = set(present)
    return {
        pair
        for pair in seen.known.avoided
        if pair <= here and seen.known.avoid(pair, row["held_at"]) is not False
    }


def kept_apart(seen: Seen) -> Iterator[str]:
    """Who avoids whom is never put together with them afterwards."""
    for meeting in seen.rows("meetings"):
        group = set(seen.groups[meeting["id"]])
        for pair in seen.known.avoided:
            if pair <= group and seen.known.avoid(pair, meeting["created_at"]) is True:
                yield f"meeting {meeting['id']} puts {sorted(pair)} together"


def nobody_again(seen: Seen) -> Iterator[str]:
    """In pairs, nobody meets again while all of them could meet somebody new."""
    for row in seen.rounds:
        groups = list(seen.together[row["id"]].values())
        if row["receipt"].get("replanned") or any(len(group) != 2 for group in groups):
            continue
        met = _met_before(seen, row)
        again = [group for group in groups if frozenset(group) in met]
        people = tuple(sorted(user for group in groups for user in group))
        if again and _can_pair(people, frozenset(met | _foes(seen, row, people))):
            yield f"round {row['number']} introduces {again} again, and need not"


def _met_before(seen: Seen, row: Row) -> set[Pair]:
    """Who was put together before this round was held, whatever became of it."""
    return {
        frozenset(pair)
        for meeting in seen.rows("meetings")
        if meeting["created_at"] < row["held_at"]
        for pair in combinations(seen.groups[meeting["id"]], 2)
    }


@lru_cache(maxsize=4096)
def _can_pair(people: tuple[str, ...], barred: frozenset[Pair]) -> bool:
    """Whether these people can be put into pairs of which none is barred."""
    if not people:
        return True
    first, *rest = people
    for other in rest:
        if frozenset((first, other)) not in barred:
            left = tuple(user for user in rest if user != other)
            if _can_pair(left, barred):
                return True
    return False


def organisers(seen: Seen) -> Iterator[str]:
    """Each group has one, of its own; it is the turn of whoever has organised least."""
    counts: Counter[str] = Counter()
    rounds = sorted(seen.rows("rounds"), key=lambda row: (row["held_at"], row["id"]))
    clear = not any(row["receipt"].get("replanned") for row in seen.rows("rounds"))
    for row in rounds:
        for meeting in seen.of_round[row["id"]]:
            group = seen.groups[meeting["id"]]
            if group and meeting["organiser"] not in group:
                yield f"meeting {meeting['id']} has {meeting['organiser']} for an organiser"
    for meeting in seen.rows("meetings"):
        if meeting["channel_id"] is not None and meeting["kind"] == "round":
            counts[meeting["organiser"]] += 1
    for person in seen.rows("people"):
        if clear and person["organised"] != counts[person["user_id"]]:
            yield f"{person['user_id']} has organised {counts[person['user_id']]} meetings"


def packed(seen: Seen) -> Iterator[str]:
    """What the matcher remembers of a round or meeting is who was in it."""
    numbers = {person["number"]: person["user_id"] for person in seen.rows("people")}
    packs = {(pack["round_id"], pack["meeting_id"]): pack for pack in seen.rows("round_packs")}
    wanted: dict[tuple[int | None, int | None], list[list[str]]] = {
        (round_id, None): list(groups.values()) for round_id, groups in seen.together.items()
    }
    for meeting in seen.rows("meetings"):
        if meeting["round_id"] is None and seen.groups[meeting["id"]]:
            wanted[None, meeting["id"]] = [seen.groups[meeting["id"]]]
    for key, groups in wanted.items():
        pack = packs.get(key)
        found = _unpacked(pack, numbers) if pack else []
        if found != _as_sets(group for group in groups if len(group) > 1):
            yield f"remembered of {key} are {found}, and not {groups}"


def _unpacked(pack: Row, numbers: dict[int, str]) -> list[list[str]]:
    members = struct.unpack(f"<{len(pack['members']) // 4}i", pack["members"])
    groups, at = [], 0
    for size in pack["sizes"]:
        groups.append([numbers[n] for n in members[at : at + size]])
        at += size
    return _as_sets(group for group in groups if len(group) > 1)


def _as_sets(groups: Iterable[list[str]]) -> list[list[str]]:
    return sorted(sorted(group) for group in groups)


def last_rounds(seen: Seen) -> Iterator[str]:
    """In which round somebody was last is kept right: a slower pace goes by it."""
    last: dict[str, int] = {}
    emptied = any(not seen.groups[meeting["id"]] for meeting in seen.rows("meetings"))
    if emptied or any(row["receipt"].get("replanned") for row in seen.rows("rounds")):
        return  # who was to be in a group that came to nothing was in that round all the same
    for row in seen.rows("rounds"):
        for group in seen.together[row["id"]].values():
            for user in group:
                last[user] = max(last.get(user, 0), row["number"])
    for member in seen.rows("memberships"):
        if member["last_round"] != last.get(member["user_id"]):
            yield f"{member['user_id']} was last in round {last.get(member['user_id'])}"


CHECKS = (sizes, kept_apart, nobody_again, organisers, packed, last_rounds)
