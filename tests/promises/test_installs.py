"""Two locks, one for running and one for checking on top of it; how they are installed."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import pytest

from tests.house import HOUSE, ROOMS, modules, text_of, tree_of

PYPROJECT = tomllib.loads(text_of(HOUSE / "pyproject.toml"))
RUNNING, CHECKING = "requirements.lock", "requirements-dev.lock"
LOCKS = pytest.mark.parametrize("lock", [RUNNING, CHECKING])


def pins(lock: str) -> list[list[str]]:
    """The lock, one list of lines for each package."""
    entries: list[list[str]] = []
    for line in text_of(HOUSE / lock).splitlines():
        if line.startswith(" "):
            entries[-1].append(line.strip())
        elif line and not line.startswith("#"):
            entries.append([line])
    return entries


def plain(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def names(lock: str) -> set[str]:
    return {plain(first) for first, *_ in pins(lock)}


def asked_for(group: str) -> set[str]:
    return {plain(one) for one in PYPROJECT["dependency-groups"][group]}


@LOCKS
def test_every_package_in_a_lock_is_pinned_with_its_hashes(lock: str):
    for first, *hashes in pins(lock):
        assert re.match(r"^[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+", first), first
        assert hashes, f"{first} has no hash"
        for line in hashes:
            assert re.fullmatch(r"--hash=sha256:[0-9a-f]{64}( \\)?", line), f"{first}: {line}"


@LOCKS
def test_no_lock_holds_an_address(lock: str):
    for sign in ("://", "--index-url", "--find-links", "--extra-index-url", " @ "):
        assert sign not in text_of(HOUSE / lock)


def test_the_locks_cover_everything_the_project_asks_for():
    wanted = {plain(one) for one in PYPROJECT["project"]["dependencies"]} | asked_for("build")
    assert wanted - names(RUNNING) == set()
    assert asked_for("dev") - names(CHECKING) == set()


def test_running_installs_nothing_that_only_checking_needs():
    assert names(RUNNING) & asked_for("dev") == set()


def test_checking_comes_on_top_of_running_and_changes_nothing_in_it():
    both = [one for one in pins(CHECKING) if plain(one[0]) in names(RUNNING)]
    assert both == pins(RUNNING)


def test_the_rooms_import_only_what_running_installs():
    homes = metadata.packages_distributions()
    imported = {
        name.partition(".")[0]
        for path in modules(*ROOMS)
        for node in ast.walk(tree_of(path))
        for name in imports(node)
    }
    outside = imported - set(ROOMS) - set(sys.stdlib_module_names)
    assert {"PIL", "slack_bolt"} <= outside
    for name in outside:
        assert names(RUNNING) & {plain(home) for home in homes[name]}, name


def imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_every_python_that_is_declared_is_looked_for():
    prefix = "Programming Language :: Python :: 3."
    declared = {
        one.removeprefix(prefix)
        for one in PYPROJECT["project"]["classifiers"]
        if one.startswith(prefix)
    }
    assert declared == set(re.findall(r"python3\.(\d+)", text_of(HOUSE / "Makefile")))


# -- installing --------------------------------------------------------------------------------


def install(lock: Path, **pip: str) -> subprocess.CompletedProcess[str]:
    """What `make` does with a lock, with pip set up by these variables and nothing else."""
    return subprocess.run(
        [sys.executable, HOUSE / "tools/install.py", lock],
        env={"PATH": os.environ["PATH"], "PIP_CONFIG_FILE": os.devnull, **pip},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock of one package, which is a wheel in the folder `shelf`."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    wheel = shelf / "teapot_of_kettle-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr("teapot.py", "")
        told = "teapot_of_kettle-1.0.dist-info"
        made.writestr(
            f"{told}/METADATA", "Metadata-Version: 2.1\nName: teapot-of-kettle\nVersion: 1.0"
        )
        made.writestr(
            f"{told}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any"
        )
        made.writestr(f"{told}/RECORD", "")
    lock = tmp_path / "a.lock"
    digest = sha256(wheel.read_bytes()).hexdigest()
    lock.write_text(f"teapot-of-kettle==1.0 \\\n    --hash=sha256:{digest}\n")
    return lock


def test_installing_says_a_line_for_each_package(lock: Path, tmp_path: Path):
    there = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path / "shelf")}
    done = install(lock, **there, PIP_TARGET=str(tmp_path / "put"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["    0 left  teapot-of-kettle-1.0", "  unpacking …"]
    assert (tmp_path / "put/teapot.py").exists()


def test_without_a_network_installing_says_one_sentence(lock: Path):
    closed = "http://127.0.0.1:9/simple"  # nobody listens on this port
    failed = install(lock, PIP_INDEX_URL=closed, PIP_RETRIES="0", PIP_TARGET=str(lock.parent))
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert failed.stderr == (
        "There is no network, or it does not reach where Python packages come from.\n"
    )


def test_a_package_that_was_tampered_with_is_not_taken_for_a_missing_network(
    lock: Path, tmp_path: Path
):
    lock.write_text(lock.read_text().replace("sha256:", "sha256:0")[:-2] + "\n")
    there = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path / "shelf")}
    failed = install(lock, **there, PIP_TARGET=str(tmp_path / "put"))
    assert failed.returncode == 1
    assert "DO NOT MATCH THE HASHES" in failed.stderr
    assert "network" not in failed.stderr
