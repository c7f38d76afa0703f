"""What a demonstration shows besides cases: a channel for tips with published keys, and appeals that are made up."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import yaml
from django.conf import settings
from django.utils import timezone

from config.preparation import Advance
from onegrid.accounts.public import User
from onegrid.calls.public import CallPlan, Kind, PublicCall, ask_release, release_call, write_call
from onegrid.tips.public import Channel, ChannelPlan, appoint_reader, confirm_key, keep_key, open_channel

ADMINISTRATOR, SECOND = "admin", "admin.deputy"


def show(_: Advance) -> str:
    """Write the examples once, by the actions that people use, on an installation that is a demonstration."""
    if not settings.DISTRICT_IS_DEMONSTRATION:
        return "none: this is no demonstration"
    now = timezone.now()
    channels, calls = _show_channel(_said("tips"), at=now), _show_calls(_said("calls"), at=now)
    return f"{channels} channel for tips, {calls} appeals" if channels or calls else "up to date"


def _said(name: str) -> dict[str, Any]:
    path = settings.PACK / "demonstration" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf8")) if path.exists() else {}


def _show_channel(said: dict[str, Any], *, at: datetime) -> int:
    if not said or Channel.objects.exists():
        return 0
    admin, second = _user(ADMINISTRATOR), _user(SECOND)
    channel = open_channel(plan=ChannelPlan(**said["channel"]), by=admin, at=at)
    for reader in said["readers"]:
        keys = {"public_key": reader["public_key"], "wrapped_key": reader["wrapped_key"]}
        name = reader["username"]
        appointed = appoint_reader(channel_id=channel.pk, username=name, by=admin, at=at)
        keep_key(recipient_id=appointed.pk, by=_user(name), at=at, **keys)
        confirm_key(recipient_id=appointed.pk, by=second, at=at)
    return 1


def _show_calls(said: dict[str, Any], *, at: datetime) -> int:
    if not said or PublicCall.objects.exists():
        return 0
    writer, releaser = _user(said["written_by"]), _user(said["released_by"])
    write = partial(write_call, unit_code=said["unit"], picture=None, by=writer, at=at, is_simulated=True)
    for fact in said["calls"]:
        call = write(plan=_plan(fact, at=at))
        ask_release(call_id=call.pk, by=writer, at=at)
        release_call(call_id=call.pk, by=releaser, at=at)
    return len(said["calls"])


def _plan(fact: dict[str, Any], *, at: datetime) -> CallPlan:
    today = timezone.localdate(at)
    names = ("instrument", "title", "title_hant", "title_en", "text", "text_hant", "text_en")
    return CallPlan(
        **{name: fact[name] for name in names},
        kind=Kind(fact["kind"]),
        area_code=fact["area"],
        instrument_number="演示-0000",
        instrument_by="演示机关",
        instrument_on=today,
        person_name="",
        picture_from="",
        telephone="12345",
        tip_channel="demonstration",
        ends_on=today + timedelta(days=fact["days"]),
    )


def _user(username: str) -> User:
    return User.objects.get(username=username)
