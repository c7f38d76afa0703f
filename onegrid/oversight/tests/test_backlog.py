"""What of the trail has no seal yet."""

import pytest

from onegrid.oversight.public import Backlog, backlog, seal_entries
from onegrid.oversight.tests.trail import AT, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_counts_what_was_written_since_the_last_seal(django_assert_num_queries):
    write(3)
    seal_entries(at=AT)
    write(2)

    with django_assert_num_queries(2):
        found = backlog()

    assert found.entries == 2
    assert found.oldest_at


def test_is_empty_where_all_is_sealed():
    write(1)
    seal_entries(at=AT)

    assert backlog() == Backlog(entries=0, oldest_at=None)
