"""Every kind of message has its policy, and every kind is said somewhere."""

import re

from bot.policies import POLICIES
from core.outbox.kinds import DeliveryKind
from tests.house import modules, name_of, text_of

LAID = re.compile(r"DeliveryKind\.([A-Z_]+)")


def test_every_kind_of_message_has_its_policy():
    assert set(POLICIES) == set(DeliveryKind)


def test_every_kind_of_message_is_laid_down_somewhere():
    rooms = [path for path in modules("bot") if name_of(path) != "bot/policies.py"]
    laid = {name for path in rooms for name in LAID.findall(text_of(path))}
    assert laid == {kind.name for kind in DeliveryKind}
