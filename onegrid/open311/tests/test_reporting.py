"""Reporting by GeoReport: what is taken, what is refused and why, and nothing half done."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onegrid.accounts.models import Role
from onegrid.accounts.permissions import GRANTS
from onegrid.cases.models import Case, Channel, EntryKind, Evidence, Report, Visibility
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.core.tests import samples
from onegrid.open311.tests.asking import ROOT, key_of, show
from onegrid.portal.tests.asking import QUESTIONS

WHERE = {"service_code": "roads.manhole", "lat": "27.905", "long": "120.605"}


@pytest.fixture
def key(people):
    return key_of(people.acceptor)


@pytest.fixture
def send(client, key):
    """Send a form with a key, and answer as JSON unless the address says otherwise."""

    def sent(form="json", headers=None, **fields):
        body = {"api_key": key, **WHERE, **fields}
        body = {name: value for name, value in body.items() if value is not None}
        return client.post(f"{ROOT}/requests.{form}", body, headers={"Accept-Language": "en", **(headers or {})})

    return sent


@pytest.fixture
def asking(district):
    Category.objects.filter(pk=district.categories.manhole.pk).update(form=QUESTIONS)
    bump(SNAPSHOT)


def refusals(response):
    assert response.status_code >= 400
    assert not Case.objects.exists()
    return [fault["description"] for fault in response.json()]


def test_takes_a_report_in_as_a_case_of_the_keys_owner(send, people):
    response = send(description="井盖断了\n小心", address_string="青禾路 18 号")

    case = Case.objects.get()
    assert response.status_code == 201
    assert response.json()[0]["service_request_id"] == case.number
    assert response["Location"] == f"http://testserver{ROOT}/requests/{case.number}.json"
    assert (case.channel, case.reported_by, case.category.code) == (Channel.API, people.acceptor, "roads.manhole")
    assert (case.title, case.description, case.address) == ("井盖断了", "井盖断了\n小心", "青禾路 18 号")
    assert (case.place.lat, case.place.lon) == (27.905, 120.605)


def test_answers_in_xml_too(send):
    response = send("xml")

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert f"<service_request_id>{Case.objects.get().number}</service_request_id>" in response.text


def test_says_what_happens_next(send):
    notice = send().json()[0]["service_notice"]

    assert notice.startswith("It is due by ")
    assert f"http://testserver/c/{Case.objects.get().number}/" in notice


def test_does_not_promise_a_page_for_what_is_not_shown(send):
    assert "not shown to the public" in send(service_code="dispute").json()[0]["service_notice"]


def test_keeps_who_reported_apart(send, client):
    send(description="井盖断了", first_name="小满", last_name="叶", email="ye@example.org", phone="13800000000")

    report, case = Report.objects.get(), Case.objects.get()
    assert (report.reporter_name, report.reporter_contact) == ("叶小满", "13800000000 / ye@example.org")
    assert report.is_anonymous is False
    assert "13800000000" not in str(show(client, f"requests/{case.number}"))


def test_writes_western_names_as_they_are_spoken(send):
    send(first_name="Ada", last_name="Byron")

    assert Report.objects.get().reporter_name == "Ada Byron"


def test_knows_no_devices(send):
    send(device_id="tt222111", account_id="123456")

    assert "tt222111" not in str([list(Report.objects.values()), list(Case.objects.values())])


def test_a_report_without_words_is_called_by_its_kind(send):
    send()

    assert Case.objects.get().title == "井盖破损"


def test_keeps_the_address_of_a_picture_for_the_officers_and_never_opens_it(send, client):
    send(media_url="http://169.254.169.254/latest/meta-data")

    note = Case.objects.get().timeline.get(kind=EntryKind.NOTE)
    assert (note.text, note.visibility) == ("http://169.254.169.254/latest/meta-data", Visibility.INTERNAL)
    assert show(client, f"requests/{Case.objects.get().number}")[0]["media_url"] is None


def test_keeps_pictures_that_come_with_the_report(send):
    response = send(media=SimpleUploadedFile("a.jpg", samples.picture()))

    row = Evidence.objects.get()
    assert response.status_code == 201
    assert (row.case, row.is_public, row.added_by) == (Case.objects.get(), False, None)


@pytest.mark.parametrize("content", [b"", b"MZ no picture", b"just words"])
def test_refuses_a_file_that_is_no_medium_and_writes_nothing(send, content):
    assert refusals(send(media=SimpleUploadedFile("a.jpg", content)))[0].startswith("media: ")


def test_refuses_more_files_than_a_report_may_have(send):
    files = [SimpleUploadedFile(f"{n}.jpg", samples.picture()) for n in range(7)]

    assert refusals(send(media=files)) == ["media: At most 6 files with a report."]


def test_takes_the_answers_to_its_questions(send, asking):
    send(**{"attribute[fault]": "missing", "attribute[hurt]": "true", "attribute[depth]": "30"})

    assert Case.objects.get().answers == {"fault": "missing", "hurt": True, "depth": 30}


def test_takes_an_answer_written_as_a_list_of_one(send, asking):
    send(**{"attribute[fault][]": "missing"})

    assert Case.objects.get().answers == {"fault": "missing"}


@pytest.mark.parametrize(
    ("name", "chosen"),
    [("attribute[harm][]", ["car", "foot"]), ("attribute[harm]", "car"), ("attribute[harm][]", "foot")],
)
def test_takes_several_choices(send, district, name, chosen):
    options = [{"const": const, "title": const} for const in ("car", "foot")]
    harm = {"type": "array", "uniqueItems": True, "items": {"type": "string", "oneOf": options}}
    form = {"type": "object", "properties": {"harm": harm}, "additionalProperties": False}
    Category.objects.filter(pk=district.categories.manhole.pk).update(form=form)
    bump(SNAPSHOT)

    assert send(**{name: "wheel"}).status_code == 400
    assert send(**{name: chosen}).status_code == 201
    assert Case.objects.get().answers == {"harm": [chosen] if isinstance(chosen, str) else chosen}


@pytest.mark.parametrize(
    ("answers", "faulty"),
    [
        ({}, {"attribute[fault]"}),
        ({"fault": "  "}, {"attribute[fault]"}),
        ({"fault": "stolen"}, {"attribute[fault]"}),
        ({"fault": "missing", "depth": "deep"}, {"attribute[depth]"}),
        ({"fault": "missing", "depth": "61"}, {"attribute[depth]"}),
        ({"fault": "missing", "depth": "1e999"}, {"attribute[depth]"}),
        ({"fault": "missing", "hurt": "perhaps"}, {"attribute[hurt]"}),
        ({"fault": ["missing", "broken"]}, {"attribute[fault]"}),
        ({"fault": "missing", "colour": "red"}, {"attribute[colour]"}),
        ({"fault": "stolen", "depth": "0"}, {"attribute[fault]", "attribute[depth]"}),
    ],
)
def test_refuses_answers_by_the_name_of_their_question(send, asking, answers, faulty):
    said = refusals(send(**{f"attribute[{code}]": value for code, value in answers.items()}))

    assert {fault.partition(": ")[0] for fault in said} == faulty


@pytest.mark.parametrize(
    ("fields", "status", "begins"),
    [
        ({"service_code": None}, 400, "service_code: This is missing."),
        ({"service_code": " "}, 400, "service_code: This is missing."),
        ({"service_code": "roads.moon"}, 404, "There is no service"),
        ({"service_code": "roads"}, 404, "There is no service"),
        ({"lat": None}, 400, "lat: Send lat and long"),
        ({"lat": None, "long": None, "address_string": "青禾路 18 号"}, 400, "lat: Send lat and long"),
        ({"lat": None, "long": None, "address_id": "545483"}, 400, "lat: Send lat and long"),
        ({"lat": "north"}, 400, "lat: "),
        ({"lat": "nan"}, 400, "lat: "),
        ({"lat": "inf", "long": "-inf"}, 400, "lat: "),
        ({"lat": "0", "long": "0"}, 400, "lat: "),
        ({"lat": "37.76", "long": "-122.42"}, 400, "lat: This place is outside the district"),
        ({"description": "x" * 5001}, 400, "description: At most 5000"),
        ({"description": "a\x00b"}, 400, "description: "),
        ({"media_url": "a\x00b"}, 400, "media_url: "),
        ({"media_url": "x" * 2001}, 400, "media_url: "),
        ({"address_string": "x" * 201}, 400, "address_string: At most 200"),
        ({"first_name": "x" * 61}, 400, "first_name: At most 60"),
        ({"email": "x" * 101}, 400, "phone: At most 100"),
        ({"jurisdiction_id": "city.gov"}, 404, "The jurisdiction_id is not known"),
    ],
)
def test_refuses_what_cannot_be_taken_and_says_why(send, fields, status, begins):
    response = send(**fields)

    assert response.status_code == status
    assert refusals(response)[0].startswith(begins)


@pytest.mark.parametrize("wrong", [None, "", "og_00000000.secret", "\x00", "键"])
def test_refuses_a_key_that_is_missing_or_does_not_work_as_the_standard_says(send, wrong):
    response = send(api_key=wrong)

    assert response.status_code == 403
    assert refusals(response)[0].startswith("The api_key is missing or does not work")


def test_takes_a_key_in_the_header_as_everywhere_else(send, key):
    assert send(api_key=None, headers={"Authorization": f"Bearer {key}"}).status_code == 201


@pytest.mark.parametrize("wrong", ["Bearer nonsense", "Basic Zm9vOmJhcg=="])
def test_refuses_a_wrong_header_as_everywhere_else(send, wrong):
    response = send(headers={"Authorization": wrong})

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_refuses_a_key_that_was_made_for_reading(send, people):
    assert send(api_key=key_of(people.acceptor, "cases:read")).status_code == 403


def test_refuses_where_the_keys_owner_has_no_duty(send, people):
    assert send(api_key=key_of(people.stranger)).status_code == 403


def test_a_person_signed_in_needs_a_key_all_the_same(client, people):
    client.force_login(people.acceptor)

    assert client.post(f"{ROOT}/requests.json", WHERE).status_code == 403


def test_does_not_offer_what_residents_may_not_report(send, district):
    Category.objects.filter(pk=district.categories.manhole.pk).update(public_may_report=False)
    bump(SNAPSHOT)

    assert send().status_code == 404


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("again", ["a-key-of-ours", "01a21449-74cc-73be-8cba-334450e3e4e5"])
def test_sent_again_under_its_key_gets_the_first_answer(send, form, again):
    headers = {"Idempotency-Key": again}
    first = send(form, headers=headers, media_url="https://example.org/1.jpg")

    second = send(form, headers=headers, media_url="https://example.org/1.jpg")

    assert (second.status_code, second.content, second["Content-Type"]) == (201, first.content, first["Content-Type"])
    assert second["Idempotent-Replay"] == "true"
    assert Case.objects.get().timeline.filter(kind=EntryKind.NOTE).count() == 1


@pytest.mark.queries(36)  # every photo is put into the queue of those to be looked through
def test_sent_again_with_its_files_gets_the_first_answer(send):
    def with_file(content):
        return send(headers={"Idempotency-Key": "k"}, media=io.BytesIO(content))

    first = with_file(samples.picture())

    assert with_file(samples.picture()).content == first.content
    assert with_file(samples.picture() + b" ").status_code == 409
    assert Evidence.objects.count() == 1


def test_another_report_under_the_same_key_is_refused(send):
    send(headers={"Idempotency-Key": "k"})

    assert send(headers={"Idempotency-Key": "k"}, description="另一件").status_code == 409


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
def test_refuses_what_is_no_form(client, key, kind):
    response = client.generic("POST", f"{ROOT}/requests.json", b"{}", content_type=kind)

    assert response.status_code == 400
    assert "application/x-www-form-urlencoded" in response.json()[0]["description"]


def test_refuses_a_form_that_is_too_large(client, key):
    response = client.generic(
        "POST", f"{ROOT}/requests.json", b"description=" + b"x" * 2_000_000,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip

    assert (response.status_code, response.json()[0]["code"]) == (413, 413)


def test_refuses_a_broken_form(client, key):
    response = client.generic("POST", f"{ROOT}/requests.xml", b"--x\r\nnonsense", content_type="multipart/form-data")

    assert response.status_code == 400


def test_every_role_that_may_report_may_leave_the_address_of_a_picture():
    assert {role for role in Role if "cases.report" in GRANTS[role]} <= {
        role for role in Role if "cases.note" in GRANTS[role]
    }
