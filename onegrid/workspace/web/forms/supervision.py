"""Supervision orders: asking a unit to answer for a case, answering, and withdrawing what was asked."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from onegrid.cases.public import (
    OrderKind,
    answer_supervision,
    open_orders_of,
    order_supervision,
    why_not_overdue,
    withdraw_supervision,
)
from onegrid.workspace.readers.supervision import order_card
from onegrid.workspace.web.forms.step import StepForm, text_field


class OrderForm(StepForm):
    """Tell the unit what it is to answer."""

    template = "workspace/steps/order.html"
    kind = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)
    text = text_field(_("What is the unit to answer?"), hint=_("Only colleagues read this."))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **more)
        case, field = self.case, self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        is_late = not why_not_overdue(stage_due_at=case.stage_due_at, due_at=case.due_at, at=self.at)
        field.choices = [(kind.value, kind.label) for kind in OrderKind if is_late or kind != OrderKind.OVERDUE]

    def carry_out(self) -> None:
        """Give the order."""
        data = self.cleaned_data
        order_supervision(**self.seen, kind=OrderKind(data["kind"]), text=data["text"])


class _OfOrderForm(StepForm):
    """What both ends of an order ask: which of those that wait."""

    order = forms.TypedChoiceField(label=_("Which order?"), widget=forms.RadioSelect, coerce=UUID)

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **more)
        field = self.fields["order"]
        assert isinstance(field, forms.ChoiceField)
        cards = [order_card(order, at=self.at) for order in open_orders_of(self.case)]
        field.choices = [(str(card.id), f"{card.kind}: {card.text}") for card in cards]
        self.initial.setdefault("order", str(cards[0].id) if cards else "")


class AnswerOrderForm(_OfOrderForm):
    """Answer for the unit."""

    template = "workspace/steps/answer-order.html"
    answer = text_field(_("What do you answer?"), hint=_("Only colleagues read this."))

    def carry_out(self) -> None:
        """Answer the order."""
        answer_supervision(**self.seen, order_id=self.cleaned_data["order"], answer=self.cleaned_data["answer"])


class WithdrawOrderForm(_OfOrderForm):
    """Say that no answer is needed any more."""

    template = "workspace/steps/withdraw-order.html"
    reason = text_field(_("Why is it not needed any more?"), hint=_("Only colleagues read this."))

    def carry_out(self) -> None:
        """Withdraw the order."""
        withdraw_supervision(**self.seen, order_id=self.cleaned_data["order"], reason=self.cleaned_data["reason"])
