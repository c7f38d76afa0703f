"""What a demonstration shows besides cases, and that nothing of it is in any other installation."""

import pytest
import yaml
from django.conf import settings

from config.preparation import examples
from onegrid.calls.models import PublicCall
from onegrid.calls.states import Kind
from onegrid.tips.models import Channel, Recipient

pytestmark = pytest.mark.django_db


def nothing(*_):
    """Nobody watches."""


def test_a_demonstration_has_a_channel_and_an_appeal_of_each_kind_once(ouhai, settings):
    settings.DISTRICT_IS_DEMONSTRATION = True

    first, again = examples.show(nothing), examples.show(nothing)

    assert (first, again) == ("1 channel for tips, 4 appeals", "up to date")
    assert Recipient.objects.reading().count() == 2
    assert {call.kind for call in PublicCall.objects.all()} == set(Kind)
    assert {(call.is_simulated, call.status, call.person_name) for call in PublicCall.objects.all()} == {
        (True, "running", "")
    }


def test_elsewhere_there_is_nothing(ouhai, settings):
    settings.DISTRICT_IS_DEMONSTRATION = False

    examples.show(nothing)

    assert (Channel.objects.count(), PublicCall.objects.count()) == (0, 0)


def test_the_readme_prints_the_phrase_that_opens_the_published_keys():
    said = yaml.safe_load((settings.PACK / "demonstration/tips.yaml").read_text(encoding="utf8"))
    digits = said["key_phrase"]

    assert " ".join(digits[at : at + 4] for at in range(0, 24, 4)) in (settings.ROOT / "README.md").read_text("utf8")
