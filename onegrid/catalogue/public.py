"""What other apps may use of the catalogue."""

from onegrid.catalogue.actions.revise_catalogue import AdmissionPlan, CategoryPlan, revise_catalogue
from onegrid.catalogue.models import Admission, Category, Sensitivity, TimeUnit
from onegrid.catalogue.readers import AdmissionEntry, Catalogue, CategoryEntry, catalogue

__all__ = [
    "Admission",
    "AdmissionEntry",
    "AdmissionPlan",
    "Catalogue",
    "Category",
    "CategoryEntry",
    "CategoryPlan",
    "Sensitivity",
    "TimeUnit",
    "catalogue",
    "revise_catalogue",
]
