"""The bell, the list of what one was told, and how one wants to be told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from onegrid.core.ids import new_id
from onegrid.notifications.actions.send_trial import TRIAL
from onegrid.notifications.models import Browser, InboxEntry, Preferences
from onegrid.notifications.public import INBOX, Notice, tell, unread_count
from onegrid.notifications.rules.addresses import token_for
from onegrid.notifications.rules.kinds import kinds
from onegrid.notifications.rules.push import public_bytes, server_key, url_text

pytestmark = pytest.mark.django_db


def told(user, *, count=1, at=None):
    notices = [
        Notice(kind=TRIAL.code, key=str(new_id()), recipient=user.pk, path="/cases/OG-1/", is_urgent=not number)
        for number in range(count)
    ]
    tell(notices, at=at or now())


def test_links_in_mail_lead_here():
    entry = new_id()

    assert reverse("workspace:notices") == INBOX
    assert reverse("workspace:notice", args=[entry]) == f"{INBOX}{entry}/"
    assert reverse("workspace:confirm_email", args=["a:b:c"]) == f"{INBOX}email/a:b:c/"


@pytest.mark.queries(5)
def test_the_bell_costs_one_small_question(as_, people):
    told(people.acceptor, count=3)

    assert as_(people.acceptor).get("/notices/bell/").json() == {"unread": "3"}


def test_the_bell_counts_no_further_than_two_digits(as_, people):
    told(people.acceptor, count=120)

    assert as_(people.acceptor).get("/notices/bell/").json() == {"unread": "99+"}


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.queries(12)
def test_lists_what_one_was_told_in_ones_language(as_, people, language):
    told(people.acceptor, count=60)
    told(people.handler)

    first = as_(people.acceptor, language).get("/notices/")
    second = as_(people.acceptor, language).get(f"/notices/{first.context['next_url']}")

    title = {"zh-hans": "试发通知", "zh-hant": "試發通知", "en": "A trial notice"}[language]
    assert [len(page.context["lines"]) for page in (first, second)] == [50, 10]
    assert title in first.text
    assert second.context["next_url"] == ""


def test_an_empty_list_says_what_will_be_there(as_, people):
    assert "No notices yet" in as_(people.acceptor).get("/notices/").text


def test_opening_one_leads_to_what_it_is_about_and_takes_it_for_read(as_, people):
    told(people.acceptor)
    entry = InboxEntry.objects.get()

    response = as_(people.acceptor).get(f"/notices/{entry.pk}/")

    assert response.headers["Location"] == "/cases/OG-1/"
    assert unread_count(people.acceptor) == 0
    assert as_(people.acceptor).get("/notices/?unread=1").context["lines"] == []


def test_nobody_opens_or_reads_what_somebody_else_was_told(as_, people):
    told(people.acceptor)
    address, client = f"/notices/{InboxEntry.objects.get().pk}/", as_(people.handler)

    assert client.get(address).status_code == 404
    assert client.post(f"{address}read/").status_code == 404
    assert unread_count(people.acceptor) == 1


def test_what_came_in_after_the_list_was_drawn_stays_unread(as_, people):
    client = as_(people.acceptor)
    told(people.acceptor, count=2)
    drawn = client.get("/notices/").context["drawn_at"]
    told(people.acceptor, at=now() + timedelta(seconds=1))

    client.post("/notices/read/", {"until": drawn})

    assert unread_count(people.acceptor) == 1


@pytest.mark.parametrize("until", ["", "yesterday", "2026-13-45T00:00:00Z", "2026-11-24T00:00:00"])
def test_a_moment_that_is_none_means_now(as_, people, until):
    told(people.acceptor)

    as_(people.acceptor).post("/notices/read/", {"until": until})

    assert unread_count(people.acceptor) == 0


def test_one_is_marked_as_read_on_the_list(as_, people):
    told(people.acceptor, count=2)

    as_(people.acceptor).post(f"/notices/{InboxEntry.objects.first().pk}/read/")

    assert unread_count(people.acceptor) == 1


def test_a_cursor_that_is_none_is_refused_in_words(as_, people):
    assert as_(people.acceptor).get("/notices/?after=zzz").status_code == 422


def test_keeps_how_one_wants_to_be_told(as_, people, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    client = as_(people.acceptor)
    shown = client.get("/notices/settings/").text
    data = {"email": "me@example.org", "phone": "135 8888 0000", "kind-notifications.trial": ["email"]}

    client.post("/notices/settings/", data)

    kept = Preferences.objects.get()
    assert 'value="22:00"' in shown
    assert (kept.new_email, kept.phone, kept.quiet_from) == ("me@example.org", "13588880000", None)
    assert kept.channels == {kind.code: [] for kind in kinds()} | {"notifications.trial": ["email"]}
    assert "A link was sent to me@example.org" in client.get("/notices/settings/").text


def test_says_at_the_field_what_cannot_be_kept(as_, people):
    response = as_(people.acceptor).post("/notices/settings/", {"email": "nobody", "phone": "135 8888 0000"})

    assert response.status_code == 422
    assert "Write an address such as name@example.org." in response.text
    assert 'value="135 8888 0000"' in response.text
    assert not Preferences.objects.exists()


def test_without_a_mail_server_no_channel_is_offered(as_, people):
    assert "sends nothing by e-mail" in as_(people.acceptor).get("/notices/settings/").text


def test_an_address_is_used_once_its_owner_has_pressed_the_button(as_, people):
    Preferences.objects.create(user=people.acceptor, new_email="me@example.org")
    address, client = f"/notices/email/{token_for(people.acceptor.pk, 'me@example.org')}/", as_(people.acceptor)
    asked = client.get(address).text
    assert Preferences.objects.get().email == ""

    client.post(address)

    assert "me@example.org" in asked
    assert Preferences.objects.get().email == "me@example.org"


def test_a_link_that_is_not_good_says_so(as_, people):
    response = as_(people.acceptor).post("/notices/email/made:up:link/")

    assert response.status_code == 422
    assert "not good any more" in response.text
    assert "No address of yours" in as_(people.acceptor).get("/notices/email/made:up:link/").text


def test_a_browser_is_turned_on_and_off(as_, people, settings):
    settings.PUSH_CONTACT = "mailto:grid@example.org"
    client, key = as_(people.acceptor), url_text(public_bytes(server_key("a browser")))
    said = {"endpoint": "https://fcm.googleapis.com/fcm/send/x", "key": key, "auth": url_text(b"0123456789abcdef")}

    assert "data-push=" in client.get("/notices/settings/").text
    assert client.post("/notices/push/on/", said).status_code == 204
    assert Browser.objects.get().user == people.acceptor
    assert client.post("/notices/push/off/", said).status_code == 204
    assert not Browser.objects.exists()


def test_a_browser_of_an_unknown_service_is_refused_in_words(as_, people):
    response = as_(people.acceptor).post("/notices/push/on/", {"endpoint": "https://elsewhere.example/"})

    assert response.status_code == 422
    assert response.json() == {"detail": "This site does not send to the push service of this browser."}


def test_a_trial_arrives(as_, people):
    as_(people.acceptor).post("/notices/settings/trial/")

    assert unread_count(people.acceptor) == 1
