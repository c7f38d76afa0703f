"""What other apps may use of triage."""

from onegrid.triage.actions.train_categories import TooFewCasesError, Trained, train_categories
from onegrid.triage.readers.kept import Kept, kept_model
from onegrid.triage.readers.measurement import Usefulness, usefulness
from onegrid.triage.readers.suggestions import Suggestion, baseline, kept_for_filing, suggest
from onegrid.triage.rules.confidence import Confidence
from onegrid.triage.rules.features import text_of
from onegrid.triage.rules.grading import Grade, GroupGrade

__all__ = [
    "Confidence",
    "Grade",
    "GroupGrade",
    "Kept",
    "Suggestion",
    "TooFewCasesError",
    "Trained",
    "Usefulness",
    "baseline",
    "kept_for_filing",
    "kept_model",
    "suggest",
    "text_of",
    "train_categories",
    "usefulness",
]
