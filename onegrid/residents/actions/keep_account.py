"""Close an account in a browser or in all, be told or not, delete it, and end what has lasted its time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.core.errors import InvalidInputError
from onegrid.notifications.public import Channel, Purpose, forget_subscribers, subscriber_by_email
from onegrid.oversight.public import Actor, record
from onegrid.residents.actions.ask_for_code import same_address
from onegrid.residents.actions.try_code import BY
from onegrid.residents.models import Account, Code, Visit
from onegrid.residents.rules.lasting import A_DAY
from onegrid.residents.rules.marks import token_hash
from onegrid.residents.rules.stopping import account_of_stop


class OtherAddressError(InvalidInputError):
    """Mails go only to the address that the account was opened with."""


@transaction.atomic(durable=True)
def sign_out(*, token: str) -> None:
    """Close the account in the browser that holds a token."""
    Visit.objects.filter(token_hash=token_hash(token)).delete()


@transaction.atomic(durable=True)
def sign_out_everywhere(*, account: Account) -> None:
    """Close the account in every browser."""
    account.visits.all().delete()


@transaction.atomic(durable=True)
def tell_me(*, account: Account, address: str, at: datetime) -> None:
    """
    From now on tell the owner of an account by e-mail what is new in their reports.

    The address has to be typed again, because it is kept nowhere until now.

    :raises OtherAddressError: if it is not the one that the account was opened with.
    :raises AddressRefusedError: if no mail leaves from here.
    """
    if account.channel != Channel.EMAIL or not same_address(address=address, mark=account.address_mark):
        message = _("This is not the address that you signed in with.")
        raise OtherAddressError(message, fields={"address": message})
    reader = subscriber_by_email(
        address=address, language=account.language, until=account.ends_at, at=at, purpose=Purpose.REPORTS
    )
    account.reader, account.told_until = reader, at
    account.save(update_fields=["reader", "told_until"])


@transaction.atomic(durable=True)
def tell_me_no_more(*, account: Account) -> None:
    """Tell nothing any more, and delete the address with what is on its way there."""
    _forget_readers([account])


@transaction.atomic(durable=True)
def stop_telling(*, token: str) -> bool:
    """End the mails that a link to stop belongs to, and tell whether there were any."""
    wanted = account_of_stop(token)
    told = list(Account.objects.filter(pk=wanted, reader__isnull=False)) if wanted else []
    _forget_readers(told)
    return bool(told)


@transaction.atomic(durable=True)
def delete_account(*, account: Account, at: datetime) -> None:
    """Delete an account with everything below it. The reports stay, each with its own private link and no person."""
    _delete([account], why="residents.deleted", by=BY, at=at)


@transaction.atomic(durable=True)
def end_accounts(*, at: datetime) -> int:
    """End the accounts that nobody has opened for long, with old codes and visits; return how many accounts ended."""
    Code.objects.filter(asked_at__lt=at - A_DAY).delete()
    Visit.objects.filter(ends_at__lte=at).delete()
    ended = list(Account.objects.filter(ends_at__lte=at))
    _delete(ended, why="residents.ended", by=Actor(name="onegrid"), at=at)
    return len(ended)


def _delete(accounts: list[Account], *, why: str, by: Actor, at: datetime) -> None:
    _forget_readers(accounts)
    for account in accounts:
        record(why, target=f"residents.Account:{account.pk}", by=by, at=at, data={})
    # What was asked for with the same address goes as well: it is the last that could say that it was ever here.
    Code.objects.filter(address_mark__in=[account.address_mark for account in accounts], used_at__isnull=False).delete()
    Account.objects.filter(pk__in=[account.pk for account in accounts]).delete()


def _forget_readers(accounts: list[Account]) -> None:
    forget_subscribers([account.reader_id for account in accounts if account.reader_id])
