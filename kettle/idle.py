"""The threads in which listeners run, counted, so that somebody can wait until all are done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


class CountingExecutor(ThreadPoolExecutor):
    """A thread pool that knows when nothing is queued or running."""

    def __init__(self, max_workers: int = 10) -> None:
        super().__init__(max_workers=max_workers, thread_name_prefix="listener")
        self._busy = 0
        self._changed = threading.Condition()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As ThreadPoolExecutor.submit; counted from now until the work is done."""
        with self._changed:
            self._busy += 1
        future = super().submit(fn, *args, **kwargs)
        future.add_done_callback(self._done)
        return future

    def wait_idle(self, timeout: float = 60) -> None:
        """Return when nothing runs. Raises TimeoutError after `timeout` seconds."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._busy == 0, timeout):
                raise TimeoutError(f"{self._busy} listeners still run")

    def _done(self, _future: Future[Any]) -> None:
        with self._changed:
            self._busy -= 1
            self._changed.notify_all()
