"""What is suggested for a text, with a model and without."""

import json
import pickle
from hashlib import sha256

import numpy as np
import pytest

from onegrid.cases.models import EntryKind, TimelineEntry
from onegrid.cases.states import Move
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.triage.public import Confidence, kept_for_filing, kept_model, suggest, usefulness
from onegrid.triage.readers.kept import MANIFEST
from onegrid.triage.rules.confidence import calibration_error, confidence
from onegrid.triage.rules.model import UnreadableModelError, unpacked
from onegrid.triage.tests.texts import HOSTILE

pytestmark = pytest.mark.django_db


def codes(text, **more):
    return [suggestion.entry.code for suggestion in suggest(text, **more)]


def test_the_catalogues_own_words_suggest_from_the_first_start(district):
    best = suggest("学校门口井盖坏了")[0]

    assert (best.entry.code, best.confidence, best.share) == ("roads.manhole", Confidence.UNSURE, None)
    assert best.because == ["井盖"]


def test_words_that_hold_an_english_sentence_together_suggest_nothing(ouhai):
    assert codes("street light is out on our street", for_public=True)[0] == "daily.lamps.dark"
    assert codes("my boss does not pay me", for_public=True)[0] == "disputes.labor.wages"
    assert codes("it is not on, and there is no more of it") == []


def test_a_model_says_how_sure_it_is_and_why(trained):
    best = suggest("小区里窨井盖松动")[0]

    assert best.entry.code == "roads.manhole"
    assert best.confidence is Confidence.VERY_LIKELY
    assert best.share > 0.8
    assert any("井盖" in word for word in best.because)


def test_learns_words_that_the_catalogue_does_not_have(trained):
    assert codes("下水道盖子没了")[0] == "roads.manhole"


def test_what_a_model_does_not_know_the_catalogue_may(trained):
    assert codes("dispute")[0] == "dispute"


def test_what_residents_cannot_report_is_not_suggested_to_them(trained, district):
    assert all(entry.entry.public_may_report for entry in suggest("楼道堆杂物", for_public=True))


@pytest.mark.parametrize("spoil", [lambda content: content[:-1], lambda content: b"x" + content, lambda content: b""])
def test_a_model_that_was_tampered_with_is_refused_and_the_catalogue_speaks(trained, models, spoil, caplog):
    file = next(models.glob("*.npz"))
    file.write_bytes(spoil(file.read_bytes()))
    (models / MANIFEST).write_text((models / MANIFEST).read_text() + " ")

    assert suggest("井盖坏了")[0].share is None
    assert kept_model() is None
    assert "model_refused" in caplog.text


class _Bomb:
    def __reduce__(self):
        return (pytest.fail, ("it was executed",))


@pytest.mark.parametrize("wrap", [lambda bomb: bomb, lambda bomb: np.array([bomb], dtype=object)])
def test_nothing_in_a_model_is_ever_executed_even_if_its_hash_is_right(trained, models, wrap, tmp_path):
    file = next(models.glob("*.npz"))
    bomb = tmp_path / "bomb.npz"
    held = wrap(_Bomb())
    if isinstance(held, np.ndarray):
        np.savez(bomb, words=held)
        content = bomb.read_bytes()
    else:
        content = pickle.dumps(held)
    file.write_bytes(content)
    manifest = json.loads((models / MANIFEST).read_text())
    (models / MANIFEST).write_text(json.dumps({**manifest, "sha256": sha256(content).hexdigest()}))

    assert kept_model() is None
    with pytest.raises(UnreadableModelError):
        unpacked(content)


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"file": "../../secret", "sha256": ""}', '{"file": 1}', "null"])
def test_a_broken_manifest_is_no_model(trained, models, manifest):
    (models / MANIFEST).write_text(manifest)

    assert kept_model() is None


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_it_fail(trained, text):
    assert all(suggestion.entry.is_leaf for suggestion in suggest(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_it_fail_without_a_model(district, text):
    assert all(suggestion.entry.is_leaf for suggestion in suggest(text))


def test_asks_the_database_nothing(trained, django_assert_num_queries):
    suggest("井盖坏了")

    with django_assert_num_queries(0):
        suggest("路灯不亮")


def test_words_for_how_sure_it_is():
    assert [confidence(share) for share in (0.95, 0.5, 0.1)] == list(Confidence)


def test_shares_that_come_true_are_off_by_nothing():
    assert calibration_error([0.5, 0.5], [True, False]) == 0
    assert calibration_error([1.0, 1.0], [True, False]) == 0.5
    assert calibration_error([], []) == 0


def test_use_is_measured_by_what_people_chose(trained, district):
    case, suggested = make_case(district), kept_for_filing("井盖坏了")
    for chosen in ("roads.manhole", "roads.manhole", "dispute"):
        TimelineEntry.objects.create(
            case=case, kind=EntryKind.MOVE, move=Move.FILE, visibility="public", channel="desk", happened_at=MORNING,
            received_at=MORNING, data={"category": chosen, "suggested": suggested},
        )  # fmt: skip

    row = usefulness()[0]

    assert (row.filed, row.first, row.among, row.none) == (3, 2, 2, 0)
    assert row.by == kept_model().manifest["sha256"][:12]
