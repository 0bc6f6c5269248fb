"""A program that is asked to stop at the worst instants, again and again.

A handler of a signal runs in the middle of whatever the main thread was doing. From the moment the
program listens for SIGTERM, it gets one at each line of the standard library's `threading` that
its main thread runs: also at those where a lock is held.
"""

from __future__ import annotations

import runpy
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

HERE = str(Path(__file__).parents[1])
STARTER = f"import sys; sys.path.append({HERE!r}); from tests import interrupting as i; i.main()"
INTERRUPTED = ("-c", STARTER)  # for Python, before the module and its arguments
_listen = signal.signal


def main() -> None:
    """Run the module that the first argument names, with the others."""
    signal.signal = listening  # type: ignore[assignment]
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def listening(number: int, handler: Any) -> Any:
    """`signal.signal`, and the interruptions for as long as somebody listens."""
    before = _listen(number, handler)
    if number == signal.SIGTERM:
        sys.settrace(interrupt if callable(handler) else None)
    return before


def interrupt(frame: FrameType, event: str, argument: object) -> Any:
    """The trace: SIGTERM at each line of `threading`."""
    if frame.f_code.co_filename != threading.__file__:
        return None
    if event == "line":
        signal.raise_signal(signal.SIGTERM)
    return interrupt
