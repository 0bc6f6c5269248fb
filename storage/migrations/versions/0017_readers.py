"""readers: who reads which message, so that what somebody had in a day or a round can be counted."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# One row for each id in the list of a message.
EACH = {
    "sqlite": "json_each(d.users) AS one",
    "postgresql": "json_array_elements_text(d.users) AS one(value)",
}


def upgrade() -> None:
    op.create_table(
        "delivery_readers",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("delivery_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("team_id", "user_id", "delivery_id"),
    )
    op.create_index("ix_delivery_readers_delivery_id", "delivery_readers", ["delivery_id"])
    each = EACH[op.get_bind().dialect.name]
    op.execute(
        "INSERT INTO delivery_readers (team_id, user_id, delivery_id) "
        f"SELECT DISTINCT d.team_id, one.value, d.id FROM deliveries d, {each}"
    )


def downgrade() -> None:
    op.drop_table("delivery_readers")
