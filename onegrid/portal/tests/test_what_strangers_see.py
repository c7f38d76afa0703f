"""What strangers see of a case, in each status and of each kind of matter."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from onegrid.cases.models import EntryKind, TimelineEntry, Visibility
from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.portal.tests.arranging import SECRET, entry, photo, with_link

WORDS = "雨水井盖断裂"
SAID = "青禾路 18 号门前"
ACCEPTED = [Status.ACCEPTED, Status.CHECKING, Status.FILED, Status.DISPATCHED, Status.IN_PROGRESS, Status.HANDLED,
            Status.VERIFIED, Status.CLOSED]  # fmt: skip
NAUGHTY = "<script>alert(1)</script>{{ 7|add:7 }}\u202e"


def open_page(client, case, status=200):
    response = client.get(reverse("portal:case", args=[case.number]))
    assert response.status_code == status
    return response.text


@pytest.mark.parametrize("status", ACCEPTED)
def test_the_reporters_words_show_once_accepted(client, district, status):
    text = open_page(client, make_case(district, status=status, address="青禾路"))

    assert WORDS in text
    assert SAID in text
    assert "青禾路" in text


@pytest.mark.parametrize("status", [Status.REPORTED, Status.REFUSED])
def test_the_reporters_words_do_not_show_before(client, district, status):
    text = open_page(client, make_case(district, status=status, address="青禾路"))

    assert "井盖破损" in text
    assert WORDS not in text
    assert "青禾路" not in text


def test_while_it_is_disputed_whose_it_is_no_unit_is_named_for_it(client, district):
    holder = {"holder_unit": district.units.centre, "lead_unit": district.units.roads}
    text = open_page(client, make_case(district, status=Status.DISPUTED, **holder))

    assert district.units.centre.name in text
    assert district.units.roads.name not in text


def test_a_report_taken_back_shows_no_words(client, district):
    text = open_page(client, make_case(district, status=Status.CLOSED, outcome=Outcome.WITHDRAWN))

    assert WORDS not in text
    assert SAID not in text


def test_a_matter_of_unknown_kind_shows_neither_words_nor_place(client, district):
    text = open_page(client, make_case(district, category=None))

    assert "还没核实的报告" in text
    assert "<circle" not in text


def test_a_discreet_matter_shows_the_community_only(client, district):
    case = make_case(district, status=Status.IN_PROGRESS, category="passage", address="青禾路")
    text = open_page(client, case)

    assert "博园社区" in text
    assert "第1网格" not in text
    assert "<circle" not in text
    assert "青禾路" not in text
    assert WORDS not in text


def test_an_open_matter_shows_its_place(client, district):
    assert "<circle" in open_page(client, make_case(district))


@pytest.mark.parametrize("also", [{"category": "dispute"}, {"is_public": False}])
def test_a_closed_matter_is_nowhere(client, district, also):
    case = make_case(district, status=Status.IN_PROGRESS, **also)

    assert "没有公开" in open_page(client, case, status=404)
    assert case.number not in client.get(reverse("portal:nearby"), {"state": "all"}).text
    assert not client.get(reverse("portal:nearby"), {"q": case.number, "state": "all"}).context["rows"]
    assert case.number not in client.get(reverse("portal:home")).text
    assert client.get(reverse("portal:track"), {"number": case.number}).status_code == 422


def test_internal_entries_and_names_of_people_stay_inside(client, district, people):
    case = make_case(district, status=Status.IN_PROGRESS)
    entry(case, kind=EntryKind.NOTE, text="内部研判", visibility=Visibility.INTERNAL, by=people.handler)
    entry(case, kind=EntryKind.NOTE, text="明天换井盖", by=people.handler, unit="市政养护所")
    text = open_page(client, case)

    assert "内部研判" not in text
    assert "明天换井盖" in text
    assert "市政养护所" in text
    assert "韩予宁" not in text


def test_a_reporters_reason_for_opening_again_stays_with_the_desk(client, district):
    case = make_case(district, status=Status.FILED)
    entry(case, kind=EntryKind.MOVE, move="reopen", text="我是 3 幢 502 的")

    assert "3 幢 502" not in open_page(client, case)


def test_reporters_are_counted_and_never_named(client, district):
    case = make_case(district, status=Status.FILED, report_count=3)
    case.reports.update(reporter_name="叶小满", reporter_contact="13800000000")
    text = open_page(client, case)

    assert "3 人" in text
    assert "叶小满" not in text
    assert "13800000000" not in text


def test_a_late_case_says_so(client, district):
    case = make_case(district, status=Status.IN_PROGRESS, stage_due_at=MORNING.replace(year=2020))

    assert "已经超了" in open_page(client, case)


@pytest.mark.parametrize(
    ("status", "ahead", "said"),
    [
        (Status.DISPUTED, timedelta(hours=9), "The step “Deciding whose it is” will be done by "),
        (Status.IN_PROGRESS, -timedelta(hours=9), "The step “Handling” should have been done by "),
    ],
)
def test_the_step_is_named_as_one(client, district, status, ahead, said):
    case = make_case(district, status=status, stage_due_at=timezone.now() + ahead)

    assert said in client.get(f"/c/{case.number}/", headers={"Accept-Language": "en"}).text


def test_the_deadline_is_explained(client, district):
    case = make_case(district, status=Status.IN_PROGRESS, stage_due_at=MORNING.replace(day=25))
    text = open_page(client, case)

    assert "按目录“道路设施 › 井盖破损”第 1 版：1 天" in text
    assert "<td>2026年11月24日 09:00</td><td>开始计时：处置</td>" in text
    assert "连续计时：夜间、周末和节假日都算" in text


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_outcome_is_said_in_words(client, district, outcome):
    case = make_case(district, status=Status.CLOSED, outcome=outcome, outcome_note="产权方不同意")

    assert "产权方不同意" in open_page(client, case)


def test_a_merged_case_leads_to_the_other(client, district):
    other = make_case(district, status=Status.FILED)
    case = make_case(district, status=Status.MERGED, merged_into=other)

    assert reverse("portal:case", args=[other.number]) in open_page(client, case)


def test_a_merged_case_does_not_betray_a_hidden_one(client, district):
    other = make_case(district, status=Status.FILED, is_public=False)
    case = make_case(district, status=Status.MERGED, merged_into=other)

    assert other.number not in open_page(client, case)


def test_naughty_words_are_only_words(client, district):
    case = make_case(district, status=Status.FILED, title=NAUGHTY, description=NAUGHTY + "。", address=NAUGHTY)
    entry(case, kind=EntryKind.NOTE, text=NAUGHTY, by=None, data={"imported": True})
    text = open_page(client, case)

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in client.get(reverse("portal:nearby"), {"q": NAUGHTY, "township": NAUGHTY}).text


@pytest.mark.parametrize("number", ["OG-261124-999999", "x", "'; DROP TABLE", "%00", "9" * 300])
def test_an_unknown_number_is_kindly_refused(client, district, number):
    response = client.get(f"/c/{number}/")

    assert response.status_code == 404
    assert "没有公开" in response.text


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("status", [status for status in Status if status != Status.MERGED])
def test_a_page_asks_little_of_the_database(client, district, django_assert_max_num_queries, status, language):
    case = make_case(district, status=status)
    for move in ("accept", "file", "dispatch", "take", "report_back", "pass", "fail", "close", "return", "recall"):
        entry(case, kind=EntryKind.MOVE, move=move)
    with django_assert_max_num_queries(12):
        response = client.get(reverse("portal:case", args=[case.number]), headers={"Accept-Language": language})
    assert response.status_code == 200


def test_every_kind_of_entry_has_its_words(client, district):
    case = make_case(district, status=Status.FILED)
    for kind in set(EntryKind) - {EntryKind.MOVE}:
        entry(case, kind=kind)
    open_page(client, case)

    assert TimelineEntry.objects.filter(case=case).count() == len(EntryKind) - 1


def test_only_pictures_cleared_for_everybody_are_given_out(client, district):
    shown, kept = photo(make_case(district), is_public=True), photo(make_case(district), is_public=False)
    hidden = photo(make_case(district, category="dispute"), is_public=True)

    answers = [client.get(reverse("portal:photo", args=[row.pk])) for row in (shown, kept, hidden)]
    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert answers[0]["Cache-Control"] == "public, max-age=300"
    assert b"".join(answers[0].streaming_content) == b"a picture"
    assert client.get(reverse("portal:photo_small", args=[hidden.pk])).status_code == 404


def test_what_is_over_is_explained_as_it_ended(client, district):
    left = MORNING + timedelta(hours=3)
    text = open_page(client, make_case(district, status=Status.CLOSED, outcome=Outcome.FIXED, stage_started_at=left))

    assert "为什么是这个时限" in text
    assert "结束时" in text


@pytest.mark.parametrize(
    "private",
    ["13800001234", "+86 138-0000-1234", "0577-88112233", "330304199001011234", "33030419900101123X",
     "ye.xiaoman@example.net", "浙C12345", "浙C·D12345"],
)  # fmt: skip
def test_what_leads_to_somebody_is_left_out_of_the_reporters_words(client, district, private):
    words = f"井盖断了，找{private}，第3号楼"
    case = make_case(district, status=Status.IN_PROGRESS, title=words, description=f"{words}。别的不变。")
    feed = reverse("portal:feed_case", args=[case.number])
    entry(case, kind=EntryKind.MOVE, move="accept")

    for text in (open_page(client, case), client.get(reverse("portal:nearby")).text, client.get(feed).text):
        assert private not in text
        assert "第3号楼" in text


@pytest.mark.parametrize(
    "harmless", ["12345", "OG-261124-000001", "2026-11-24 09:00", "井盖 80 x 80", "青禾路 18 号", "LED2000"]
)
def test_other_numbers_stay(client, district, harmless):
    case = make_case(district, status=Status.IN_PROGRESS, title=f"见 {harmless} 处")

    assert harmless in open_page(client, case)


def test_what_leads_to_somebody_is_left_out_of_the_address(client, district):
    case = make_case(district, status=Status.ACCEPTED, address="青禾路18号，找林师傅13800138000")
    services = client.get(f"/open311/v2/requests/{case.number}.json").text

    for text in (open_page(client, case), services):
        assert "青禾路18号" in text
        assert "13800138000" not in text


def test_the_reporter_reads_their_own_words_whole(client, district):
    case = with_link(district, status=Status.IN_PROGRESS, description="请打 13800001234")

    assert "13800001234" in client.get(reverse("portal:private", args=[SECRET])).text
    assert "13800001234" not in open_page(client, case)
