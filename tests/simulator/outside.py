"""The simulator as a program of its own, and its page as a browser speaks to it."""

import json
import os
import shlex
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress

PATIENCE = 120  # seconds: a slow machine is no failure


@contextmanager
def process(*command, **options):
    """A program that runs until the end of the block, or is told to stop within it."""
    running = subprocess.Popen([sys.executable, *command], text=True, **options)
    try:
        yield running
    finally:
        if running.poll() is None:
            running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.communicate(timeout=PATIENCE)


@contextmanager
def simulated(manifest, *options, how=("-m",)):
    """`python -m simulator` for this manifest: the process, and the lines it printed."""
    command = (*how, "simulator", "--manifest", str(manifest), *options)
    with process(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        lines = []
        for line in running.stdout:
            lines.append(line)
            if line.startswith("export SLACK_PAGE_URL="):
                break
        yield running, lines


def environment(lines):
    """The variables that the printed lines export."""
    words = [line.removeprefix("export ") for line in lines if line.startswith("export ")]
    return dict(shlex.split(word)[0].split("=", 1) for word in words)


def stop(running, number=signal.SIGTERM):
    """Send the signal; the exit code, and all that was printed meanwhile."""
    running.send_signal(number)
    out, err = running.communicate(timeout=PATIENCE)
    return running.returncode, out + err


class Visitor:
    """Somebody at the page."""

    def __init__(self, page, name):
        self.page = page
        people = self.scene()["people"]
        self.id = next(one["id"] for one in people.values() if one["real_name"] == name)

    def scene(self):
        with urllib.request.urlopen(f"{self.page}page/scene", timeout=PATIENCE) as answer:
            return json.load(answer)

    def sees(self, wanted):
        """The first scene in which `wanted(scene)` holds; waits for it."""
        url = f"{self.page}page/events?as={self.id}"
        with urllib.request.urlopen(url, timeout=PATIENCE) as stream:
            for line in stream:
                if line.startswith(b"data: ") and wanted(scene := json.loads(line[6:])):
                    return scene
        raise AssertionError("the page closed before that was seen")

    def does(self, what, **given):
        """What the page answers to this."""
        body = json.dumps({"as": self.id, **given}).encode()
        request = urllib.request.Request(
            f"{self.page}page/do/{what}", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)


def channel(scene, name):
    """The conversation of this name."""
    return next(one for one in scene["conversations"] if one["name"] == name)


def said(scene):
    """All texts of all conversations in it."""
    return [m["readable"] for conv in scene["conversations"] for m in conv["messages"]]


def app_environment(lines):
    """This process's variables and the printed ones."""
    return {**os.environ, **environment(lines)}
