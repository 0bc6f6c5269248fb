"""Block Kit: what Slack would refuse in a message or a view, and what it fills in."""

from simulator.blocks.checks import Problem
from simulator.blocks.surfaces import message_problems, too_large, view_problems

__all__ = ["Problem", "message_problems", "too_large", "view_problems"]
