"""Installs a lock beside the Python that runs this: a line for each package, one for a failure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "2")
# A lock is complete, and a module is compiled when it is first used: less to wait for and to keep.
INSTALL = ("install", "--no-deps", "--no-compile", "--require-hashes", "--progress-bar", "off")
PACKAGE = re.compile(
    r"(?:Collecting |Requirement already satisfied: )"
    r"(?P<name>[\w.-]+)(?:\[.*?\])?==(?P<version>[^ ;]+)"
    r"|Processing (?:\S*/)?(?P<file>[^-/\s]+-[^-/\s]+)-[^/\s]+\.whl"
)
NO_NETWORK = re.compile(
    "establish a new connection|Connect(ion|Timeout)Error|ReadTimeoutError|Cannot connect to proxy"
    "|Temporary failure in name resolution|Max retries exceeded|Network is unreachable"
)
LAST = 12  # lines of what pip said last, where the reason is another one


def main(lock: str) -> int:
    """Install what `lock` (a file of pins with hashes) names; the exit code to end with."""
    left = sum(line[:1].isalnum() for line in Path(lock).read_text().splitlines())
    said: list[str] = []
    with _pip("-r", lock) as running:
        for line in _lines(running, said):
            if line.startswith("Ignoring "):  # not for this machine
                left -= 1
            elif found := PACKAGE.match(line):
                left -= 1
                name = found["file"] or f"{found['name']}-{found['version']}"
                print(f"  {left:3} left  {name.replace('_', '-')}", flush=True)
            elif line.startswith("Installing collected packages"):
                print("  unpacking …", flush=True)
    if running.returncode:
        print(_trouble(said), file=sys.stderr)
    return running.returncode


def _pip(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*PIP, *INSTALL, *arguments],
        env={**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "500"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _lines(running: subprocess.Popen[str], said: list[str]) -> Iterator[str]:
    assert running.stdout is not None
    for line in running.stdout:
        said.append(line.rstrip())
        yield said[-1]


def _trouble(said: list[str]) -> str:
    ended = " ".join(said[-3:])
    not_there = "No matching distribution found" in ended or NO_NETWORK.search(ended)
    if not_there and any(NO_NETWORK.search(line) for line in said):
        return "There is no network, or it does not reach where Python packages come from."
    return "\n".join(["Not everything could be installed:", *said[-LAST:]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
