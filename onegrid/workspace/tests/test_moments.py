"""Moments in words."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from onegrid.workspace.rules.moments import briefly

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("moment", "in_english", "in_chinese"),
    [
        (datetime(2026, 11, 24, 8, 5, tzinfo=UTC), "08:05", "08:05"),
        (datetime(2026, 11, 23, 14, 38, tzinfo=UTC), "Mon 14:38", "周一 14:38"),
        (datetime(2026, 11, 3, 14, 38, tzinfo=UTC), "3 Nov", "11月3日"),
        (datetime(2011, 8, 10, 14, 38, tzinfo=UTC), "10 Aug 2011", "2011/8/10"),
    ],
)
def test_are_said_in_a_few_characters_where_there_is_little_room(moment, in_english, in_chinese):
    with override("en"):
        assert briefly(moment, now=NOW) == in_english
    with override("zh-hans"):
        assert briefly(moment, now=NOW) == in_chinese
