"""Events as Slack sends them: the body around each, and the installation it is shown to."""

from simulator.world.records import JSON
from simulator.world.state import World


def wrap(world: World, event: JSON) -> JSON:
    """The body the app receives: `event_callback` around the event."""
    inner = {k: v for k, v in event.items() if k != "__as"}
    inner.setdefault("event_ts", world.new_ts())
    channel = inner.get("channel")
    where = channel if isinstance(channel, str) else "none"
    return {
        "token": "simulated-verification-token",
        "team_id": world.team_id,
        "context_team_id": world.team_id,
        "context_enterprise_id": None,
        "api_app_id": world.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": world.new_id("Ev"),
        "event_time": world.epoch(),
        "authorizations": authorizations(world),
        "is_ext_shared_channel": False,
        "event_context": f"1-{inner['type']}-{world.team_id}-{where}",
    }


def authorizations(world: World) -> list[JSON]:
    """The installation an event is shown to."""
    return [
        {
            "enterprise_id": None,
            "team_id": world.team_id,
            "user_id": world.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ]
