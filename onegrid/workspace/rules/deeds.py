"""The codes of the audit trail in words, for auditors who do not read code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from onegrid.cases.public import Move

Text = str | Promise

REFUSED = ".refused"
DEEDS: Mapping[str, Text] = {
    **{f"cases.{move.value}": move.label for move in Move},
    "cases.report": _("Case reported"),
    "cases.note": _("Note written"),
    "cases.assign": _("Case given to a colleague"),
    "cases.adopt": _("Case made part of another"),
    "cases.link": _("Cases linked"),
    "cases.recategorize": _("Category changed"),
    "cases.relocate": _("Place corrected"),
    "cases.evidence_added": _("Evidence added"),
    "cases.evidence_shown": _("Evidence made public"),
    "cases.information_added": _("Reporter added something"),
    "cases.rated": _("Reporter rated the result"),
    "cases.task_done": _("Supporting task done"),
    "accounts.signed_in": _("Signed in"),
    "accounts.signed_out": _("Signed out"),
    "accounts.sign_in_refused": _("Sign-in refused"),
    "accounts.password_set": _("Password set"),
    "accounts.credential_changed": _("Way of signing in changed"),
    "accounts.language_chosen": _("Language chosen"),
    "accounts.api_key_created": _("API key made"),
    "accounts.api_key_revoked": _("API key revoked"),
    "accounts.appointed": _("Accounts and duties set up"),
    "accounts.duties-moved": _("Duties moved to new areas"),
    "catalogue.revised": _("Catalogue changed"),
    "geography.redrawn": _("Areas changed"),
    "units.established": _("Units changed"),
    "packs.loaded": _("Pack loaded"),
    "exchange.cases_imported": _("Cases imported"),
    "oversight.open_personal_data": _("Personal data opened"),
    "oversight.forget": _("Something forgotten for good"),
    "oversight.change_key": _("Sealing key changed"),
}


def in_words(code: str) -> str:
    """Return what a code of the trail says; empty if there are no words for it."""
    done = code.removesuffix(REFUSED)
    words = str(DEEDS.get(done, ""))
    if done == code:
        return words
    return say("Refused: %(deed)s") % {"deed": words} if words else say("Refused")
