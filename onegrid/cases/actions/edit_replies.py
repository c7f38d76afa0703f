"""Write, change and give up reply templates; and put those of a pack in place."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.lifecycle import actor
from onegrid.cases.models import ReplyStep, ReplyTemplate
from onegrid.cases.readers.replies import may_edit_reply
from onegrid.cases.rules.replies import LONGEST_NAME, SNAPSHOT, why_not_reply
from onegrid.catalogue.public import catalogue
from onegrid.core.errors import InvalidInputError, NotAllowedError, NotFoundError
from onegrid.core.snapshots import bump
from onegrid.oversight.public import Actor, record


class ReplyRefusedError(InvalidInputError):
    """A template cannot be kept like this."""


class ReplyNotFoundError(NotFoundError):
    """There is no such template, or it is not this person's to change."""


@dataclass(frozen=True, kw_only=True)
class ReplyWords:
    """What a template says, and where it is offered; without a unit it is the whole district's."""

    step: ReplyStep
    category_code: str = ""
    unit_id: UUID | None = None
    name: str
    name_en: str = ""
    text: str
    text_en: str = ""


@dataclass(frozen=True, kw_only=True)
class ReplyPlan:
    """A template of the district as a pack has it; see `ReplyTemplate` for what each column means."""

    code: str
    step: ReplyStep
    category_code: str
    name: str
    name_en: str
    text: str
    text_en: str
    position: int


@transaction.atomic(durable=True)
def write_reply(*, reply_id: UUID, words: ReplyWords, by: User, at: datetime) -> ReplyTemplate:
    """
    Keep a template, new or changed, as its id says.

    :raises NotAllowedError: if `by` may not write for the unit it is of, or is to be of.
    :raises ReplyNotFoundError: if it was given up.
    :raises ReplyRefusedError: if name, text or category cannot be used.
    """
    known = ReplyTemplate.objects.select_for_update(of=("self",)).filter(pk=reply_id).first()
    if known is not None and known.ended_at:
        raise ReplyNotFoundError(_("This template was given up."))
    for unit_id in {words.unit_id, known.unit_id if known else words.unit_id}:
        _require(by, unit_id)
    _require_usable(words)
    kept, _is_new = ReplyTemplate.objects.update_or_create(
        pk=reply_id, defaults={**asdict(words), "changed_by": by, "changed_at": at}
    )
    bump(SNAPSHOT)
    _record("cases.reply-written", kept, by=by, at=at)
    return kept


@transaction.atomic(durable=True)
def retire_reply(*, reply_id: UUID, by: User, at: datetime) -> None:
    """
    Give a template up: it is not offered any more.

    :raises ReplyNotFoundError: if there is none.
    :raises NotAllowedError: if `by` may not write for its unit.
    """
    kept = ReplyTemplate.objects.select_for_update(of=("self",)).filter(pk=reply_id, ended_at__isnull=True).first()
    if kept is None:
        raise ReplyNotFoundError(_("There is no such template."))
    _require(by, kept.unit_id)
    kept.ended_at, kept.changed_at, kept.changed_by = at, at, by
    kept.save(update_fields=["ended_at", "changed_at", "changed_by"])
    bump(SNAPSHOT)
    _record("cases.reply-retired", kept, by=by, at=at)


@transaction.atomic
def replace_replies(*, plans: Iterable[ReplyPlan], by: Actor, at: datetime) -> int:
    """
    Put the templates of a pack in place and return how many rows were written. Joins the caller's transaction.

    What somebody here has changed or given up is left as it is.
    """
    known = {row.code: row for row in ReplyTemplate.objects.filter(code__isnull=False).select_for_update(of=("self",))}
    new, changed = [], []
    for plan in plans:
        row = known.pop(plan.code, None)
        if row is None:
            new.append(ReplyTemplate(**asdict(plan)))
        elif not row.changed_at and (
            different := {key: value for key, value in asdict(plan).items() if getattr(row, key) != value}
        ):
            row.__dict__ |= different
            changed.append(row)
    gone = [row.pk for row in known.values() if not row.changed_at]
    written = len(new) + len(changed) + len(gone)
    if written:
        ReplyTemplate.objects.bulk_create(new)
        ReplyTemplate.objects.bulk_update(changed, [key for key in ReplyPlan.__dataclass_fields__ if key != "code"])
        ReplyTemplate.objects.filter(pk__in=gone).delete()
        bump(SNAPSHOT)
        data = {"new": len(new), "changed": len(changed), "removed": len(gone)}
        record("cases.replies-replaced", target="cases.ReplyTemplate", by=by, at=at, data=data)
    return written


def _require(by: User, unit_id: UUID | None) -> None:
    if not may_edit_reply(by, unit_id):
        raise NotAllowedError(_("Your duties do not allow this here."))


def _require_usable(words: ReplyWords) -> None:
    faults = why_not_reply(name=words.name, text=words.text, text_en=words.text_en)
    if max(len(words.name), len(words.name_en)) > LONGEST_NAME:
        faults["name"] = _("A name has at most %(count)d characters.") % {"count": LONGEST_NAME}
    if words.category_code and words.category_code not in catalogue().by_code:
        faults["category"] = _("Choose a category from the catalogue.")
    if faults:
        raise ReplyRefusedError(next(iter(faults.values())), fields=faults)


def _record(code: str, kept: ReplyTemplate, *, by: User, at: datetime) -> None:
    data = {"step": kept.step, "category": kept.category_code, "unit": str(kept.unit_id or "")}
    record(code, target=f"cases.ReplyTemplate:{kept.pk}", by=actor(by), at=at, data=data)
