"""Make the given categories and admissions the ones in force, in versions."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from onegrid.catalogue.models import Admission, Category, Sensitivity, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.oversight.public import Actor, record


@dataclass(frozen=True, kw_only=True)
class CategoryPlan:
    """A category as it is to be in force; see `Category` for what each column means."""

    code: str
    parent_code: str
    name: str
    name_en: str
    is_leaf: bool
    position: int
    filing_condition: str = ""
    filing_condition_en: str = ""
    closing_condition: str = ""
    closing_condition_en: str = ""
    proof: Sequence[str] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    time_unit: TimeUnit = TimeUnit.NATURAL_DAYS
    lead: Mapping[str, str] = field(default_factory=dict)
    lowest_level: str = ""
    is_urgent: bool = False
    sensitivity: Sensitivity = Sensitivity.OPEN
    keywords: Sequence[str] = ()
    public_may_report: bool = True
    form: Mapping[str, object] = field(default_factory=dict)
    procedure: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AdmissionPlan:
    """A decision in the register of admissions as it is to be."""

    category_code: str
    decision: str
    decided_by: str
    decided_on: date
    valid_from: date
    valid_until: date | None
    owner_unit: str
    is_temporary: bool


@transaction.atomic
def revise_catalogue(
    *,
    categories: Iterable[CategoryPlan],
    admissions: Iterable[AdmissionPlan],
    records_from: date,
    by: Actor,
    at: datetime,
    on: date,
) -> int:
    """
    Put the categories in force and return how many rows were written. Joins the caller's transaction.

    A category whose content differs gets another version from `on`, and cases keep the
    one they were filed under; one that is not given any more is closed. A first version
    stands from `records_from`, so that past cases find it. An admission that is not
    given any more ends on the day before `on`.
    """
    written = _revise(categories, records_from, on) + _admit(admissions, on)
    if written:
        bump(SNAPSHOT)
        data = {"written": written, "on": on.isoformat()}
        record("catalogue.revised", target="catalogue.Category", by=by, at=at, data=data)
    return written


def _revise(plans: Iterable[CategoryPlan], records_from: date, on: date) -> int:
    standing = {row.code: row for row in Category.objects.standing().select_for_update(of=("self",))}
    versions = dict(Category.objects.order_by("version").values_list("code", "version"))
    outdated = dict(standing)
    new = []
    for plan in plans:
        content = asdict(plan)
        content_hash = _hash(content)
        if plan.code in standing and standing[plan.code].content_hash == content_hash:
            del outdated[plan.code]
            continue
        version = versions.get(plan.code, 0) + 1
        opens_on = on if version > 1 else records_from
        new.append(Category(**content, version=version, content_hash=content_hash, opens_on=opens_on))
    closed = Category.objects.filter(pk__in=[row.pk for row in outdated.values()]).update(closes_on=on)
    Category.objects.bulk_create(new)
    return closed + len(new)


def _admit(plans: Iterable[AdmissionPlan], on: date) -> int:
    known = {(row.category_code, row.decision): row for row in Admission.objects.select_for_update(of=("self",))}
    new, changed = [], []
    for plan in plans:
        row = known.pop((plan.category_code, plan.decision), None)
        if row is None:
            new.append(Admission(**asdict(plan)))
        elif different := {key: value for key, value in asdict(plan).items() if getattr(row, key) != value}:
            row.__dict__ |= different
            changed.append(row)
    eve = on - timedelta(days=1)
    withdrawn = [row for row in known.values() if row.valid_until is None or row.valid_until > eve]
    for row in withdrawn:
        row.valid_until = max(eve, row.valid_from)
    Admission.objects.bulk_create(new)
    Admission.objects.bulk_update(
        changed, ["decided_by", "decided_on", "valid_from", "valid_until", "owner_unit", "is_temporary"]
    )
    Admission.objects.bulk_update(withdrawn, ["valid_until"])
    return len(new) + len(changed) + len(withdrawn)


def _hash(content: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
