"""Time zones by name, from the pinned tzdata package and never from the machine's own files."""

import difflib
import re
import zoneinfo
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata

# What people type that is no IANA name: abbreviations with one plain meaning, and large cities
# that share the zone of another.
ALSO_KNOWN_AS: Mapping[str, str] = {
    "aedt": "Australia/Sydney",
    "aest": "Australia/Sydney",
    "bst": "Europe/London",
    "cdt": "America/Chicago",
    "cest": "Europe/Berlin",
    "central european time": "Europe/Berlin",
    "central time": "America/Chicago",
    "ct": "America/Chicago",
    "eastern time": "America/New_York",
    "edt": "America/New_York",
    "et": "America/New_York",
    "hkt": "Asia/Hong_Kong",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "mdt": "America/Denver",
    "mountain time": "America/Denver",
    "mt": "America/Denver",
    "nzdt": "Pacific/Auckland",
    "nzst": "Pacific/Auckland",
    "pacific time": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "sgt": "Asia/Singapore",
    "wat": "Africa/Lagos",
    "atlanta": "America/New_York",
    "austin": "America/Chicago",
    "bangalore": "Asia/Kolkata",
    "barcelona": "Europe/Madrid",
    "beijing": "Asia/Shanghai",
    "bengaluru": "Asia/Kolkata",
    "boston": "America/New_York",
    "cologne": "Europe/Berlin",
    "delhi": "Asia/Kolkata",
    "edinburgh": "Europe/London",
    "frankfurt": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "hamburg": "Europe/Berlin",
    "hanoi": "Asia/Ho_Chi_Minh",
    "lyon": "Europe/Paris",
    "manchester": "Europe/London",
    "miami": "America/New_York",
    "milan": "Europe/Rome",
    "mumbai": "Asia/Kolkata",
    "munich": "Europe/Berlin",
    "osaka": "Asia/Tokyo",
    "porto": "Europe/Lisbon",
    "rio de janeiro": "America/Sao_Paulo",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "tel aviv": "Asia/Jerusalem",
    "washington": "America/New_York",
}

# Names of zones that stay where they are in summer, which hardly anybody means who types them.
NO_SUMMER: Mapping[str, str] = {
    "est": "America/New_York",
    "hst": "Pacific/Honolulu",
    "mst": "America/Denver",
}
# “GMT+1”: the zone of that name lies an hour *behind* (POSIX counts westwards).
_OFFSET = re.compile(r"(?:gmt|utc)? *[-+−–] *\d.*|(?:gmt|utc) *\d.*")

CONTINENTS = frozenset({"Africa", "America", "Antarctica", "Arctic", "Asia", "Australia", "Europe"})
OCEANS = frozenset({"Atlantic", "Indian", "Pacific"})


class UnknownZone(ValueError):
    """No zone has this name; `near` is the one most likely meant, if any."""

    def __init__(self, text: str, near: str | None) -> None:
        super().__init__(text)
        self.near = near


def pin() -> None:
    """Make zoneinfo read the pinned package alone; done when this module is first imported."""
    if zoneinfo.TZPATH:
        zoneinfo.reset_tzpath(to=())
        zoneinfo.ZoneInfo.clear_cache()
        all_zones.cache_clear()
        _by_plain_name.cache_clear()


def version() -> str:
    """The version of the installed tzdata package, such as 2026.6."""
    return metadata.version("tzdata")


@lru_cache(maxsize=1)
def all_zones() -> tuple[str, ...]:
    """Every zone name people may choose, in alphabetical order."""
    return tuple(sorted(zoneinfo.available_timezones() - {"Factory"}))


def is_zone(name: str) -> bool:
    """Whether a text is exactly the name of a zone, capitals included."""
    return name in all_zones()


def known(name: str) -> str:
    """This zone if our data has it, else UTC: Slack may know one that we do not."""
    return name if is_zone(name) else "UTC"


def suggest(name: str) -> str | None:
    """The zone somebody most likely meant by a name, a city or an abbreviation; None if unclear.

    A number of hours is no place: who counts in which direction, and what of summer?
    """
    asked = _plain(name)
    if asked in NO_SUMMER:
        return NO_SUMMER[asked]
    if is_zone(name):
        return name
    if _OFFSET.fullmatch(name.strip().casefold()):
        return None
    known = _by_plain_name()
    asked = asked.replace(" standard time", " time")
    if asked in known:
        return known[asked]
    near = difflib.get_close_matches(asked, known, n=1, cutoff=0.75)
    return known[near[0]] if near else None


def typed(text: str) -> str:
    """The zone that somebody typed, in whatever capitals. Raises UnknownZone."""
    near = suggest(text) if text else None
    if near is None or near.casefold() != text.casefold():
        raise UnknownZone(text, near)
    return near


@lru_cache(maxsize=1)
def _by_plain_name() -> Mapping[str, str]:
    """Zones by whole name, by city and by other names: what `suggest` compares with."""
    places = [name for name in _best_last() if not name.startswith("Etc/")]
    cities = {_plain(name.rpartition("/")[2]): name for name in places}
    whole = {_plain(name): name for name in places}
    return {**whole, **ALSO_KNOWN_AS, **cities}


def _best_last() -> list[str]:
    """All zones, the ones of a continent or an ocean behind the old names and the offsets."""
    return sorted(all_zones(), key=lambda name: name.partition("/")[0] in CONTINENTS | OCEANS)


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


pin()
