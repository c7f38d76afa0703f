"""What every test gets without asking."""

import pytest

from onegrid.oversight.tests.trail import let_tests_empty_the_trail


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: ARG001  # after Django's own
    """Let tests that commit clean up after themselves, which the audit trail otherwise forbids."""
    with django_db_blocker.unblock():
        let_tests_empty_the_trail()
