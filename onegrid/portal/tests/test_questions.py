"""The extra questions of a category, as its form asks them."""

from onegrid.catalogue.public import answered, questions_of
from onegrid.portal.tests.asking import QUESTIONS


def asked(language="zh-hans", form=QUESTIONS):
    return questions_of(form, language=language)


def test_come_in_the_readers_language():
    assert asked()[0].label == "井盖怎么了"
    assert asked("en")[0].label == "What is wrong with it"
    assert asked("en")[0].choices == [("missing", "Missing"), ("broken", "Broken")]


def test_begin_with_what_must_be_answered():
    optional_first = {**QUESTIONS, "required": ["depth"]}

    assert [question.name for question in asked(form=optional_first)] == ["depth", "fault", "hurt"]


def test_know_their_limits():
    depth = asked()[2]

    assert (depth.kind, depth.least, depth.most) == ("integer", 1, 60)


def test_are_none_where_nothing_is_asked():
    assert asked(form={}) == []


def test_are_read_with_their_answers_in_words():
    answers = {"hurt": True, "fault": "missing", "depth": 3}

    assert answered(QUESTIONS, answers, language="zh-hans") == [
        ("井盖怎么了", "缺失"),
        ("有人受伤吗", "是"),
        ("多深", "3"),
    ]
    assert answered(QUESTIONS, answers, language="en")[0] == ("What is wrong with it", "Missing")


def test_of_an_earlier_form_keep_their_answers():
    assert answered({}, {"smell": False}, language="zh-hans") == [("smell", "否")]


def test_may_take_several_choices():
    options = [{"const": "car", "title": "车", "title_en": "Car"}, {"const": "foot", "title": "行人"}]
    form = {"properties": {"harm": {"type": "array", "title": "伤到谁", "items": {"type": "string", "oneOf": options}}}}

    assert (asked("en", form)[0].kind, asked("en", form)[0].choices) == ("array", [("car", "Car"), ("foot", "行人")])
    assert answered(form, {"harm": ["car", "foot"]}, language="zh-hans") == [("伤到谁", "车、行人")]
