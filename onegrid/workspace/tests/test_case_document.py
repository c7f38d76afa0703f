"""A case on paper, as PDF: what it says to whom, and that taking it is noted."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from onegrid.cases.models import EntryKind, Evidence, EvidenceKind, EvidencePurpose, TimelineEntry, Visibility
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core import files
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db
NAUGHTY = Path(__file__).parents[4] / "shared/data/fixtures/naughty/blns.json"


def pages(response):
    assert response.status_code == 200, response
    return PdfReader(io.BytesIO(b"".join(response.streaming_content)))


def text_of(response):
    return "".join(page.extract_text() for page in pages(response).pages)


def take(client, case, copy="public"):
    return client.post(f"/cases/{case.number}/print/pdf/", {"copy": copy})


def note(case, text, visibility, **also):
    return TimelineEntry.objects.create(
        case=case, kind=EntryKind.NOTE, visibility=visibility, text=text, by_name="周知遥", unit_name="市政养护所",
        channel="desk", happened_at=MORNING, received_at=MORNING, **also,
    )  # fmt: skip


def photo(case, *, is_public):
    drawn = io.BytesIO()
    Image.new("RGB", (480, 360), "#a33" if is_public else "#3a3").save(drawn, "JPEG")
    sha256 = files.keep(drawn)
    return Evidence.objects.create(
        case=case, kind=EvidenceKind.PHOTO, purpose=EvidencePurpose.BEFORE, sha256=sha256, public_sha256=sha256,
        thumbnail_sha256=sha256, public_thumbnail_sha256=sha256, copy_state="ready", media_type="image/jpeg", size=10,
        added_at=MORNING, is_public=is_public,
    )  # fmt: skip


@pytest.fixture
def written(case):
    note(case, "已通知管线单位", Visibility.PUBLIC)
    note(case, "报告人说是邻居干的", Visibility.INTERNAL)
    return case


def test_says_number_place_and_what_happened(as_, people, written):
    text = text_of(take(as_(people.acceptor, "zh-hans"), written)).replace(" ", "")

    assert written.number in text
    assert "雨水井盖断裂，行人易踩空" in text
    assert "博园社区第1网格" in text
    assert "已通知管线单位" in text
    assert "第1页，共1页" in text


def test_the_public_copy_holds_nothing_internal_and_no_officer(as_, people, written):
    text = text_of(take(as_(people.acceptor, "zh-hans"), written)).replace(" ", "")

    assert "邻居" not in text
    assert "周知遥" not in text
    assert people.acceptor.display_name not in text
    assert "内部副本" not in text


def test_the_internal_copy_says_so_on_every_page_and_names_who_printed_it(as_, people, written):
    for number in range(60):
        note(written, f"第 {number} 次联系", Visibility.INTERNAL)

    copy = pages(take(as_(people.acceptor, "zh-hans"), written, "internal"))

    texts = [page.extract_text().replace(" ", "") for page in copy.pages]
    assert len(texts) > 1
    assert all("内部副本，不得外传" in text for text in texts)
    assert people.acceptor.display_name in texts[0]
    assert "邻居" in "".join(texts)


@pytest.mark.parametrize("copy", ["public", "internal"])
def test_is_noted_in_the_trail(as_, people, case, copy):
    take(as_(people.acceptor), case, copy)

    entry = Entry.objects.get(code="cases.print")
    assert (entry.target, entry.by) == (f"cases.Case:{case.pk}", people.acceptor.username)
    assert entry.data == {"format": "pdf", "copy": copy}


def test_shows_only_pictures_that_the_public_may_see(as_, people, case):
    photo(case, is_public=True)
    photo(case, is_public=False)

    public, internal = (pages(take(as_(people.acceptor), case, copy)) for copy in ("public", "internal"))

    assert len(public.pages[0].images) == 1
    assert sum(len(page.images) for page in internal.pages) >= 1
    assert "not on this sheet" not in "".join(page.extract_text() for page in internal.pages)


def test_keeps_the_place_of_a_sensitive_matter_to_itself(as_, people, district):
    case = make_case(district, category="dispute", title="楼上吵架", address="青禾路 18 号")

    text = text_of(take(as_(people.acceptor, "zh-hans"), case))

    assert "青禾路" not in text
    assert "楼上吵架" not in text


def test_a_file_that_is_lost_does_not_keep_the_paper_back(as_, people, case):
    Evidence.objects.filter(pk=photo(case, is_public=True).pk).update(public_thumbnail_sha256="0" * 64)

    assert case.number in text_of(take(as_(people.acceptor), case))


def test_is_not_for_those_who_may_not_see_the_case(as_, people, case):
    assert take(as_(people.stranger), case).status_code == 404
    assert not Entry.objects.filter(code="cases.print").exists()


def test_is_not_given_out_on_a_link(as_, people, case):
    assert as_(people.acceptor).get(f"/cases/{case.number}/print/pdf/").status_code == 405


@pytest.mark.queries(17)
def test_takes_a_fixed_number_of_statements(as_, people, written):
    take(as_(people.acceptor), written, "internal")


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the naughty strings are absent")
def test_naughty_words_are_only_words(as_, people, district):
    strings = [string.replace("\x00", "") for string in json.loads(NAUGHTY.read_text(encoding="utf8"))]
    case = make_case(district, status=Status.CLOSED, title=strings[10][:120], address="".join(strings)[:200])
    for string in strings:
        note(case, string, Visibility.PUBLIC)

    text = text_of(take(as_(people.acceptor), case))

    assert case.number in text
    joined = "".join(text.replace("\u200b", "").split())
    assert all(words in joined for words in ("<script>alert(", "/etc/passwd", "田中さんにあげて下さい"))
