"""One form for each step of a case: what it asks, and the one action it calls."""

from collections.abc import Mapping

from onegrid.workspace.web.forms.amending import (
    AdoptForm,
    EvidenceForm,
    LinkForm,
    MergeForm,
    NoteForm,
    RecategorizeForm,
    RelocateForm,
)
from onegrid.workspace.web.forms.appeals import AppealForm, ReviewAppealForm
from onegrid.workspace.web.forms.dispatching import DispatchForm, RecallForm
from onegrid.workspace.web.forms.disputing import DisputeForm, SettleForm
from onegrid.workspace.web.forms.finishing import CloseForm, FailForm, PassForm, ReopenForm, SolveForm, WithdrawForm
from onegrid.workspace.web.forms.handling import AssignForm, ReportBackForm, ReturnForm, TakeForm
from onegrid.workspace.web.forms.more_time import (
    AskExtensionForm,
    AskSuspensionForm,
    DecideTimeForm,
    ResumeForm,
    WithdrawTimeForm,
)
from onegrid.workspace.web.forms.step import StepForm
from onegrid.workspace.web.forms.supervision import AnswerOrderForm, OrderForm, WithdrawOrderForm
from onegrid.workspace.web.forms.triage import AcceptForm, AnswerCheckForm, AskCheckForm, FileForm, RefuseForm

FORMS: Mapping[str, type[StepForm]] = {
    "accept": AcceptForm,
    "refuse": RefuseForm,
    "ask-check": AskCheckForm,
    "answer-check": AnswerCheckForm,
    "file": FileForm,
    "dispatch": DispatchForm,
    "recall": RecallForm,
    "take": TakeForm,
    "assign": AssignForm,
    "ask-extension": AskExtensionForm,
    "ask-suspension": AskSuspensionForm,
    "decide-time": DecideTimeForm,
    "withdraw-time": WithdrawTimeForm,
    "resume": ResumeForm,
    "appeal": AppealForm,
    "review-appeal": ReviewAppealForm,
    "order": OrderForm,
    "answer-order": AnswerOrderForm,
    "withdraw-order": WithdrawOrderForm,
    "return": ReturnForm,
    "dispute": DisputeForm,
    "settle": SettleForm,
    "report-back": ReportBackForm,
    "pass": PassForm,
    "fail": FailForm,
    "close": CloseForm,
    "reopen": ReopenForm,
    "withdraw": WithdrawForm,
    "solve-on-the-spot": SolveForm,
    "merge": MergeForm,
    "link": LinkForm,
    "adopt": AdoptForm,
    "recategorize": RecategorizeForm,
    "relocate": RelocateForm,
    "note": NoteForm,
    "evidence": EvidenceForm,
}

__all__ = ["FORMS", "StepForm"]
