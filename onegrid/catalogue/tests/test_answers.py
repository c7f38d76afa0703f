"""Answers to a category's questions, and what is said of those that do not fit."""

import pytest
from django.utils.translation import override

from onegrid.catalogue.rules.answers import faulty_answers

FORM = {
    "type": "object",
    "properties": {
        "fault": {"type": "string", "oneOf": [{"const": "missing"}, {"const": "broken"}]},
        "depth": {"type": "integer", "minimum": 1, "maximum": 9},
        "word": {"type": "string", "maxLength": 3},
    },
    "required": ["fault"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        ({"fault": "broken", "depth": 3}, {}),
        ({"depth": 3}, {"fault": "This must be answered."}),
        ({"fault": "gone"}, {"fault": "Choose one of: missing, broken."}),
        ({"fault": 7}, {"fault": "This is not the kind of answer that is asked for."}),
        ({"fault": "broken", "depth": 0}, {"depth": "At least 1."}),
        ({"fault": "broken", "depth": 10}, {"depth": "At most 9."}),
        ({"fault": "broken", "word": "longer"}, {"word": "At most 3 characters."}),
        ({"fault": "broken", "x": 1, "y": 2}, {"x": "This is not asked here.", "y": "This is not asked here."}),
    ],
)
def test_each_answer_that_does_not_fit_is_named(answers, faults):
    with override("en"):
        assert faulty_answers(FORM, answers) == faults


def test_where_nothing_is_asked_nothing_is_answered():
    with override("en"):
        assert faulty_answers({}, {"x": 1}) == {"x": "This is not asked here."}


def test_the_reader_is_told_in_their_language():
    with override("zh-hans"):
        assert faulty_answers(FORM, {}) == {"fault": "这一项必须回答。"}
