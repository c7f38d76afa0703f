"""Requests that no honest program sends: wrong methods, kinds, lengths, cursors, filters, bytes and addresses."""

import pytest

from onegrid.core.ids import new_id

PROBLEM = "application/problem+json"


def is_refused(response, *statuses):
    return response.status_code in statuses and response["Content-Type"] == PROBLEM


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonx",
        "",
    ],
)
@pytest.mark.parametrize("path", ["cases", "areas/locations", "notes"])
def test_refuses_a_body_that_is_said_to_be_something_else(program, case, rows, path, kind):
    path = f"cases/{case.number}/notes" if path == "notes" else path
    before = rows()

    response = program.generic("POST", f"/api/v1/{path}", b'{"id": 1}', content_type=kind)

    assert is_refused(response, 415), response.content
    assert rows() == before


METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get", "X" * 300]


@pytest.mark.parametrize(
    "path", ["cases", "areas", "areas/locations", "me", "map", "cases/OG-1/acceptance", "evidence/x", ""]
)
def test_answers_no_method_that_is_not_there(program, district, path):
    answers = {method: program.generic(method, f"/api/v1/{path}") for method in METHODS}

    assert {method for method, each in answers.items() if each.status_code >= 500} == set()
    assert {
        method for method, each in answers.items() if each.status_code >= 400 and each["Content-Type"] != PROBLEM
    } == set()
    assert {answers[method].status_code for method in ("PROPFIND", "PATCH", "X" * 300)} <= {404, 405}
    assert {method for method, each in answers.items() if each.status_code == 405 and not each["Allow"]} == set()


@pytest.mark.parametrize(
    "after",
    ["x", "AAAA", "bnVsbA", "W10", "e30", "%", "é", "a" * 399, "a" * 401, "WyIwMDAxLTAxLTAxVDAwOjAwOjAwWiIsIngiXQ"],
)
@pytest.mark.parametrize("path", ["cases", "areas", "units", "audit/entries", "timeline"])
def test_refuses_a_cursor_that_it_did_not_give_out(program, case, path, after):
    path = f"cases/{case.number}/timeline" if path == "timeline" else path

    assert is_refused(program.show(path, after=after), 422)


@pytest.mark.parametrize("path", ["cases", "map", "areas", "units", "audit/entries", "timeline"])
@pytest.mark.parametrize("name", ["colour", "Status", "status[]", "__class__", "id__in", "text__regex"])
def test_refuses_a_filter_that_there_is_not(program, case, path, name):
    path = f"cases/{case.number}/timeline" if path == "timeline" else path
    also = {"bbox": "120,27,121,28", "zoom": "12"} if path == "map" else {}

    assert is_refused(program.show(path, **also, **{name: "1"}), 422)


WRONG = [
    ("cases", "status", "no_such"),
    ("cases", "scope", "theirs"),
    ("cases", "due", "never"),
    ("cases", "is_open", "maybe"),
    ("cases", "limit", "0"),
    ("cases", "limit", "201"),
    ("cases", "limit", "-1"),
    ("cases", "limit", "9" * 400),
    ("cases", "order", "random"),
    ("cases", "text", "字" * 201),
    ("cases", "area", "x" * 121),
    ("map", "bbox", "1,2,3"),
    ("map", "bbox", "nan,nan,nan,nan"),
    ("map", "bbox", "inf,0,1,1"),
    ("map", "bbox", "121,28,120,27"),
    ("map", "bbox", "1e999,0,1,1"),
    ("map", "bbox", "1,2,3,4,5"),
    ("map", "zoom", "nan"),
    ("map", "zoom", "inf"),
    ("map", "zoom", "-1"),
    ("map", "zoom", "25"),
    ("areas", "level", "street"),
    ("areas", "limit", "x"),
    ("units", "kind", "club"),
    ("audit/entries", "by", "x" * 151),
]


@pytest.mark.parametrize(("path", "name", "value"), WRONG)
def test_refuses_the_value_of_a_filter_that_cannot_be(program, district, path, name, value):
    also = {"bbox": "120,27,121,28", "zoom": "12"} if path == "map" else {}

    response = program.show(path, **{**also, name: value})

    assert is_refused(response, 422), (response.status_code, response.content)
    assert {error["field"] for error in response.json()["errors"]} == {name}


@pytest.mark.parametrize(
    "moment",
    ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-02-29T00:00:00Z", "2026-01-01T00:00:00-17:35"],
)
@pytest.mark.parametrize(
    ("path", "name"), [("cases", "due_before"), ("cases", "changed_since"), ("audit/entries", "since")]
)
def test_reads_moments_at_the_ends_of_time(program, district, path, name, moment):
    assert program.show(path, **{name: moment}).status_code in {200, 422}


BYTES = [
    "%00",
    "%FF",
    "%C0%AF",
    "%ED%A0%80",
    "%F4%90%80%80",
    "%zz",
    "%",
    "%E2%80%AE",
    "%0d%0aSet-Cookie:x=1",
    "..%2f..%2fetc%2fpasswd",
    "%EF%BC%8F",
]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/cases/{}",
        "/api/v1/areas/{}",
        "/api/v1/evidence/{}",
        "/api/v1/public/cases/{}",
        "/api/v1/reports/{}",
        "/c/{}/",
        "/t/{}/",
        "/track/?number={}",
        "/nearby/?area={}",
        "/cases/{}/",
        "/report/?text={}",
        "/report/suggestions/?text={}",
        "/report/questions/?category={}",
    ],
)
def test_reads_addresses_of_any_bytes(officer, address):
    answers = {bytes_: officer.get(address.format(bytes_)) for bytes_ in BYTES}

    assert {bytes_: each.status_code for bytes_, each in answers.items() if each.status_code >= 500} == {}
    assert {name for each in answers.values() for name in each.cookies} <= {"language", "csrftoken", "sessionid"}


@pytest.mark.parametrize("path", ["cases", "areas", "audit/entries", "units"])
@pytest.mark.parametrize("bytes_", BYTES)
def test_reads_queries_of_any_bytes(program, district, path, bytes_):
    name = {"cases": "text", "areas": "within", "audit/entries": "target", "units": "area"}[path]

    assert program.get(f"/api/v1/{path}?{name}={bytes_}").status_code in {200, 400, 404, 422}


@pytest.mark.parametrize("length", [2_000, 20_000, 200_000])
def test_reads_addresses_of_any_length(program, case, length):
    long = "a" * length

    answers = [
        program.get(f"/api/v1/cases/{long}"),
        program.get(f"/api/v1/cases?text={long}"),
        program.get(f"/api/v1/cases?{long}"),
    ]

    assert [each.status_code for each in answers] == [404, 422, 422]


DEEP = {
    "arrays": b"[" * 5000 + b"]" * 5000,
    "objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "unclosed": b'{"a":[' * 100_000,
    "null byte": b'{"id": "\x00"}',
    "escaped null": b'{"id": "\\u0000"}',
    "two of a key": b'{"x": 1, "x": "y"}',
    "huge number": b'{"x": ' + b"9" * 5000 + b"}",
    "tiny number": b'{"x": 1e-999999999}',
    "lone surrogate": b'{"text": "\\udfff"}',
    "overlong": b'{"text": "\xc0\xaf"}',
    "utf-16": '{"x": 1}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"x": 1}',
    "proto": b'{"__proto__": {"x": 1}, "constructor": 1}',
    "many keys": b"{" + b",".join(b'"%d": 1' % number for number in range(20_000)) + b"}",
}


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize("path", ["cases", "areas/locations", "notes"])
def test_refuses_bodies_that_are_made_to_break_readers(program, case, rows, path, body):
    path = f"cases/{case.number}/notes" if path == "notes" else path
    before = rows()

    response = program.send(path, body, **{"Idempotency-Key": str(new_id())})

    assert is_refused(response, 400, 422), response.content
    assert rows() == before


LIMIT = 1024 * 1024


@pytest.mark.parametrize("path", ["cases", "areas/locations", "notes"])
def test_refuses_a_body_just_over_the_limit(program, case, rows, path):
    path = f"cases/{case.number}/notes" if path == "notes" else path
    before = rows()

    most = program.send(path, b'"' + b"a" * (LIMIT - 2) + b'"')
    over = program.send(path, b'"' + b"a" * (LIMIT - 1) + b'"')

    assert (most.status_code, over.status_code, over["Content-Type"]) == (422, 413, PROBLEM)
    assert rows() == before


@pytest.mark.parametrize("length", ["-1", "x", "", "1e3", "99999999999999999999"])
@pytest.mark.parametrize("path", ["cases", "areas/locations"])
def test_survives_a_length_that_is_none(program, district, rows, path, length):
    before = rows()

    response = program.generic("POST", f"/api/v1/{path}", b"{}", content_type="application/json", CONTENT_LENGTH=length)

    assert is_refused(response, 400, 411, 413, 422), response.content
    assert rows() == before


@pytest.mark.parametrize("path", ["cases", "areas/locations", "notes", "evidence"])
def test_asks_for_the_length_of_a_body_in_pieces(program, case, path):
    path = f"cases/{case.number}/{path}" if path in {"notes", "evidence"} else path

    response = program.post(f"/api/v1/{path}", headers={"Transfer-Encoding": "chunked"}, CONTENT_LENGTH="")

    assert is_refused(response, 411)


PART = b"--x\r\nContent-Disposition: form-data; "
FORMS = {
    "no boundary": ("multipart/form-data", b"--x\r\n"),
    "empty boundary": ("multipart/form-data; boundary=", b"--\r\n"),
    "unended": ("multipart/form-data; boundary=x", PART + b'name="file"; filename="a"\r\n\r\nabc'),
    "bad base64": (
        "multipart/form-data; boundary=x",
        PART + b'name="file"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--',
    ),
    "many fields": ("multipart/form-data; boundary=x", (PART + b'name="a"\r\n\r\n1\r\n') * 1500 + b"--x--"),
    "unknown charset": ("multipart/form-data; boundary=x; charset=nonsense", b"--x--"),
    "odd boundary": ("multipart/form-data; boundary=" + "x" * 500, b"--x--"),
}


@pytest.mark.parametrize(("kind", "body"), FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("address", ["/api/v1/cases/{}/evidence", "/report/", "/cases/new/"])
def test_refuses_forms_that_cannot_be_read(officer, case, rows, kept_files, address, kind, body):
    before = rows()

    response = officer.generic("POST", address.format(case.number), body, content_type=kind)

    assert 400 <= response.status_code < 500, response.content
    assert (rows(), kept_files()) == (before, [])
