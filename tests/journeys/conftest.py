"""What holds in every journey, whatever it is about."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from bot.policies import POLICIES
from storage.outbox.rows import DeliveryRow
from tests.town import Town


@pytest.fixture(autouse=True)
def every_message_ends_if_its_kind_says_so(request: pytest.FixtureRequest) -> Iterator[None]:
    """A message names an instant after which it does not help exactly when its kind has one."""
    name = next((n for n in ("town", "any_town") if n in request.fixturenames), None)
    town: Town | None = request.getfixturevalue(name) if name else None
    yield
    if town is not None:
        with town.db.reading() as tx:
            laid = {(row.kind, row.expires_at is not None) for row in tx.exec(select(DeliveryRow))}
        assert laid == {(kind, POLICIES[kind].expires) for kind, _ in laid}
