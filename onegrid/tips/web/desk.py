"""The desk of those who read tips: what is shown is sealed, and opened in their browser."""

import base64
from http import HTTPStatus
from uuid import UUID

import msgspec
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onegrid.core.errors import DomainError, NotFoundError
from onegrid.geography.public import communities
from onegrid.tips.actions.answer_tip import answer_tip, close_tip
from onegrid.tips.actions.keep_channels import keep_key
from onegrid.tips.actions.keep_longer import keep_longer
from onegrid.tips.actions.write_case import OwnWords, WrittenCase, write_case
from onegrid.tips.models import Message
from onegrid.tips.readers.inbox import appointments, inbox, open_tip
from onegrid.tips.states import Author, Ending
from onegrid.tips.web.discretion import answered, as_attribute
from onegrid.tips.web.frame import desk_frame, officer
from onegrid.tips.web.giving import unpacked
from onegrid.tips.web.words import desk_words


class Said(msgspec.Struct, kw_only=True):
    """A sealed answer or note."""

    author: str
    sealed: str


class Key(msgspec.Struct, kw_only=True):
    """A key pair: its public half, and the private one under its owner's key phrase."""

    public_key: str
    wrapped_key: str


class Case(msgspec.Struct, kw_only=True):
    """A case in an officer's own words."""

    case_id: UUID
    text: str
    community: str
    address: str
    reason: str
    is_own_words: bool


class LongerForm(forms.Form):
    """Why a tip must be kept longer."""

    reason = forms.CharField(
        label=_("Why must it be kept longer?"), max_length=200, error_messages={"required": _("Give the reason.")}
    )


class EndingForm(forms.Form):
    """What became of a tip."""

    ending = forms.ChoiceField(
        label=_("What became of it?"), choices=[(one.value, one.label) for one in Ending if one is not Ending.NONE]
    )


@require_GET
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """Show the tips of one of the reader's channels, the first unless another is asked for."""
    mine = appointments(officer(request))
    asked = request.GET.get("channel", "")
    chosen = next((one for one in mine if one.channel.code == asked), mine[0] if mine else None)
    if chosen and not chosen.public_key:
        return redirect("tips:key", recipient_id=chosen.pk)
    context = {
        "mine": mine,
        "inbox": inbox(chosen, at=timezone.now()) if chosen else None,
        "words": as_attribute(desk_words()),
    }
    return render(request, "tips/inbox.html", desk_frame(request, "tips") | context)


@require_GET
@never_cache
def tip(request: HttpRequest, *, tip_id: UUID) -> HttpResponse:
    """Show one tip beside the list, still sealed."""
    return _tip(request, tip_id)


@require_POST
def say(request: HttpRequest, *, tip_id: UUID) -> HttpResponse:
    """Take a sealed answer or note."""

    def act(given: Said) -> None:
        author = Author.OFFICER if given.author == Author.OFFICER.value else Author.NOTE
        sealed = unpacked(given.sealed)
        answer_tip(tip_id=tip_id, author=author, sealed=sealed, by=officer(request), at=timezone.now())

    return answered(Said, act)(request)


@require_POST
def close(request: HttpRequest, *, tip_id: UUID) -> HttpResponse:
    """Close a tip, saying what became of it."""
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _tip(request, tip_id, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    ending = Ending(form.cleaned_data["ending"])
    try:
        close_tip(tip_id=tip_id, ending=ending, by=officer(request), at=timezone.now())
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _tip(request, tip_id, form=form, status=refusal.status)
    return _tip(request, tip_id)


@require_POST
def write(request: HttpRequest, *, tip_id: UUID) -> HttpResponse:
    """File a case in an officer's own words."""

    def act(given: Case) -> WrittenCase:
        said = msgspec.structs.asdict(given)
        reason, words = said.pop("reason"), OwnWords(**said)
        return write_case(tip_id=tip_id, words=words, reason=reason, by=officer(request), at=timezone.now())

    return answered(Case, act)(request)


@require_POST
def longer(request: HttpRequest, *, tip_id: UUID) -> HttpResponse:
    """Keep a tip longer, for a reason."""
    form = LongerForm(request.POST)
    if not form.is_valid():
        return _tip(request, tip_id, longer=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        keep_longer(tip_id=tip_id, reason=form.cleaned_data["reason"], by=officer(request), at=timezone.now())
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _tip(request, tip_id, longer=form, status=refusal.status)
    return _tip(request, tip_id)


@require_GET
@never_cache
def key(request: HttpRequest, *, recipient_id: UUID) -> HttpResponse:
    """Show where an appointed officer's browser makes their key."""
    mine = next((one for one in appointments(officer(request)) if one.pk == recipient_id), None)
    if mine is None:
        raise NotFoundError(_("There is no such appointment."))
    if mine.public_key:
        return redirect("tips:inbox")
    context = {"recipient": mine, "words": as_attribute(desk_words())}
    return render(request, "tips/key.html", desk_frame(request, "tips") | context)


@require_POST
def make_key(request: HttpRequest, *, recipient_id: UUID) -> HttpResponse:
    """Take the key that the officer's browser has made."""

    def act(given: Key) -> None:
        wrapped, public = given.wrapped_key, given.public_key
        keep_key(
            recipient_id=recipient_id, public_key=public, wrapped_key=wrapped, by=officer(request), at=timezone.now()
        )

    return answered(Key, act)(request)


def _tip(
    request: HttpRequest,
    tip_id: UUID,
    *,
    form: EndingForm | None = None,
    longer: LongerForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = open_tip(tip_id, by=officer(request), at=timezone.now())
    context = {
        "row": found.row,
        "tip": found.row.tip,
        "messages_sealed": [(message, _packed(message)) for message in found.messages],
        "keys": ",".join([*found.readers, found.row.tip.public_key]),
        "reader_keys": ",".join(found.readers),
        "form": form or EndingForm(),
        "longer": longer or LongerForm(),
        "places": list(communities().values()),
    }
    return render(request, "tips/_tip.html", context, status=status)


def _packed(message: Message) -> str:
    return base64.b64encode(bytes(message.sealed)).decode()
