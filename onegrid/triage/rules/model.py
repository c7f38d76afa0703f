"""
A learned model: plain numbers, and what they say of a text.

Nothing in it can be executed. Its one file holds arrays without objects; the
vocabulary and the codes are JSON inside it, so that one hash covers all.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

FORMAT: Final = 1
SPOKE: Final = 6  # terms that are named as the reason, at most


class UnreadableModelError(Exception):
    """The bytes are not those of a model that this version can use."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """One category with its probability, and the terms that spoke for it."""

    code: str
    share: float
    because: frozenset[str]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Model:
    """
    A linear model over TF-IDF weights of terms.

    `weights` has a row for each term and a column for each category, in half
    precision; `sharpness` is what makes its probabilities come true.
    """

    codes: Sequence[str]
    vocabulary: Mapping[str, int]
    rarity: NDArray[np.float32]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]
    sharpness: float

    def opinions(self, terms: Sequence[str], *, limit: int) -> list[Opinion]:
        """Return the likeliest categories for the terms of a text, best first; none if it knows no term."""
        known = sorted({term for term in terms if term in self.vocabulary})
        if not known:
            return []
        rows = np.array([self.vocabulary[term] for term in known])
        values = self.rarity[rows] / np.linalg.norm(self.rarity[rows])
        spoken = self.weights[rows].astype(np.float32) * values[:, None]
        shares = softmax((spoken.sum(axis=0) + self.bias) * self.sharpness)
        # What speaks for a category is what speaks more for it than for the others on average.
        telling = spoken - spoken.mean(axis=1, keepdims=True)
        best = np.argsort(-shares, kind="stable")[:limit]
        return [
            Opinion(code=self.codes[i], share=float(shares[i]), because=_because(telling[:, i], known)) for i in best
        ]


def softmax(scores: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Return scores as shares of one, over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: NDArray[np.floating[Any]] = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def _because(spoken: NDArray[np.float32], known: Sequence[str]) -> frozenset[str]:
    order = np.argsort(-spoken, kind="stable")[:SPOKE]
    least = max(float(spoken[order[0]]) / 5, 0.0)
    return frozenset(known[i] for i in order if spoken[i] > least)


def packed(model: Model) -> bytes:
    """Return a model as the bytes of its file."""
    held = io.BytesIO()
    words = {
        "codes": list(model.codes),
        "terms": list(model.vocabulary),
        "sharpness": model.sharpness,
        "format": FORMAT,
    }
    np.savez_compressed(
        held,
        words=np.frombuffer(json.dumps(words, ensure_ascii=False).encode(), dtype=np.uint8),
        rarity=model.rarity,
        weights=model.weights,
        bias=model.bias,
    )
    return held.getvalue()


def unpacked(content: bytes) -> Model:
    """
    Read a model from the bytes of its file; objects are refused.

    :raises UnreadableModelError: if they are not those of a model of this format.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as held:
            words = json.loads(held["words"].tobytes())
            rarity, weights, bias = held["rarity"], held["weights"], held["bias"]
        shape = (len(words["terms"]), len(words["codes"]))
        if words["format"] != FORMAT or (weights.shape, rarity.shape, bias.shape) != (shape, shape[:1], shape[1:]):
            message = "The parts of the model do not fit each other."
            raise UnreadableModelError(message)
        return Model(
            codes=words["codes"],
            vocabulary={term: row for row, term in enumerate(words["terms"])},
            rarity=rarity.astype(np.float32),
            weights=weights.astype(np.float16),
            bias=bias.astype(np.float32),
            sharpness=float(words["sharpness"]),
        )
    except (ValueError, KeyError, TypeError, OSError, EOFError) as error:
        message = "This is not the file of a model."
        raise UnreadableModelError(message) from error
