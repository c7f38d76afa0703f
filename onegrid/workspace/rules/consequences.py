"""What each step will cause, in the words under its button: which clock stops, who gets it, who sees what."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """What would be true after a step: who must act then and how long, who leads the case, how many are verified."""

    holder: str = ""
    limit: str = ""
    lead: str = ""
    reopen_days: int
    percent: str = ""  # of cases of this kind that are drawn for verification, where not all are


def consequence(name: str, prospect: Prospect) -> str:
    """Return the words that stand under the button of a step."""
    texts = _texts()
    sampled = texts.get(f"{name}-sampled", "") if prospect.percent else ""
    text = sampled or texts.get(name, "")
    return text % {
        "holder": prospect.holder,
        "limit": prospect.limit or "–",
        "lead": prospect.lead,
        "days": prospect.reopen_days,
        "percent": prospect.percent,
    }


def _texts() -> Mapping[str, str]:
    return {**_of_the_centre(), **_of_the_unit(), **_of_anybody()}


def _of_the_centre() -> Mapping[str, str]:
    return {
        "accept": _("The acceptance clock stops; filing has %(limit)s. The reporter sees “Accepted”."),
        "refuse": _("The case ends here. The reporter reads your reason; this cannot be undone."),
        "ask-check": _("%(holder)s looks on the spot and has %(limit)s. Only colleagues read the question."),
        "file": _("The limits of the category hold from now; dispatch is next. The reporter sees “Filed”."),
        "dispatch": _(
            "The unit you choose gets it and its clock starts; one that had it before has only the rest of its time. "
            "The reporter sees which unit has it."
        ),
        "recall": _("%(lead)s no longer has it; it waits for dispatch again. Your reason is public."),
        "settle": _(
            "The unit you choose has it; those only heard see it no more. The reporter sees which unit has it."
        ),
        "pass": _("Goes to closing, which has %(limit)s. Your finding is public."),
        "fail": _(
            "Goes back to %(lead)s as rework, counted; its handling clock of %(limit)s goes on with what was used."
        ),
        "close": _(
            "Ends the case with an outcome that the reporter reads and rates. Reopening is possible for %(days)d days."
        ),
        "reopen": _("Filed anew with a fresh clock; everything that happened stays. The reporter sees it at once."),
        "order": _("%(lead)s has to answer by a moment of its own. Only colleagues read it."),
        "withdraw-order": _("Nobody has to answer any more. Order and reason stay in the timeline."),
        "withdraw": _("Ends the case because its reporter took it back."),
        "merge": _("Ends this case; its reports move over and their reporters follow the other case."),
    }


def _of_the_unit() -> Mapping[str, str]:
    return {
        "answer-check": _("Goes back to %(holder)s either way. Only colleagues read what you found."),
        "take": _("In your name from now on; the handling clock keeps running."),
        "assign": _("A colleague gets it in their name; the handling clock keeps running."),
        "report-back": _("The handling clock stops; %(holder)s verifies, you cannot. The reporter sees “Handled”."),
        "ask-extension": _("The clock runs on until somebody else has decided; the reporter sees what is granted."),
        "ask-suspension": _("The clock runs on until it is granted, then stands still until the day you name."),
        "decide-time": _("Granted, the due moment moves and your note is public. Refused, only colleagues read it."),
        "withdraw-time": _("Nobody decides on it any more; the limit stays as it is."),
        "appeal": _("Two others review it, once. It stays late; after two times yes it is not counted so."),
        "review-appeal": _("A no ends it; two times yes, and it is not counted late. Your note is public."),
        "answer-order": _("The clock of the order stops. Only colleagues read the answer."),
        "resume": _("The clock goes on from now. The reporter sees it."),
        "report-back-sampled": _(
            "The handling clock stops. %(percent)s %% of such cases are drawn, and every one that was late or sent "
            "back: these %(holder)s verifies, you cannot. Any other goes to closing at once."
        ),
        "return": _("Back to %(holder)s for another dispatch, counted as a return. Your reason is public."),
        "solve-on-the-spot": _(
            "Closes the case in one move, with your photo as proof. If it is drawn for verification, somebody else "
            "looks first."
        ),
        "dispute": _(
            "A docket opens, which %(holder)s decides within %(limit)s. Your handling clock runs on. The reporter sees"
            " that it is being decided, not your words."
        ),
    }


def _of_anybody() -> Mapping[str, str]:
    return {
        "note": _("No clock changes. You choose whether the reporter can read it."),
        "evidence": _("Kept with its time and your name. No clock changes."),
        "recategorize": _(
            "The running clock keeps its start and takes the new limit. What is late stays late in the timeline."
        ),
        "relocate": _(
            "Grid, community and township follow the pin, and who is responsible there has the case; the place sent"
            " first stays in the timeline."
        ),
        "link": _("Both cases name each other; each goes its own way."),
        "adopt": _("This case becomes a part of another, which cannot close before it."),
        "split": _("A new case for one part of this; this one cannot close before it."),
    }
