"""What an app manifest says about the app: its scopes, events, commands and tabs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from simulator.world.records import JSON

Source = Path | str | Mapping[str, object]
LONGEST_NAME, LONGEST_BOT_NAME = 35, 80
COMMAND_LENGTH = range(2, 33)
MOST_COMMANDS, MOST_SHORTCUTS = 50, 10
SHORTCUT_TYPES = ("global", "message")


class ManifestError(ValueError):
    """This is no manifest that Slack would take; the words say where and why."""


@dataclass(frozen=True, slots=True)
class Command:
    """One slash command as the manifest registers it."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of a manifest that decide how Slack treats the app."""

    name: str
    bot_name: str
    scopes: tuple[str, ...]
    events: frozenset[str]
    commands: Mapping[str, Command]
    shortcuts: tuple[JSON, ...] = ()
    home_tab: bool = False
    messages_tab: bool = True
    messages_read_only: bool = False
    interactivity: bool = True
    socket_mode: bool = True


def load(source: Source) -> Manifest:
    """Read a manifest from a YAML or JSON file, or take it as a mapping.

    Raises ManifestError, and OSError for a file that cannot be read.
    """
    raw = _Part(source if isinstance(source, Mapping) else _parsed(Path(source)), "")
    features, settings = raw.part("features"), raw.part("settings")
    home = features.part("app_home")
    name = raw.part("display_information").text("name", LONGEST_NAME, needed=True)
    commands = [_command(one) for one in features.parts("slash_commands", MOST_COMMANDS)]
    return Manifest(
        name=name,
        bot_name=features.part("bot_user").text("display_name", LONGEST_BOT_NAME) or name,
        scopes=tuple(raw.part("oauth_config").part("scopes").texts("bot")),
        events=frozenset(settings.part("event_subscriptions").texts("bot_events")),
        commands={command.name: command for command in commands},
        shortcuts=tuple(_shortcut(one) for one in features.parts("shortcuts", MOST_SHORTCUTS)),
        home_tab=home.flag("home_tab_enabled"),
        messages_tab=home.flag("messages_tab_enabled"),
        messages_read_only=home.flag("messages_tab_read_only_enabled"),
        interactivity=settings.part("interactivity").flag("is_enabled"),
        socket_mode=settings.flag("socket_mode_enabled"),
    )


def _parsed(path: Path) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise ManifestError("it is not text") from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f", as line {mark.line + 1} shows" if mark else ""
        raise ManifestError(f"it is neither YAML nor JSON{where}") from None


def _command(entry: "_Part") -> Command:
    name = entry.text("command", needed=True)
    if not name.startswith("/") or " " in name or len(name) not in COMMAND_LENGTH:
        raise ManifestError(
            f"{entry.at}.command is {name!r}: Slack wants a slash and 1 to 31 letters"
        )
    return Command(
        name=name,
        description=entry.text("description", 2000, needed=True),
        usage_hint=entry.text("usage_hint", 1000),
        should_escape=entry.flag("should_escape"),
    )


def _shortcut(entry: "_Part") -> JSON:
    for name, longest in (("name", 24), ("callback_id", 255), ("description", 150)):
        entry.text(name, longest, needed=True)
    if (kind := entry.text("type", needed=True)) not in SHORTCUT_TYPES:
        raise ManifestError(f"{entry.at}.type is {kind!r}, not {' or '.join(SHORTCUT_TYPES)}")
    return entry.held


class _Part:
    """One object of the manifest, and where it stands."""

    def __init__(self, held: object, at: str) -> None:
        if not isinstance(held, Mapping):
            raise ManifestError(f"{at or 'the whole of it'} has to be an object with names")
        self.held: JSON = {str(name): value for name, value in held.items() if value is not None}
        self.at = at

    def _place(self, name: str) -> str:
        return f"{self.at}.{name}".lstrip(".")

    def _read(self, name: str, kind: type, words: str) -> object:
        value = self.held.get(name)
        if value is not None and not isinstance(value, kind):
            raise ManifestError(f"{self._place(name)} has to be {words}")
        return value

    def part(self, name: str) -> "_Part":
        return _Part(self.held.get(name, {}), self._place(name))

    def parts(self, name: str, most: int) -> list["_Part"]:
        listed = self._list(name)
        if len(listed) > most:
            raise ManifestError(f"{self._place(name)} has more than {most} entries")
        return [_Part(one, f"{self._place(name)}[{n}]") for n, one in enumerate(listed)]

    def texts(self, name: str) -> list[str]:
        listed = self._list(name)
        if not all(isinstance(one, str) for one in listed):
            raise ManifestError(f"{self._place(name)} has to be a list of words")
        return [str(one) for one in listed]

    def _list(self, name: str) -> list[object]:
        value = self._read(name, list, "a list")
        return value if isinstance(value, list) else []

    def text(self, name: str, longest: int = 1000, needed: bool = False) -> str:
        value = self._read(name, str, "text")
        if needed and not value:
            raise ManifestError(f"{self._place(name)} is missing")
        if len(str(value or "")) > longest:
            raise ManifestError(f"{self._place(name)} has more than {longest} characters")
        return str(value or "")

    def flag(self, name: str) -> bool:
        return bool(self._read(name, bool, "true or false"))
