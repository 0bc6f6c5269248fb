"""What is promised on paper is what the code does: drift is a red test."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from bot.platform.settings import Settings
from simulator.api.methods import METHODS
from simulator.world import manifest as manifests
from tests.house import APP, HOUSE, modules, name_of, text_of, tracked, tree_of

MANIFEST = manifests.load(HOUSE / "manifest.yml")
# What each Web API method needs for what Kettle does with it.
SCOPES_OF_METHODS: dict[str, set[str]] = {
    "auth.test": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.members": {"channels:read", "groups:read"},
    "conversations.open": {"im:write", "mpim:write"},
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "users.info": {"users:read"},
    "users.list": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}
# Called only where an operator has granted a history scope by hand (docs/operations.md).
ONLY_WHEN_GRANTED = {"conversations.history"}
SCOPES_OF_EVENTS = {
    "app_": set[str](),
    "channel_": {"channels:read"},
    "group_": {"groups:read"},
    "member_": {"channels:read", "groups:read"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
}
UPLOAD = ("files.getUploadURLExternal", "files.completeUploadExternal")
FAMILIES = "apps|auth|bots|chat|conversations|dnd|emoji|files|oauth|pins|reactions|reminders|team|\
usergroups|users|views"
METHOD = re.compile(rf"(?:{FAMILIES})(?:\.[a-zA-Z]\w+)+")
CLIENT_METHOD = re.compile(rf"(?:{FAMILIES})_[a-zA-Z_]+")


def called_by_name(tree: ast.AST) -> Iterator[str]:
    """`….call("chat.update", …)`: any string that reads like a method, as the first argument.

    Or as a value of a table, such as the outbox's of what each way of speaking calls.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and METHOD.fullmatch(str(first.value)):
                yield first.value
        elif isinstance(node, ast.Dict):
            for value in node.values:
                if isinstance(value, ast.Constant) and METHOD.fullmatch(str(value.value)):
                    yield str(value.value)


def called_on_a_client(tree: ast.AST) -> Iterator[str]:
    """`….client.views_open(…)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value  # `client`, `visit.client` or `self._client`
            name = getattr(owner, "attr", None) or getattr(owner, "id", "")
            if name.strip("_") == "client" and CLIENT_METHOD.fullmatch(node.func.attr):
                yield node.func.attr.replace("_", ".", 1)


@cache
def called_methods() -> frozenset[str]:
    """Every Web API method the app calls, read from its code."""
    found: set[str] = set()
    for path in modules(*APP):
        for name in [*called_by_name(tree_of(path)), *called_on_a_client(tree_of(path))]:
            found |= set(UPLOAD) if name.startswith("files.upload") else {name}
    return frozenset(found)


def scopes_of_event(event: str) -> set[str]:
    for start, scopes in SCOPES_OF_EVENTS.items():
        if event.startswith(start):
            return scopes
    raise AssertionError(f"which scope does the event {event} need? Say it in SCOPES_OF_EVENTS")


def test_every_method_called_is_known_with_its_scopes():
    assert called_methods() - ONLY_WHEN_GRANTED == set(SCOPES_OF_METHODS)


def test_the_simulator_imitates_every_method_called():
    assert called_methods() - set(METHODS) == set()


def test_our_table_of_scopes_agrees_with_the_simulator_s():
    for name, scopes in SCOPES_OF_METHODS.items():
        assert scopes <= set(METHODS[name].scopes), name
        assert bool(scopes) == bool(METHODS[name].scopes), name


def test_the_manifest_asks_for_every_scope_needed_and_for_no_other():
    needed = {"commands"} if MANIFEST.commands else set()
    for method in called_methods() - ONLY_WHEN_GRANTED:
        needed |= SCOPES_OF_METHODS[method]
    for event in MANIFEST.events:
        needed |= scopes_of_event(event)
    assert set(MANIFEST.scopes) == needed


def test_the_manifest_asks_for_no_history():
    assert [scope for scope in MANIFEST.scopes if "history" in scope] == []
    assert [event for event in MANIFEST.events if event.startswith("message")] == []
    scopes = text_of(HOUSE / "manifest.yml").partition("scopes:")[2].partition("settings:")[0]
    assert "user:" not in scopes, "Kettle acts as itself, never as a person"


def test_every_scope_in_the_manifest_has_its_reason_beside_it():
    scopes = text_of(HOUSE / "manifest.yml").partition("bot:\n")[2].partition("settings:")[0]
    for line in scopes.splitlines():
        assert re.fullmatch(r"\s+- [a-z:]+\s+# \S.+", line), line


# -- .env.example ---------------------------------------------------------------------------

SETTING = re.compile(r"^(#?)([A-Z][A-Z0-9_]*)=(.*)$")


def example() -> dict[str, tuple[bool, str]]:
    """The variables of .env.example: whether commented out, and the value shown."""
    found = {}
    for line in text_of(HOUSE / ".env.example").splitlines():
        if matched := SETTING.match(line):
            commented, name, value = matched.groups()
            found[name] = (bool(commented), value)
    return found


def test_the_example_names_every_setting_and_no_other():
    assert set(example()) == {name.upper() for name in Settings.model_fields}


def test_the_example_leaves_open_what_must_be_filled_in_and_nothing_else():
    for name, field in Settings.model_fields.items():
        commented, value = example()[name.upper()]
        assert commented is not field.is_required(), name
        if field.is_required():
            assert value == "", name


def test_the_defaults_in_the_example_are_true():
    for name, field in Settings.model_fields.items():
        if not field.is_required():
            default = "" if field.default_factory else str(field.default)
            assert example()[name.upper()][1] == default, name


def test_every_setting_has_a_word_on_it():
    previous = ""
    for line in text_of(HOUSE / ".env.example").splitlines():
        if SETTING.match(line):
            assert previous.startswith("# "), f"{line} has no comment above it"
        previous = line


# -- what is in the repository ---------------------------------------------------------------

# Spelt in two pieces, so that this file does not break its own rule.
ONE_MACHINE = tuple(f"/{folder}/" for folder in ("work", "root", "home", "Users"))
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npm" + "js", "jsdeliv" + "r", "unpk" + "g")


@pytest.mark.parametrize("word", [*ONE_MACHINE, *REGISTRIES])
def test_no_file_names_one_machine_or_where_packages_come_from(word: str):
    pattern = re.compile(rf"(?<![\w.}}*~-]){re.escape(word)}" if word in ONE_MACHINE else word)
    found = []
    for path in tracked():
        if path.suffix not in {".png", ".ico", ".woff2"} and pattern.search(text_of(path)):
            found.append(name_of(path))
    assert found == []


def test_the_license_is_mit():
    text = " ".join(text_of(HOUSE / "LICENSE").split())
    assert text.startswith("MIT License Copyright (c) ")
    assert "Permission is hereby granted, free of charge, to any person obtaining a copy" in text
    assert 'THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND' in text
    assert project()["license"] == "MIT"


def project() -> dict[str, object]:
    return tomllib.loads(text_of(HOUSE / "pyproject.toml"))["project"]


def test_no_lock_that_records_addresses_is_kept():
    assert {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json"}.isdisjoint(
        name_of(path) for path in tracked()
    )
    assert "uv.lock" in text_of(HOUSE / ".gitignore").splitlines()


def test_what_checks_the_code_is_the_same_here_and_in_ci():
    steps = [line for line in text_of(HOUSE / ".ci/run").splitlines() if line.startswith("make ")]
    assert steps == ["make check", "make test"]


def test_secrets_and_databases_are_never_committed():
    ignored = text_of(HOUSE / ".gitignore").splitlines()
    assert {".env", "*.db", ".venv/"} <= set(ignored)
    assert [p for p in tracked() if p.name == ".env" or p.suffix == ".db"] == []


def test_no_migration_has_two_successors():
    numbers = sorted(
        path.name[:4] for path in tracked() if path.parent.name == "versions" and path.suffix
    )
    assert [n for n, same in groupby(numbers) if len(list(same)) > 1] == []
    assert Path(HOUSE / "storage/migrations/versions") in {p.parent for p in tracked()}
