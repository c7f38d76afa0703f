"""Send a code to the owner of an address, who thereby comes in; nobody is told whether the address is known."""

import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from onegrid.core.ids import new_id
from onegrid.notifications.public import (
    AddressRefusedError,
    Channel,
    Post,
    Purpose,
    email_in_one_form,
    hurry_letters,
    open_channels,
    phone_in_one_form,
    post_letters,
    subscriber_by_email,
    subscriber_by_phone,
)
from onegrid.residents.models import Code
from onegrid.residents.models.account import BY_CODE
from onegrid.residents.rules.lasting import A_DAY, AN_HOUR, BETWEEN_CODES, CODE_LASTS, MOST_A_DAY, MOST_AN_HOUR
from onegrid.residents.rules.marks import DIGITS, address_mark, at_home, code_mark, code_of
from onegrid.residents.rules.wording import with_code

PAGE = "/my/"  # of the portal


@transaction.atomic(durable=True)
def ask_for_code(*, address: str, language: str, at: datetime) -> UUID:
    """
    Send a code to an e-mail address or a telephone number; return by what it is known, for the browser that asked.

    An address that had a code within the minute, or enough of them this hour or day, gets none, and nothing shows it.

    :raises AddressRefusedError: if it cannot be an address, or nothing leaves from here to one of its kind.
    """
    channel, known = _address(address)
    mark, code = address_mark(channel, known, key=settings.SECRET_KEY), code_of(secrets.randbelow(10**DIGITS))
    with connection.cursor() as cursor:  # one after the other, or several at once would all find room
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mark])
    is_sent, code_id = _has_room(mark, at=at), new_id()
    row = Code(id=code_id, channel=channel, address_mark=mark, is_sent=is_sent, asked_at=at)
    row.code_mark = code_mark(code_id, code, key=settings.SECRET_KEY)
    if is_sent:
        row.reader_id = _sent(channel, known, code, language=language, at=at)
    row.save(force_insert=True)
    return code_id


def same_address(*, address: str, mark: str) -> bool:
    """Tell whether an e-mail address is the one that a mark was made of."""
    known = email_in_one_form(address)
    return known is not None and address_mark(Channel.EMAIL, known, key=settings.SECRET_KEY) == mark


def _address(said: str) -> tuple[Channel, str]:
    """Return by which channel an address is reached, and the address in one form."""
    opened = [channel for channel in open_channels() if channel in BY_CODE]
    if Channel.EMAIL in opened and (email := email_in_one_form(said)):
        return Channel.EMAIL, email
    if Channel.SMS in opened and (number := phone_in_one_form(said)):
        return Channel.SMS, at_home(number)
    message = {
        (Channel.EMAIL,): _("That is no e-mail address. Please check it."),
        (Channel.SMS,): _("That is no telephone number. Please check it."),
        (): _("This site sends neither e-mail nor text messages, so there are no codes."),
    }.get(tuple(opened), _("That is neither an e-mail address nor a telephone number. Please check it."))
    raise AddressRefusedError(message, fields={"address": message})


def _has_room(mark: str, *, at: datetime) -> bool:
    before = list(
        Code.objects.filter(address_mark=mark, is_sent=True, asked_at__gt=at - A_DAY).values_list("asked_at", flat=True)
    )
    return (
        len(before) < MOST_A_DAY
        and sum(asked > at - AN_HOUR for asked in before) < MOST_AN_HOUR
        and all(asked <= at - BETWEEN_CODES for asked in before)
    )


def _sent(channel: Channel, address: str, code: str, *, language: str, at: datetime) -> UUID:
    until = at + CODE_LASTS
    if channel == Channel.EMAIL:
        to = subscriber_by_email(address=address, language=language, until=until, at=at, purpose=Purpose.CODE)
    else:
        to = subscriber_by_phone(number=address, language=language, until=until, at=at, purpose=Purpose.CODE)
    with override(language):
        words = with_code(code, minutes=int(CODE_LASTS.total_seconds() // 60))
    post_letters([Post(subscriber=to.pk, title=words.title, text=words.text, path=PAGE)], at=at)
    hurry_letters()
    return to.pk
