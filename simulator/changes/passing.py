"""What time brings by itself: messages that were scheduled, statuses that run out."""

from simulator.changes import membership, posting
from simulator.world.state import World


def time_passed(world: World) -> None:
    """Do what has fallen due by now."""
    post_due(world)
    now = world.epoch()
    with world.lock:
        over = [u.id for u in world.users.values() if 0 < u.status_expiration <= now]
    for user_id in over:
        membership.change_user(
            world,
            user_id,
            "user_status_changed",
            status_text="",
            status_emoji="",
            status_expiration=0,
        )
    with world.editing():
        world.changed("clock")


def post_due(world: World) -> None:
    """Post what is due. A message with metadata is never posted: a known bug of Slack's."""
    with world.editing():
        due = [s for s in world.scheduled.values() if s.post_at <= world.epoch()]
        for waiting in sorted(due, key=lambda s: s.post_at):
            del world.scheduled[waiting.id]
            conv = world.conversations[waiting.channel]
            able = world.bot_user_id in conv.members and not conv.archived
            if able and not waiting.fields.get("metadata"):
                posting.post_as_app(world, conv, **waiting.fields)
