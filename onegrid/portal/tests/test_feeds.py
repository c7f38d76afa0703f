"""What a feed reader that is not ours makes of the feeds."""

import atoma
import feedparser
import pytest
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.models import EntryKind, Visibility
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.core.ids import first_id_at
from onegrid.portal.tests import arranging

WORDS = "雨水井盖断裂，行人易踩空"


def read(client, url, **headers):
    """Fetch a feed and have two programs of others read it; both must find nothing wrong."""
    response = client.get(url, headers=headers)
    assert response.status_code == 200, response.content
    loose, strict = feedparser.parse(response.content), atoma.parse_atom_bytes(response.content)
    assert not loose.bozo
    assert loose.version == "atom10"
    assert len(loose.entries) == len(strict.entries)
    return response, loose


def entry(case, **also):
    """An entry of just now: what is older than some weeks, a feed leaves to the list."""
    return arranging.entry(case, **{"at": now(), **also})


def moved(case, move="accept", **also):
    return entry(case, kind=EntryKind.MOVE, move=move, **also)


def numbers(feed):
    return {item.link.rstrip("/").rpartition("/")[2] for item in feed.entries}


def test_a_case_tells_its_steps_in_plain_words(client, district, people):
    case = make_case(district, status=Status.IN_PROGRESS)
    moved(case)
    entry(case, kind=EntryKind.NOTE, text="明天换井盖", by=people.handler, unit="市政养护所")
    _, feed = read(client, reverse("portal:feed_case", args=[case.number]))

    assert case.number in feed.feed.title
    assert {item.title for item in feed.entries} == {f"{WORDS}：已受理", f"{WORDS}：情况说明"}
    assert "明天换井盖" in feed.entries[0].content[0].value
    assert numbers(feed) == {case.number}


def test_it_tells_nothing_that_the_promise_page_does_not_show(client, district, people):
    case = make_case(district, status=Status.IN_PROGRESS, category="passage", address="青禾路")
    entry(case, kind=EntryKind.NOTE, text="内部研判", visibility=Visibility.INTERNAL, by=people.handler)
    moved(case, by=people.handler)
    text = client.get(reverse("portal:feed_case", args=[case.number])).text

    for hidden in (WORDS, "青禾路", "内部研判", people.handler.display_name, "第1网格"):
        assert hidden not in text


@pytest.mark.parametrize("also", [{"category": "dispute"}, {"is_public": False}])
def test_what_is_closed_to_the_public_is_in_no_feed(client, district, also):
    case = make_case(district, status=Status.IN_PROGRESS, **also)
    moved(case)

    assert client.get(reverse("portal:feed_case", args=[case.number])).status_code == 404
    for url in (reverse("portal:feed_all"), reverse("portal:feed_place", args=[case.township_code])):
        assert case.number not in client.get(url).text


def test_a_place_holds_what_lies_in_it(client, district):
    here, there = make_case(district), make_case(district, grid=district.areas.elsewhere)
    moved(here)
    moved(there)
    codes = {here.township_code, here.community_code, here.grid_code}

    assert here.grid_code != there.grid_code
    for code in codes:
        _, feed = read(client, reverse("portal:feed_place", args=[code]))
        assert here.number in numbers(feed)
    assert there.number not in numbers(feed)


def test_a_discreet_matter_is_told_by_community_and_not_by_grid_or_point(client, district):
    case = make_case(district, status=Status.IN_PROGRESS, category="passage")
    moved(case)
    near = f"{case.place[0]:.5f},{case.place[1]:.5f},500"

    assert case.number in numbers(read(client, reverse("portal:feed_place", args=[case.community_code]))[1])
    assert not read(client, reverse("portal:feed_place", args=[case.grid_code]))[1].entries
    assert not read(client, reverse("portal:feed_around", args=[near]))[1].entries


def test_a_point_holds_what_lies_around_it(client, district):
    case = make_case(district)
    moved(case)
    lon, lat = case.place
    near, far = f"{lon + 0.001:.5f},{lat:.5f},150", f"{lon + 0.002:.5f},{lat:.5f},150"

    assert numbers(read(client, reverse("portal:feed_around", args=[near]))[1]) == {case.number}
    assert not read(client, reverse("portal:feed_around", args=[far]))[1].entries


def test_a_category_holds_all_below_it(client, district):
    case = make_case(district)
    moved(case)
    group = case.category.code.partition(".")[0]

    for code in {group, case.category.code}:
        assert numbers(read(client, reverse("portal:feed_category", args=[code]))[1]) == {case.number}


@pytest.mark.parametrize(
    ("name", "code"),
    [("place", "nowhere"), ("category", "nothing"), ("around", "1,2"), ("around", "999.0,2.0,500"), ("case", "OG-1")],
)
def test_what_is_not_there_is_refused(client, district, name, code):
    assert client.get(reverse(f"portal:feed_{name}", args=[code])).status_code == 404


def test_who_has_it_already_is_told_so(client, district):
    case = make_case(district)
    moved(case)
    url = reverse("portal:feed_case", args=[case.number])
    first = client.get(url)

    assert first["Cache-Control"] == "public, max-age=300"
    assert not first.cookies
    assert "Cookie" not in first["Vary"]
    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = client.get(url, headers=asked)
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "已受理"), ("zh-hant", "已受理"), ("en", "Accepted")])
def test_it_speaks_the_language_of_its_address(client, district, language, words):
    case = make_case(district)
    moved(case)
    response, feed = read(client, f"{reverse('portal:feed_case', args=[case.number])}?lang={language}")

    assert words in response.text
    assert feed.feed.links[0].href.endswith(f"?lang={language}")


def test_naughty_words_stay_words(client, district):
    case = make_case(district, status=Status.IN_PROGRESS, title="<b>\x0b&amp;\ufffe]]>")
    moved(case)
    _, feed = read(client, reverse("portal:feed_all"))

    assert feed.entries[0].title_detail.type == "text/plain"
    assert feed.entries[0].title.startswith("<b>&amp;]]>")


def test_pages_lead_to_their_feeds(client, district):
    case = make_case(district, status=Status.IN_PROGRESS)
    page = client.get(reverse("portal:case", args=[case.number])).text

    assert f'type="application/atom+xml" title="{WORDS} · {case.number}"' in page
    assert reverse("portal:feed_case", args=[case.number]) in page
    assert reverse("portal:feed_all") in client.get(reverse("portal:home")).text
    assert reverse("portal:feed_place", args=[case.township_code]) in (
        client.get(reverse("portal:nearby"), {"township": case.township_code}).text
    )


def test_old_steps_of_many_cases_are_left_to_the_list(client, district):
    case = make_case(district)
    old = moved(case)
    type(old).objects.bulk_create([type(old)(
        id=first_id_at(old.received_at.replace(year=2020)), case=case, kind=EntryKind.NOTE, visibility="public",
        channel="desk", happened_at=old.happened_at, received_at=old.received_at.replace(year=2020),
    )])  # fmt: skip

    assert len(read(client, reverse("portal:feed_all"))[1].entries) == 1


def test_who_follows_by_feed_gets_an_address_that_works_elsewhere(client, district, settings):
    settings.SITE_URL = "https://grid.example.org"
    case = make_case(district, status=Status.IN_PROGRESS)
    page = client.get(reverse("portal:follow", args=["case", case.number]))

    assert f">https://grid.example.org/c/{case.number}/feed.atom?lang=" in page.text
