"""
Learn a model from texts and what people filed them under.

The only module that imports scikit-learn, which takes a second and a hundred
megabytes: it is imported by name, by the command that trains, and by no web
process. A term is kept only if it stands in the catalogue or in at least
`COMMON` texts, so that no name or address of a person becomes part of a model.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from onegrid.triage.rules.features import features
from onegrid.triage.rules.model import Model, softmax

COMMON: Final = 5
MOST_TERMS: Final = 12_000
PARTS: Final = 10  # of which two are held out, and one tells how sharp the model may speak
SHARPNESS: Final = tuple(float(x) for x in np.geomspace(0.25, 32, 57))


class Example(NamedTuple):
    """A text and the code it was filed under."""

    text: str
    code: str


def part_of(text: str) -> int:
    """Return the part a text belongs to: the same text always lies in the same one, so none is learned and tested."""
    return int.from_bytes(sha256(text.strip().encode(errors="replace")).digest()[:4]) % PARTS


def divided(examples: Iterable[Example]) -> tuple[list[Example], list[Example], list[Example]]:
    """Return what is learned from, what sharpens, and what is held out to measure."""
    learned: list[Example] = []
    sharpening: list[Example] = []
    held_out: list[Example] = []
    for example in examples:
        part = part_of(example.text)
        (held_out if part < 2 else sharpening if part == 2 else learned).append(example)  # noqa: PLR2004
    return learned, sharpening, held_out


def learn(
    *, learned: Sequence[Example], sharpening: Sequence[Example], catalogue: Sequence[Example], seed: int
) -> Model:
    """Learn a model; `catalogue` says of each category in its own words what it is, so that none is unknown."""
    everything = [*catalogue, *learned]
    split = [features(example.text) for example in everything]
    own = {term for terms in split[: len(catalogue)] for term in terms}
    vocabulary = _vocabulary(split, own)
    codes = sorted({example.code for example in catalogue})
    number = {code: i for i, code in enumerate(codes)}
    spread = Counter(term for terms in split for term in terms)
    rarity = np.array([1 + np.log((1 + len(split)) / (1 + spread[term])) for term in vocabulary], dtype=np.float32)
    linear = SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=6, tol=None, random_state=seed)
    linear.fit(_matrix(split, vocabulary, rarity), [number[example.code] for example in everything])
    weights, bias = (linear.coef_, linear.intercept_) if len(codes) > 2 else _two(linear)  # noqa: PLR2004
    weights, bias = weights.T.astype(np.float16), bias.astype(np.float32)
    checked = [example for example in sharpening if example.code in number]
    scores = _matrix([features(e.text) for e in checked], vocabulary, rarity) @ weights.astype(np.float32) + bias
    return Model(
        codes=codes,
        vocabulary=vocabulary,
        rarity=rarity,
        weights=weights,
        bias=bias,
        sharpness=_sharpness(scores, np.array([number[example.code] for example in checked], dtype=int)),
    )


def _two(linear: SGDClassifier) -> tuple[np.ndarray, np.ndarray]:
    """Return one column for each of two categories, where the library keeps one for both."""
    return np.vstack([-linear.coef_, linear.coef_]), np.concatenate([-linear.intercept_, linear.intercept_])


def _vocabulary(split: Sequence[Sequence[str]], own: Collection[str]) -> dict[str, int]:
    counts = Counter(term for terms in split for term in terms)
    kept = [term for term, count in counts.most_common() if count >= COMMON or term in own]
    return {term: row for row, term in enumerate(sorted(kept[:MOST_TERMS]))}


def _matrix(split: Sequence[Sequence[str]], vocabulary: dict[str, int], rarity: np.ndarray) -> csr_matrix:
    starts, columns, values = [0], [], []
    for terms in split:
        rows = [vocabulary[term] for term in terms if term in vocabulary]
        length = float(np.linalg.norm(rarity[rows])) if rows else 1.0
        columns += rows
        values += [float(rarity[row]) / length for row in rows]
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(split), len(vocabulary)), dtype=np.float32)


def _sharpness(scores: np.ndarray, right: np.ndarray) -> float:
    """Return the factor under which the probabilities of what was filed are highest."""
    if not len(right):
        return 1.0
    lines = np.arange(len(right))
    losses = [-np.log(softmax(scores * factor)[lines, right] + 1e-9).mean() for factor in SHARPNESS]
    return SHARPNESS[int(np.argmin(losses))]
