"""searches: who looks for a second partner in a round."""

import sqlalchemy as sa
from alembic import op

from storage.platform.frozen import let_pass
from storage.platform.types import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LOOKING = sa.text("ended IS false")


def upgrade() -> None:
    op.create_table(
        "searches",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("found_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_searches_meeting_id")
        ),
        sa.ForeignKeyConstraint(["found_id"], ["meetings.id"], name=op.f("fk_searches_found_id")),
        sa.PrimaryKeyConstraint("meeting_id", "user_id", name=op.f("pk_searches")),
    )
    op.create_index(
        "ix_searches_open",
        "searches",
        ["until"],
        sqlite_where=LOOKING,
        postgresql_where=LOOKING,
    )
    op.create_index("ix_searches_person", "searches", ["team_id", "channel_id", "user_id"])
    op.create_index("ix_searches_found", "searches", ["found_id"])
    with op.batch_alter_table("deliveries") as batch_op:
        let_pass(batch_op, revision)


def downgrade() -> None:
    op.execute("DELETE FROM deliveries WHERE kind = 'searched'")
    with op.batch_alter_table("deliveries") as batch_op:
        let_pass(batch_op, "0013")
    op.drop_table("searches")
