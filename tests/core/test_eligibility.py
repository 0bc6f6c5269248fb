"""Taking part: everyone in or out, each left-out person with a reason, statuses only as hints."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.eligibility import (
    PersonState,
    Reason,
    Rules,
    away_hint,
    standing,
    who_takes_part,
)
from core.values import TakingPart

RULES = Rules()
EVERYONE = replace(RULES, mode=TakingPart.EVERYONE)
ANA = PersonState("U_ANA", opted=True)


def test_someone_who_said_yes_takes_part():
    assert standing(ANA, RULES) is None
    assert who_takes_part([ANA], RULES).taking_part == ("U_ANA",)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_bot": True}, Reason.BOT),
        ({"deleted": True}, Reason.DEACTIVATED),
        ({"left_channel": True}, Reason.LEFT_CHANNEL),
        ({"stranger": True}, Reason.STRANGER),
        ({"guest": True}, Reason.GUEST),
        ({"opted": False}, Reason.OPTED_OUT),
        ({"opted": None}, Reason.NOT_OPTED_IN),
        ({"paused": True}, Reason.PAUSED),
        ({"skipping": True}, Reason.SKIPPING),
        ({"away": True, "obeys_status": True}, Reason.AWAY_STATUS),
        ({"pace": 3, "rounds_since_last": 2}, Reason.PACE),
    ],
)
def test_each_person_left_out_has_a_reason(change, reason):
    decided = who_takes_part([replace(ANA, **change)], RULES)
    assert decided.taking_part == ()
    assert decided.left_out == (("U_ANA", reason),)


def test_with_everyone_in_silence_is_a_yes_and_a_no_stays_a_no():
    assert standing(replace(ANA, opted=None), EVERYONE) is None
    assert standing(replace(ANA, opted=False), EVERYONE) is Reason.OPTED_OUT


def test_guests_take_part_where_the_host_allows_it_and_strangers_never_do():
    allowed = replace(RULES, guests_allowed=True)
    assert standing(replace(ANA, guest=True), allowed) is None
    assert standing(replace(ANA, guest=True, stranger=True), allowed) is Reason.STRANGER


@pytest.mark.parametrize(("since", "takes_part"), [(1, False), (2, True), (3, True), (None, True)])
def test_a_slower_pace_means_at_most_every_second_round(since, takes_part):
    person = replace(ANA, pace=2, rounds_since_last=since)
    assert (standing(person, RULES) is None) is takes_part


def test_a_status_is_asked_about_and_not_assumed():
    hinted = replace(ANA, away=True)
    decided = who_takes_part([hinted, PersonState("U_BO", opted=True)], RULES)
    assert decided.taking_part == ("U_ANA", "U_BO")
    assert decided.to_ask == ("U_ANA",)


def test_someone_on_two_pages_of_the_member_list_counts_once():
    decided = who_takes_part([PersonState("U_BO", opted=True), ANA, ANA], RULES)
    assert decided.taking_part == ("U_ANA", "U_BO")


def test_the_receipt_counts_the_left_out_by_reason():
    people = [
        PersonState("U_BOT", is_bot=True),
        PersonState("U_CY"),
        PersonState("U_DI", opted=True, skipping=True),
        PersonState("U_EL"),
        ANA,
    ]
    counts = who_takes_part(people, RULES).counts()
    assert list(counts.items()) == [
        (Reason.BOT, 1),
        (Reason.NOT_OPTED_IN, 2),
        (Reason.SKIPPING, 1),
    ]


states = st.builds(
    PersonState,
    id=st.integers(0, 12).map(lambda n: f"U{n}"),
    is_bot=st.booleans(),
    guest=st.booleans(),
    opted=st.sampled_from([True, False, None]),
    paused=st.booleans(),
    away=st.booleans(),
    obeys_status=st.booleans(),
    pace=st.integers(1, 4),
    rounds_since_last=st.none() | st.integers(1, 5),
)


@given(st.lists(states), st.sampled_from([RULES, EVERYONE]))
def test_everyone_is_either_in_or_out_exactly_once(people, rules):
    decided = who_takes_part(people, rules)
    out = [person for person, _ in decided.left_out]
    assert sorted([*decided.taking_part, *out]) == sorted({person.id for person in people})
    assert set(decided.to_ask) <= set(decided.taking_part)
    assert sum(decided.counts().values()) == len(out)


NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def hint(emoji="", text="", ends=NOW + timedelta(days=3), now=NOW):
    return away_hint(emoji, text, int(ends.timestamp()) if ends else 0, now)


@pytest.mark.parametrize(
    "text",
    [
        "Vacationing",
        "On holiday!",
        "OOO until Friday",
        "Out of office",
        "parental leave 🎉",
        "Im Urlaub",
        "Nicht im Büro",
        "En congés",
        "De vacaciones",
        "De férias",
        "in ferie",
        "Met verlof",
        "På semester",
        "på ferie",
        "Lomalla",
        "na urlopie",
        "Dovolená",
        "В отпуске",
        "У відпустці",
        "yıllık izin",
        "夏季休暇中",
        "休假中",
        "휴가 중",
        "في إجازة",
        "בחופשה",
    ],
)
def test_a_status_in_many_languages_hints_at_being_away(text):
    assert hint(text=text) == date(2026, 3, 5)


@pytest.mark.parametrize("emoji", [":palm_tree:", ":face_with_thermometer:", ":baby::skin-tone-3:"])
def test_an_emoji_alone_is_a_hint(emoji):
    assert hint(emoji) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("emoji", "text"),
    [
        ("", ""),
        (":house_with_garden:", "Working remotely"),
        (":airplane:", "On my way to the customer"),
        (":spiral_calendar_pad:", "In a meeting"),
        (":palm_tree:", "Back from vacation"),
        ("", "Leaves of three, let it be"),
        ("", "Laptop holidaze"),
        ("", "昼休み"),
    ],
)
def test_other_statuses_are_no_hint(emoji, text):
    assert hint(emoji, text) is None


def test_a_status_without_an_end_or_with_one_in_the_past_is_no_hint():
    assert hint(":palm_tree:", ends=None) is None
    assert hint(":palm_tree:", ends=NOW) is None
    assert hint(":palm_tree:", ends=NOW - timedelta(days=1)) is None


def test_the_first_day_back_is_read_on_the_persons_own_calendar():
    end_of_wednesday = datetime(2026, 3, 4, 23, 59, tzinfo=ZoneInfo("Europe/Berlin"))
    thursday_morning = datetime(2026, 3, 5, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert hint(":palm_tree:", ends=end_of_wednesday) == date(2026, 3, 5)
    assert hint(":palm_tree:", ends=thursday_morning) == date(2026, 3, 5)
    in_utc = NOW.astimezone(UTC)
    midnight = datetime(2026, 3, 5, 0, 0, tzinfo=UTC)
    assert hint(":palm_tree:", ends=midnight, now=in_utc) == date(2026, 3, 5)
