"""Which part of a file a browser asks for."""

import pytest

from onegrid.core.serving import wanted_range


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-9", range(10)),
        ("bytes=90-", range(90, 100)),
        ("bytes=-5", range(95, 100)),
        ("bytes=-500", range(100)),
        ("bytes=50-500", range(50, 100)),
    ],
)
def test_reads_a_part(header, part):
    assert wanted_range(header, 100) == part


@pytest.mark.parametrize("header", ["", "bytes=", "bytes=-", "bytes=9-1", "bytes=0-1,5-6", "items=0-1", "bytes=a-b"])
def test_gives_everything_when_it_does_not_understand(header):
    assert wanted_range(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=200-300", "bytes=-0"])
def test_gives_nothing_where_nothing_is(header):
    assert not len(wanted_range(header, 100))
