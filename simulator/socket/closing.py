"""Closing the app's own socket client at once, which by itself takes seconds."""

from contextlib import suppress
from typing import Protocol

from slack_sdk.socket_mode import SocketModeClient

from simulator.socket.hub import Hub

STEP, STEPS = 0.05, 200  # seconds, and how many of them the receiving thread gets to end


class SocketHandler(Protocol):
    """What Bolt's `SocketModeHandler` is, as far as it is closed here."""

    @property
    def client(self) -> SocketModeClient: ...

    def close(self) -> object: ...


def _end_session(client: SocketModeClient) -> None:
    """End the thread that receives, which the SDK's `close` may wait for without end.

    That thread notes "not terminated" after it has looked whether the session is active: when the
    session is closed in between, it takes back what `close` has noted.
    """
    runner = client.current_session_runner
    runner.event.set()
    for _ in range(STEPS):
        if not runner.is_alive():
            return
        client.current_session_state.terminated = True
        runner.thread.join(STEP)


def close_client(hub: Hub, handler: SocketHandler) -> None:
    """Close a Bolt `SocketModeHandler` at once.

    Its own `close()` waits for a receive that lasts up to three seconds; here the server hangs
    up first and the waiting threads are woken, so a test loses milliseconds.
    """
    client = handler.client
    client.auto_reconnect_enabled = False
    client.closed = True
    client.message_processor.event.set()
    client.enqueue_message("")
    hub.drop("")
    _end_session(client)
    with suppress(AttributeError):  # the SDK's receiver may let go of the socket meanwhile,
        handler.close()  # after the closer has looked whether it is there
    handler.close()  # what is closed already is left alone
