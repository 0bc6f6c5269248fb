"""How Slack writes its objects as JSON."""

from simulator.shapes.channels import channel_object
from simulator.shapes.events import authorizations, wrap
from simulator.shapes.files import file_object
from simulator.shapes.messages import bot_profile, message_object
from simulator.shapes.people import custom_fields, profile, user_object, usergroup_object
from simulator.shapes.views import view_object

__all__ = [
    "authorizations",
    "bot_profile",
    "channel_object",
    "custom_fields",
    "file_object",
    "message_object",
    "profile",
    "user_object",
    "usergroup_object",
    "view_object",
    "wrap",
]
