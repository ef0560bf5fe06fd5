"""When the digests of a group come, and in which of its topics.

Columns are added in place, as in 0002.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("group_links", sa.Column("weekday", sa.Integer()))
    op.add_column("group_links", sa.Column("minute", sa.Integer()))
    op.add_column("group_links", sa.Column("topic", sa.BigInteger()))


def downgrade() -> None:
    for name in ("topic", "minute", "weekday"):
        op.drop_column("group_links", name)
