"""How good a model is at texts it has not seen, by group and in all."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onegrid.triage.rules.confidence import calibration_error

Guess = Callable[[str], Sequence[tuple[str, float]]]
TOP = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupGrade:
    """How many texts of one group were tried, and for how many the first guess was right."""

    group: str
    tried: int
    right: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Grade:
    """How many texts were tried, how often the first guess was right, or one of three, and how true the shares are."""

    tried: int
    accuracy: float
    top_three: float
    calibration_error: float
    groups: Sequence[GroupGrade] = ()


def graded(examples: Iterable[tuple[str, str]], guess: Guess) -> Grade:
    """Return the grade of a guess over texts with the codes that people filed them under."""
    said: list[float] = []
    right: list[bool] = []
    among, tried, hit = 0, Counter[str](), Counter[str]()
    for text, code in examples:
        guesses = list(guess(text))[:TOP]
        is_right = bool(guesses) and guesses[0][0] == code
        said.append(guesses[0][1] if guesses else 0.0)
        right.append(is_right)
        among += any(name == code for name, _share in guesses)
        group = code.partition(".")[0]
        tried[group] += 1
        hit[group] += is_right
    count = len(right)
    return Grade(
        tried=count,
        accuracy=sum(right) / count if count else 0.0,
        top_three=among / count if count else 0.0,
        calibration_error=calibration_error(said, right),
        groups=[GroupGrade(group=name, tried=number, right=hit[name]) for name, number in tried.most_common()],
    )
