"""Finding a case: the front door, the first page, by number, and in the public list."""

from datetime import timedelta

import pytest
from django.urls import reverse

from onegrid.cases.models import Case, Channel
from onegrid.cases.rules.numbers import case_number
from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.search import vector
from onegrid.portal.readers.nearby import PAGE

NEARBY = "/nearby/"


def numbers(response):
    rows = response.context["rows"]
    return [row.number for row in rows]


@pytest.mark.parametrize(
    "text",
    ["OG-261124-000001", "og-261124-000001", " OG 261124 000001 ", "og261124000001", "ＯＧ－２６１１２４－０００００１",
     "261124-1", "OG—261124—000001", "og_261124_1"],
)  # fmt: skip
def test_a_number_is_read_however_it_was_copied(text):
    assert case_number(text) == "OG-261124-000001"


@pytest.mark.parametrize("text", ["", "OG", "OG-2611", "OG-261124-", "OG-261124-000000", "abc", "٢٦١١٢٤١", "9" * 100])
def test_what_is_no_number_is_none(text):
    assert case_number(text) == ""


def test_strangers_come_into_the_portal(client, db):
    assert client.get("/").url == reverse("portal:home")


def test_the_list_says_what_it_leaves_out(client, district):
    assert "这里不列出：" in client.get(NEARBY).text


def test_a_demonstration_does_not_call_real_cases_simulated(client, district, settings):
    settings.DISTRICT_IS_DEMONSTRATION = True

    assert "演示系统：标有“模拟”的案件是模拟的。" in client.get(NEARBY).text


@pytest.mark.parametrize("page", ["home", "report", "nearby", "track", "developers"])
def test_developers_find_their_page_from_every_page(client, district, page):
    text = client.get(reverse(f"portal:{page}")).text

    assert f'<a href="{reverse("portal:developers")}">开发者</a>' in text


def test_the_page_for_developers_leads_to_what_a_program_asks_first(client, district):
    text = client.get(reverse("portal:developers"), headers={"Accept-Language": "en"}).text

    assert "http://testserver/open311/v2/requests.json?status=open" in text
    assert client.get("/open311/v2/discovery.json").status_code == 200
    assert "http://testserver/open311/v2/discovery.json" in text


@pytest.mark.parametrize("page", ["home", "report", "nearby", "track"])
def test_staff_find_the_way_in_from_every_page(client, district, page):
    text = client.get(reverse(f"portal:{page}")).text

    assert f'<a href="{reverse("account_login")}">工作人员登录</a>' in text


def test_people_of_the_desk_come_to_their_queue(client, people):
    client.force_login(people.acceptor)

    assert client.get("/").url == reverse("workspace:queue")


def test_a_number_leads_to_its_page(client, district):
    case = make_case(district)

    assert client.get("/track/", {"number": "og261124000001"}).url == reverse("portal:case", args=[case.number])
    assert client.get("/c/og261124000001/").url == reverse("portal:case", args=[case.number])


@pytest.mark.parametrize("number", ["OG-261124-000009", "nonsense", "", "\x00", "9" * 200])
def test_an_unknown_number_is_answered_in_place(client, district, number):
    response = client.get("/track/", {"number": number})

    assert response.status_code == 422
    assert 'role="alert"' in response.text


def test_the_first_page_shows_the_last_cases_and_counts_that_open(client, district, settings):
    make_case(district)
    make_case(district, status=Status.CLOSED)
    response = client.get(reverse("portal:home"))

    assert response.status_code == 200
    assert len(response.context["rows"]) == 2
    assert response.context["month"].open_now == 1
    assert "state=ended&amp;outcome=fixed" in response.text


def test_the_first_page_says_when_there_is_nothing(client, district):
    assert "还没有人报告" in client.get(reverse("portal:home")).text


@pytest.mark.parametrize("name", ["home", "nearby", "track"])
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_public_pages_ask_little_of_the_database(client, district, django_assert_max_num_queries, name, language):
    for _ in range(8):
        make_case(district)
    client.get(reverse("portal:case", args=["OG-261124-000001"]))  # the process reads catalogue and units once
    with django_assert_max_num_queries(12):
        response = client.get(reverse(f"portal:{name}"), headers={"Accept-Language": language})
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=")
    assert not response.cookies
    assert "Cookie" not in response["Vary"]


def test_the_list_filters(client, district):
    here = make_case(district)
    there = make_case(district, grid=district.areas.elsewhere, category="passage")
    over = make_case(district, status=Status.CLOSED, outcome=Outcome.NOT_FIXABLE)

    assert numbers(client.get(NEARBY)) == [there.number, here.number]
    assert numbers(client.get(NEARBY, {"state": "ended"})) == [over.number]
    assert len(numbers(client.get(NEARBY, {"state": "all"}))) == 3
    assert numbers(client.get(NEARBY, {"state": "all", "outcome": "not_fixable"})) == [over.number]
    assert numbers(client.get(NEARBY, {"township": "330304002"})) == [there.number]
    assert numbers(client.get(NEARBY, {"group": "roads"})) == [here.number]
    assert numbers(client.get(NEARBY, {"reported_since": "2026-11-25"})) == []
    assert numbers(client.get(NEARBY, {"state": "all", "ended_since": "2026-11-24"})) == [over.number]


@pytest.mark.parametrize(
    "query", ["state=x", "township=x", "group=%00", "reported_since=x", "outcome=x", "q=%00", "q=%27%26%21"]
)
def test_a_filter_that_makes_no_sense_asks_for_nothing(client, district, query):
    case = make_case(district, status=Status.FILED)

    assert numbers(client.get(f"{NEARBY}?{query}")) == [case.number]


def test_words_find_only_what_strangers_may_read(client, district):
    words = {"search": vector("井盖断裂"), "title": "井盖断裂"}
    open_one = make_case(district, status=Status.FILED, **words)
    make_case(district, **words)
    make_case(district, status=Status.FILED, category="passage", **words)
    make_case(district, status=Status.FILED, category="dispute", **words)

    assert numbers(client.get(NEARBY, {"q": "井盖"})) == [open_one.number]


def test_a_number_finds_its_case_in_the_list(client, district):
    case = make_case(district)
    make_case(district)

    assert numbers(client.get(NEARBY, {"q": "og 261124 1"})) == [case.number]


def test_pages_neither_repeat_nor_skip_while_cases_come_in(client, district):
    first = make_case(district)
    rows = [first]
    for minute in range(PAGE + 10):
        copy = Case.objects.get(pk=first.pk)
        copy.pk, copy.number, copy.source_key = None, f"OG-261124-{100 + minute:06d}", None
        copy.pk, copy.reported_at = Case._meta.pk.get_default(), MORNING + timedelta(minutes=minute // 3)
        copy.save(force_insert=True)
        rows.append(copy)
    wanted = [row.number for row in sorted(rows, key=lambda row: (row.reported_at, row.pk), reverse=True)]
    page = client.get(NEARBY)
    make_case(district, at=MORNING + timedelta(days=1), number="OG-261125-000001")

    rest = client.get(page.context["next_url"])
    assert numbers(page) + numbers(rest) == wanted
    assert rest.context["next_url"] == ""


@pytest.mark.parametrize("after", ["x", "bm9uc2Vuc2U", "W10", "9" * 500])
def test_an_unknown_place_in_the_list_is_refused(client, district, after):
    assert client.get(NEARBY, {"after": after}).status_code == 422


def test_townships_are_counted_on_the_map_and_in_words(client, district):
    make_case(district)
    make_case(district, grid=district.areas.elsewhere)
    make_case(district, grid=district.areas.elsewhere, category="dispute")
    response = client.get(NEARBY)

    assert {place.name: place.count for place, _url in response.context["townships"]} == {"茶山街道": 1, "梧田街道": 1}
    assert response.text.count('class="po-m-town ') == 2


def test_imported_and_simulated_cases_are_marked(client, district):
    make_case(district, is_simulated=True)
    make_case(district, channel=Channel.IMPORT)
    text = client.get(NEARBY).text

    assert "模拟</span>" in text
    assert "原系统案件</span>" in text
