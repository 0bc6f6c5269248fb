"""What the page remembers beside the workspace: its log, its tour, and whether time is moving."""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from threading import Lock
from typing import TypeVar

from simulator.page.hooks import PageHooks, TourStep
from simulator.people.workspace import Workspace
from simulator.world.faults import Faults
from simulator.world.names import person_id
from simulator.world.records import JSON

T = TypeVar("T")
LINES_KEPT = 400
CALLS_SHOWN = 120
CALLS_LOOKED_AT = 300
QUIET_CALLS = ("apps.connections.open", "auth.test", "api.test")
ORDERS = {
    "lose": "The next answer will be lost",
    "rate_limit": "The next call will be rate limited",
    "server_error": "The next call will meet an internal error",
    "fail": "The next call will be refused",
    "delay": "The next answer will be late",
    "drop_socket": "Every socket was cut",
    "refuse_sockets": "The next connections will be refused",
    "duplicate_event": "The next event will come twice",
    "lose_event": "The next event will be lost",
}


class Busy(Exception):
    """Time is already moving."""


class Page:
    """The state of the page that all its visitors share. `hooks` belongs to the embedder."""

    def __init__(self, workspace: Workspace, faults: Faults) -> None:
        self.workspace = workspace
        self.world = workspace.world
        self.actions = workspace.actions
        self.faults = faults
        self.clock = workspace.world.clock
        self._moving = Lock()
        self.clear()
        self.clock.on_move(self._tell)

    def clear(self) -> None:
        """Forget what happened, the tour and the hooks: the page as on its first day."""
        self.hooks = PageHooks()
        self.tour_at = 0
        self.tour_skipped = False
        self._done: set[int] = set()
        self._lines: deque[JSON] = deque(maxlen=LINES_KEPT)
        self._busy = ""
        self._next: JSON | None = None
        self._trouble = ""

    def _tell(self) -> None:
        with self.world.editing():
            self.world.changed("page")

    # -- what happened --------------------------------------------------------

    def say(self, text: str, kind: str = "news") -> None:
        """Add a line to the list of what happened, at the simulated time."""
        with self.world.editing():
            self._lines.append({"at": self.clock.now().isoformat(), "text": text, "kind": kind})
            self.world.changed("page")

    def lines(self) -> list[JSON]:
        """The list of what happened, oldest first."""
        with self.world.lock:
            return list(self._lines)

    def ordered(self, kind: str, method: str) -> None:
        """Note that a fault was ordered."""
        words = ORDERS.get(kind, kind)
        self.say(f"{words} ({method})" if method not in ("", "*") else words, "fault")

    # -- time -----------------------------------------------------------------

    def forward(self, seconds: float) -> None:
        self.move_to(self.clock.now() + timedelta(seconds=seconds))

    def to_next_stop(self) -> None:
        """Play until the embedder's next stop; nothing when there is none."""
        stop = self.hooks.next_stop() if self.hooks.next_stop else None
        if stop is None:
            self.say("Nothing is planned.", "time")
        else:
            self.move_to(stop[1])

    def move_to(self, target: datetime) -> None:
        """Let time pass, playing what falls due. Raises Busy while it is moving already."""
        if not self._moving.acquire(blocking=False):
            raise Busy("Time is moving already.")
        try:
            self._set_busy("Time is passing")
            for line in self._play(max(target, self.clock.now())):
                self.say(line, "played")
        finally:
            self._set_busy("")
            self._moving.release()

    def _play(self, target: datetime) -> Sequence[str]:
        if self.hooks.advance is not None:
            return self.hooks.advance(target)
        self.clock.move_to(target)
        return []

    @property
    def busy(self) -> bool:
        """Whether time is moving."""
        return bool(self._busy)

    def _set_busy(self, words: str) -> None:
        self._busy = words
        self._tell()

    def run_fault(self, name: str) -> str:
        """Run one of the embedder's faults; KeyError when there is none of this name."""
        fault = {f.name: f for f in self.hooks.faults}[name]
        words = fault.run()
        self.say(words or f"{fault.label}: done", "fault")
        return words

    # -- the tour -------------------------------------------------------------

    def go_to_step(self, number: int) -> None:
        """Show this step of the tour (its number of steps means: finished)."""
        self.tour_skipped = False
        self.tour_at = max(0, min(number, len(self.hooks.tour)))
        self._tell()

    def help_along(self) -> None:
        """Do what the open step's helper does. IndexError or TypeError when it has none."""
        helper = self.hooks.tour[self.tour_at].helper
        if helper is None:
            raise TypeError("this step has no helper")
        words = helper[1](self.workspace)
        if words:
            self.say(words)

    def skip_tour(self) -> None:
        self.tour_skipped = True
        self._tell()

    def tour(self) -> JSON:
        """The tour as the page draws it; asks the open step whether it is done."""
        steps = list(self.hooks.tour)
        at = min(self.tour_at, len(steps))
        if at < len(steps) and not self.tour_skipped and at not in self._done:
            done_when = steps[at].done_when
            if self._ask(lambda: done_when(self.workspace), False):
                self._done.add(at)
        drawn = [self._step(n, step) for n, step in enumerate(steps)]
        return {"steps": drawn, "at": at, "skipped": self.tour_skipped}

    def _step(self, number: int, step: TourStep) -> JSON:
        who = person_id(self.world, step.as_person) if step.as_person else None
        return {
            "title": step.title,
            "text": step.text,
            "as": who,
            "where": step.where,
            "hint": step.hint,
            "type_this": step.type_this,
            "next_stop": step.next_stop,
            "helper": step.helper[0] if step.helper else "",
            "done": number in self._done,
        }

    # -- drawing --------------------------------------------------------------

    def draw(self) -> JSON:
        """Everything about the page itself, ready for JSON."""
        hooks = self.hooks
        if not self._busy:
            stop = self._ask(hooks.next_stop, None) if hooks.next_stop else None
            self._next = {"label": stop[0], "at": stop[1].isoformat()} if stop else None
        return {
            "running": self.clock.running,
            "busy": self._busy,
            "connected": bool(self.workspace.hub.connections),
            "app_state": self._ask(hooks.app_state, "") if hooks.app_state else "",
            "next": self._next,
            "log": self.lines(),
            "tour": self.tour(),
            "faults": [{"name": f.name, "label": f.label, "about": f.about} for f in hooks.faults],
            "calls": self._calls(),
        }

    def _ask(self, hook: Callable[[], T], otherwise: T) -> T:
        """What the embedder's hook says; one that fails is reported once, and the page goes on."""
        try:
            return hook()
        except Exception as problem:  # noqa: BLE001  somebody else's code must not break the page
            words = f"A hook of the page failed: {problem!r}"
            if words != self._trouble:
                self._trouble = words
                self.say(words, "fault")
            return otherwise

    def _calls(self) -> list[JSON]:
        """The last Web API calls, newest first, without those that say nothing."""
        with self.world.lock:
            last = list(islice(reversed(self.world.calls), CALLS_LOOKED_AT))
        return [
            {"at": c.at.isoformat(), "method": c.method, "ok": c.ok, "error": c.error}
            for c in last
            if c.method not in QUIET_CALLS
        ][:CALLS_SHOWN]
