"""What other apps may use of the catalogue."""

from onegrid.catalogue.actions.revise_catalogue import AdmissionPlan, CategoryPlan, revise_catalogue
from onegrid.catalogue.models import Admission, Category, Sensitivity, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT, AdmissionEntry, Catalogue, CategoryEntry, catalogue
from onegrid.catalogue.rules.answers import faulty_answers
from onegrid.catalogue.rules.procedure import GRANTING, USUAL, Procedure, procedure_from
from onegrid.catalogue.rules.questions import AnswerKind, Question, answered, questions_of

__all__ = [
    "GRANTING",
    "SNAPSHOT",
    "USUAL",
    "Admission",
    "AdmissionEntry",
    "AdmissionPlan",
    "AnswerKind",
    "Catalogue",
    "Category",
    "CategoryEntry",
    "CategoryPlan",
    "Procedure",
    "Question",
    "Sensitivity",
    "TimeUnit",
    "answered",
    "catalogue",
    "faulty_answers",
    "procedure_from",
    "questions_of",
    "revise_catalogue",
]
