"""What accounts notes when the sign-in library tells of something its adapters are not asked about."""

from allauth.mfa.signals import authentication_failed
from django.dispatch import receiver
from django.utils import timezone

from onegrid.accounts.actions.sign_in import Refusal, note_refused_sign_in
from onegrid.accounts.models import User


@receiver(authentication_failed)
def note_wrong_code(user: User, **_: object) -> None:
    """Note that a password was right and the second factor was not."""
    note_refused_sign_in(username=user.username, why=Refusal.WRONG_CODE, at=timezone.now())
