import pytest
from django.utils.translation import override

from onegrid.core.names import in_language, in_readers_language


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "区社会治理中心"),
        ("zh-hant", "區社會治理中心"),
        ("en", "District Governance Center"),
        ("en-gb", "District Governance Center"),
        ("", "区社会治理中心"),
    ],
)
def test_a_name_is_read_in_ones_own_language(language, said):
    assert in_language(language, "区社会治理中心", "District Governance Center") == said


def test_what_has_no_english_stays_chinese():
    assert in_language("en", "网格") == "网格"


def test_traditional_is_another_script_and_no_other_words():
    assert in_language("zh-hant", "信息网络") == "信息網絡"


def test_what_is_written_traditionally_already_stays():
    assert in_language("zh-hant", "區社會治理中心") == "區社會治理中心"


@pytest.mark.parametrize(("language", "said"), [("zh-hant", "網格"), ("en", "Grid"), ("zh-hans", "网格")])
def test_the_reader_is_whoever_reads_now(language, said):
    with override(language):
        assert in_readers_language("网格", "Grid") == said
