"""Who has not the duty is offered nothing, is refused what they forge, and leaves a line in the trail."""

import pytest
from playwright.sync_api import expect

from onegrid.accounts.public import DEMONSTRATION_PASSWORD
from onegrid.cases.models import Case
from onegrid.cases.public import Status
from tests.journeys.matters import dispatched, reported

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("username", ["chashan.grid026", "leader"])
def test_who_may_read_but_not_accept_is_refused_in_words(people, username):
    case, _link = reported()
    officer = people.officer(username, at=case.number)

    offered = officer.is_offered("accept")
    status = officer.forges(case.number, "accept", note="我来受理")

    assert (offered, status) == (False, 403)
    expect(officer.page.locator("[role=alert]")).to_contain_text("职责")
    assert Case.objects.get().status == Status.REPORTED
    assert Case.objects.get().timeline.count() == 1


def test_a_unit_that_does_not_have_the_case_finds_nothing(people):
    case, _link = dispatched(people.ouhai)
    officer = people.officer("chashan.enforcement.handler")

    assert officer.opens(case.number) == 404
    assert officer.forges(case.number, "take", version=4) == 404
    assert Case.objects.get().status == Status.DISPATCHED


def test_the_auditor_reads_who_was_refused(people):
    case, _link = reported()
    people.officer("leader", at=case.number).forges(case.number, "accept")

    auditor = people.officer("auditor").page
    auditor.goto("/audit/?by=leader")

    row = auditor.locator("tr:has-text('refused')")
    expect(row).to_contain_text("leader")
    expect(row).to_contain_text(f"/cases/{case.number}/do/accept/")


def test_who_is_not_signed_in_is_asked_to(people):
    case, _link = reported()
    stranger = people.stranger()

    stranger.opens(case.number)

    stranger.page.wait_for_url("**/account/login/?next=**")
    expect(stranger.page.locator("h1")).to_have_text("登录")


def test_an_administrator_sets_up_a_second_factor_before_anything_else(people):
    case, _link = reported()
    administrator = people.officer("admin")

    administrator.opens(case.number)

    page = administrator.page
    page.fill("#id_password", DEMONSTRATION_PASSWORD)  # once more, before something delicate
    page.press("#id_password", "Enter")
    page.wait_for_url("**/2fa/totp/activate/")
    expect(page.locator("h1")).to_contain_text("验证器")
