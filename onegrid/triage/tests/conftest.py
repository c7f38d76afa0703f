"""What the tests of triage share: the small district, a folder for models, and a model that was trained."""

import pytest
from django.utils import timezone

from onegrid.cases.models import Case
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case, make_district, make_people
from onegrid.oversight.public import Actor
from onegrid.triage.actions.train_categories import train_categories
from onegrid.triage.tests.texts import spoken


@pytest.fixture
def district(db):
    return make_district()


@pytest.fixture
def people(district):
    return make_people(district)


@pytest.fixture(autouse=True)
def models(settings, tmp_path):
    settings.MODELS = tmp_path / "models"
    return settings.MODELS


@pytest.fixture
def filed(district):
    """Let three hundred cases be filed, as people put them."""
    one = make_case(district, status=Status.FILED, filed_at=MORNING)
    kinds = {
        "roads.manhole": district.categories.manhole,
        "roads.lamp": district.categories.lamp,
        "fire.passage": district.categories.passage,
    }
    copied = {field.attname: getattr(one, field.attname) for field in Case._meta.concrete_fields}
    one_by_one = [
        {"number": f"OG-{i:06d}", "description": text, "category_id": kinds[code].pk}
        for i, (text, code) in enumerate(spoken(300))
    ]
    del copied["id"]
    Case.objects.bulk_create(Case(**{**copied, **own}) for own in one_by_one)


@pytest.fixture
def trained(filed):
    return train()


def train(*, keep_worse=False, with_simulated=False):
    """Train as the command does."""
    by, at = Actor("operator"), timezone.now()
    return train_categories(with_simulated=with_simulated, keep_worse=keep_worse, by=by, at=at)
