"""What other apps may use of the catalogue."""

from onegrid.catalogue.models import Admission, Category, Sensitivity
from onegrid.catalogue.readers import AdmissionEntry, Catalogue, CategoryEntry, catalogue

__all__ = ["Admission", "AdmissionEntry", "Catalogue", "Category", "CategoryEntry", "Sensitivity", "catalogue"]
