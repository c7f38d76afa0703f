"""Training on what people have filed."""

import json

import pytest

from onegrid.cases.models import Case
from onegrid.oversight.models import Entry
from onegrid.triage.actions.train_categories import TooFewCasesError
from onegrid.triage.readers.kept import MANIFEST, kept_model
from onegrid.triage.rules.model import packed
from onegrid.triage.tests.conftest import train

pytestmark = pytest.mark.django_db


def test_refuses_to_learn_from_a_few(district, models):
    with pytest.raises(TooFewCasesError):
        train()

    assert not models.exists()


def test_learns_measures_and_keeps(trained, models):
    manifest = json.loads((models / MANIFEST).read_text())

    assert trained.is_kept
    assert trained.new.accuracy > 0.95
    assert trained.before is None
    assert manifest["cases"] == trained.learned
    assert manifest["accuracy"] == round(trained.new.accuracy, 4)
    assert kept_model().manifest == manifest
    assert [path.name for path in models.glob("*.npz")] == [manifest["file"]]


def test_the_trail_says_that_a_model_was_trained(trained):
    entry = Entry.objects.get(code="triage.categories-trained")

    assert (entry.by, entry.data["cases"]) == ("operator", trained.learned)


def test_keeps_the_model_in_use_if_the_new_one_is_worse(trained, models, monkeypatch):
    before = (models / MANIFEST).read_text()
    monkeypatch.setattr("onegrid.triage.rules.learning.MOST_TERMS", 1)

    done = train()

    assert done.new.accuracy < done.before.accuracy
    assert not done.is_kept
    assert (models / MANIFEST).read_text() == before


def test_replaces_it_all_the_same_if_told(trained, models, monkeypatch):
    before = (models / MANIFEST).read_text()
    monkeypatch.setattr("onegrid.triage.rules.learning.MOST_TERMS", 1)

    done = train(keep_worse=True)

    assert done.is_kept
    assert (models / MANIFEST).read_text() != before
    assert len(list(models.glob("*.npz"))) == 1


def test_does_not_learn_from_what_is_simulated_unless_told(filed):
    Case.objects.update(is_simulated=True)

    with pytest.raises(TooFewCasesError):
        train()
    assert train(with_simulated=True).learned > 200


def test_a_kept_model_is_small(trained):
    assert len(packed(kept_model().model)) < 1_000_000
