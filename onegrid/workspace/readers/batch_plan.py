"""What a step on many cases would do: which go where, and which stay as they are and why. Nothing is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.public import TRANSITIONS, Case, IllegalMoveError, Status, after
from onegrid.catalogue.public import catalogue
from onegrid.dispatch.public import route, why_not_lead
from onegrid.units.public import directory
from onegrid.workspace.models import BatchAction
from onegrid.workspace.readers.case import may_take
from onegrid.workspace.readers.choices import present_code
from onegrid.workspace.rules.batches import Pick, Wish
from onegrid.workspace.rules.steps import STEPS, Step


@dataclass(frozen=True, kw_only=True)
class Planned:
    """
    One picked case: where it would go and why, or `why_not`.

    `choice` is what the step itself would be told, the code of a unit or a category.
    """

    pick: Pick
    case: Case | None
    choice: str = ""
    goes_to: str = ""
    reason: str = ""
    why_not: str = ""

    @property
    def number(self) -> str:
        """Return its number, or what was asked for."""
        return self.case.number if self.case else self.pick.named

    @property
    def status(self) -> str:
        """Return where it stands, in words."""
        return str(Status(self.case.status).label) if self.case else ""

    @property
    def token(self) -> str:
        """Return it as a form carries it on: which case, seen at which version, going where."""
        return f"{self.case.pk if self.case else ''}:{self.pick.version}:{self.choice}"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What would happen to each picked case."""

    wish: Wish
    picked: Sequence[Planned]

    @property
    def moved(self) -> list[Planned]:
        """Return those that would go on."""
        return [planned for planned in self.picked if not planned.why_not]

    @property
    def untouched(self) -> list[Planned]:
        """Return those that would stay as they are."""
        return [planned for planned in self.picked if planned.why_not]

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Return where the cases would go with how many each, most first."""
        counts: dict[str, int] = {}
        for planned in self.moved:
            counts[planned.goes_to] = counts.get(planned.goes_to, 0) + 1
        return sorted(counts.items(), key=lambda pair: -pair[1])


def plan(wish: Wish, *, by: User, at: datetime) -> Plan:
    """Return what would happen to each picked case, in one statement; units, rules and categories are in memory."""
    cases = {case.pk: case for case in _picked(wish, by)}
    by_number = {case.number: case for case in cases.values()}
    found: dict[UUID | str, Planned] = {}
    for pick in wish.picks:
        case = cases.get(pick.id) if pick.id else by_number.get(pick.named.upper())
        found.setdefault(case.pk if case else pick.named, _planned(wish, pick, case, by=by, at=at))
    return Plan(wish=wish, picked=list(found.values()))


def bulk_actions(user: User) -> Mapping[BatchAction, frozenset[str]]:
    """Return the steps that somebody's duties allow on many cases, each with the statuses it is taken from."""
    return {
        action: frozenset(status.value for status in TRANSITIONS[move].sources)
        for action in BatchAction
        if (move := STEPS[action.value].move) and duties_granting(user, STEPS[action.value].permission)
    }


@dataclass(frozen=True, kw_only=True)
class BulkOffer:
    """One button of the bar that stands under picked cases."""

    name: str
    label: str
    icon: str
    key: str


def offers(actions: Iterable[BatchAction]) -> list[BulkOffer]:
    """Return the buttons for some steps."""
    return [_offer(action, STEPS[action.value]) for action in actions]


def _offer(action: BatchAction, step: Step) -> BulkOffer:
    return BulkOffer(name=action.value, label=str(action.label), icon=step.icon, key=step.key)


def _picked(wish: Wish, by: User) -> Sequence[Case]:
    ids = [pick.id for pick in wish.picks if pick.id]
    numbers = [pick.named.upper() for pick in wish.picks if not pick.id]
    seen = Case.objects.visible_to(by)
    return list(seen.filter(pk__in=ids) if not numbers else seen.filter(number__in=numbers) | seen.filter(pk__in=ids))


def _planned(wish: Wish, pick: Pick, case: Case | None, *, by: User, at: datetime) -> Planned:
    if case is None:
        return Planned(pick=pick, case=None, why_not=_("There is no such case, or it is not yours to see."))
    if reason := _why_not_move(wish, pick, case, by=by):
        return Planned(pick=pick, case=case, why_not=reason)
    if wish.action == BatchAction.DISPATCH:
        return _to_unit(wish, pick, case, at=at)
    return _into_category(wish, pick, case) if wish.action == BatchAction.FILE else Planned(pick=pick, case=case)


def _why_not_move(wish: Wish, pick: Pick, case: Case, *, by: User) -> str:
    if case.version != pick.version:
        return _("It has changed since you picked it.")
    assert wish.step.move
    try:
        after(wish.step.move, Status(case.status))
    except IllegalMoveError as refusal:
        return str(refusal)
    return "" if may_take(wish.step, case, by=by) else _("Your duties do not allow this here.")


def _to_unit(wish: Wish, pick: Pick, case: Case, *, at: datetime) -> Planned:
    category = catalogue().by_id.get(case.category_id) if case.category_id else None
    if category is None:
        return Planned(pick=pick, case=case, why_not=_("The case has no category yet."))
    going = route(category=category, area_path=case.area_path, level=case.level, at=at)
    suggested = going.lead.code if going.lead else ""
    code = pick.choice or wish.choice or suggested
    if not code:
        return Planned(
            pick=pick, case=case, why_not=_("No rule suggests a unit. Choose one, or dispatch it by itself.")
        )
    if reason := why_not_lead(code, area_path=case.area_path, category=category, at=at):
        return Planned(pick=pick, case=case, why_not=reason)
    name = directory().by_code[code].named(get_language() or "")
    because = going.reason if code == suggested else _("Your choice.")
    if code != suggested and going.lead:
        because = _("Your choice; the rules suggest %(unit)s.") % {"unit": going.lead.named(get_language() or "")}
    return Planned(pick=pick, case=case, choice=code, goes_to=name, reason=because)


def _into_category(wish: Wish, pick: Pick, case: Case) -> Planned:
    code = pick.choice or wish.choice or present_code(case)
    category = catalogue().by_code.get(code) if code else None
    if category is None or not category.is_leaf:
        return Planned(pick=pick, case=case, why_not=_("It needs a category. Choose one, or file it by itself."))
    name = category.trailed(get_language() or "")
    because = _("The category it has.") if code == present_code(case) else _("Your choice.")
    return Planned(pick=pick, case=case, choice=code, goes_to=name, reason=because)
