"""How Slack writes its objects as JSON: users, channels, messages, views, files."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from simulator.records import JSON, Conversation, Message, StoredFile, User, View
from simulator.world import World

SIZES = (24, 32, 48, 72, 192, 512)


def user_object(world: World, user: User, locale: bool = False) -> JSON:
    """A user as `users.info` shows it to the app."""
    shape: JSON = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "color": "9f69e7",
        "real_name": user.real_name,
        **_zone(world, user),
        "profile": profile(world, user),
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot and user.id != "USLACKBOT",
        "is_app_user": False,
        "updated": user.updated,
        "is_email_confirmed": not user.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }
    if user.is_stranger:
        shape["is_stranger"] = True
    if locale and not user.is_stranger:
        shape["locale"] = user.locale
    return shape


def _zone(world: World, user: User) -> JSON:
    if user.tz is None:
        return {"tz": None, "tz_label": None, "tz_offset": 0}
    local: datetime = world.now().astimezone(ZoneInfo(user.tz))
    offset = local.utcoffset()
    seconds = int(offset.total_seconds()) if offset else 0
    return {"tz": user.tz, "tz_label": local.tzname() or user.tz, "tz_offset": seconds}


def profile(world: World, user: User) -> JSON:
    """A user's profile; the e-mail only with its scope."""
    first, _, last = user.real_name.partition(" ")
    shape: JSON = {
        "title": user.title,
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.display_name,
        "display_name_normalized": user.display_name,
        "status_text": user.status_text,
        "status_emoji": user.status_emoji,
        "status_emoji_display_info": [],
        "status_expiration": user.status_expiration,
        "avatar_hash": "g" + user.id[-8:].lower(),
        "first_name": first,
        "last_name": last,
        "status_text_canonical": "",
        "team": user.team_id,
    }
    shape.update({f"image_{n}": f"{world.base_url}avatar/{user.id}_{n}.png" for n in SIZES})
    if user.is_bot:
        shape.update(api_app_id=world.app_id, bot_id=user.bot_id, always_active=True)
    for name in ("start_date", "pronouns"):
        if getattr(user, name):
            shape[name] = getattr(user, name)
    if "users:read.email" in world.scopes and user.email and not user.is_bot:
        shape["email"] = user.email
    return shape


def custom_fields(user: User, labels: bool) -> JSON:
    """The custom fields of a profile, which only `users.profile.get` shows."""
    shape: JSON = {}
    for label, value in user.fields.items():
        entry = {"value": value, "alt": ""}
        if labels:
            entry["label"] = label
        shape["Xf0" + "".join(c for c in label.upper() if c.isalnum())] = entry
    return shape


def note(value: str) -> JSON:
    return {"value": value, "creator": "", "last_set": 0}


def channel_object(world: World, conv: Conversation, members: bool = False) -> JSON:
    """A conversation as `conversations.info` shows it to the app."""
    if conv.kind == "im":
        return _im_object(world, conv)
    mpim = conv.kind == "mpim"
    shape: JSON = {
        "id": conv.id,
        "name": conv.name,
        "is_channel": not mpim and conv.id.startswith("C"),
        "is_group": mpim,
        "is_im": False,
        "is_mpim": mpim,
        "is_private": conv.is_private,
        "created": conv.created,
        "is_archived": conv.archived,
        "is_general": conv.name == "general",
        "unlinked": 0,
        "name_normalized": conv.name,
        "is_shared": False,
        "is_frozen": False,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": world.team_id,
        "updated": conv.updated,
        "parent_conversation": None,
        "creator": conv.creator,
        "is_ext_shared": _external(world, conv),
        "shared_team_ids": [world.team_id],
        "pending_connected_team_ids": [],
        "is_member": world.bot_user_id in conv.members,
        "topic": note(conv.topic),
        "purpose": note(conv.purpose),
        "previous_names": list(conv.previous_names),
    }
    if world.bot_user_id in conv.members:
        shape["last_read"] = conv.last_read.get(world.bot_user_id, "0000000000.000000")
    if members:
        shape["num_members"] = len(conv.members)
    return shape


def _external(world: World, conv: Conversation) -> bool:
    people = (world.users[m] for m in conv.members if m in world.users)
    return any(p.is_stranger or p.team_id != world.team_id for p in people)


def _im_object(world: World, conv: Conversation) -> JSON:
    other = next((m for m in conv.members if m != world.bot_user_id), world.bot_user_id)
    shown = [m for m in conv.messages.values() if m.ephemeral_to is None]
    return {
        "id": conv.id,
        "created": conv.created,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": world.team_id,
        "updated": conv.updated,
        "user": other,
        "is_user_deleted": world.users[other].deleted,
        "last_read": conv.last_read.get(world.bot_user_id, "0000000000.000000"),
        "latest": message_object(world, shown[-1]) if shown else None,
        "unread_count": 0,
        "unread_count_display": 0,
        "is_open": True,
        "priority": 0,
    }


def bot_profile(world: World) -> JSON:
    icons = {f"image_{n}": f"{world.base_url}avatar/{world.bot_id}_{n}.png" for n in (36, 48, 72)}
    return {
        "id": world.bot_id,
        "deleted": False,
        "name": world.manifest.name,
        "updated": world.bot.updated,
        "app_id": world.app_id,
        "user_id": world.bot_user_id,
        "icons": icons,
        "team_id": world.team_id,
    }


def message_object(world: World, message: Message, metadata: bool = True) -> JSON:
    """A message as answers and events carry it."""
    shape: JSON = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if message.by_app:
        shape.update(bot_id=world.bot_id, app_id=world.app_id, team=world.team_id)
        shape["bot_profile"] = bot_profile(world)
    else:
        shape["team"] = world.team_id
    optional: JSON = {
        "subtype": message.subtype,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts,
        "edited": message.edited,
        "username": message.username,
    }
    shape.update({k: v for k, v in optional.items() if v})
    if metadata and message.metadata:
        shape["metadata"] = message.metadata
    if message.files:
        shape["files"] = [file_object(world, world.files[f]) for f in message.files]
    if message.reactions:
        shape["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ]
    shape.update(message.extra)
    return shape


def view_object(world: World, view: View) -> JSON:
    """A view as answers and payloads carry it, with the state typed so far."""
    body = view.body
    shape: JSON = {
        "id": view.id,
        "team_id": world.team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": body.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": bool(body.get("clear_on_close", False)),
        "notify_on_close": bool(body.get("notify_on_close", False)),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": world.app_id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": world.team_id,
        "bot_id": world.bot_id,
    }
    if "submit_disabled" in body:
        shape["submit_disabled"] = body["submit_disabled"]
    return shape


KINDS = {
    "png": ("image/png", "PNG"),
    "ics": ("text/calendar", "Calendar"),
    "csv": ("text/csv", "CSV"),
    "json": ("application/json", "JSON"),
    "txt": ("text/plain", "Plain Text"),
}


def file_object(world: World, file: StoredFile) -> JSON:
    ending = file.name.rpartition(".")[2].lower()
    mimetype, pretty = KINDS.get(ending, ("application/octet-stream", "Binary"))
    url = f"{world.base_url}files/{file.id}/{file.name}"
    shares: dict[str, Any] = {}
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": mimetype,
        "filetype": ending,
        "pretty_type": pretty,
        "user": file.user,
        "user_team": world.team_id,
        "editable": False,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": url,
        "url_private_download": url + "?download=1",
        "permalink": url,
        "shares": shares,
        "channels": list(file.channels),
        "has_rich_preview": False,
        "file_access": "visible",
        **({"alt_txt": file.alt_txt} if file.alt_txt else {}),
    }
