"""People as Slack writes them: users, their profiles, the custom fields."""

from datetime import datetime
from zoneinfo import ZoneInfo

from simulator.world.records import JSON, SLACKBOT, User
from simulator.world.state import World

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
        "is_bot": user.is_bot and user.id != SLACKBOT,
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


def usergroup_object(world: World, group_id: str, handle: str) -> JSON:
    """A new user group, without its members."""
    now = world.epoch()
    return {
        "id": group_id,
        "team_id": world.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": handle,
        "description": "",
        "handle": handle,
        "is_external": False,
        "date_create": now,
        "date_update": now,
        "date_delete": 0,
        "auto_type": None,
        "created_by": SLACKBOT,
        "updated_by": SLACKBOT,
        "deleted_by": None,
        "prefs": {"channels": [], "groups": []},
    }
