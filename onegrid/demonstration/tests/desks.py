"""People of one township who make each move twice, by the actions and as steps of a life, and what compares the two."""

import io
from datetime import UTC, datetime, timedelta

from onegrid.accounts.models import Duty
from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.public import (
    Channel,
    EvidencePurpose,
    Hand,
    Life,
    Move,
    Moved,
    Proved,
    accept_case,
    add_evidence,
    file_case,
    insert_lives,
    keep_file,
)
from onegrid.catalogue.public import catalogue
from onegrid.core.ids import new_id
from onegrid.core.media.upload import inspect_upload
from onegrid.dispatch.public import ReportedCase, dispatch_case, new_case, report_case, route
from onegrid.geography.public import locate

START = datetime(2026, 11, 10, 1, tzinfo=UTC)
OWN = {"id", "number", "search", "original_x", "original_y"}  # of each of the two


class Desk:
    """The people of one township, who make each move twice: by the actions, and as steps of a life."""

    def __init__(self, ouhai):
        self.ouhai, self.at, self.steps, self.by = ouhai, START, [], None
        self.kind = catalogue().by_code["daily.welfare.tax"]
        place = Duty.objects.get(user__username="chashan.grid001").area.label_at
        report = ReportedCase(id=new_id(), text="怎么开发票", title="发票", x=place.lon, y=place.lat, is_simulated=True)
        self.reported = report_case(report=report, channel=Channel.PORTAL, by=None, at=self.at)
        again = ReportedCase(id=new_id(), text="怎么开发票", title="发票", x=place.lon, y=place.lat, is_simulated=True)
        self.new = new_case(
            again, location=locate(*place), category=None, channel=Channel.PORTAL, at=self.at, secret=""
        )

    @property
    def case(self):
        return Case.objects.get(pk=self.reported.receipt.case_id)

    def move(self, move, action, username, *, text="", also=None, **settled):
        self.at += timedelta(hours=3)
        user = self.ouhai.user(username)
        case = self.case
        action(case_id=case.pk, version=case.version, by=user, at=self.at, **(also or {}))
        entry = TimelineEntry.objects.filter(case=case, received_at=self.at).earliest("id")
        hand = Hand(id=user.pk, name=user.display_name, unit_name=entry.unit_name)
        self.steps.append(Moved(id=new_id(), at=self.at, by=hand, move=move, text=text, **settled))

    def timeline(self, move):
        """Return the entry of a move in the life that was told."""
        return TimelineEntry.objects.get(case=self.new.id, move=move)

    def told(self):
        insert_lives([Life(new=self.new, number="OG-261110-999999", entry_id=new_id(), by=self.by, steps=self.steps)])
        return Case.objects.get(pk=self.new.id)


def row_of(case):
    return {name: value for name, value in Case.objects.filter(pk=case.pk).values().get().items() if name not in OWN}


def timeline_of(case):
    entries = case.timeline.order_by("received_at", "id").values(
        "kind", "move", "visibility", "text", "by_user", "by_name", "unit_name", "channel", "happened_at", "data"
    )
    return [entry | {"data": comparable(entry["data"])} for entry in entries]


def comparable(data):
    own = dict.fromkeys({"evidence", "number", "request"} & set(data), "its own")
    drawn = {"draw": comparable(data["draw"])} if "draw" in data else {}
    return data | own | drawn


def evidence_of(case):
    return list(case.evidence.order_by("added_at").values("kind", "purpose", "sha256", "size", "name", "is_public"))


def assert_same(desk):
    told, acted = desk.told(), desk.case
    assert row_of(told) == row_of(acted)
    assert timeline_of(told) == timeline_of(acted)
    assert evidence_of(told) == evidence_of(acted)


def file_and_dispatch(desk):
    desk.move(Move.ACCEPT, accept_case, "chashan.acceptor")
    desk.move(Move.FILE, file_case, "chashan.shift-lead", also={"category_code": desk.kind.code}, category=desk.kind)
    dispatch(desk)


def dispatch(desk):
    centre = "centre.dispatcher-1" if desk.case.level == "district" else "chashan.dispatcher"
    went = route(category=desk.kind, area_path=desk.case.area_path, level=desk.case.level, at=desk.at)
    desk.move(
        Move.DISPATCH, dispatch_case, centre, also={"lead_code": went.lead.code}, lead=went.lead,
        suggested=went.as_data(),
    )  # fmt: skip


def prove(desk, username, words):
    desk.at += timedelta(minutes=5)
    upload, user = inspect_upload(io.BytesIO(words.encode()), name="record.txt"), desk.ouhai.user(username)
    row = add_evidence(case_id=desk.case.pk, purpose=EvidencePurpose.AFTER, upload=upload, by=user, at=desk.at)
    hand = Hand(id=user.pk, name=user.display_name, unit_name=row.unit_name)
    file = keep_file(inspect_upload(io.BytesIO(words.encode()), name="record.txt"))
    desk.steps.append(Proved(id=new_id(), at=desk.at, by=hand, purpose="after", file=file))


def hand_of(desk, username, unit_name=""):
    user = desk.ouhai.user(username)
    return Hand(id=user.pk, name=user.display_name, unit_name=unit_name)
