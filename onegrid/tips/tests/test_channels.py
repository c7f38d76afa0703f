"""Nobody reads a channel alone by their own doing: one appoints, the officer makes a key, a second compares it."""

import pyrage
import pytest

from onegrid.accounts.models import Role
from onegrid.accounts.tests.factories import person
from onegrid.core.errors import InvalidInputError, NotAllowedError, NotFoundError
from onegrid.oversight.models import Entry
from onegrid.tips.actions.keep_channels import appoint_reader, confirm_key, end_appointment, keep_key
from onegrid.tips.models import Channel, Recipient
from onegrid.tips.rules.standing import NotAsItStandsError
from onegrid.tips.tests.arranging import NOON, WRAPPED, channel, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return person(role=Role.ADMINISTRATOR, username="admin")


@pytest.fixture
def deputy():
    return person(role=Role.ADMINISTRATOR, username="deputy")


@pytest.fixture
def officer():
    return person(role=Role.TIP_OFFICER, username="shen")


@pytest.fixture
def appointed(admin, officer):
    return appoint_reader(channel_id=channel().pk, username="shen", by=admin, at=NOON)


@pytest.fixture
def keyed(appointed, officer):
    key = str(pyrage.x25519.Identity.generate().to_public())
    keep_key(recipient_id=appointed.pk, public_key=key, wrapped_key=WRAPPED, by=officer, at=NOON)
    return appointed


def test_a_second_person_confirms(keyed, deputy):
    confirm_key(recipient_id=keyed.pk, by=deputy, at=NOON)

    assert list(Recipient.objects.reading()) == [keyed]
    assert [entry.code for entry in Entry.objects.order_by("seq")] == [
        "tips.appoint",
        "tips.make_key",
        "tips.confirm_key",
    ]


def test_who_appointed_cannot_confirm(keyed, admin):
    with pytest.raises(NotAllowedError):
        confirm_key(recipient_id=keyed.pk, by=admin, at=NOON)


def test_the_reader_cannot_confirm(keyed, officer):
    with pytest.raises(NotAllowedError):
        confirm_key(recipient_id=keyed.pk, by=officer, at=NOON)


def test_nobody_confirms_a_key_that_is_not_there(appointed, deputy):
    with pytest.raises(NotAsItStandsError):
        confirm_key(recipient_id=appointed.pk, by=deputy, at=NOON)


def test_a_key_is_made_once(keyed, officer):
    with pytest.raises(NotAsItStandsError):
        keep_key(recipient_id=keyed.pk, public_key=keyed.public_key, wrapped_key=WRAPPED, by=officer, at=NOON)


def test_nobody_makes_anothers_key(appointed, deputy):
    key = str(pyrage.x25519.Identity.generate().to_public())

    with pytest.raises(NotFoundError):
        keep_key(recipient_id=appointed.pk, public_key=key, wrapped_key=WRAPPED, by=deputy, at=NOON)


@pytest.mark.parametrize("wrapped", ["AGE-SECRET-KEY-1QQQ", ""])
def test_a_private_key_is_refused(appointed, officer, wrapped):
    key = str(pyrage.x25519.Identity.generate().to_public())

    with pytest.raises(InvalidInputError):
        keep_key(recipient_id=appointed.pk, public_key=key, wrapped_key=wrapped, by=officer, at=NOON)


@pytest.mark.parametrize("name", ["admin", "nobody"])
def test_only_those_whose_duty_it_is_are_appointed(admin, name):
    with pytest.raises(InvalidInputError):
        appoint_reader(channel_id=channel().pk, username=name, by=admin, at=NOON)


def test_a_reader_cannot_appoint(officer):
    with pytest.raises(NotAllowedError):
        appoint_reader(channel_id=channel().pk, username="shen", by=officer, at=NOON)


def test_an_appointment_that_ended_leaves_no_key_behind(keyed, admin):
    end_appointment(recipient_id=keyed.pk, by=admin, at=NOON)

    keyed.refresh_from_db()
    assert keyed.wrapped_key == ""
    assert not Recipient.objects.standing().exists()


def test_the_page_opens_a_channel_and_appoints(client, admin, officer):
    client.force_login(with_second_factor(admin))
    fields = {"code": "fire", "name": "消防", "about": "通道", "telephone": "1", "letters_to": "a"}

    client.post("/tip-desk/channels/add/", fields | {"open_days": 180, "closed_days": 30})
    found = Channel.objects.get()
    client.post(f"/tip-desk/channels/{found.pk}/appoint/", {"username": "shen"})
    wrong = client.post(f"/tip-desk/channels/{found.pk}/appoint/", {"username": "nobody"})
    page = client.get("/tip-desk/channels/").content.decode()

    assert "shen" in page
    assert wrong.status_code == 422


def test_a_faulty_channel_is_shown_again(client, admin):
    client.force_login(with_second_factor(admin))

    assert client.post("/tip-desk/channels/add/", {"code": "no spaces"}).status_code == 422
    assert not Channel.objects.exists()
