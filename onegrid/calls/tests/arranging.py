"""Calls of the police of Ouhai, as a head of unit writes them and the district's leader releases them."""

import io
from datetime import UTC, date, datetime

from onegrid.calls.actions.release_call import ask_release, release_call
from onegrid.calls.actions.write_call import CallPlan, write_call
from onegrid.calls.states import Kind
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PLAN = {
    "kind": Kind.MISSING,
    "area_code": "330304",
    "instrument": "立案决定书",
    "instrument_number": "瓯公立〔2026〕0001号",
    "instrument_by": "区公安分局",
    "instrument_on": TODAY,
    "title": "寻找走失老人",
    "title_hant": "",
    "title_en": "An elderly person is missing",
    "text": "身穿蓝色外套，行动缓慢。",
    "text_hant": "",
    "text_en": "Blue coat, walks slowly.",
    "person_name": "虚构人物",
    "picture_from": "",
    "telephone": "0577-12345",
    "tip_channel": "fire",
    "ends_on": date(2026, 12, 24),
}


def plan(**changed):
    return CallPlan(**{**PLAN, **changed})


def picture():
    return inspect_upload(io.BytesIO(samples.photo()), name="IMG_1.jpg")


def draft(ouhai, *, at=NOON, picture=None, **changed):
    head = ouhai.user("public-security.head")
    return write_call(plan=plan(**changed), unit_code="public-security", picture=picture, by=head, at=at)


def waiting(ouhai, **changed):
    call = draft(ouhai, **changed)
    ask_release(call_id=call.pk, by=ouhai.user("public-security.head"), at=NOON)
    return call


def running(ouhai, **changed):
    call = waiting(ouhai, **changed)
    release_call(call_id=call.pk, by=ouhai.user("leader"), at=NOON)
    call.refresh_from_db()
    return call
