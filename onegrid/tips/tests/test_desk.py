"""What a reader does with a tip: nothing that the server could read."""

import base64
import json
from datetime import date, timedelta

import pytest

from onegrid.oversight.models import Entry
from onegrid.tips.actions.answer_tip import answer_tip, close_tip
from onegrid.tips.actions.note_deeds import write_deeds
from onegrid.tips.readers.dialogue import dialogue
from onegrid.tips.states import Author, Ending
from onegrid.tips.tests.arranging import NOON, opened, reader, sealed

pytestmark = pytest.mark.django_db


def test_an_answer_reaches_the_holder_of_the_code(given, officer):
    kept, secret, own = given
    body = sealed("哪一栋？", officer[1], own)

    answer_tip(tip_id=kept.pk, author=Author.OFFICER, sealed=body, by=officer[0], at=NOON)

    [_first, answer] = dialogue(secret).messages
    assert opened(answer.sealed, own)["text"] == "哪一栋？"


def test_a_note_does_not(given, officer):
    kept, secret, _own = given

    answer_tip(tip_id=kept.pk, author=Author.NOTE, sealed=sealed("n", officer[1]), by=officer[0], at=NOON)

    assert len(dialogue(secret).messages) == 1


def test_a_closed_tip_goes_sooner_and_its_sender_sees_it(given, officer):
    kept, secret, _own = given

    close_tip(tip_id=kept.pk, ending=Ending.PASSED_ON, by=officer[0], at=NOON)

    assert dialogue(secret).is_closed
    assert dialogue(secret).delete_on == date(2026, 11, 24) + timedelta(days=30)


def test_the_trail_says_a_day_later_who_and_on_which_day_and_nothing_of_the_tip(given, officer):
    kept, _secret, own = given

    answer_tip(tip_id=kept.pk, author=Author.OFFICER, sealed=sealed("x", officer[1], own), by=officer[0], at=NOON)
    close_tip(tip_id=kept.pk, ending=Ending.NOTHING, by=officer[0], at=NOON)

    assert not Entry.objects.exists()
    assert write_deeds(at=NOON + timedelta(days=1)) == 2
    entries = Entry.objects.order_by("code")
    assert [(entry.code, entry.at, entry.data) for entry in entries] == [
        ("tips.answer", NOON, {"kind": "officer"}),
        ("tips.close", NOON, {}),
    ]


def test_the_pages_show_ciphertext(client, given, officer):
    client.force_login(officer[0])

    board = client.get("/tip-desk/").content.decode()
    page = client.get(f"/tip-desk/tips/{given[0].pk}/").content.decode()

    assert str(given[0].pk) in board
    assert base64.b64encode(bytes(given[0].messages.get().sealed)).decode() in page


def test_plain_text_is_refused_as_an_answer(client, given, officer):
    client.force_login(officer[0])
    body = {"author": "officer", "sealed": base64.b64encode(b"plain").decode()}

    answer = client.post(f"/tip-desk/tips/{given[0].pk}/say/", json.dumps(body), content_type="application/json")

    assert answer.status_code == 422
    assert given[0].messages.count() == 1


def test_closing_says_what_became_of_it(client, given, officer):
    client.force_login(officer[0])

    missing = client.post(f"/tip-desk/tips/{given[0].pk}/close/", {})
    done = client.post(f"/tip-desk/tips/{given[0].pk}/close/", {"ending": "nothing"})

    assert (missing.status_code, done.status_code) == (422, 200)
    given[0].refresh_from_db()
    assert given[0].ending == Ending.NOTHING


def test_an_officer_without_a_key_is_led_to_make_one(client, fire):
    user, _key = reader(fire, confirmed=False)
    fire.recipients.filter(user=user).update(public_key="", wrapped_key="")
    client.force_login(user)

    assert client.get("/tip-desk/")["Location"] == f"/tip-desk/keys/{fire.recipients.get(user=user).pk}/"
    assert client.get(f"/tip-desk/keys/{fire.recipients.get(user=user).pk}/").status_code == 200
