"""The codes of the audit trail in words, for auditors who do not read code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.cases.public import Move

Text = str | Promise

REFUSED = ".refused"
DEEDS: Mapping[str, Text] = {
    **{f"cases.{move.value}": move.label for move in Move},
    "cases.report": gettext_lazy("Case reported"),
    "cases.note": gettext_lazy("Note written"),
    "cases.assign": gettext_lazy("Case given to a colleague"),
    "cases.adopt": gettext_lazy("Case made part of another"),
    "cases.link": gettext_lazy("Cases linked"),
    "cases.recategorize": gettext_lazy("Category changed"),
    "cases.relocate": gettext_lazy("Place corrected"),
    "cases.evidence_added": gettext_lazy("Evidence added"),
    "cases.photo_covered": gettext_lazy("Covers on a photo changed"),
    "cases.evidence_shown": gettext_lazy("Evidence made public"),
    "cases.information_added": gettext_lazy("Reporter added something"),
    "cases.rated": gettext_lazy("Reporter rated the result"),
    "cases.time_asked": gettext_lazy("More time asked for"),
    "cases.time_granted": gettext_lazy("Limit extended"),
    "cases.time_refused": gettext_lazy("More time refused"),
    "cases.time_withdrawn": gettext_lazy("Request for time taken back"),
    "cases.task_done": gettext_lazy("Supporting task done"),
    "cases.task_cancelled": gettext_lazy("Supporting task called off"),
    "cases.task_extended": gettext_lazy("Supporting task given more time"),
    "cases.draws_opened": gettext_lazy("Secret of a month's draws made, its hash published"),
    "cases.draws_published": gettext_lazy("Secret of a month's draws published"),
    "dispatch.dispute-opened": gettext_lazy("Docket opened"),
    "dispatch.dispute-argued": gettext_lazy("Argued in a docket"),
    "dispatch.dispute-invited": gettext_lazy("Unit invited to a docket"),
    "dispatch.dispute-decided": gettext_lazy("Docket decided"),
    "dispatch.rule-made": gettext_lazy("Routing rule made of a docket"),
    "dispatch.rule-ended": gettext_lazy("Routing rule ended"),
    "accounts.signed_in": gettext_lazy("Signed in"),
    "accounts.signed_out": gettext_lazy("Signed out"),
    "accounts.sign_in_refused": gettext_lazy("Sign-in refused"),
    "accounts.password_set": gettext_lazy("Password set"),
    "accounts.credential_changed": gettext_lazy("Way of signing in changed"),
    "accounts.language_chosen": gettext_lazy("Language chosen"),
    "accounts.api_key_created": gettext_lazy("API key made"),
    "accounts.api_key_revoked": gettext_lazy("API key revoked"),
    "accounts.appointed": gettext_lazy("Accounts and duties set up"),
    "accounts.duties-moved": gettext_lazy("Duties moved to new areas"),
    "catalogue.revised": gettext_lazy("Catalogue changed"),
    "geography.redrawn": gettext_lazy("Areas changed"),
    "units.established": gettext_lazy("Units changed"),
    "packs.loaded": gettext_lazy("Pack loaded"),
    "exchange.cases_imported": gettext_lazy("Cases imported"),
    "oversight.open_personal_data": gettext_lazy("Personal data opened"),
    "oversight.forget": gettext_lazy("Something forgotten for good"),
    "tips.open_channel": gettext_lazy("Channel for tips opened"),
    "tips.appoint": gettext_lazy("Reader of tips appointed"),
    "tips.make_key": gettext_lazy("Reader of tips made a key"),
    "tips.confirm_key": gettext_lazy("Key of a reader of tips confirmed"),
    "tips.end_appointment": gettext_lazy("Reader of tips no longer appointed"),
    "calls.write": gettext_lazy("Appeal for information written"),
    "calls.change": gettext_lazy("Appeal for information changed"),
    "calls.ask": gettext_lazy("Release of an appeal asked for"),
    "calls.release": gettext_lazy("Appeal for information published"),
    "calls.send_back": gettext_lazy("Appeal for information sent back"),
    "calls.withdraw": gettext_lazy("Appeal for information withdrawn"),
    "calls.end": gettext_lazy("Appeal for information ended by its date"),
    "calls.outcome": gettext_lazy("What came of an appeal written down"),
    "calls.forget": gettext_lazy("What an appeal said deleted"),
    "tips.write_case": gettext_lazy("A case written from a tip"),
    "tips.keep_longer": gettext_lazy("Tip kept longer"),
    "tips.warn": gettext_lazy("Readers warned of tips that go"),
    "tips.answer": gettext_lazy("Tip answered or noted on"),
    "tips.close": gettext_lazy("Tip closed"),
    "tips.delete": gettext_lazy("Tip deleted at the end of its time"),
    "tips.open_original": gettext_lazy("Sealed original of a tip opened"),
    "core.backed_up": gettext_lazy("Backup begun"),
    "core.backup_failed": gettext_lazy("Backup not made"),
    "core.restored": gettext_lazy("Brought back from a backup"),
    "oversight.change_key": gettext_lazy("Sealing key changed"),
    "cases.ask_reporter": gettext_lazy("Reporter asked something"),
    "cases.ask_time": gettext_lazy("More time asked for"),
    "cases.export": gettext_lazy("List taken away"),
    "cases.joined": gettext_lazy("Report joined to a case"),
    "cases.nudged": gettext_lazy("Reporter asked how it goes"),
    "cases.print": gettext_lazy("Case or list printed"),
    "cases.replies-replaced": gettext_lazy("Reply templates replaced"),
    "cases.reply-written": gettext_lazy("Reply template written"),
    "cases.reply-retired": gettext_lazy("Reply template retired"),
    "channels.forgotten": gettext_lazy("What a channel knew of somebody deleted"),
    "demonstration.chapter_written": gettext_lazy("Part of a simulated year written"),
    "dispatch.rules-replaced": gettext_lazy("Routing rules replaced"),
    "notifications.browser-added": gettext_lazy("Browser added for notices"),
    "notifications.email-confirmed": gettext_lazy("E-mail address confirmed"),
    "notifications.preferences-changed": gettext_lazy("Choice of notices changed"),
    "oversight.export": gettext_lazy("Trail taken outside"),
    "residents.opened": gettext_lazy("Resident's own list opened"),
    "triage.categories-trained": gettext_lazy("Suggestions of categories learned anew"),
    "units.calendars-established": gettext_lazy("Working calendars set up"),
    "units.holidays-noted": gettext_lazy("Public holidays of a year taken in"),
    "workspace.batch-finished": gettext_lazy("Several cases done at once"),
    "workspace.filter-shared": gettext_lazy("Filter shared with a unit"),
    "workspace.filter-unshared": gettext_lazy("Filter no longer shared"),
}


def in_words(code: str) -> str:
    """Return what a code of the trail says; empty if there are no words for it."""
    done = code.removesuffix(REFUSED)
    words = str(DEEDS.get(done, ""))
    if done == code:
        return words
    return _("Refused: %(deed)s") % {"deed": words} if words else _("Refused")
