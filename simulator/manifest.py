"""What an app manifest says about the app: its scopes, events, commands and tabs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


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
    shortcuts: tuple[Mapping[str, Any], ...] = ()
    home_tab: bool = False
    messages_tab: bool = True
    messages_read_only: bool = False
    interactivity: bool = True
    socket_mode: bool = True
    raw: Mapping[str, Any] = field(default_factory=dict)


def load(source: Path | str | Mapping[str, Any]) -> Manifest:
    """Read a manifest from a YAML or JSON file, or take it as a mapping."""
    if isinstance(source, Mapping):
        raw: Mapping[str, Any] = source
    else:
        raw = yaml.safe_load(Path(source).read_text(encoding="utf-8")) or {}
    features = raw.get("features") or {}
    home = features.get("app_home") or {}
    settings = raw.get("settings") or {}
    name = (raw.get("display_information") or {}).get("name", "App")
    scopes = ((raw.get("oauth_config") or {}).get("scopes") or {}).get("bot") or []
    commands = [_command(c) for c in features.get("slash_commands") or []]
    return Manifest(
        name=name,
        bot_name=(features.get("bot_user") or {}).get("display_name", name),
        scopes=tuple(scopes),
        events=frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or []),
        commands={c.name: c for c in commands},
        shortcuts=tuple(features.get("shortcuts") or []),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", False)),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
        interactivity=bool((settings.get("interactivity") or {}).get("is_enabled", False)),
        socket_mode=bool(settings.get("socket_mode_enabled", False)),
        raw=raw,
    )


def _command(entry: Mapping[str, Any]) -> Command:
    return Command(
        name=entry["command"],
        description=entry.get("description", ""),
        usage_hint=entry.get("usage_hint", ""),
        should_escape=bool(entry.get("should_escape", False)),
    )
