"""The keys an app relies on, by method; and how shapes are compared with recorded samples."""

import json
from pathlib import Path

SAMPLES = Path(__file__).parents[2].parent / "shared" / "slack" / "samples"

# What must be in an answer, as paths; `[]` steps into the first item of a list.
EXPECTED = {
    "api.test": ["ok", "args"],
    "auth.test": ["url", "team", "user", "team_id", "user_id", "bot_id", "is_enterprise_install"],
    "team.info": ["team.id", "team.name", "team.domain", "team.email_domain", "team.icon"],
    "bots.info": ["bot.id", "bot.name", "bot.app_id", "bot.user_id", "bot.icons", "bot.deleted"],
    "users.info": [
        "user.id", "user.team_id", "user.name", "user.real_name", "user.tz", "user.tz_label",
        "user.tz_offset", "user.is_bot", "user.is_admin", "user.is_owner", "user.is_restricted",
        "user.is_ultra_restricted", "user.deleted", "user.updated", "user.profile.email",
        "user.profile.display_name", "user.profile.status_emoji", "user.profile.status_expiration",
    ],
    "users.list": ["members[].id", "cache_ts", "response_metadata.next_cursor"],
    "users.lookupByEmail": ["user.id", "user.profile.email"],
    "users.profile.get": ["profile.real_name", "profile.status_text", "profile.fields"],
    "users.getPresence": ["presence"],
    "users.conversations": ["channels[].id", "channels[].name", "response_metadata.next_cursor"],
    "dnd.info": ["dnd_enabled", "next_dnd_start_ts", "next_dnd_end_ts"],
    "dnd.teamInfo": ["users"],
    "usergroups.list": ["usergroups[].id", "usergroups[].handle", "usergroups[].name"],
    "usergroups.users.list": ["users[]"],
    "conversations.info": [
        "channel.id", "channel.name", "channel.is_channel", "channel.is_private", "channel.is_im",
        "channel.is_mpim", "channel.is_archived", "channel.is_member", "channel.is_ext_shared",
        "channel.creator", "channel.num_members", "channel.topic.value", "channel.purpose.value",
    ],
    "conversations.list": ["channels[].id", "channels[].num_members"],
    "conversations.members": ["members[]", "response_metadata.next_cursor"],
    "conversations.open": ["channel.id", "channel.created", "channel.user", "channel.is_im"],
    "conversations.join": ["channel.id"],
    "conversations.create": ["channel.id", "channel.name", "channel.creator"],
    "conversations.history": ["messages[].ts", "messages[].text", "has_more"],
    "conversations.replies": ["messages[].ts", "has_more"],
    "chat.postMessage": [
        "channel", "ts", "message.ts", "message.text", "message.user", "message.bot_id",
        "message.app_id", "message.bot_profile.id", "message.type", "message.team",
    ],
    "chat.postEphemeral": ["message_ts"],
    "chat.update": ["channel", "ts", "text", "message.text"],
    "chat.delete": ["channel", "ts"],
    "chat.getPermalink": ["channel", "permalink"],
    "chat.scheduleMessage": ["channel", "scheduled_message_id", "post_at", "message.text"],
    "chat.scheduledMessages.list": ["scheduled_messages[].id", "scheduled_messages[].post_at"],
    "reactions.add": ["ok"],
    "views.open": [
        "view.id", "view.team_id", "view.type", "view.title", "view.blocks", "view.callback_id",
        "view.private_metadata", "view.state", "view.hash", "view.root_view_id",
        "view.external_id", "view.app_id", "view.bot_id", "view.notify_on_close",
    ],
    "views.publish": ["view.id", "view.type", "view.hash", "view.blocks"],
    "files.getUploadURLExternal": ["upload_url", "file_id"],
    "files.completeUploadExternal": ["files[].id", "files[].title", "files[].name"],
    "apps.connections.open": ["url"],
}  # fmt: skip

# Below these keys anything goes: the samples dropped or blanked what was there.
OPEN = {"blocks", "state", "args", "fields", "shares", "event_payload", "attachments", "icon"}
OPEN |= {"initial_option", "title", "submit", "close", "latest", "confirm"}


def missing(answer, paths):
    """The expected paths that the answer lacks."""
    return [path for path in paths if not _has(answer, path.split("."))]


def _has(value, steps):
    if not steps:
        return True
    name, many, _ = steps[0].partition("[]")
    if not isinstance(value, dict) or name not in value:
        return False
    inner = value[name]
    if many:
        return bool(inner) and _has(inner[0], steps[1:])
    return _has(inner, steps[1:])


def strange(ours, sample, at=""):
    """Paths of ours that the sample does not know, or knows as another type."""
    if ours is None or sample is None:
        return []
    if isinstance(ours, dict) and isinstance(sample, dict):
        return [p for name, value in ours.items() for p in _strange_key(name, value, sample, at)]
    if isinstance(ours, list) and isinstance(sample, list):
        return [p for one in ours for p in strange(one, sample[0], at + "[]")] if sample else []
    same = type(ours) is type(sample) or {type(ours), type(sample)} <= {int, float}
    return [] if same else [f"{at}: {type(ours).__name__}, not {type(sample).__name__}"]


def _strange_key(name, value, sample, at):
    if name in OPEN and name in sample:
        return []
    if name not in sample:
        by_id = [v for k, v in sample.items() if k.startswith(("U0000", "C0000"))]
        return strange(value, by_id[0], f"{at}.{name}") if by_id else [f"{at}.{name}"]
    return strange(value, sample[name], f"{at}.{name}")


def sample(*parts):
    """A recorded sample, or None where the folder is not there."""
    path = SAMPLES.joinpath(*parts)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def merged(examples):
    """One value with the keys of all examples; lists become one item with the keys of all."""
    result = {}
    for one in examples:
        for name, value in one.items():
            old = result.get(name)
            if isinstance(old, dict) and isinstance(value, dict):
                result[name] = merged([old, value])
            elif isinstance(value, list) and _dicts(value):
                result[name] = [merged([*_dicts(old), *_dicts(value)])]
            elif old in (None, [], {}, ""):
                result[name] = value
    return result


def _dicts(value):
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
