"""Zone names: only those of the pinned package, and a helping hand for the rest."""

import zoneinfo
from datetime import datetime, timedelta
from importlib import resources

import pytest

from bot.platform import zones


@pytest.fixture
def machine_path():
    """The path zoneinfo uses, put back afterwards."""
    before = zoneinfo.TZPATH
    yield
    zoneinfo.reset_tzpath(to=before)
    zones.pin()


def test_zone_data_come_from_the_package_and_not_from_the_machine(machine_path, tmp_path):
    package = resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Berlin").write_bytes(package)  # a machine with wrong data
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    zones.pin()
    assert zoneinfo.TZPATH == ()
    noon = datetime(2026, 1, 15, 12, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin"))
    assert noon.utcoffset() == timedelta(hours=1)


def test_the_version_is_that_of_the_installed_package():
    year, _, number = zones.version().partition(".")
    assert int(year) >= 2025
    assert number.isdigit()


def test_every_listed_zone_can_be_used():
    listed = zones.all_zones()
    assert len(listed) > 400
    assert list(listed) == sorted(listed)
    for name in listed:
        assert zoneinfo.ZoneInfo(name).key == name


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Europe/Berlin", True),
        ("UTC", True),
        ("europe/berlin", False),
        ("Factory", False),
        ("Europe", False),
        ("../Europe/Berlin", False),
        ("", False),
    ],
)
def test_a_zone_is_known_by_its_exact_name(name, known):
    assert zones.is_zone(name) is known


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("  berlin ", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("new-york", "America/New_York"),
        ("Los Angles", "America/Los_Angeles"),
        ("Munich", "Europe/Berlin"),
        ("PST", "America/Los_Angeles"),
        ("singapore", "Asia/Singapore"),
        ("jamaica", "America/Jamaica"),
        ("cet", "CET"),
        ("EST", "America/New_York"),
        ("mst", "America/Denver"),
        ("Pacific Time", "America/Los_Angeles"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("GMT+1", None),
        ("GMT +1", None),
        ("gmt-5", None),
        ("UTC+05:30", None),
        ("utc 2", None),
        ("+2", None),
        ("GMT", "GMT"),
        ("utc", "UTC"),
        ("Etc/GMT-1", "Etc/GMT-1"),
        ("nowhere in particular", None),
        ("", None),
    ],
)
def test_the_zone_somebody_meant_is_suggested(typed, meant):
    assert zones.suggest(typed) == meant


def test_every_other_name_leads_to_a_zone():
    assert [zone for zone in zones.ALSO_KNOWN_AS.values() if not zones.is_zone(zone)] == []


@pytest.mark.parametrize("text", ["EST", "est", "MST", "HST", "GMT+1", "Pacific Time", "PST"])
def test_what_means_another_zone_in_summer_is_asked_back(text):
    with pytest.raises(zones.UnknownZone):
        zones.typed(text)


@pytest.mark.parametrize("text", ["europe/berlin", "UTC", "GMT", "US/Eastern", "Etc/GMT-1"])
def test_what_is_one_zone_all_year_is_taken(text):
    assert zones.typed(text).casefold() == text.casefold()
