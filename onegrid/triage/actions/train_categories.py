"""Train the model that suggests categories, and keep it if it is no worse than the one in use."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.catalogue.public import Catalogue, catalogue
from onegrid.core.errors import DomainError
from onegrid.oversight.public import Actor, record
from onegrid.triage.readers.examples import catalogue_texts, filed_texts
from onegrid.triage.readers.kept import MANIFEST, folder, kept_model
from onegrid.triage.readers.suggestions import baseline
from onegrid.triage.rules.features import features
from onegrid.triage.rules.grading import Grade, graded
from onegrid.triage.rules.model import Model, packed

FEWEST = 200  # filed cases; fewer say nothing that the catalogue does not
SEED = 2611


class TooFewCasesError(DomainError):
    """There is too little to learn from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trained:
    """What was learned from, and how good the new model, the one before and the catalogue's own words are."""

    learned: int
    held_out: int
    categories: int
    terms: int
    size: int
    new: Grade
    before: Grade | None
    plain: Grade
    is_kept: bool


def train_categories(*, with_simulated: bool, keep_worse: bool, by: Actor, at: datetime) -> Trained:
    """
    Learn from what people have filed, measure on what was held out, and keep the model.

    The same texts are always held out, so that a model is never measured on what
    it, or the one before it, was taught.

    :raises TooFewCasesError: if fewer than `FEWEST` cases have been filed.
    """
    known = catalogue()
    # By name, so that no web process ever loads the library that learns.
    learning: Any = import_module("onegrid.triage.rules.learning")
    examples = [learning.Example(*pair) for pair in filed_texts(with_simulated=with_simulated)]
    if len(examples) < FEWEST:
        message = _("Only %(count)d filed cases to learn from; %(fewest)d are needed.")
        raise TooFewCasesError(message % {"count": len(examples), "fewest": FEWEST})
    learned, sharpening, held_out = learning.divided(examples)
    own = [learning.Example(*pair) for pair in catalogue_texts(known)]
    model: Model = learning.learn(learned=learned, sharpening=sharpening, catalogue=own, seed=SEED)
    before = kept_model()
    grade = graded(held_out, _guess(model))
    old = graded(held_out, _guess(before.model)) if before else None
    content = packed(model)
    is_kept = keep_worse or old is None or grade.accuracy >= old.accuracy
    done = Trained(
        learned=len(learned) + len(sharpening),
        held_out=len(held_out),
        categories=len({example.code for example in examples}),
        terms=len(model.vocabulary),
        size=len(content),
        new=grade,
        before=old,
        plain=graded(held_out, _plainly),
        is_kept=is_kept,
    )
    if is_kept:
        _keep(content, done, known, with_simulated=with_simulated, by=by, at=at)
    return done


def fingerprint(known: Catalogue) -> str:
    """Return a short hash of the categories in force with their versions."""
    held = ",".join(sorted(f"{entry.code}:{entry.version}" for entry in known.leaves()))
    return sha256(held.encode()).hexdigest()[:16]


def _guess(model: Model) -> Callable[[str], list[tuple[str, float]]]:
    return lambda text: [(opinion.code, opinion.share) for opinion in model.opinions(features(text), limit=3)]


def _plainly(text: str) -> list[tuple[str, float]]:
    return [(suggestion.entry.code, 0.0) for suggestion in baseline(text)]


@transaction.atomic(durable=True)
def _keep(content: bytes, done: Trained, known: Catalogue, *, with_simulated: bool, by: Actor, at: datetime) -> None:
    digest = sha256(content).hexdigest()
    manifest: Mapping[str, object] = {
        "file": f"categories-{digest[:12]}.npz",
        "sha256": digest,
        "trained_at": at.isoformat(),
        "catalogue": fingerprint(known),
        "cases": done.learned,
        "held_out": done.held_out,
        "with_simulated": with_simulated,
        "terms": done.terms,
        "accuracy": round(done.new.accuracy, 4),
        "top_three": round(done.new.top_three, 4),
        "calibration_error": round(done.new.calibration_error, 4),
        "groups": [asdict(group) for group in done.new.groups],
    }
    facts = {name: manifest[name] for name in ("sha256", "catalogue", "cases", "accuracy", "with_simulated")}
    record("triage.categories-trained", target="triage.Model:categories", by=by, at=at, data=facts)
    shelf = folder()
    shelf.mkdir(parents=True, exist_ok=True)
    _put(shelf / str(manifest["file"]), content)
    _put(shelf / MANIFEST, json.dumps(manifest, indent=2).encode())
    for old in shelf.glob("categories-*.npz"):
        if old.name != manifest["file"]:
            old.unlink(missing_ok=True)


def _put(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; who reads meanwhile sees the one before."""
    written = file.with_name(f".{uuid4().hex}")
    with written.open("xb") as held:
        held.write(content)
        held.flush()
        os.fsync(held.fileno())
    written.replace(file)
