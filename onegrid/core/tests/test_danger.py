"""Words of danger: what the district's pack has, in both scripts and in English, and what only sounds like it."""

import pytest

from onegrid.core.danger import danger_signs, speaks_of_danger


@pytest.mark.parametrize(
    "text",
    [
        "楼下着火了",
        "樓下著火了，燃氣洩漏",
        "三楼燃气泄漏",
        "池塘边有人落水",
        "工人触电倒地",
        "消防通道被堵，里面已经起火",
        "There is a FIRE behind the school.",
        "Smells of gas leak on the stairs",
        "fire",
        "fire door is locked and the stairs are on fire",
    ],
)
def test_are_heard(text):
    assert speaks_of_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "路灯不亮，三天了",
        "电动车停在楼道里，有火灾隐患",
        "火灾报警器一直响不了",
        "The fire lane is blocked; two fire hydrants leak.",
        "Firewood on the stairs",
        "campfires",
        "Fireworks at night",
    ],
)
def test_are_not_heard_where_nobody_is_in_danger(text):
    assert not speaks_of_danger(text)


def test_are_written_so_that_old_browsers_can_read_them():
    signs = danger_signs()

    for unknown in ("(?<", "(?i", "(?P", "\\A", "\\Z"):
        assert unknown not in signs.words + signs.harmless
