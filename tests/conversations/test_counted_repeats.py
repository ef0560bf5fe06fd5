"""A repeated group that is gone through a computed number of times has just so many instances."""

from datetime import UTC, datetime

from conversations.instance import Around, Instance
from conversations.model import Bilingual, Group, Language, Question, QuestionType, Survey

NOW = datetime(2026, 3, 2, tzinfo=UTC)
WORDS = Bilingual("x", "x")
FORM = Survey(
    "form",
    WORDS,
    (Question("many", QuestionType.INTEGER, WORDS), Question("each", QuestionType.TEXT, WORDS, group="times")),
    groups=(Group("times", None, repeated=True, count="${many}"),),
)


def test_fields_stand_in_as_many_instances_as_were_computed() -> None:
    instance = Instance(FORM, {"many": 3}, Around(NOW, Language.EN, NOW))
    assert [field.key for field in instance.fields] == ["many", "each[1]", "each[2]", "each[3]"]
