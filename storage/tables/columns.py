"""What the tables have in common: their names, and the columns that many of them have."""

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Enum, ForeignKey, Index, Integer, MetaData, text

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=_NAMES)
keys_metadata = MetaData(naming_convention=_NAMES)

# 64 bits, so that no number in a forged button is too large to be looked up; SQLite's INTEGER has them anyway.
ID = BigInteger().with_variant(Integer(), "sqlite")
LENGTH = 20  # of the longest word of any state, with room to spare
NAME = 128


def word(kind: type[StrEnum]) -> Enum:
    """The type of a column with one of these words."""
    return Enum(kind, native_enum=False, length=LENGTH, values_callable=lambda words: [word.value for word in words])


def belongs(
    name: str, target: str, *, primary_key: bool = False, nullable: bool = False, unique: bool = False
) -> Column[int]:
    """The column of what a row belongs to, "table.column", and goes with."""
    owner = ForeignKey(target, ondelete="CASCADE")
    return Column(name, ID, owner, primary_key=primary_key, nullable=nullable, unique=unique, autoincrement=False)


def only_where(condition: str, name: str, *columns: Column[Any], unique: bool = False) -> None:
    """An index of that name over the rows alone that meet the condition (SQL)."""
    where = text(condition)
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
