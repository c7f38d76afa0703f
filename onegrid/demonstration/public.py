"""What others may use of the demonstration."""

from onegrid.demonstration.actions.simulate_cases import is_simulated, simulate_cases
from onegrid.demonstration.actions.simulate_years import SEED, Wanted, missing_chapters, simulate_years
from onegrid.demonstration.models import WrittenChapter
from onegrid.demonstration.readers.figures import Figures, figures
from onegrid.demonstration.rules import assumptions

__all__ = [
    "SEED",
    "Figures",
    "Wanted",
    "WrittenChapter",
    "assumptions",
    "figures",
    "is_simulated",
    "missing_chapters",
    "simulate_cases",
    "simulate_years",
]
