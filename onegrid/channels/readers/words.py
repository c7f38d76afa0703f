"""The answers of the conversation in words, in the language of whoever gets them."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from onegrid.channels.models import Door
from onegrid.channels.readers.offers import kind_named
from onegrid.channels.readers.status import status_lines
from onegrid.channels.rules.conversation import Code, Draft, Reply
from onegrid.channels.rules.keeping import link_secret
from onegrid.core.danger import speaks_of_danger
from onegrid.core.installation import district_name, emergency_numbers


def in_words(reply: Reply, *, language: str, at: datetime) -> str:
    """Return an answer as somebody reads it; where they write of danger, first of all whom to call."""
    with translation.override(language):
        said = _WORDS[reply.code](reply, language, at)
        warning = _in_danger(language) if reply.is_danger or speaks_of_danger(reply.draft.text) else ""
    return f"{warning}\n\n{said}" if warning else said


def link_of(report_id: str) -> str:
    """Return the private link of a report, for whoever sent it."""
    return address("portal:private", link_secret(report_id, key=settings.SECRET_KEY))


def address(name: str, *arguments: str) -> str:
    """Return the full address of a page; nothing where this installation lacks it or does not know its own."""
    try:
        return f"{settings.SITE_URL}{reverse(name, args=arguments)}" if settings.SITE_URL else ""
    except NoReverseMatch:
        return ""


def _welcome(_reply: Reply, language: str, _at: datetime) -> str:
    said = _("Welcome to %(district)s. Write what is wrong, send a photo or your location, and it becomes a report.")
    notices = _("We tell you here when something happens to what you reported.")
    return f"{said % {'district': district_name(language) or 'OneGrid'}}\n{notices}\n\n{_how()}"


def _help(_reply: Reply, language: str, _at: datetime) -> str:
    return "\n".join(filter(None, [_how(), _in_danger(language)]))


def _how() -> str:
    return "\n".join(
        [
            _("• Write what is wrong: a report begins."),
            _("• Send the number of a case: you read how it stands."),
            _("• “cancel” forgets what you have begun, “help” shows this."),
            _("• 简体 / 繁體 / English changes the language."),
        ]
    )


def _cancelled(_reply: Reply, _language: str, _at: datetime) -> str:
    return _("Forgotten. Nothing was reported.")


def _ask_text(reply: Reply, _language: str, _at: datetime) -> str:
    return _with_files(_("Write in a few words what is wrong."), reply.draft)


def _in_danger(language: str) -> str:
    numbers = "  ".join(f"{entry.number} {entry.name}" for entry in emergency_numbers(language))
    return _("In danger call: %(numbers)s") % {"numbers": numbers} if numbers else ""


def _ask_category(reply: Reply, language: str, _at: datetime) -> str:
    kinds = [f"{place} {kind_named(code, language)}" for place, code in enumerate(reply.draft.offered, start=1)]
    lines = [_("What is it? Send the number in front."), *kinds, "0 " + _("None of these, or I do not know")]
    return _with_files("\n".join(lines), reply.draft)


def _ask_place(reply: Reply, _language: str, _at: datetime) -> str:
    said = _("Where is it? Send your location (+ and Location), or write the name of the community.")
    return _with_files(said, reply.draft)


def _place_unknown(_reply: Reply, _language: str, _at: datetime) -> str:
    return _(
        "We know no place of that name. Write the whole name of the community, such as “…社区”, or send a location."
    )


def _confirm(reply: Reply, language: str, _at: datetime) -> str:
    draft = reply.draft
    lines = [_("Is it right so? 1 reports it; more words are added; “cancel” forgets it."), "", draft.text]
    if draft.category:
        lines.append(_("Kind: %(kind)s") % {"kind": kind_named(draft.category, language)})
    if draft.spot:
        lines.append(_("Place: %(place)s") % {"place": _place(draft)})
    return _with_files("\n".join(lines), draft)


def _place(draft: Draft) -> str:
    spot = draft.spot
    return (spot.address or spot.label or _("the location you sent")) if spot else ""


def _with_files(said: str, draft: Draft) -> str:
    return f"{said}\n" + _("Files so far: %(count)d") % {"count": draft.files} if draft.files else said


def _too_long(_reply: Reply, _language: str, _at: datetime) -> str:
    return _("That is more than a report can hold. Your last message was left out.")


def _too_many_files(_reply: Reply, _language: str, _at: datetime) -> str:
    return _("A report cannot have more files. Your last one was left out.")


def _too_many_reports(_reply: Reply, _language: str, _at: datetime) -> str:
    return _("Many reports have come from you this hour. Your words are kept; send “1” again in an hour.")


def _status(reply: Reply, _language: str, at: datetime) -> str:
    lines = status_lines(reply.number, at=at)
    if not lines:
        return _("We find no public case with this number. If you have the private link, open that instead.")
    return "\n".join([*lines, *filter(None, [address("portal:case", reply.number)])])


def _ask_number(_reply: Reply, _language: str, _at: datetime) -> str:
    return _("Send the number of the case, such as OG-261120-000387.")


def _language(_reply: Reply, _language: str, _at: datetime) -> str:
    return _("From now on we write in this language.")


def _filed(reply: Reply, _language: str, _at: datetime) -> str:
    lines = [_("Thank you. It is reported under the number %(number)s.") % {"number": reply.number}]
    if link := link_of(reply.report_id):
        lines += [_("By this link you see how far it is and can add to it. Keep it to yourself:"), link]
    return "\n".join(lines)


def _refused(reply: Reply, _language: str, _at: datetime) -> str:
    return _("It cannot be reported so: %(reason)s") % {"reason": reply.reason}


def _added(reply: Reply, _language: str, _at: datetime) -> str:
    said = _("Added to %(number)s. The people who handle it can read it; the public cannot.")
    return said % {"number": reply.number}


def _answered(reply: Reply, language: str, at: datetime) -> str:
    more = _("What you send within the hour is added as well; “report” begins something else.")
    return f"{_added(reply, language, at)}\n{more}"


def asked_in_words(question: str, *, number: str, door: Door, link: str) -> str:
    """Return a question of ours, with how it is answered, in the language that is in force."""
    how = {
        Door.WECHAT: _("Answer here, with words or photos: it is added to the case."),
        Door.EMAIL: _("Answer this mail, with words or photos: it is added to the case."),
    }[door]
    head = _("A question about your report %(number)s:") % {"number": number}
    page = [f"{_('Or write on this page:')}\n{link}"] if link else []
    return "\n\n".join([head, question, how, *page])


_WORDS: Mapping[Code, Callable[[Reply, str, datetime], str]] = {
    Code.WELCOME: _welcome,
    Code.HELP: _help,
    Code.CANCELLED: _cancelled,
    Code.ASK_TEXT: _ask_text,
    Code.ASK_CATEGORY: _ask_category,
    Code.ASK_PLACE: _ask_place,
    Code.PLACE_UNKNOWN: _place_unknown,
    Code.CONFIRM: _confirm,
    Code.TOO_LONG: _too_long,
    Code.TOO_MANY_FILES: _too_many_files,
    Code.TOO_MANY_REPORTS: _too_many_reports,
    Code.STATUS: _status,
    Code.ASK_NUMBER: _ask_number,
    Code.LANGUAGE: _language,
    Code.FILED: _filed,
    Code.REFUSED: _refused,
    Code.ADDED: _added,
    Code.ANSWERED: _answered,
}
