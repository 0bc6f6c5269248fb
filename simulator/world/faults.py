"""Faults a test can order: lost answers, refusals, delays, dropped sockets, doubled events."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

ANY = "*"


@dataclass(slots=True)
class Fault:
    """What shall happen to the next `left` calls of a method; None until it is over."""

    kind: str
    method: str
    left: int | None = 1
    seconds: float = 0
    error: str = ""


class Faults:
    """Orders for trouble; each is used up by the calls it hits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[Fault] = []
        self._event_orders: list[str] = []
        self.on_drop: Callable[[str], None] = lambda reason: None
        self.on_order: Callable[[str, str], None] = lambda kind, method: None
        self._refused_sockets = 0

    def lose_next_answer(self, method: str, n: int = 1) -> None:
        """Do what is asked, then drop the connection without an answer."""
        self._order(Fault("lose", method, n))

    def rate_limit(self, method: str, seconds: int, n: int = 1) -> None:
        """Answer the next `n` calls with HTTP 429 and `Retry-After: seconds`."""
        self._order(Fault("rate_limit", method, n, seconds=seconds))

    def fail_next(self, method: str, error: str, n: int = 1) -> None:
        """Answer the next `n` calls with this error code; nothing is done."""
        self._order(Fault("fail", method, n, error=error))

    def half_fail_next(self, method: str, error: str = "fatal_error", n: int = 1) -> None:
        """Do what is asked, and answer with this error code all the same."""
        self._order(Fault("half", method, n, error=error))

    def server_error_next(self, method: str, n: int = 1) -> None:
        """Answer the next `n` calls with HTTP 500; nothing is done."""
        self._order(Fault("server_error", method, n))

    def delay_next(self, method: str, seconds: float, n: int = 1) -> None:
        """Hold the next `n` answers back for this many real seconds."""
        self._order(Fault("delay", method, n, seconds=seconds))

    def outage(self, kind: str, method: str = ANY, seconds: float = 0) -> None:
        """From now on every call meets this, until `over`.

        "server_error": HTTP 500, nothing is done. "unavailable": HTTP 503 and Slack's own word for
        it, nothing is done. "cut": read, and dropped without being done. "lose": done, and never
        answered. "delay": answered this many real seconds late.
        """
        self._order(Fault(kind, method, None, seconds))

    def over(self) -> None:
        """Every outage ends."""
        with self._lock:
            self._waiting = [fault for fault in self._waiting if fault.left is not None]

    def drop_socket(self, reason: str = "") -> None:
        """Cut every WebSocket, saying the reason first if there is one.

        Slack's reasons: "warning", "refresh_requested", "link_disabled".
        """
        self.on_drop(reason)
        self.on_order("drop_socket", "")

    def refuse_sockets(self, n: int) -> None:
        """Let the next `n` WebSocket connections fail."""
        with self._lock:
            self._refused_sockets += n
        self.on_order("refuse_sockets", "")

    def duplicate_next_event(self, n: int = 1) -> None:
        """Deliver the next events twice, with the same event_id."""
        self._order_events("duplicate", n)

    def lose_next_event(self, n: int = 1) -> None:
        """Never deliver the next events."""
        self._order_events("lose", n)

    def clear(self) -> None:
        """Forget every order not yet carried out."""
        with self._lock:
            self._waiting.clear()
            self._event_orders.clear()
            self._refused_sockets = 0

    @property
    def waiting(self) -> bool:
        """Whether an order is still to be carried out, or an outage lasts."""
        with self._lock:
            return bool(self._waiting or self._event_orders or self._refused_sockets)

    def take(self, method: str) -> Fault | None:
        """The fault this call meets, if any (used up by being taken)."""
        with self._lock:
            for fault in self._waiting:
                if fault.method in (method, ANY):
                    if fault.left is not None:
                        fault.left -= 1
                        if fault.left <= 0:
                            self._waiting.remove(fault)
                    return fault
        return None

    def take_event(self) -> str | None:
        with self._lock:
            return self._event_orders.pop(0) if self._event_orders else None

    def take_refused_socket(self) -> bool:
        with self._lock:
            if self._refused_sockets:
                self._refused_sockets -= 1
                return True
            return False

    def _order(self, fault: Fault) -> None:
        with self._lock:
            self._waiting.append(fault)
        self.on_order(fault.kind, fault.method)

    def _order_events(self, kind: str, n: int) -> None:
        with self._lock:
            self._event_orders.extend([kind] * n)
        self.on_order(f"{kind}_event", "")
