"""What the rows of a faultless pack ask each app to do."""

from collections.abc import Iterator, Mapping
from datetime import date

from onegrid.cases.public import ReplyPlan, ReplyStep
from onegrid.catalogue.public import AdmissionPlan, CategoryPlan, Sensitivity, TimeUnit
from onegrid.dispatch.public import RulePlan
from onegrid.geography.public import Area
from onegrid.packs.rules.pack import STAGES, Pack, Row, parent_code
from onegrid.units.public import PostPlan, UnitKind, UnitPlan

LEVELS = ("grid", "township", "district")


def unit_plans(pack: Pack, areas: Mapping[str, Area]) -> list[UnitPlan]:
    """Return the units, those above before those below."""
    return [
        UnitPlan(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            kind=UnitKind(row["kind"]),
            function=row["function"],
            area=areas[row["area"]],
            parent=row["parent"] or None,
        )
        for row in pack["units"]
    ]


def post_plans(pack: Pack) -> list[PostPlan]:
    """Return the seats in those units, each with its role."""
    return [PostPlan(**row.cells) for row in pack["posts"]]


def category_plans(pack: Pack) -> Iterator[CategoryPlan]:
    """Return the category tree in the order of the file."""
    groups = {parent_code(row["code"]) for row in pack["categories"]}
    for position, row in enumerate(pack["categories"]):
        if row["code"] in groups:
            yield CategoryPlan(
                code=row["code"],
                parent_code=parent_code(row["code"]),
                name=row["name"],
                name_en=row["name_en"],
                is_leaf=False,
                position=position,
            )
        else:
            yield _leaf(row, position, pack)


def admission_plans(pack: Pack) -> Iterator[AdmissionPlan]:
    """Return the register of admissions."""
    for row in pack["admissions"]:
        yield AdmissionPlan(
            category_code=row["category"],
            decision=row["decision"],
            decided_by=row["decided_by"],
            decided_on=date.fromisoformat(row["decided_on"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=row.day("valid_until"),
            owner_unit=row["owner"],
            is_temporary=row.yes("temporary"),
        )


def rule_plans(pack: Pack) -> Iterator[RulePlan]:
    """Return the routing table."""
    for row in pack["routing"]:
        yield RulePlan(
            code=row["code"],
            category_code=row["category"],
            area_code=row["area"],
            level=row["level"],
            weekdays=[int(day) for day in row.many("weekdays")],
            from_time=row.hour("from_time"),
            to_time=row.hour("to_time"),
            opens_on=date.fromisoformat(row["opens_on"]),
            closes_on=row.day("closes_on"),
            lead=row["lead"],
            support=row.many("support"),
            reason=row["reason"],
            reason_en=row["reason_en"],
        )


def reply_plans(pack: Pack) -> Iterator[ReplyPlan]:
    """Return the reply templates in the order of the file."""
    for position, row in enumerate(pack["reply_templates"]):
        yield ReplyPlan(
            code=row["code"],
            step=ReplyStep(row["step"]),
            category_code=row["category"],
            name=row["name"],
            name_en=row["name_en"],
            text=row["text"],
            text_en=row["text_en"],
            position=position,
        )


def _leaf(row: Row, position: int, pack: Pack) -> CategoryPlan:
    return CategoryPlan(
        code=row["code"],
        parent_code=parent_code(row["code"]),
        name=row["name"],
        name_en=row["name_en"],
        is_leaf=True,
        position=position,
        filing_condition=row["filing_condition"],
        filing_condition_en=row["filing_condition_en"],
        closing_condition=row["closing_condition"],
        closing_condition_en=row["closing_condition_en"],
        proof=row.many("proof"),
        limits={stage: float(row[f"limit_{stage}"]) for stage in STAGES},
        time_unit=TimeUnit(row["time_unit"]),
        lead={level: row[f"lead_{level}"] for level in LEVELS if row[f"lead_{level}"]},
        lowest_level=row["lowest_level"],
        is_urgent=row.yes("urgent"),
        sensitivity=Sensitivity(row["sensitivity"]),
        keywords=[*row.many("keywords"), *row.many("keywords_en")],
        public_may_report=row.yes("public_may_report"),
        form=pack.form_of(row["code"]),
        procedure=pack.procedure_of(row["code"]),
    )
