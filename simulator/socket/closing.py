"""Closing the app's own socket client at once, which by itself takes seconds."""

from contextlib import suppress
from typing import Protocol

from slack_sdk.socket_mode import SocketModeClient

from simulator.socket.hub import Hub


class SocketHandler(Protocol):
    """What Bolt's `SocketModeHandler` is, as far as it is closed here."""

    @property
    def client(self) -> SocketModeClient: ...

    def close(self) -> object: ...


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
    with suppress(AttributeError):  # the SDK's receiver may let go of the socket meanwhile,
        handler.close()  # after the closer has looked whether it is there
    handler.close()  # what is closed already is left alone
