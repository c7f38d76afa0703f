"""Models and migrations say the same."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_nothing_is_missing_from_the_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
