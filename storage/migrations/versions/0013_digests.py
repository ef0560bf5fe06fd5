"""Digests: groups that read them in both languages, and the shares that their pictures are drawn from.

Columns are added in place, as in 0002.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("group_links", sa.Column("both", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("releases", sa.Column("bars", sa.Text()))


def downgrade() -> None:
    op.drop_column("releases", "bars")
    op.drop_column("group_links", "both")
