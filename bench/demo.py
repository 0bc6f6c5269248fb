"""A quarter in the demo: thirteen weeks by the page's own clock button, with the page open.

The demo as `kettle demo` starts it: 24 colleagues, a running clock, the heartbeat, and one page
that listens to everything. Target: under a minute.
"""

from __future__ import annotations

import http.client
import json
import resource
import threading
import time
from typing import Any
from urllib.parse import urlsplit

from kettle.demo import page, world
from kettle.demo.running import Demo, running

WEEKS = 13
WEEK = 7 * 24 * 3600
TARGET = 60.0  # seconds


def watch(address: str, pushes: list[int]) -> None:
    """Read the page's stream of scenes to its end, as a browser does."""
    link = http.client.HTTPConnection(address)
    link.request("GET", "/page/events")
    answer = link.getresponse()
    while line := answer.readline():
        if line.startswith(b"data:"):
            pushes.append(len(line))


def do(address: str, name: str, **given: Any) -> None:
    """Press one of the page's buttons; returns when it is done."""
    link = http.client.HTTPConnection(address, timeout=300)
    body, kind = json.dumps(given), {"Content-Type": "application/json"}
    link.request("POST", f"/page/do/{name}", body, kind)
    done = json.loads(link.getresponse().read())
    if not done["ok"]:
        raise RuntimeError(done["notice"])


def played(demo: Demo) -> tuple[float, float]:
    """The real seconds a quarter takes, and those of the processor."""
    page.attend(demo)
    address = urlsplit(demo.sim.page_url).netloc
    pushes: list[int] = []
    threading.Thread(target=watch, args=(address, pushes), daemon=True).start()
    coffee = demo.sim.conversation_id(world.COFFEE)
    visitor = demo.person(world.VISITOR).id
    do(address, "say", **{"as": visitor, "channel": coffee, "text": "/coffee join"})
    began, used = time.perf_counter(), cpu()
    for week in range(1, WEEKS + 1):
        do(address, "time", seconds=WEEK)
        print(f"week {week:2}: {time.perf_counter() - began:5.1f} s")
    took = time.perf_counter() - began, cpu() - used
    print(f"the page was drawn {len(pushes)} times, {sum(pushes) / 1e6:.1f} MB")
    return took


def cpu() -> float:
    """Seconds of processor this process has used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Play, and print how long it took."""
    with running(running_clock=True) as demo:
        wall, used = played(demo)
        calls = [call.method for call in demo.sim.calls]
        introduced = sum(
            "in this round" in str(message.blocks)
            for group in demo.sim.group_dms()
            for message in demo.sim.messages(group)
        )
    print(f"{WEEKS} weeks, {len(world.COLLEAGUES)} colleagues: {introduced} introductions, "
          f"{calls.count('chat.postMessage')} messages, {len(calls)} calls")  # fmt: skip
    print(f"wall {wall:.1f} s ({TARGET / wall:.1f} times as fast as the target of {TARGET:.0f} s), "
          f"CPU {used:.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()
