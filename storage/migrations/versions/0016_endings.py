"""endings: everything with buttons is over at some time, and looks so from then on."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.platform.frozen import let_pass
from storage.platform.types import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OPEN = sa.text("ends_at IS NOT NULL")
POSTED = sa.text("posted_ts IS NOT NULL")
OPEN_FOR = timedelta(days=14)  # what says no instant itself

deliveries = sa.table(
    "deliveries",
    sa.column("id", sa.String),
    sa.column("kind", sa.String),
    sa.column("method", sa.String),
    sa.column("state", sa.String),
    sa.column("payload", sa.JSON),
    sa.column("posted_ts", sa.String),
    sa.column("sent_at", Instant),
    sa.column("expires_at", Instant),
    sa.column("ends_at", Instant),
)


def upgrade() -> None:
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.add_column(sa.Column("ends_at", Instant(), nullable=True))
        let_pass(batch_op, revision)
    op.create_index(
        "ix_deliveries_ends_at",
        "deliveries",
        ["ends_at"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "ix_deliveries_posted_ts",
        "deliveries",
        ["posted_ts"],
        sqlite_where=POSTED,
        postgresql_where=POSTED,
    )
    _end_what_stands()


def downgrade() -> None:
    op.execute("DELETE FROM deliveries WHERE kind IN ('ended', 'said')")
    op.drop_index("ix_deliveries_posted_ts", "deliveries")
    op.drop_index("ix_deliveries_ends_at", "deliveries")
    with op.batch_alter_table("deliveries") as batch_op:
        let_pass(batch_op, "0015")
        batch_op.drop_column("ends_at")


def _end_what_stands() -> None:
    """What the version before has posted with buttons; a check-in's post ends with its closing."""
    connection, columns = op.get_bind(), deliveries.c
    query = sa.select(columns.id, columns.payload, columns.sent_at, columns.expires_at).where(
        columns.state == "sent",
        columns.method == "post",
        columns.kind != "checkin",
        columns.posted_ts.is_not(None),
        columns.posted_ts != "",
        columns.sent_at.is_not(None),
    )
    found = [
        {"own": row.id, "over": row.expires_at or row.sent_at + OPEN_FOR}
        for row in connection.execute(query)
        if _has_buttons(row.payload)
    ]
    change = deliveries.update().where(columns.id == sa.bindparam("own", type_=sa.String))
    ending = change.values(ends_at=sa.bindparam("over", type_=Instant))
    if found:
        connection.execute(ending, found)


def _has_buttons(payload: Mapping[str, Any]) -> bool:
    for block in payload.get("blocks") or ():
        beside = [block["accessory"]] if block.get("accessory") else []
        for element in [*(block.get("elements") or ()), *beside]:
            if "action_id" in element and "url" not in element:
                return True
    return False
