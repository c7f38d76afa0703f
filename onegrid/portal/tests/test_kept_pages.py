"""Pages that are kept ready for strangers: the same for all, never older than a change of the case, nobody's own."""

import pytest
from django.urls import reverse

from onegrid.accounts.tests.factories import person
from onegrid.cases.models import Case
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.core.web import kept_pages


@pytest.fixture
def case(district):
    return make_case(district, status=Status.IN_PROGRESS)


def a_second_passes(monkeypatch):
    """Let the second go by after which a kept page is compared with its case."""
    monkeypatch.setattr(kept_pages, "CHECKED_EVERY", 0.0)


def test_the_second_reader_costs_the_database_nothing(client, case, django_assert_num_queries):
    url = reverse("portal:case", args=[case.number])
    first = client.get(url)
    with django_assert_num_queries(0):
        second = client.get(url)

    assert second.content == first.content
    assert {name: second[name] for name in ("ETag", "Cache-Control", "Content-Security-Policy", "Vary")} == {
        name: first[name] for name in ("ETag", "Cache-Control", "Content-Security-Policy", "Vary")
    }
    assert second["X-Frame-Options"] == "DENY"


def test_a_change_of_the_case_shows_with_the_next_second(client, case, monkeypatch, django_assert_num_queries):
    url = reverse("portal:case", args=[case.number])
    client.get(url)
    a_second_passes(monkeypatch)
    with django_assert_num_queries(1):
        client.get(url)
    Case.objects.update(title="井盖已经换好", version=2)

    assert "井盖已经换好" in client.get(url).text


def test_a_case_that_is_hidden_is_gone_with_the_next_second(client, case, monkeypatch):
    url = reverse("portal:case", args=[case.number])
    client.get(url)
    a_second_passes(monkeypatch)
    Case.objects.update(is_public=False, version=2)

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["home", "nearby", "track", "statistics", "developers", "feed_all"])
def test_strangers_get_no_cookie_and_the_same_page(client, case, name):
    url = reverse(f"portal:{name}")
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"].startswith("public")
    assert not first.cookies
    assert "csrfmiddlewaretoken" not in first.text
    assert "Cookie" not in first["Vary"]
    assert (again.status_code, again.content) == (304, b"")


def test_each_language_has_its_own(client, case):
    url = reverse("portal:home")
    pages = {client.get(url, headers={"Accept-Language": tag}).text for tag in ("zh-CN", "zh-TW", "en-GB")}

    assert len(pages) == 3


def test_who_has_chosen_a_language_gets_a_page_of_their_own(client, case):
    client.get(reverse("portal:home"))
    client.post(reverse("language"), {"language": "en", "next": "/"})
    page = client.get(reverse("portal:home"))

    assert "Report a local problem" in page.text
    assert page["Cache-Control"].startswith("private")


def test_a_stranger_changes_the_language_without_a_token_and_an_officer_does_not(client, case):
    strict = type(client)(enforce_csrf_checks=True)

    assert strict.post(reverse("language"), {"language": "en", "next": "/"}).status_code == 302
    strict.force_login(person())
    assert strict.post(reverse("language"), {"language": "en", "next": "/"}).status_code == 403


def test_who_is_signed_in_is_neither_given_a_kept_page_nor_makes_one(client, case):
    url = reverse("portal:case", args=[case.number])
    stranger = type(client)()
    client.force_login(person())
    mine = client.get(url)

    assert mine["Cache-Control"].startswith("private")
    assert "Cookie" in mine["Vary"]
    assert stranger.get(url)["Cache-Control"].startswith("public")


def test_so_is_a_program_with_a_key(client, case):
    url = reverse("portal:case", args=[case.number])

    asked = client.get(url, headers={"authorization": "Bearer something"})

    assert not asked["Cache-Control"].startswith("public")
    assert client.get(url)["Cache-Control"].startswith("public")


def test_an_answer_that_is_no_page_is_not_kept(client, case):
    missing = reverse("portal:case", args=["OG-261124-999999"])
    client.get(missing)

    assert not kept_pages._pages


def test_what_is_kept_stays_within_its_bounds(client, case, monkeypatch):
    monkeypatch.setattr(kept_pages, "MOST_BYTES", 60_000)
    for day in range(1, 9):
        client.get(reverse("portal:nearby"), {"reported_since": f"2026-11-0{day}"})

    assert sum(len(page.content) for page in kept_pages._pages.values()) <= 60_000
    assert kept_pages._pages
