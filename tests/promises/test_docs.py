"""The pages tell the truth: every command, target, setting, path and link in them exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
import typer

from bot.platform.settings import Settings
from handlers import coffee
from handlers.checkins import asking
from kettle.cli import cli
from simulator.world import manifest as manifests
from tests.house import HOUSE, name_of, text_of, tracked

PAGES = tuple(path for path in tracked() if path.suffix == ".md")
README, CONTRIBUTING = HOUSE / "README.md", HOUSE / "CONTRIBUTING.md"
OPERATIONS = HOUSE / "docs" / "operations.md"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"")
SUITES = {"/coffee": coffee.COFFEE.names(), "/checkin": asking.CHECKIN.names()}
# Words in a usage line that stand for something else.
STANDS_FOR_MORE = {"…", "..."}


@cache
def code_of(page: Path) -> tuple[str, ...]:
    """What a page shows as code: spans, and the lines of fenced blocks without their comments."""
    text = text_of(page)
    lines = [
        line.split("  #")[0].strip() for block in FENCED.findall(text) for line in block.split("\n")
    ]
    return (*SPAN.findall(FENCED.sub("", text)), *filter(None, lines))


def shown(pattern: str) -> Iterator[tuple[str, str]]:
    """Every match of a pattern in the code of all pages, with the page's name."""
    for page in PAGES:
        for code in code_of(page):
            for found in re.findall(pattern, code):
                yield name_of(page), found


@cache
def commands() -> dict[str, click.Command]:
    """The commands of the command line by their whole name, such as "rounds run"."""
    found: dict[str, click.Command] = {}

    def walk(command: click.Command, name: str) -> None:
        below = getattr(command, "commands", None)
        alone = below is None or getattr(command, "invoke_without_command", False)
        if name and alone:
            found[name] = command
        if below is not None:
            for word, inner in below.items():
                walk(inner, f"{name} {word}".strip())

    walk(typer.main.get_command(cli), "")
    return found


def options_of(name: str) -> set[str]:
    parameters = commands()[name].params
    return {flag for one in parameters for flag in [*one.opts, *one.secondary_opts]} | {"--help"}


def root_options() -> set[str]:
    """The options of `kettle` itself, such as --version."""
    return {flag for one in typer.main.get_command(cli).params for flag in one.opts}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", text_of(HOUSE / "Makefile"), re.MULTILINE))


def test_every_kettle_command_shown_exists_with_its_options():
    for page, rest in shown(r"(?:^|[\s/])kettle((?: (?:--)?[a-z…][\w:.-]*)+)"):
        tokens = rest.split()
        if tokens[0] in {*STANDS_FOR_MORE, *root_options()}:
            continue
        longer = " ".join(tokens[:2])
        name = longer if longer in commands() else tokens[0]
        assert name in commands() or tokens[0] == "rounds", f"{page} shows kettle{rest}"
        flags = {token for token in tokens if token.startswith("--")}
        assert not flags or flags <= options_of(name), f"{page} shows kettle{rest}"


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_kettle_command_is_in_the_operator_s_page(name: str):
    rows = [code for code in code_of(OPERATIONS) if re.match(rf"kettle {name}( --| [A-Z]|$)", code)]
    assert rows, f"docs/operations.md does not tell of `kettle {name}`"


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_is_in_the_operator_s_page(name: str):
    text = text_of(OPERATIONS)
    for one in commands()[name].params:
        if one.name != "help":
            assert any(flag in text for flag in [*one.opts, *one.secondary_opts]), one.name


def test_every_make_target_shown_exists():
    for page, target in shown(r"(?:^|\s)make ([a-z-]+)"):
        assert target in targets(), f"{page} shows make {target}"


def test_every_make_target_is_told_of():
    told = " ".join([*code_of(README), *code_of(CONTRIBUTING)])
    assert {target for target in targets() if f"make {target}" not in told} == set()


@pytest.mark.parametrize("command", sorted(SUITES))
def test_every_word_shown_behind_a_slash_command_exists(command: str):
    for page, word in shown(rf"{command} ([a-z]+)"):
        assert word in SUITES[command], f"{page} shows {command} {word}"


@pytest.mark.parametrize("command", sorted(SUITES))
def test_every_word_behind_a_slash_command_is_told_of(command: str):
    told = {word for _, word in shown(rf"{command} ([a-z]+)")}
    assert set(SUITES[command]) - told == set()


def test_the_hints_in_the_manifest_are_words_that_are_understood():
    for name, command in manifests.load(HOUSE / "manifest.yml").commands.items():
        words = [hint.split()[0] for hint in command.usage_hint.split(" | ")]
        assert set(words) <= set(SUITES[name]), name


def test_the_operator_s_page_tells_every_setting_with_its_default():
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|", text_of(OPERATIONS), re.MULTILINE))
    assert set(rows) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if field.is_required():
            assert rows[name.upper()] == "must be set"
        elif name.startswith("kettle_"):
            assert rows[name.upper()] == f"`{field.default}`"


def test_every_path_shown_exists():
    for page, path in shown(
        r"^((?:bot|core|storage|handlers|kettle|simulator|tests|bench|docs|tools)/[\w./-]*)$"
    ):
        assert (HOUSE / path).exists() or "pictures" in path, f"{page} shows {path}"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", head.lower()).strip() for head in heads)
    return {head.replace(" ", "-") for head in kept}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path):
    for target in LINK.findall(COMMENT.sub("", text_of(page))):
        place, _, anchor = target.partition("#")
        if place.startswith("https://"):
            continue
        path = (page.parent / place).resolve() if place else page
        assert path.exists(), f"{target} is not there"
        assert not anchor or anchor in anchors(path), f"{target}: no such heading"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_picture_is_there(page: Path):
    for pair in PICTURE.findall(COMMENT.sub("", text_of(page))):
        assert (page.parent / (pair[0] or pair[1])).exists(), pair


def test_every_page_can_be_found_from_the_readme_or_the_architecture():
    starts = (README, HOUSE / "docs" / "architecture.md")
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in starts
        for target in LINK.findall(text_of(page))
    }
    lost = [
        name_of(page)
        for page in PAGES
        if page.is_relative_to(HOUSE / "docs") and page not in linked and page.parent not in linked
    ]
    assert lost == []


def test_the_readme_begins_with_people_and_then_the_two_commands():
    text = text_of(README)
    places = [
        text.index(part) for part in ("If you work here", "make demo", "make test", "manifest.yml")
    ]
    assert places == sorted(places)
    assert len(text.splitlines()) < 100


def test_every_decision_says_what_was_asked_decided_and_not_taken():
    for page in PAGES:
        if page.parent.name == "decisions":
            for part in (
                "**The question.**",
                "**The decision.**",
                "**What follows.**",
                "**Not taken.**",
            ):
                assert part in text_of(page), f"{name_of(page)} has no {part}"
